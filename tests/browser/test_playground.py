"""The playground in real JupyterLab: played, taken back, branched, turned while it plays, by hand and by keys."""

import re

import pytest
from pages import LabOnPage, focused, running, serious_violations, steady

CELLS = ["from annkit.labs import Playground", "Playground(points=60, learning_rate=0.3)"]
EPOCH = "e => Number(e.value) > {}"
PLANE = "[data-id=plane]"


@pytest.fixture(scope="module")
def page(server, browser, folder):
    with running(server, browser, folder, "playground", *CELLS) as opened:
        yield opened


@pytest.fixture
def lab(page):
    made = LabOnPage(page)
    yield made
    if made.button("Stop").count():
        made.button("Stop").click()
    assert "annkit" not in made.error.inner_text()


def slider(lab, name):
    return lab.root.get_by_role("slider", name=name, exact=True)


def field(lab, name):
    return lab.root.get_by_role("textbox", name=f"{name}, the number", exact=True)


def chooser(lab, name):
    return lab.root.get_by_role("combobox", name=name, exact=True)


def to(lab, name, number):
    """Type a number beside a slider, and wait for what comes of it."""
    field(lab, name).fill(str(number))
    lab.keys("Enter")


def edge(lab, start, end):
    """Half way between two places in stage units, where their edge is picked."""
    return lab.at((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)


def tiles(lab, column):
    """The middles of the tiles of a column, counted from 0, in stage units."""
    boxes = lab.stage.locator(".annkit-steady rect.annkit-pick").evaluate_all(
        "all => all.map(e => { const b = e.getBBox(); return [b.x + b.width / 2, b.y + b.height / 2]; })"
    )
    places = sorted({round(x) for x, __ in boxes})
    return sorted({(x, y) for x, y in map(tuple, boxes) if round(x) == places[column]}, key=lambda place: place[1])


def epochs(lab):
    return int(re.search(r"Epoch (\d+)\.", lab.text())[1])


def test_it_plays_and_stops_and_one_undo_takes_it_back(lab, page):
    lab.press("Play")
    page.wait_for_function(EPOCH.format(5), arg=slider(lab, "epoch").element_handle())
    lab.press("Stop")
    assert epochs(lab) > 5
    lab.press("Undo")
    assert epochs(lab) == 0


def test_back_in_time_and_another_way_on_from_there(lab):
    lab.press(*["Step"] * 6)
    learned = lab.text()
    to(lab, "epoch", 3)
    assert epochs(lab) == 3 and not lab.button("Other future").is_visible()
    to(lab, "learning rate α", 0.01)
    lab.press("Step", "Step")
    assert epochs(lab) == 5 and "other future" in lab.live()
    lab.press("Other future")
    assert lab.text() == learned


def test_an_edge_is_picked_and_turned_while_it_plays(lab, page):
    lab.root.get_by_role("combobox", name="speed").select_option(label="5\xa0a\xa0second")
    lab.press("Play")
    page.wait_for_function(EPOCH.format(2), arg=slider(lab, "epoch").element_handle())
    lab.click(*edge(lab, tiles(lab, 0)[0], tiles(lab, 1)[0]))
    weight = slider(lab, "w₁₁")
    weight.focus()
    before = epochs(lab)
    lab.keys("End")
    page.wait_for_function(EPOCH.format(before + 3), arg=slider(lab, "epoch").element_handle())
    lab.press("Stop")
    assert float(weight.input_value()) > 4, "it was set to 8, and learns on from there"
    assert "The weight from x₁ to h₁ of layer 1" in lab.text()


def test_a_table_is_pasted_and_a_bad_row_is_named_by_its_line(lab, page):
    lab.press("Your own …")
    text = lab.root.get_by_role("textbox", name="a table as text")
    text.fill("a,b,kind\n1,2,no\n2,3,yes\n3,oops,no\n5,5,yes")
    before = lab.text()
    lab.press("Use it")
    assert "Line 4" in lab.error.inner_text() and lab.text() == before
    circles = lab.root.get_by_role("radio", name="circles")
    assert circles.is_checked()
    text.fill("a,b,kind\n1,2,no\n2,3,yes\n3,4,no\n5,5,yes")
    lab.press("Use it", "Step")
    assert lab.error.inner_text() == "" and epochs(lab) == 1
    assert not lab.root.locator(".annkit-gallery :checked").count()
    lab.press("Undo", "Undo", "Your own …")
    assert circles.is_checked()


def test_a_point_is_dragged_and_one_is_added_by_a_click(lab):
    steady(lab.stage)
    first = lab.stage.locator(f"{PLANE} rect").bounding_box()
    x, y, size = first["x"], first["y"], first["width"]
    points = lambda: int(re.search(r"with (\d+) points", lab.stage.locator(PLANE).get_attribute("aria-label"))[1])  # noqa: E731
    lab.click(x + 0.05 * size, y + 0.05 * size)
    assert points() == 61
    before = lab.stage.locator(".annkit-steady").inner_html()
    lab.drag((x + 0.05 * size, y + 0.05 * size), (x + 0.2 * size, y + 0.3 * size))
    assert points() == 61 and lab.stage.locator(".annkit-steady").inner_html() != before
    lab.press("Undo")
    assert lab.stage.locator(".annkit-steady").inner_html() == before
    lab.press("Undo")
    assert points() == 60


DROP = """(root, [name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  for (const event of ["dragover", "drop"]) {
    root.dispatchEvent(new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""


def test_a_playground_is_kept_as_a_file_and_opened_or_dropped_again(lab, page, tmp_path):
    lab.root.get_by_role("radio", name="spiral").check()
    lab.press("Step", "Step")
    before = lab.text().splitlines()[0]
    with page.expect_download() as kept:
        chooser(lab, "save").select_option(label="this\xa0lab,\xa0as\xa0a\xa0file")
    assert kept.value.suggested_filename == "playground.json"
    kept.value.save_as(tmp_path / "playground.json")
    lab.press("Reset")
    with page.expect_file_chooser() as asked:
        lab.button("Open …").click()
    asked.value.set_files(tmp_path / "playground.json")
    lab.says(before)
    lab.press("Undo")
    stage = lab.root.locator(".annkit-stage")
    stage.evaluate(DROP, ["bad.csv", "1,2,0\n3,x,1"])
    page.get_by_text("Line 2").wait_for()
    stage.evaluate(DROP, ["own.csv", "a;b;kind\n1;2;lemon\n3;4;lime"])
    lab.handle("a:○").locator("text=lime").wait_for()
    assert lab.error.inner_text() == ""


def test_a_unit_is_seen_large_while_the_pointer_is_over_it(lab, page):
    lens = lab.root.locator(".annkit-lens")
    assert lens.is_hidden()
    lab.button("Step").focus()
    page.mouse.move(*lab.at(*tiles(lab, 1)[0]))
    lens.wait_for(state="visible")
    pixels = "e => [...e.getContext('2d').getImageData(0, 0, e.width, e.height).data].join()"
    before = lens.evaluate(pixels)
    lab.keys("Enter")
    assert lens.evaluate(pixels) != before, "it follows what is learned"
    page.mouse.move(*lab.at(628 + 148, 24 + 148))
    lens.wait_for(state="hidden")


def test_layers_and_units_are_added_in_the_picture(lab):
    lab.click(*lab.middle("l+"))
    lab.click(*lab.middle("l+"))
    heads = lab.stage.locator(".annkit-steady").text_content()
    assert "4 hidden layers" in heads
    lab.click(*lab.middle("u+0"))
    lab.press("Step")
    assert epochs(lab) == 1


def test_a_step_is_explained_in_numbers(lab):
    lab.press("Step")
    chooser(lab, "a step explained").select_option(label="1\xa0forward")
    text = lab.text()
    numbers = re.search(r"(−?[.\d]+) × (−?[.\d]+) \+ (−?[.\d]+) × (−?[.\d]+) \+ (−?[.\d]+) = (−?[.\d]+)", text)
    x, w, y, v, b, z = (float(each.replace("−", "-")) for each in numbers.groups())
    assert "forward" in text and x * w + y * v + b == pytest.approx(z, abs=2e-4)
    chooser(lab, "a step explained").select_option(label="4\xa0update")
    assert "− α × slope" in lab.text()


def test_by_keys_alone(lab, page):
    lab.button("Step").focus()
    lab.keys("Enter", "Enter")
    assert epochs(lab) == 2
    slider(lab, "epoch").focus()
    lab.keys("ArrowLeft")
    assert epochs(lab) == 1
    node = lab.stage.locator("[data-id^=n1-]")
    node.focus()
    lab.keys("ArrowRight", "ArrowRight")
    assert focused(page).endswith("of layer 2")
    sign = lab.handle("u+0")
    sign.focus()
    lab.keys("Enter")
    assert "5 units" in lab.stage.locator(".annkit-steady").text_content() and epochs(lab) == 0
    lab.stage.locator(PLANE).focus()
    lab.keys("Enter", "ArrowUp", "Delete")
    assert "with 59 points" in focused(page)
    lab.button("More …").focus()
    lab.keys("Enter")
    chooser(lab, "start weights").select_option(label="He")
    lab.keys("Escape")
    lab.button("More …").click()


def test_every_control_has_a_name(page, lab):
    lab.press("More …", "Your own …")
    assert serious_violations(page) == []
    lab.press("More …", "Your own …")
