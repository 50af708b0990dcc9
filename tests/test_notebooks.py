"""What nbval does not look at: stale or cleared outputs, exercises, the chapter's parts, links and pictures."""

import re
from pathlib import Path

import nbformat
import pytest

from annkit.notebooks import LIVE, before_saving

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
    assert re.search(r"\*You need:\*.*\*Time:\* \d+ minutes", markdown[0])
    headings = [match for text in markdown for match in re.findall(r"^## (.+)$", text, re.MULTILINE)]
    assert headings == PARTS


@every_book
def test_cells_are_short(path):
    for cell in cells(path, "code"):
        assert 1 <= len(cell.source.splitlines()) <= 12, cell.id


@every_book
def test_every_exercise_has_its_check_and_a_folded_solution(path):
    code = cells(path, "code")
    exercises = [index for index, cell in enumerate(code) if "exercise" in tags(cell)]
    by_lab = by_code = 0
    for index in exercises:
        after = code[index + 1]
        lab = "check" in tags(after)
        by_lab, by_code = by_lab + lab, by_code + (not lab)
        check = after if lab else code[index]
        assert re.match(r"checks\.\w+\(", check.source.splitlines()[-1]), check.id
        assert printed(check).startswith("… Nothing here yet"), check.id
        solution = code[index + 2] if lab else after
        assert tags(solution) == {"solution"}, solution.id
        assert printed(solution).startswith("✓ Right") and printed(solution).count("\n") == 1, solution.id
        folded = {"source_hidden": True, "outputs_hidden": True}
        assert solution.metadata.get("jupyter") == folded, solution.id
        assert solution.source.startswith("# Solution\n"), f"{solution.id}: a folded cell shows its first line"
        used = re.match(r"checks\.\w+", check.source.splitlines()[-1]).group()
        assert used in solution.source, solution.id
        names = [set(re.findall(r"^(\w+) = ", cell.source, re.MULTILINE)) for cell in (code[index], solution)]
        assert not names[0] & names[1], f"{solution.id}: would overwrite the learner's answer"
    assert by_lab and by_code
    assert sum("solution" in tags(cell) for cell in code) == len(exercises)


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
    from nbclient import NotebookClient

    book = nbformat.read(path, as_version=4)
    book.cells.insert(0, nbformat.v4.new_code_cell(NUDGE))
    NotebookClient(book, resources={"metadata": {"path": str(path.parent)}}, timeout=600).execute()
    again = [cell for cell in book.cells[1:] if cell.cell_type == "code"]
    assert [words(cell) for cell in again] == [words(cell) for cell in cells(path, "code")]


def words(cell):
    """What a cell prints and what its pictures say."""
    return printed(cell) + "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


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
