"""What the activation lab says: the arithmetic of a, of the slope found by a nudge, and of the neuron."""

from annkit.labs.activation.curves import CORNERS, CURVES, inner
from annkit.labs.base.say import Rows, Text
from annkit.translation import _
from annkit.wording import fixed, in_product, number, signed

NUDGE = 0.001
FLAT = 0.01
"""A slope nearer to 0 than this is called nearly flat."""


class Saying:
    """The part of an `ActivationLab` that says what it shows."""

    def words(self):
        rows = [self._place()]
        if self.slopes:
            rows = [self._nudge(), self._slope(), *rows, self._change()]
        lines, cells = zip(*rows, strict=True)
        return [self._value(), Rows(lines, cells), Text(self._help(), "help")]

    def _value(self):
        z, a, curve = self.z, float(self.f(self.z)), CURVES[self.activation]
        if self.activation == "step":
            comparison = "> 0 → 1" if a else "≤ 0 → 0"
            return _("{function}: {z} {comparison}, so a = f({z}) = {a}.").format(
                function=curve.title, z=number(z), comparison=comparison, a=number(a)
            )
        numbers = {"z": number(z), "minus": in_product(-z), "bracketed": in_product(z), "inner": number(inner(z))}
        arithmetic = curve.value.format(**numbers)
        return _("{function}: a = f({z}) = {arithmetic}.").format(
            function=curve.title, z=number(z), arithmetic=" = ".join(filter(None, [arithmetic, fine(a)]))
        )

    # The rows of arithmetic: for each its line, and its cells.

    def _nudge(self):
        change = float(self.f(self.z + NUDGE) - self.f(self.z))
        digits = 7 if abs(change) >= 5e-8 else 10
        z, nudged = number(self.z), number(self.z + NUDGE)
        difference, ratio = _decimals(change, digits), _decimals(change / NUDGE, digits - 3)
        words = _("Nudge: f({nudged}) − f({z}) = {change}. Divided by {nudge}: {ratio}.")
        line = words.format(nudged=nudged, z=z, change=difference, nudge=NUDGE, ratio=ratio)
        divided = _("= {change}, divided by {nudge}").format(change=difference, nudge=NUDGE)
        return line, [_("nudge"), f"f({nudged}) − f({z})", divided, f"= {ratio}", ""]

    def _slope(self):
        z = number(self.z)
        if not self.has_slope:
            left, right = CORNERS[self.activation]
            words = _("At the jump, z = 0, there is no slope: it is 0 on both sides, and any nudge up adds 1.")
            cell = _("none: 0 on both sides")
            if right is not None:
                words = _("At the kink, z = 0, there is no slope: {left} from the left, {right} from the right.")
                cell = _("none: {left} from the left, {right} from the right")
            words, cell = (text.format(left=number(left), right=number(right or 0)) for text in (words, cell))
            return words, [_("slope"), f"f′({z})", cell, "", ""]
        slope, a = float(self.slope(self.z)), float(self.f(self.z))
        arithmetic = CURVES[self.activation].slope.format(a=fine(a), in_product=_fine_in_product(a))
        words, cell = _("Not flat here."), ""
        if slope == 0:
            words, cell = _("Flat here: a small nudge changes nothing."), _("flat")
        elif abs(slope) < FLAT:
            words, cell = _("Nearly flat here: under 1 % comes through."), _("nearly flat")
        results = " = ".join(filter(None, [arithmetic, fine(slope)]))
        line = _("Slope: f′({z}) = {arithmetic}. {flat}").format(z=z, arithmetic=results, flat=words)
        return line, [_("slope"), f"f′({z})", f"= {arithmetic}" if arithmetic else "", f"= {fine(slope)}", cell]

    def _place(self):
        """Where the neuron has the sum z."""
        z, total = number(self.z), f"{number(self.w)} × x" + (f" {signed(self.b)}" if self.b else "")
        start = [_("neuron"), f"z = {total}"]
        if not self.w:
            words = _("Neuron: a = f({sum}). As w = 0, it answers f({b}) = {a} whatever x is.")
            words = words.format(sum=total, b=number(self.b), a=fine(float(self.f(self.b))))
            return words, [*start, f"= {number(self.b)}", _("whatever x is"), ""]
        if self.x is None:
            words = _("Neuron: a = f({sum}). So near to 0 is w that no x a computer can write gives the sum {z}.")
            cell = _("is {z} at no x that a computer can write").format(z=z)
            return words.format(sum=total, z=z), [*start, cell, "", ""]
        difference = f"({z} {signed(-self.b)})" if self.b else z
        words = _("Neuron: a = f({sum}). The sum is {z} at x = {difference} / {w} = {x}.")
        numbers = {"difference": difference, "w": in_product(self.w), "x": number(self.x)}
        quotient = _("is {z} at x = {difference} / {w}").format(z=z, **numbers)
        return words.format(sum=total, z=z, **numbers), [*start, quotient, f"= {number(self.x)}", ""]

    def _change(self):
        """How strongly the neuron answers to x there."""
        start = [_("its slope"), _("w × slope")]
        if not self.w or self.x is None:
            return _("A nudge of x changes nothing."), [*start, "", "= 0" if not self.w else "≈ 0", ""]
        if not self.has_slope:
            return _("There the neuron has no slope either."), [*start, _("none there either"), "", ""]
        slope = float(self.slope(self.z))
        product, result = f"{number(self.w)} × {_fine_in_product(slope)}", fine(self.w * slope)
        words = _("There a changes w × slope = {product} = {result} times as much as x.")
        return words.format(product=product, result=result), [*start, f"= {product}", f"= {result}", ""]

    def _help(self):
        if not self.w:
            return _("Turn w away from 0, and the neuron hears x again.")
        if self.slopes and not self.has_slope:
            return _("Go a quarter to the left, then a quarter to the right: what is the slope there?")
        if self.slopes and self.activation == "step":
            return _("The grey line lies at 0. Could a neuron with this function learn by small changes?")
        if self.slopes and abs(float(self.slope(self.z))) < FLAT:
            return _("A small change is lost here. Where does the grey curve leave 0?")
        if self.out_of_sight:
            return _("On the right the point is out of sight: turn w or b until it comes back.")
        if self.slopes:
            return _("Drag a point along its curve. Where is the slope largest, where smallest?")
        return _("Drag a point along its curve: what becomes of large sums, what of sums below 0?")


def fine(value):
    """As `number`, but with seven decimals where four would make it 0, 1 or −1, which it is not."""
    close = 1e-7 <= abs(value) < 1e-4 or 0 < abs(abs(value) - 1) < 5e-5
    return _decimals(value, 7) if close else number(value)


def _fine_in_product(value):
    return f"({fine(value)})" if value < 0 else fine(value)


def _decimals(value, digits):
    """A number with at most so many decimals."""
    return fixed(value, digits).rstrip("0").rstrip(".")
