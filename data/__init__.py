"""The book's data files, and rebuild.py, which makes them; pooling_lib.book.data reads them."""
