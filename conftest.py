"""Every run of the tests: its option --thorough, and how the tests are dealt out to the workers."""

import pytest
from xdist.scheduler import LoadScopeScheduling

#: The files whose cases may go to different workers. They come last, and fill the time until all workers end.
APART = ("tests/site/test_readable.py", "tests/site/test_alive.py")


def pytest_addoption(parser):
    parser.addoption("--thorough", action="store_true", help="all random cases, and the tests that are marked thorough")


def pytest_configure(config):
    config.addinivalue_line("markers", "thorough: runs with --thorough only")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("thorough"):
        long = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    items.sort(key=lambda item: item.nodeid.startswith(APART))


class ByFile(LoadScopeScheduling):
    """A file's tests go to one worker, in the order of their collection; those of the files APART one by one."""

    def _split_scope(self, nodeid):
        return nodeid if nodeid.startswith(APART) else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # the files with few tests are not the short ones
    return ByFile(config, log)
