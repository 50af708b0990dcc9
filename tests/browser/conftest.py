"""What the browser tests share: JupyterLab, one for all tests of a process, and a browser for each file."""

import os
import shutil

import pytest
import real_jupyterlab as real

pytest.register_assert_rewrite("pages")
import pages  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def browser_is_here():
    """Where there is none, these tests are skipped; or fail, if it has to be there."""
    if not real.browser_path():
        leave = pytest.fail if os.environ.get("ANNKIT_REQUIRE_BROWSER") else pytest.skip
        leave("there is neither Chromium nor Chrome here")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where notebooks lie: the chapters, and those that tests write."""
    made = tmp_path_factory.mktemp("lab")
    shutil.copytree(real.ROOT / "notebooks" / "en", made, dirs_exist_ok=True)
    return made


@pytest.fixture(scope="session")
def server(folder):
    with real.server(folder) as address_and_token:
        yield address_and_token


@pytest.fixture(scope="module")  # not longer: while it is open, this process can run no other event loop
def browser():
    with real.chromium() as opened:
        yield opened


@pytest.fixture
def lab(page):
    """The first lab on the page of a file's tests."""
    return pages.LabOnPage(page)


@pytest.fixture(scope="module")
def finger(page):
    """Put a finger down, lead it over other places on the page and lift it, as the browser gets it from a screen."""
    session = page.context.new_cdp_session(page)

    def act(kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def drag(start, *ways):
        act("Start", start)
        for way in ways:
            act("Move", way)
        act("End")

    return drag
