"""What the tests of several files share."""

import pytest

pytest.register_assert_rewrite("hands")


@pytest.fixture
def say(capsys):
    """Call a check and get the one line that it prints."""

    def call(check, *answer, **named):
        assert check(*answer, **named) is None
        line = capsys.readouterr().out
        assert line.endswith("\n") and line.count("\n") == 1
        return line.strip()

    return call


@pytest.fixture
def fresh():
    """The same check without the answers that other tests have tried."""

    def forget(check):
        check.tried.clear()
        return check

    return forget
