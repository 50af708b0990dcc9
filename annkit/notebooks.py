"""Notebooks in files: what is kept of a cell's output, and how the committed ones are made.

`python -m annkit.notebooks PATH …` runs notebooks from top to bottom and saves them for git, as `run.py refresh` does.
"""

import functools
import sys
from pathlib import Path

LIVE = "application/vnd.jupyter.widget-view+json"


def drop_dead_widgets(cells):
    """Take the ids of live widgets out of the outputs of `cells` (dicts, changed in place).

    A live widget ends with its kernel; without its id the saved words and picture are shown instead.
    """
    for cell in cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(LIVE, None)


def before_saving(model, **__):
    """A Jupyter server's `pre_save_hook`: a notebook opens on its saved pictures, never on a widget that is gone."""
    if model["type"] == "notebook" and isinstance(model.get("content"), dict):
        drop_dead_widgets(model["content"].get("cells", ()))
        model["content"].get("metadata", {}).pop("widgets", None)


def patient(start, attempts=3):
    """The function `start`, which is tried again where a kernel that it starts is dead at once.

    Jupyter picks the ports of a kernel before the kernel takes them, and another one can be quicker.
    """

    @functools.wraps(start)
    def started(*arguments, **named):
        for left in reversed(range(attempts)):
            try:
                return start(*arguments, **named)
            except RuntimeError:
                if not left:
                    raise

    return started


@patient
def run(notebook, folder):
    """Run the cells of `notebook`, changed in place, in a fresh kernel in `folder`. Raises at the first that fails."""
    from nbclient import NotebookClient

    # What is printed comes in one piece, however busy the machine.
    options = {"coalesce_streams": True, "record_timing": False, "store_widget_state": False, "timeout": 600}
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, kernel_name="python3", resources=resources, **options).execute()


def refresh(path):
    """Run the notebook at `path` in a fresh kernel and save it as it is committed. Raises at the first failing cell."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    run(notebook, Path(path).parent)
    drop_dead_widgets(notebook.cells)
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def main(paths):
    """Refresh every notebook in `paths`."""
    for path in paths:
        print(path, flush=True)
        refresh(path)


if __name__ == "__main__":
    main(sys.argv[1:])
