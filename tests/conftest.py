"""What several test files share: the browser, how a refusal is checked, and how hypothesis runs."""

import pytest
from browser import browser, open_page, server, widget_page  # noqa: F401 (fixtures)
from hypothesis import HealthCheck, Phase, settings

# Every run tries the same examples, so that a failure can be repeated. For new ones:
# pytest --hypothesis-profile=explore. The break-it list takes the first failure, without shrinking it.
COMMON = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("repeat", derandomize=True, database=None, **COMMON)
settings.register_profile("explore", **COMMON)
settings.register_profile("break-it", derandomize=True, database=None, phases=[Phase.generate], **COMMON)
settings.load_profile("repeat")


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
