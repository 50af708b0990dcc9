"""The state of the rule lab, a table and one of its rows, and what follows from it."""

from annkit.labs.base.traits import RowOf, TableOf
from annkit.labs.rule.models import GIVEN, Cut, Model
from annkit.translation import _
from annkit.wording import number

MOST_ROWS = 400


class Days(TableOf):
    """A table of two variables from 0 to 100. Its first half is to learn from, the rest is held out."""

    def __init__(self, usual):
        super().__init__(usual, columns=(2,), classes=1, rows=MOST_ROWS)

    def accepted(self, value, lab):
        table = super().accepted(value, lab)
        if len(table) < 2:
            raise ValueError(_("this lab takes two rows or more: one half to learn from, the other held out."))
        if (outside := table.X[(table.X < 0) | (table.X > 100)]).size:
            message = _("this lab draws variables from 0 to 100; the table has {value}.")
            raise ValueError(message.format(value=number(outside[0])))
        return table


class RowToLearnFrom(RowOf):
    """The number of one of the rows in the first half of the lab's table, from 1."""

    def ends(self, lab):
        return 1, lab.half

    def fitted(self, value, lab):
        return min(value, lab.half)


class Now:
    """What follows from the state of a `RuleLab`: its three models, and for every row whether they are right."""

    def __init__(self, lab):
        variable, side = lab.when.split()
        self.models = {
            "threshold": Model((Cut(100 if variable == "x1" else 0, lab.cut, side == "below"),)),
            "line": Model((Cut(lab.mix, lab.mix_cut),)),
            "made": Model(tuple(map(Cut, (lab.mix1, lab.mix2), GIVEN))),
        }
        self.right = {name: model.predict(lab.table.X) == lab.table.labels for name, model in self.models.items()}
        self._half = lab.half

    def share_right(self, name):
        """For which share of the rows held out a model is right."""
        return float(self.right[name][self._half :].mean())
