"""Every chapter in real JupyterLab: it runs, every lab in it turns, and opened again it shows its pictures."""

import nbformat
import pytest
import real_jupyterlab as real
from pages import run, scrolls, serious_violations, steady

CHAPTERS = [path.name for path in sorted((real.ROOT / "notebooks" / "en").glob("*.ipynb"))]
ONE_LAB = "from annkit.labs import PerceptronLab\nPerceptronLab()"


@pytest.fixture(scope="module")
def page(server, browser, folder):
    """One JupyterLab for all chapters, which are opened in it one after the other."""
    real.write_notebook(folder / "one_lab.ipynb", [ONE_LAB])
    opened = real.open_notebook(browser, *server, "one_lab.ipynb")
    yield opened
    real.close_notebook(opened)
    opened.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_runs_and_every_lab_in_it_turns(page, chapter):
    real.open_another(page, chapter)
    run(page)
    for lab in page.locator(".annkit-lab").all():
        steady(lab)
        picture = lab.locator(".annkit-live")
        before = picture.inner_html()
        sliders = lab.locator(":not(.annkit-bar) > .annkit-slider").get_by_role("slider")  # time has no way to go yet
        (sliders if sliders.count() else lab.get_by_role("slider")).first.focus()
        assert turned(page, picture, before)
        assert lab.locator(".annkit-error").inner_text() == ""
        assert not scrolls(lab)
    assert not serious_violations(page)
    assert page.problems == []


def turned(page, picture, before):
    """Press arrow keys on the slider that has the focus, until the picture is another one."""
    for key in [*4 * ["ArrowLeft"], *8 * ["ArrowRight"]]:  # it may begin at an end
        page.keyboard.press(key)
        real.settle(page)
        if picture.inner_html() != before:
            return True
    return False


def test_saved_and_opened_again_it_shows_its_pictures(page, folder):
    real.open_another(page, "one_lab.ipynb")
    run(page)
    real.command(page, "docmanager:save")
    page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")
    assert "widget-view" not in nbformat.writes(nbformat.read(folder / "one_lab.ipynb", as_version=4))
    real.open_another(page, "one_lab.ipynb")
    picture = page.locator(".jp-OutputArea-output img[src^='data:image/svg+xml']")
    assert "3 of 4 right." in picture.get_attribute("alt")
    page.wait_for_function("e => e.complete && e.naturalWidth > 300", arg=picture.element_handle())
    assert not page.get_by_text("model not found").count()
    assert page.problems == []


def test_a_lab_whose_kernel_is_gone_says_so_once(page):
    real.open_another(page, "one_lab.ipynb")
    run(page)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page.locator(".annkit-card.jupyter-widgets-disconnected").wait_for()
    parts = page.locator(".jupyter-widgets-disconnected, .annkit-say")
    said = parts.evaluate_all("all => all.map((e) => getComputedStyle(e, '::before').content)")
    assert len(said) > 10 and set(said) == {"none", '"The kernel of this lab is gone: run its cell again to turn it."'}
