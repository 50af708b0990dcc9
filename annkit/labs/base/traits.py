"""What a lab's state is made of: traits that refuse, in annkit's words, what a lab can't draw; the old value stands."""

import math

import numpy as np
import traitlets

from annkit import data, inputs
from annkit.network import Network
from annkit.translation import _

FARTHEST = 1_000_000


class Refusing(traitlets.TraitType):
    """A trait whose `accepted` returns the value that a lab keeps, or raises `ValueError` in words for a learner."""

    def validate(self, lab, value):
        try:
            return self.accepted(value, lab)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None


class Number(Refusing):
    """A finite number from `low` to `high`."""

    check = staticmethod(inputs.number)

    def __init__(self, default=0.0, low=-FARTHEST, high=FARTHEST, **traits):
        super().__init__(default, **traits)
        self.low, self.high = low, high

    def accepted(self, value, lab):
        return self.check(self.name, value, *self.ends(lab))

    def ends(self, lab):
        """The least and the greatest value, for a slider."""
        return self.low, self.high


class Whole(Number):
    """A whole number from `low` to `high`; without a `high`, as large as you like."""

    check = staticmethod(inputs.whole)

    def __init__(self, default=1, low=1, high=math.inf, **traits):
        super().__init__(default, low, high, **traits)


class RowOf(Whole):
    """The number of one of the rows of the lab's `table`, from 1; its last, where a new table has fewer."""

    def ends(self, lab):
        """The first and the last row, for a slider."""
        return 1, len(lab.table)

    def instance_init(self, lab):
        super().instance_init(lab)
        lab.observe(self._keep_within, "table")

    def _keep_within(self, change):
        lab, count = change["owner"], len(change["new"])
        if getattr(lab, self.name) > count:
            setattr(lab, self.name, count)


class Picked(Refusing):
    """A node (layer, unit) or an edge (layer, unit, unit of the next layer) of the lab's `diagram`."""

    default_value = (0, 0)

    def accepted(self, value, lab):
        for picked in (*lab.diagram.nodes, *lab.diagram.edges):
            if isinstance(value, (tuple, list)) and picked == tuple(value):
                return picked
        message = _(
            "{name} should be a node (layer, unit) or an edge (layer, unit, unit of the next layer), not {value}."
        )
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))


class Choice(Refusing):
    """One of some names."""

    default_value = ""

    def __init__(self, names, **traits):
        self.names = list(names)
        super().__init__(self.names[0], **traits)

    def accepted(self, value, lab):
        return inputs.choice(self.name, value, self.names)


class NetworkOf(Refusing):
    """A network that a lab can draw. It keeps a copy, so that training the network goes on without the lab.

    Parameters
    ----------
    inputs, outputs : int
        How many it should have.
    hidden : int
        The most units in its hidden layer, of which it should have one.
    """

    default_value = None

    def __init__(self, inputs, hidden, outputs, **traits):
        super().__init__(**traits)
        self.inputs, self.hidden, self.outputs = inputs, hidden, outputs

    def accepted(self, value, lab):
        if not isinstance(value, Network):
            message = _("{name} should be a Network, not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        sizes = value.sizes
        if len(sizes) != 3 or (sizes[0], sizes[2]) != (self.inputs, self.outputs) or sizes[1] > self.hidden:
            message = _(
                "this lab takes a network of {inputs} inputs, one hidden layer of up to {hidden} units and {outputs} "
                "outputs; this one has the sizes {sizes}."
            )
            parts = {"inputs": self.inputs, "hidden": self.hidden, "outputs": self.outputs}
            raise ValueError(message.format(**parts, sizes=list(sizes)))
        return Network(sizes, value.activation, value.output, init=0, parameters=value.parameters)


class TableOf(Refusing):
    """A table that a lab can draw.

    Parameters
    ----------
    columns : tuple of int
        How many features it may have.
    classes : int, optional
        The most columns of targets that the lab draws; any number where it draws none.
    rows : int, optional
        The most samples that it draws.
    """

    default_value = None

    def __init__(self, columns, classes=None, rows=None, **traits):
        super().__init__(**traits)
        self.columns, self.classes, self.rows = columns, classes, rows

    def accepted(self, value, lab):
        if not isinstance(value, data.Table):
            message = _("{name} should be a table, such as data.table(X, T) makes, not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        (rows, columns), classes = value.X.shape, value.T.shape[1]
        if columns not in self.columns:
            message = _("this lab takes a table of {wanted} columns, one for each input; this one has {columns}.")
            raise ValueError(message.format(wanted=_(" or ").join(map(str, self.columns)), columns=columns))
        if self.classes and classes > self.classes:
            message = _("this lab draws two classes, one column of targets; this table has {count} classes.")
            if self.classes > 1:
                message = _("this lab draws up to {most} classes; this table has {count}.")
            raise ValueError(message.format(count=classes, most=self.classes))
        if self.rows and rows > self.rows:
            message = _("this lab draws up to {most} rows; this table has {rows}.")
            raise ValueError(message.format(most=self.rows, rows=rows))
        if np.abs(value.X).max() > FARTHEST:
            message = _("this lab draws points up to {most:,}; the table has {value:g}.")
            raise ValueError(message.format(most=FARTHEST, value=value.X.flat[np.abs(value.X).argmax()]))
        return value
