"""A chapter in Jupyter Notebook 7, the plain one: it runs there too, and a lab in it turns."""

import shutil

import pytest
import real_jupyterlab as real

CHAPTER = "04_xor_and_the_multilayer_perceptron.ipynb"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seven")
    shutil.copy(real.ROOT / "notebooks" / "en" / CHAPTER, folder)
    with real.server(folder, "notebook") as address_and_token:
        yield address_and_token


OF_ITS_OWN = "Cannot read properties of undefined (reading 'schema')"
"""What Notebook 7.6.5 complains of in every notebook, an empty one too: its settings miss a schema."""
READY = "() => window.jupyterapp?.shell.currentWidget?.sessionContext.session?.kernel?.status === 'idle'"
TURNED = "before => document.querySelector('.annkit-live').innerHTML !== before"


def test_a_chapter_runs_and_a_lab_turns(server, browser):
    page, (address, token) = real.new_page(browser), server
    page.goto(f"{address}/notebooks/{CHAPTER}?token={token}")
    page.wait_for_function(READY)
    real.run_all(page)
    picture, slider = page.locator(".annkit-live").first, page.locator(".annkit-lab").first.get_by_role("slider").first
    slider.focus()
    before = picture.inner_html()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(TURNED, arg=before)
    assert not [problem for problem in page.problems if OF_ITS_OWN not in problem]
    page.close()
