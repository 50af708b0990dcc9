"""What the XOR lab says: how many corners are right, the arithmetic of one, where the corners go, and what helps."""

from annkit.labs.base.lab import verdict
from annkit.labs.base.say import Rows, Score, Text
from annkit.translation import _
from annkit.wording import in_product, number, row_of, signed, weighted_sum


class Saying:
    """The part of an `XorLab` that says what it shows."""

    def words(self):
        return [Score(self.now.right, self.names), self._arithmetic(), self._where(), Text(self._help(), "help")]

    def _arithmetic(self):
        """How the three units answer for the corner in focus."""
        corner, now, lines, cells = self.point - 1, self.now, [], []
        rows = [*2 * [self.table.X[corner]], now.move.answers[corner]]
        sums = [*now.move.sums[corner], now.totals[corner]]
        for (name, traits), row, total in zip(self.units.items(), rows, sums, strict=True):
            *weights, bias = (getattr(self, trait) for trait in traits)
            end, answer = ("> 0", 1) if total > 0 else ("≤ 0", 0)
            lines.append(f"{name}: {weighted_sum(row, weights, bias)} = {number(total)} {end} → {answer}")
            products = [f"{number(x)} × {in_product(w)}" for x, w in zip(row, weights, strict=True)]
            cells.append([name, products[0], "+", products[1], signed(bias), "=", number(total), end, f"→ {answer}"])
        said = {"corner": self.names[corner], "verdict": verdict(now.right[corner])}
        lines[-1] += " " + _("(corner {corner}: {verdict})").format(**said)
        cells[-1][-1] += " " + self.table.kinds[answer] + " " + _("(corner {corner}: {verdict})").format(**said)
        return Rows(lines, cells)

    def _where(self):
        """What the plane shows; and where the corners go, once they are on their way."""
        if self.moved == 0:
            return _("The plane shows the inputs, and the corners where they begin.")
        goes = map(row_of, self.now.move.sums) if self.moved <= 0.5 else map(_corner_name, self.now.move.answers)
        if self.moved < 0.5:
            words = _("The corners go to their weighted sums: {moves}.")
        elif self.moved == 0.5:
            words = _("The plane shows the weighted sums of the corners: {moves}.")
        elif self.moved < 1:
            words = _("Each sum becomes 0 or 1, and the corners go: {moves}.")
        else:
            words = _("The plane shows where the hidden units put the corners: {moves}.")
        pairs = zip(self.names, goes, strict=True)
        return words.format(moves=", ".join(f"{name} → {place}" for name, place in pairs))

    def _help(self):
        """What would help now. Where the corners go is not told before they have gone."""
        if self.now.right.all():
            words = _("Solved: at their new places one line divides the corners.")
            return words if self.moved == 1 else words + " " + _("Play shows how they get there.")
        if self.moved == 0:
            return _("Press Play, or turn move to 1: where do the hidden units put the corners?")
        met, labels = {}, self.table.labels.tolist()
        for i, place in enumerate(map(tuple, self.now.move.answers.tolist())):
            met.setdefault(place, []).append(i)
        mixed = [group for group in met.values() if len({labels[i] for i in group}) == 2]
        if mixed:
            corners = ", ".join(f"{self.table.kinds[labels[i]]} {self.names[i]}" for i in mixed[0])
            words = _("In the hidden plane {corners} share a place: no line can tell them apart. Turn a hidden unit.")
            return words.format(corners=corners)
        if len(met) == 4:
            return _("The corners have only changed places: no line divides them. Turn a hidden unit until two meet.")
        return _("In the hidden plane a line can divide the corners now: turn v₁, v₂ and c until it does.")


def _corner_name(corner):
    return "".join(str(int(value)) for value in corner)
