"""Pages that carry the book's widgets as a built page does."""

import pytest


@pytest.fixture
def show(open_page, widget_page, tmp_path):
    """Open a page that holds `body`, and wait until its widgets live; nothing on it may complain."""

    def show(body, theme="light", **options):
        page = open_page(tmp_path, widget_page(body), scheme=theme, **options)
        page.wait_for_function("[...document.querySelectorAll('.pool-widget')].every((host) => host.dataset.alive)")
        return page

    return show
