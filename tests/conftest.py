"""What several test files share: the browser, how a refusal is checked, and how hypothesis runs."""

import budget
import pytest
from browser import browser, idle, module, open_page, server, show_each, widget_page  # noqa: F401 (fixtures)
from hypothesis import HealthCheck, Phase, settings


def pytest_configure(config):
    """Set how much is tried.

    Every run tries the same examples, so that a failure can be repeated. For new ones: pytest --thorough
    --hypothesis-profile=explore. The break-it list takes the first failure, without shrinking it.
    """
    profile = config.getoption("hypothesis_profile", None) or "repeat"
    budget.THOROUGH = config.getoption("thorough", False) or profile == "break-it"
    common = {
        "deadline": None,
        "print_blob": True,
        "suppress_health_check": [HealthCheck.too_slow],
        "max_examples": budget.many(100),
    }
    same = {"derandomize": True, "database": None}
    settings.register_profile("repeat", **same, **common)
    settings.register_profile("explore", **common)
    settings.register_profile("break-it", phases=[Phase.generate], **same, **common)
    settings.load_profile(profile)


@pytest.fixture
def refuses():
    """Check that a call is refused, and that the message says which argument, which value and what to do."""

    def check(error, call, argument, value, mend):
        with pytest.raises(error) as caught:
            call()
        message = str(caught.value)
        for part in (argument, value, mend):
            assert part in message, f"{part!r} is missing in: {message}"

    return check
