"""The place for an answer in words, on a page without a kernel; `pooling_book.exercise` holds the model answer."""
