"""The project itself: its floors, its style, its words, and what run.py does before it starts anything."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
import run  # noqa: E402

FLOORS = ["", "stage", "labs", "checks"]
"""From below. A file may import from its own floor and those below it; checks don't need the stage or the labs."""
FORBIDDEN = {
    "": {"annkit.stage", "annkit.labs", "annkit.checks", "matplotlib", "ipywidgets", "anywidget", "traitlets"},
    "stage": {"annkit.labs", "annkit.checks", "annkit.perceptron", "annkit.data"},
    "labs": {"annkit.checks"},
    "checks": {"annkit.stage", "annkit.labs"},
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("floor", FORBIDDEN)
def test_arrows_point_only_downward(floor):
    files = list((ROOT / "annkit" / floor).glob("**/*.py" if floor else "*.py"))
    assert files
    for path in files:
        for name in imported(path):
            assert not any(name == f or name.startswith(f + ".") for f in FORBIDDEN[floor]), f"{path}: {name}"


def test_importing_annkit_loads_no_widget_and_no_plot():
    code = "import sys, annkit; print({'matplotlib', 'ipywidgets', 'sklearn'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_style():
    for command in (["check"], ["format", "--check"]):
        result = subprocess.run([sys.executable, "-m", "ruff", *command, ROOT], capture_output=True, text=True)
        assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "annkit").glob("*.py")), ids=lambda path: path.stem)
def test_whatever_is_public_on_floor_one_says_what_it_does(path):
    module = importlib.import_module("annkit" if path.stem == "__init__" else f"annkit.{path.stem}")
    public = [module]
    for thing in public:
        members = {name: each for name, each in vars(thing).items() if not name.startswith("_")}
        for name, each in members.items():
            of_here = getattr(each, "__module__", module.__name__) == module.__name__
            if inspect.isclass(each) and of_here:
                public.append(each)
            if inspect.isroutine(each) and of_here or inspect.isclass(each) or isinstance(each, property):
                assert inspect.getdoc(getattr(thing, name)), f"{path.stem}: {name}"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/topics.md", "benchmarks/README.md"])
def test_links_of_pages_resolve(page):
    page = ROOT / page
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_readme_names_every_chapter():
    named = re.findall(r"notebooks/en/([\w.]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named == sorted(path.name for path in (ROOT / "notebooks/en").glob("*.ipynb"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """run.py at work in an empty folder, with its subprocesses recorded instead of started."""
    calls = []

    class Done:
        returncode = 0

        def wait(self):
            return 0

    def record(command, **options):
        calls.append([str(part) for part in command[1:]])
        return Done()

    def create(path, with_pip, symlinks):
        run.PYTHON.parent.mkdir(parents=True)
        run.PYTHON.touch()

    for name in ("requirements.txt", "constraints.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    (tmp_path / "notebooks/en").mkdir(parents=True)
    for name in ("02_two.ipynb", "10_ten.ipynb"):
        (tmp_path / "notebooks/en" / name).touch()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(run, "RECIPE", [tmp_path / path.name for path in run.RECIPE])
    monkeypatch.setattr(run.subprocess, "run", record)
    monkeypatch.setattr(run.subprocess, "Popen", record)
    monkeypatch.setattr("venv.create", create)
    return tmp_path, calls


def test_lab_sets_up_once_and_opens_the_first_chapter(folder):
    __, calls = folder
    assert run.main(["lab"]) == 0
    assert calls[0][:3] == ["-m", "pip", "install"] and "-e" not in calls[0]
    assert calls[1][:2] == ["-m", "jupyterlab"] and calls[1][2].endswith("02_two.ipynb")
    calls.clear()
    run.main(["lab"])
    assert [call[1] for call in calls] == ["jupyterlab"]


@pytest.mark.parametrize(
    ("platform", "compare"), [("linux", "--nbval"), ("darwin", "--nbval-lax"), ("win32", "--nbval-lax")]
)
def test_test_adds_what_only_the_tests_need_and_passes_the_rest_on(folder, monkeypatch, platform, compare):
    __, calls = folder
    monkeypatch.setattr(run.sys, "platform", platform)
    run.main(["lab"])
    calls.clear()
    run.main(["test", "-k", "stage"])
    assert calls[0][1] == "pip" and ".[test]" in calls[0]
    assert calls[1] == [
        "-m",
        "pytest",
        compare,
        "-n",
        "2",
        "--dist",
        "loadscope",
        "--no-loadscope-reorder",
        "-k",
        "stage",
    ]


def test_whoever_can_test_can_open_the_lab(folder):
    __, calls = folder
    run.main(["test"])
    calls.clear()
    run.main(["lab"])
    assert [call[1] for call in calls] == ["jupyterlab"]


def test_a_changed_recipe_is_installed_again(folder):
    root, calls = folder
    run.main(["lab"])
    (root / "requirements.txt").write_text("more")
    calls.clear()
    run.main(["lab"])
    assert [call[1] for call in calls] == ["pip", "jupyterlab"]


def test_an_interrupted_set_up_is_begun_anew(folder):
    root, calls = folder
    (root / ".venv").mkdir()
    (root / ".venv/annkit-made-by.txt").write_text("unfinished")
    (root / ".venv/half").touch()
    run.main(["lab"])
    assert not (root / ".venv/half").exists() and calls[-1][1] == "jupyterlab"


def test_an_environment_of_somebody_elses_is_left_alone(folder):
    root, calls = folder
    (root / ".venv").mkdir()
    (root / ".venv/mine").touch()
    with pytest.raises(SystemExit, match="a .venv here that run.py did not make"):
        run.main(["lab"])
    assert (root / ".venv/mine").exists() and not calls


def test_refresh_takes_chapters_by_their_number(folder, capsys):
    __, calls = folder
    run.main(["refresh", "10"])
    assert [Path(path).name for path in calls[-1][2:]] == ["10_ten.ipynb"]
    run.main(["refresh"])
    assert [Path(path).name for path in calls[-1][2:]] == ["02_two.ipynb", "10_ten.ipynb"]
    assert run.main(["refresh", "99"]) == 2
    assert "No chapter begins with 99" in capsys.readouterr().out


def test_an_unknown_command_says_which_there_are(capsys):
    assert run.main(["tset"]) == 2
    assert "There is no command 'tset'" in (out := capsys.readouterr().out) and "run.py test" in out
    assert run.main(["--help"]) == 0


LAB = "?urlpath=lab/tree/notebooks/en/02_two.ipynb"


@pytest.mark.parametrize(
    ("remote", "place"),
    [
        ("https://github.com/ann/kit", "gh/ann/kit"),
        ("https://github.com/ann/kit.git", "gh/ann/kit"),
        ("https://ann:secret@www.github.com/ann/kit/", "gh/ann/kit"),
        ("git@github.com:ann/kit.git", "gh/ann/kit"),
        ("ssh://git@github.com/ann/kit.git", "gh/ann/kit"),
        ("ssh://git@ssh.github.com:443/ann/kit.git", "gh/ann/kit"),
        ("https://gitlab.com/ann/kit.git", "gl/ann%2Fkit"),
        ("git@gitlab.com:ann/group/kit.git", "gl/ann%2Fgroup%2Fkit"),
        ("https://ann:secret@example.org:8443/ann/kit.git", "git/https%3A%2F%2Fexample.org%3A8443%2Fann%2Fkit.git"),
        ("git@code.example.org:ann/kit.git", "git/https%3A%2F%2Fcode.example.org%2Fann%2Fkit.git"),
        ("ssh://git@code.example.org:2222/ann/kit", "git/https%3A%2F%2Fcode.example.org%2Fann%2Fkit"),
    ],
)  # fmt: skip
def test_every_form_of_remote_has_its_link_to_binder(folder, remote, place):
    assert run.launch_link(remote, "main") == f"https://mybinder.org/v2/{place}/main{LAB}"


@pytest.mark.parametrize("remote", ["", "../kit", "/srv/kit.git", "file:///srv/kit.git", r"C:\kit", "C:/kit", "origin"])
def test_a_remote_on_no_server_has_no_link(folder, remote):
    assert run.launch_link(remote, "main") is None


def test_binder_takes_the_remote_and_the_branch_from_git_and_sets_nothing_up(tmp_path, monkeypatch, capsys):
    (tmp_path / "notebooks/en").mkdir(parents=True)
    (tmp_path / "notebooks/en/02_two.ipynb").touch()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert run.main(["binder"]) == 2
    assert "no remote on a server" in capsys.readouterr().out
    run.git("init", "-q", "-b", "more/dots#1")
    assert run.main(["binder"]) == 2
    run.git("remote", "add", "origin", "git@github.com:ann/kit.git")
    capsys.readouterr()
    assert run.main(["binder"]) == 0
    assert capsys.readouterr().out == f"https://mybinder.org/v2/gh/ann/kit/more/dots%231{LAB}\n"
    assert not run.VENV.exists()


def test_binder_names_the_commit_where_no_branch_is_checked_out(folder, monkeypatch, capsys):
    answers = {"ls-remote": "https://github.com/ann/kit", "symbolic-ref": "", "rev-parse": "0123abc"}
    monkeypatch.setattr(run, "git", lambda what, *__: answers[what])
    run.main(["binder"])
    assert f"/gh/ann/kit/0123abc{LAB}" in capsys.readouterr().out


def test_binder_needs_no_git(folder, monkeypatch, capsys):
    def missing(*__, **___):
        raise FileNotFoundError("git")

    monkeypatch.setattr(run.subprocess, "run", missing)
    assert run.main(["binder"]) == 2
    assert "git push" in capsys.readouterr().out
