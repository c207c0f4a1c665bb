"""Pooling in NumPy, written to be read: slide a window, reduce it.

`geometry` places the windows, `naive` is the definition as plain loops, `pooling` the fast form of
it. What only the book needs (figures, widgets, data, exercises) lives in `pooling_lib.book`.
"""

from pooling_lib.geometry import output_size
from pooling_lib.pooling import avg_pool, max_pool

__all__ = ["avg_pool", "max_pool", "output_size"]
