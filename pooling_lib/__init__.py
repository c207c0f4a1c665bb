"""Pooling in NumPy, written to be read: slide a window, reduce it.

`geometry` places the windows, `naive` is the definition as plain loops, `reductions` the mathematics of
each method, `pooling` and `gradients` the pools and their backward passes, `kernels` what makes them
fast. `cost` counts what a stack of layers costs. `keras_layers`, the only module that needs TensorFlow,
brings the pools that Keras lacks, and `sklearn_transformer`, the only one that needs scikit-learn, a step
for its pipelines. What only the book needs lives in `pooling_lib.book`.
"""

from pooling_lib.geometry import output_size
from pooling_lib.gradients import (
    adaptive_avg_pool_backward, adaptive_max_pool_backward, avg_pool_backward, blur_pool_backward, global_avg_pool_backward,
    global_lp_pool_backward, global_max_pool_backward, lp_pool_backward, masked_avg_pool_backward, masked_max_pool_backward,
    max_blur_pool_backward, max_pool_backward, max_unpool_backward, min_pool_backward, mixed_pool_backward, pool_backward,
    power_mean_pool_backward, pyramid_pool_backward, soft_pool_backward, stochastic_pool_backward, sum_pool_backward,
)
from pooling_lib.pooling import (
    adaptive_avg_pool, adaptive_max_pool, avg_pool, blur_pool, global_avg_pool, global_lp_pool, global_max_pool, lp_pool, masked_avg_pool,
    masked_max_pool, max_blur_pool, max_pool, max_unpool, min_pool, mixed_pool, pool, power_mean_pool, pyramid_pool, soft_pool, stochastic_pool,
    sum_pool,
)
from pooling_lib.reductions import Reduction

__all__ = [
    "Reduction", "adaptive_avg_pool", "adaptive_avg_pool_backward", "adaptive_max_pool", "adaptive_max_pool_backward", "avg_pool",
    "avg_pool_backward", "blur_pool", "blur_pool_backward", "global_avg_pool", "global_avg_pool_backward", "global_lp_pool",
    "global_lp_pool_backward", "global_max_pool", "global_max_pool_backward", "lp_pool", "lp_pool_backward", "masked_avg_pool",
    "masked_avg_pool_backward", "masked_max_pool", "masked_max_pool_backward", "max_blur_pool", "max_blur_pool_backward", "max_pool",
    "max_pool_backward", "max_unpool", "max_unpool_backward", "min_pool", "min_pool_backward", "mixed_pool", "mixed_pool_backward", "output_size",
    "pool", "pool_backward", "power_mean_pool", "power_mean_pool_backward", "pyramid_pool", "pyramid_pool_backward", "soft_pool",
    "soft_pool_backward", "stochastic_pool", "stochastic_pool_backward", "sum_pool", "sum_pool_backward",
]
