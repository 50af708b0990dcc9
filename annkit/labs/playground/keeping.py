"""Taking a playground away: as a file that a class opens, as programs, as a picture, as numbers."""

import json
import re
from dataclasses import replace

from annkit import data, inputs
from annkit.labs.playground.past import Past, Settings, Stretch, Turn
from annkit.labs.playground.samples import held_out, inputs_of
from annkit.saving import checked_path, write
from annkit.translation import N_, _

FORMAT = "annkit playground 1"
CALL = re.compile(r"data\.[a-z]+\([-\w., =]*\)(\.[a-z_]+\([-\w., \[\]=]*\)(\[[01]\])?)*")
"""A call that makes a table and edits it; what else a file may say is not taken over."""
TAKEN = {
    "file": N_("this lab, as a file"), "code": N_("this lab, as code"), "numpy": N_("the network, for NumPy"),
    "torch": N_("the network, for PyTorch"), "csv": N_("the numbers, as CSV"), "svg": N_("the picture, as SVG"),
}  # fmt: skip
"""In what forms it can be taken away."""
NAMES = {"file": "playground.json", "numpy": "network.py", "torch": "network_torch.py", "csv": "numbers.csv",
         "svg": "playground.svg"}  # fmt: skip
"""What the file of each form is called; code is so short that it needs none."""


def taken(lab, form):
    """The lab in one of the forms of `TAKEN`, as text."""
    inputs.choice("form", form, list(TAKEN))
    if form == "file":
        return as_file(lab)
    if form == "code":
        return lab.code()
    if form == "csv":
        return table_of_answers(lab)
    if form == "svg":
        return lab.stage.svg()
    return lab.net.to_numpy_code() if form == "numpy" else lab.net.to_torch_code()


def table_of_answers(lab):
    """Every sample in a line: its features, its target, what the network answers, and whether it is held out."""
    table, held = lab.table, held_out(lab.table, lab.share)
    outputs = lab.trainer.net.predict(inputs_of(lab.start, table))[:, 0]
    head = ",".join([*map(_quoted, table.features), "t", "o", "held out"])
    rows = zip(table.X.tolist(), table.T[:, 0].tolist(), outputs.tolist(), held.tolist(), strict=True)
    return "\n".join([head, *(f"{x!r},{y!r},{t:g},{o!r},{int(out)}" for (x, y), t, o, out in rows), ""])


def _quoted(name):
    """A name as a field of CSV."""
    return '"{}"'.format(name.replace('"', '""')) if {",", '"'} & set(name) else name


def as_file(lab):
    """The whole state of a lab as the text of a file."""
    tables = []
    state = {name: _plain(value, tables) for name, value in lab.arguments().items()}
    content = {"format": FORMAT, "tables": [_table_as_plain(table) for table in tables], "state": state}
    return json.dumps(content, ensure_ascii=False)


def of_file(text, name):
    """The arguments of the lab whose file this is. Raises ValueError where it is none; `name` says which file."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError
        tables = [_table_of_plain(plain) for plain in content["tables"]]
        return {str(name): _of_plain(value, tables) for name, value in content["state"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        message = _("{path} is damaged, or it was not saved by a playground.")
        raise ValueError(message.format(path=name)) from None


def save(lab, path):
    """Write the state of a lab to a file, to be read by `load`. Raises ValueError or OSError where that can't be."""
    write(path, as_file(lab).encode())


def load(path):
    """The arguments of the lab that `save` wrote. Raises ValueError where the file is none, OSError where it is not."""
    path = checked_path(path)
    return of_file(path.read_text(encoding="utf-8", errors="replace"), path)


def _plain(value, tables):
    """A part of the state in what JSON has; tables by their number."""
    if isinstance(value, data.Table):
        if value not in tables:
            tables.append(value)
        return {"table": tables.index(value)}
    if isinstance(value, Past):
        return {"past": [_plain(event, tables) for event in value]}
    if isinstance(value, Stretch):
        return [value.batches, {name: _plain(each, tables) for name, each in value.settings._asdict().items()}]
    if isinstance(value, Turn):
        return [value.place, value.value, "turned"]
    return list(value) if isinstance(value, tuple) else value


def _of_plain(value, tables):
    if isinstance(value, list):
        return tuple(_of_plain(each, tables) for each in value)
    if not isinstance(value, dict):
        return value
    if "table" in value and len(value) == 1:
        return tables[value["table"]]
    if "past" in value:
        return [_of_plain(event, tables) for event in value["past"]]
    return Settings(**{name: _of_plain(each, tables) for name, each in value.items()})._asdict()


def _table_as_plain(table):
    parts = {"X": table.X.tolist(), "T": table.T.tolist(), "features": table.features, "kinds": table.kinds}
    return parts | {"call": table.call}


def _table_of_plain(plain):
    table = data.table(plain["X"], plain["T"], plain["features"], plain["kinds"])
    return replace(table, call=plain["call"]) if CALL.fullmatch(plain["call"]) else table
