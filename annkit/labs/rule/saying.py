"""How the models of the rule lab explain what they answer for a point, and what would help now."""

from annkit import data
from annkit.labs.base.say import Piece
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


def written(model, features, kind):
    """The whole model, as lines: where each made variable is on, if it has such, and where it says `kind`."""
    formulas = [_formula(cut, features) for cut in model.cuts]
    if len(formulas) == 1:
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


def answer_in_one_sentence(name, model, row, features, kind):
    """What the model called `name` answers for a row, shape (2,), and why. `kind` is what it says."""
    on = tuple(bool(cut.on(row)) for cut in model.cuts)
    cut = model.cuts[0]
    said = {"kind": kind}
    if name == "made":
        sentence = {
            (True, False): _("It says {kind}, because h₁ is on and h₂ is off."),
            (True, True): _("It says {kind}, because h₂ is on."),
            (False, False): _("It says {kind}, because h₁ is off."),
            (False, True): _("It says {kind}, because h₁ is off."),
        }[on]
    elif name == "line":
        sentence = {
            (True,): _("It says {kind}, because the mix is above the cut-off."),
            (False,): _("It says {kind}, because the mix is not above the cut-off."),
        }[on]
    else:
        sentence = {
            (False, True): _("It says {kind}, because {variable} is {value}, above {cut}."),
            (False, False): _("It says {kind}, because {variable} is {value}, not above {cut}."),
            (True, True): _("It says {kind}, because {variable} is {value}, below {cut}."),
            (True, False): _("It says {kind}, because {variable} is {value}, not below {cut}."),
        }[cut.below, *on]
        said |= {"variable": features[cut.alone], "value": number(row[cut.alone]), "cut": cut.at}
    return sentence.format(**said)


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
