"""What the rule lab says: how a model explains what it answers for a point, and what would help now."""

from annkit import data
from annkit.labs.base.say import Badge, Piece, Rows, Text, Verdict
from annkit.translation import _
from annkit.wording import number

MADE = data.names("h", 2)
"""What the made variables are called."""


class Reason(Piece):
    """How a cut comes to be on or off for one row: its products, if both variables are in its mix, and a comparison.

    Parameters
    ----------
    cut : Cut
    row : ndarray, shape (2,)
    features : sequence of str
        What the two variables are called.
    line : str
        What is said of it, with the places ``{name}`` and ``{reason}``, for the arithmetic.
    caption : str
        What stands over it.
    name : str
        What comes out is called so.
    """

    def __init__(self, cut, row, features, line, caption, name=""):
        self.cut, self.row, self.features = cut, row, features
        self.line, self.caption, self.name = line, caption, name

    @property
    def products(self):
        """Each variable's name, its number, its share and the product of the two; nothing where one is alone."""
        if self.cut.alone is not None:
            return []
        shares = self.cut.share, 100 - self.cut.share
        return [
            (name, number(x), number(share / 100), number(x * share / 100))
            for name, x, share in zip(self.features, self.row.tolist(), shares, strict=True)
        ]

    @property
    def comparison(self):
        """The mix, or the variable that is alone, beside the cut-off."""
        cut, on = self.cut, self.cut.on(self.row)
        sign = ("<" if on else "≥") if cut.below else (">" if on else "≤")
        name = "" if cut.alone is None else f"{self.features[cut.alone]} = "
        return f"{name}{number(cut.mix(self.row))} {sign} {number(cut.at)}"

    def __str__(self):
        arithmetic = " + ".join(f"{x} × {share}" for __, x, share, __ in self.products)
        reason = f"{arithmetic} = {self.comparison}" if arithmetic else self.comparison
        return self.line.format(name=self.name, reason=reason)

    def state(self):
        products = [product[1:] for product in self.products]
        names = [product[0] for product in self.products]
        return {
            "kind": "sum", "caption": self.caption, "names": names, "products": products, "bias": None,
            "total": self.comparison, "end": "", "verdict": None, "symbol": "",
        }  # fmt: skip


def written(lab):
    """The whole model of a `RuleLab`, as lines: where each made variable is on, if there are such; where it says ○."""
    features, kind = lab.table.features, lab.table.kinds[1]
    formulas = [_formula(cut, features) for cut in lab.current.cuts]
    if lab.model != "made":
        return [f"{kind}: {formulas[0]}"]
    line = _("{name} on: {formula}")
    on = [line.format(name=name, formula=formula) for name, formula in zip(MADE, formulas, strict=True)]
    return [*on, _("{kind}: {first} on and {second} off").format(kind=kind, first=MADE[0], second=MADE[1])]


def _formula(cut, features):
    sign = "<" if cut.below else ">"
    if cut.alone is not None:
        return f"{features[cut.alone]} {sign} {cut.at}"
    shares = [number(share / 100) for share in (cut.share, 100 - cut.share)]
    return f"{shares[0]} {features[0]} + {shares[1]} {features[1]} {sign} {cut.at}"


def words(lab):
    """What a `RuleLab` says: what its model answers for a point and why, and how often it is right."""
    now, row, kinds = lab.now, lab.X[lab.point - 1], lab.table.kinds
    model, right = now.models[lab.model], now.right[lab.model]
    answer = int(model.predict(row[None])[0])
    verdict = _("point {point}: {kind} is right") if right[lab.point - 1] else _("point {point}: {kind} is wrong")
    return [
        Text(_in_one_sentence(lab.model, model, row, lab.table.features, kinds[answer]), "lead"),
        *_reasons(lab.model, model, row, lab.table.features),
        Verdict(answer, verdict.format(point=lab.point, kind=kinds[answer])),
        _weighed(model, right, lab.half),
        *([Badge(_("All to learn from are right."), good=True)] if right[: lab.half].all() else []),
        Text(advice(lab), "help"),
    ]


def _in_one_sentence(name, model, row, features, kind):
    """Why a model answers as it does for a row, shape (2,), and what: its `kind`."""
    on = tuple(bool(cut.on(row)) for cut in model.cuts)
    if name == "made":
        return {
            (True, False): _("It says {kind}, because h₁ is on and h₂ is off."),
            (True, True): _("It says {kind}, because h₂ is on."),
            (False, False): _("It says {kind}, because h₁ is off."),
            (False, True): _("It says {kind}, because h₁ is off."),
        }[on].format(kind=kind)
    if name == "line":
        return {
            (True,): _("It says {kind}, because the mix is above the cut-off."),
            (False,): _("It says {kind}, because the mix is not above the cut-off."),
        }[on].format(kind=kind)
    (cut,) = model.cuts
    sentence = {
        (False, True): _("It says {kind}, because {variable} is {value}, above {cut}."),
        (False, False): _("It says {kind}, because {variable} is {value}, not above {cut}."),
        (True, True): _("It says {kind}, because {variable} is {value}, below {cut}."),
        (True, False): _("It says {kind}, because {variable} is {value}, not below {cut}."),
    }[cut.below, *on]
    return sentence.format(kind=kind, variable=features[cut.alone], value=number(row[cut.alone]), cut=cut.at)


def _reasons(name, model, row, features):
    """The arithmetic behind an answer; for a threshold the sentence is all."""
    if name == "line":
        yield Reason(model.cuts[0], row, features, _("The mix: {reason}."), _("The mix"))
    if name == "made":
        for made, cut in zip(MADE, model.cuts, strict=True):
            line, caption = _("{name}: {reason}, off."), _("Made variable {name}: off")
            if cut.on(row):
                line, caption = _("{name}: {reason}, on."), _("Made variable {name}: on")
            yield Reason(cut, row, features, line, caption.format(name=made), made)


def _weighed(model, right, half):
    """How long the explanation is, beside how often the model is right."""
    count = _("{right} of {count}")
    to_learn = count.format(right=right[:half].sum(), count=half)
    held_out = count.format(right=right[half:].sum(), count=len(right) - half)
    lines = [
        _("Numbers to read: {numbers}.").format(numbers=model.numbers),
        _("Right: {to_learn} to learn from, {held_out} held out.").format(to_learn=to_learn, held_out=held_out),
    ]
    cells = [
        [_("numbers to read"), str(model.numbers)],
        [_("right, to learn from"), to_learn],
        [_("right, held out"), held_out],
    ]
    return Rows(lines, cells)


def advice(lab):
    """What would help now in a `RuleLab`."""
    if lab.model == "threshold":
        if 2 * lab.right()[: lab.half].sum() < lab.half:
            return _("More wrong than right. Try the other side, or the other variable.")
        return _("Drag the border. Click a point: why did it get its answer?")
    if lab.model == "line":
        if lab.current.cuts[0].alone is not None:
            return _("A mix of one variable alone is a threshold again.")
        return _("Drag the line by its middle, turn it at its end. Can it part {first} from {second}?").format(
            first=lab.table.kinds[1], second=lab.table.kinds[0]
        )
    if 0 < lab.moved < 1:
        return _("On the way to the plane of the two mixes. Play goes on.")
    if lab.mix1 == lab.mix2:
        return _("Both mixes are the same. Turn one of them.")
    if lab.moved:
        return _("Here each made variable is a straight cut. Turn a mix.")
    if lab.right()[: lab.half].all():
        return _("Press Play: where do the mixes put the points?")
    return _("Turn a border at its knob: which points lose their ring?")
