"""The field for a typed answer, on a page without a kernel; `pooling_book.exercise` holds the check and its state."""
