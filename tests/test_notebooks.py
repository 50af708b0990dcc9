"""What nbval does not look at: stale or cleared outputs, exercises, the chapter's parts, links and pictures."""

import re
from pathlib import Path

import nbformat
import pytest

from annkit.notebooks import LIVE, before_saving, patient, run

ROOT = Path(__file__).resolve().parents[1]
BOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
PARTS = ["Predict", "Build it", "Turn it", "Exercises", "Precisely", "In one breath"]
UNCOMPARED = {"nbval-ignore-output", "nbval-skip", "nbval-check-output"}

every_book = pytest.mark.parametrize("path", BOOKS, ids=lambda path: str(path.relative_to(ROOT)))


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def tags(cell):
    return set(cell.metadata.get("tags", ()))


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def test_there_are_chapters():
    assert BOOKS


@every_book
def test_it_was_run_from_top_to_bottom_without_an_error(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    code = cells(path, "code")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert all(output.output_type != "error" for output in cell.outputs), cell.id
        assert all(output.get("name") != "stderr" for output in cell.outputs), cell.id


@every_book
def test_outputs_are_compared_unless_a_reason_is_given(path):
    for cell in cells(path, "code"):
        if tags(cell) & UNCOMPARED or "NBVAL_" in cell.source:
            assert cell.metadata.get("why"), f"{cell.id}: say in metadata.why its output is not compared"


@every_book
def test_nothing_in_it_belongs_to_one_machine(path):
    text = path.read_text(encoding="utf-8")
    assert LIVE not in text and '"widgets"' not in text
    assert set(nbformat.read(path, as_version=4).metadata) == {"kernelspec", "language_info"}
    for cell in cells(path, "code"):
        assert not re.search(r"\b0x[0-9a-f]{6,}|np\.float64|np\.int64|/home/|/root/|/tmp/", printed(cell)), cell.id
        for output in cell.outputs:
            shown = str(output.get("data", {}).get("text/plain", ""))
            assert not re.search(r"\b0x[0-9a-f]{6,}|np\.\w+\(|<.* object", shown), cell.id


@every_book
def test_its_parts_are_all_there_in_order(path):
    markdown = [cell.source for cell in cells(path, "markdown")]
    number = path.name[:2]
    assert markdown[0].startswith(f"# {number} · ")
    assert re.search(r"\*You need:\*.*\*Time:\* \d+ minutes", markdown[1])
    headings = [match for text in markdown for match in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    assert headings == PARTS


@every_book
def test_cells_are_short(path):
    for cell in cells(path, "code"):
        assert 1 <= len(cell.source.splitlines()) <= 12, cell.id


@every_book
def test_the_lab_stands_on_the_first_screen_and_again_in_turn_it(path):
    book = nbformat.read(path, as_version=4).cells
    title, lab = book[0], book[1]
    assert lab.cell_type == "code" and "annkit-lab" in lab.metadata.get("tags", ()), lab.id
    assert len(title.source.splitlines()) <= 9, "the lab is to be seen without scrolling"
    name = lab.source.splitlines()[-1]
    turn = next(i for i, cell in enumerate(book) if cell.source.startswith("## Turn it"))
    assert any(cell.source.splitlines()[-1:] == [name] for cell in book[turn:] if cell.cell_type == "code")


@every_book
def test_a_guess_is_made_and_later_answered(path):
    sources = [cell.source for cell in cells(path, "code")]
    made = [i for i, source in enumerate(sources) if re.search(r"^\w+ = Guess\(", source, re.MULTILINE)]
    assert made
    for i in made:
        name = re.search(r"^(\w+) = Guess\(", sources[i], re.MULTILINE)[1]
        assert any(f"{name}.answer(" in source for source in sources[i + 1 :]), name


@every_book
def test_code_that_only_draws_is_folded(path):
    for cell in cells(path, "code"):
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert folded == ("figure" in tags(cell)), cell.id
        assert folded == ("described(" in cell.source), f"{cell.id}: give a figure the tag and fold it"


@every_book
def test_what_is_to_be_seen_is_folded_under_its_question(path):
    """In the lists of what to try."""
    for cell in cells(path, "markdown"):
        assert cell.source.count("<details>") == cell.source.count("</details>"), cell.id


SOLUTION = re.compile(
    r"<details><summary>Solution</summary>\n\n```python\n(.+?)\n```\n\n(?:.+\n\n)?</details>", re.DOTALL
)


def exercises(path):
    """For each exercise its cells of code, and the code of its solution."""
    book = nbformat.read(path, as_version=4).cells
    for i, cell in enumerate(book):
        if "exercise" in tags(cell):
            after = next(j for j in range(i, len(book)) if "solution" in tags(book[j]))
            code = [each for each in book[i:after] if each.cell_type == "code"]
            match = SOLUTION.fullmatch(book[after].source)
            assert match, f"{book[after].id}: a solution is its folded code"
            yield code, match[1]


@every_book
def test_exercises_begin_with_what_they_need_and_their_solutions_pass(path, capsys, monkeypatch):
    monkeypatch.chdir(path.parent)
    kinds = set()
    for code, solution in exercises(path):
        names = {}
        for cell in code:
            exec(cell.source, names)
        assert capsys.readouterr().out.startswith("… Nothing here yet"), code[0].id
        exec(solution, names)
        said = capsys.readouterr().out
        assert said.startswith("✓ Right") and said.count("\n") == 1, f"{code[0].id}: {said}"
        assert re.match(r"checks\.\w+\(", code[-1].source.splitlines()[-1]), code[-1].id
        kinds.add("check" in tags(code[-1]))
    assert kinds == {True, False}, "an exercise by lab and one by code"


@every_book
def test_every_picture_says_in_words_what_is_to_be_seen(path):
    for cell in cells(path, "code"):
        for output in cell.outputs:
            bundle = output.get("data", {})
            assert "image/png" not in bundle, f"{cell.id}: show the figure with annkit.stage.described"
            for image in re.findall(r"<img[^>]*>", bundle.get("text/html", "")):
                assert re.search(r'alt="[^"]{20,}"', image), cell.id
    for cell in cells(path, "markdown"):
        assert not re.search(r"!\[\s*\]", cell.source), cell.id


NUDGE = """
import annkit.network, numpy
made = annkit.network.Network.__init__
def nudged(net, *arguments, **named):
    made(net, *arguments, **named)
    net.parameters = net.parameters + 1e-12 * numpy.random.default_rng(1).standard_normal(net.parameters.size)
annkit.network.Network.__init__ = nudged
"""
"""Every network then starts a little elsewhere, as its sums would on another machine."""


def trains(path):
    return any(re.search(r"\btrain\(", cell.source) for cell in cells(path, "code"))


@pytest.mark.parametrize("path", [path for path in BOOKS if trains(path)], ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_printed_after_training_does_not_hang_on_last_digits(path):
    book = nbformat.read(path, as_version=4)
    book.cells.insert(0, nbformat.v4.new_code_cell(NUDGE))
    run(book, path.parent)
    again = [cell for cell in book.cells[1:] if cell.cell_type == "code"]
    assert [words(cell) for cell in again] == [words(cell) for cell in cells(path, "code")]


def words(cell):
    """What a cell prints and what its pictures say."""
    return printed(cell) + "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def test_each_chapter_ends_with_the_question_of_the_next():
    for path, following in zip(BOOKS, BOOKS[1:], strict=False):
        last = cells(path, "markdown")[-1].source
        assert following.name in last[last.index("**Next:**") :], path.name


@every_book
def test_links_inside_the_project_resolve(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\(([^)#\s]+)", cell.source):
            assert target.startswith("https://") or (path.parent / target).exists(), f"{cell.id}: {target}"


def test_saving_keeps_words_and_picture_and_drops_the_live_widget():
    data = {LIVE: {"model_id": "1"}, "text/plain": "words", "text/html": "<img>"}
    cell = {"cell_type": "code", "outputs": [{"output_type": "execute_result", "data": data}]}
    stream = {"cell_type": "code", "outputs": [{"output_type": "stream", "text": "hello"}]}
    content = {"cells": [cell, stream, {"cell_type": "markdown"}], "metadata": {"widgets": {"state": {}}}}
    before_saving(model={"type": "notebook", "content": content}, path="x", contents_manager=None)
    assert cell["outputs"][0]["data"] == {"text/plain": "words", "text/html": "<img>"}
    assert content["metadata"] == {} and stream["outputs"][0]["text"] == "hello"
    before_saving(model={"type": "notebook", "content": None}, path="x", contents_manager=None)
    before_saving(model={"type": "file", "content": "text"}, path="x", contents_manager=None)


@pytest.mark.parametrize("deaths", [0, 2, 3])
def test_a_kernel_that_is_dead_at_once_is_started_again_but_not_for_ever(deaths):
    left = deaths * [RuntimeError("Kernel died")]

    def start(name):
        if left:
            raise left.pop()
        return name

    if deaths < 3:
        assert patient(start)("python3") == "python3"
    else:
        with pytest.raises(RuntimeError, match="Kernel died"):
            patient(start)("python3")
