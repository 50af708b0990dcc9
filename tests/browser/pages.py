"""Notebooks and labs on a page of the browser: how tests find them, wait for them and lay hands on them."""

import contextlib
import json

import real_jupyterlab as real

SHOWN = """() => {
  const waits = (e) => e.textContent.startsWith("Loading widget");
  const ready = (e) => e.querySelector(".annkit-text")?.textContent && e.querySelector(".annkit-stage svg");
  const every = (selector, holds) => [...document.querySelectorAll(selector)].every(holds);
  return every(".jp-OutputArea-output", (e) => !waits(e)) && every(".annkit-lab", ready);
}"""
STEADY = """async (element) => {
  const frame = () => new Promise(requestAnimationFrame);
  const measure = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };
  let before;
  let now = null;
  do {
    element.scrollIntoView({ block: "center" });
    before = now;
    await frame();
    await frame();
    now = measure();
  } while (JSON.stringify(now) !== JSON.stringify(before));
  return now;
}"""
TICKS = "window.messages.sent.filter((message) => message.event === 'tick').length"
"""So many ticks were sent from the page, each for a picture of a play."""
PLACE = """(stage, [x, y]) => {
  const at = new DOMPoint(x, y).matrixTransform(stage.querySelector("svg").getScreenCTM());
  return [at.x, at.y];
}"""
SCROLLS = """(lab) => {
  const parts = [...lab.querySelectorAll("*")];
  for (let e = lab; !e.matches(".jp-WindowedPanel-outer"); e = e.parentElement) parts.push(e);
  const scrolls = (e) => e.scrollHeight > e.clientHeight && /auto|scroll/.test(getComputedStyle(e).overflowY);
  return parts.filter(scrolls).map((e) => e.outerHTML.slice(0, 100));
}"""


@contextlib.contextmanager
def running(server, browser, folder, name, *sources, **options):
    """A page with a notebook of these cells, all run. At the end nothing may have gone wrong in it."""
    real.write_notebook(folder / f"{name}.ipynb", sources)
    page = real.open_notebook(browser, *server, f"{name}.ipynb", **options)
    try:
        run(page)
        yield page
        assert page.problems == []
    finally:
        real.close_notebook(page)
        page.close()


def run(page):
    """Run every cell and wait until every lab is shown."""
    real.run_all(page)
    page.wait_for_function(SHOWN)


def steady(locator):
    """The box of something on the page, brought into the middle of the window, once it lies still there."""
    return locator.evaluate(STEADY)


def scrolls(lab):
    """What of a lab, or around it in the notebook, would take the wheel for itself."""
    return lab.evaluate(SCROLLS)


def serious_violations(page):
    """What axe finds wrong with the labs on the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=".annkit-lab").response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]


def line(start, end, steps=12):
    """Places on the way from one to the other."""
    return [tuple(a + (b - a) * k / steps for a, b in zip(start, end, strict=True)) for k in range(1, steps + 1)]


def middle(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def run_in_new_cell(page, source):
    """Type a line into a cell of its own, run it and take the cell away again. Returns what it printed."""
    real.command(page, "notebook:insert-cell-below")
    real.command(page, "notebook:enter-edit-mode")
    page.wait_for_function("() => document.activeElement.matches('.jp-mod-active .cm-content')")
    page.keyboard.type(source)
    real.command(page, "notebook:run-cell")
    real.settle(page)
    printed = page.locator(".jp-Cell.jp-mod-active .jp-OutputArea-output").all_inner_texts()
    real.command(page, "notebook:delete-cell")
    return "".join(printed)


class LabOnPage:
    """One lab, found by its number on the page: reset, in sight and at rest."""

    def __init__(self, page, number=0):
        self.page = page
        self.root = page.locator(".annkit-lab").nth(number)
        self.stage = self.root.locator(".annkit-stage")
        self.error = self.root.locator(".annkit-error")
        self.press("Reset")
        steady(self.stage)

    # What is there.

    def button(self, label):
        return self.root.get_by_role("button", name=label, exact=True)

    def slider(self, label):
        return self.root.get_by_role("slider", name=label, exact=True)

    def chooser(self):
        return self.root.get_by_role("combobox")

    def handle(self, which):
        """A handle by its name, or that of a point by its number."""
        name = which if isinstance(which, str) else f"p{which}"
        return self.stage.locator(f"[data-id='{name}']")

    def middle(self, which):
        """Where the middle of a handle is on the page."""
        return middle(self.handle(which).bounding_box())

    def at(self, x, y):
        """Where a place in stage units is on the page."""
        return self.stage.evaluate(PLACE, [x, y])

    def live(self):
        return self.stage.locator(".annkit-live").inner_html()

    def text(self):
        """What the lab says, when all is heard that was done."""
        real.settle(self.page)
        return self.root.locator(".annkit-text").get_attribute("aria-label")

    def says(self, words):
        """Wait until the lab says these words."""
        self.root.locator(f".annkit-text[aria-label*={json.dumps(words, ensure_ascii=False)}]").wait_for()

    # What hands do.

    def press(self, *labels):
        """Press buttons, one after the other, and wait for what comes of it."""
        for label in labels:
            self.button(label).click()
        real.settle(self.page)

    def keys(self, *keys):
        """Press keys, one after the other, and wait for what comes of it."""
        for key in keys:
            self.page.keyboard.press(key)
        real.settle(self.page)

    def click(self, x, y):
        """Click at a place on the page, and wait for what comes of it."""
        self.page.mouse.click(x, y)
        real.settle(self.page)

    def drag(self, start, *ways, steps=4):
        """Drag from one place on the page over others, and wait for what comes of it."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        for way in ways:
            mouse.move(*way, steps=steps)
        mouse.up()
        real.settle(self.page)
