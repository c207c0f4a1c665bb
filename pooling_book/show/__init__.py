"""What a cell of a notebook shows: pictures, tables, drawings, a place to play. No chapter's mathematics is here."""

from pooling_book.show.errors import expected_error
from pooling_book.show.forest import forest
from pooling_book.show.network import network
from pooling_book.show.pictures import Picture, drawing, drawing_style, grids, images
from pooling_book.show.play import play
from pooling_book.show.same_call import same_call
from pooling_book.show.tables import lines, table, times_read

__all__ = [
    "Picture", "drawing", "drawing_style", "expected_error", "forest", "grids", "images", "lines", "network",
    "play", "same_call", "table", "times_read",
]  # fmt: skip
