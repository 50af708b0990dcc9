"""What a lab's state is made of: traits that refuse, in annkit's words, what a lab can't draw; the old value stands."""

import math

import numpy as np
import traitlets

from annkit import data, inputs
from annkit.network import Network
from annkit.stage import picked
from annkit.translation import _
from annkit.wording import number

FARTHEST = 1_000_000


class State(traitlets.TraitType):
    """A part of a lab's state. Its `accepted` returns the value that is kept, or raises `ValueError` for a learner.

    Values are immutable: what was once the state can be put back.

    Parameters
    ----------
    usual : object
        What it is in a lab that is made without it; or, for a value that depends on what comes before it in the state,
        a function of the lab.
    glance : bool
        Whether it only chooses what is looked at: then it is no part of an answer to an exercise.
    """

    def __init__(self, usual, glance=False):
        self._usual, self.glance = usual, glance
        super().__init__(self.usual)

    @property
    def usual(self):
        """The default as it stands in the lab's signature: None where it depends on the lab."""
        return None if callable(self._usual) else self._usual

    def start(self, lab):
        """The default for a lab."""
        return self.accepted(self._usual(lab) if callable(self._usual) else self._usual, lab)

    def accepted(self, value, lab):
        raise NotImplementedError

    def fitted(self, value, lab):
        """The value as it has to be when other parts of the state have changed."""
        return value

    def validate(self, lab, value):
        try:
            return self.accepted(value, lab)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None


class Number(State):
    """A finite number from `low` to `high`."""

    check = staticmethod(inputs.number)

    def __init__(self, usual=0.0, low=-FARTHEST, high=FARTHEST, glance=False):
        super().__init__(usual, glance)
        self.low, self.high = low, high

    def accepted(self, value, lab):
        return self.check(self.name, value, *self.ends(lab))

    def ends(self, lab):
        """The least and the greatest value, for a slider."""
        return self.low, self.high


class Whole(Number):
    """A whole number from `low` to `high`; without a `high`, as large as you like."""

    check = staticmethod(inputs.whole)

    def __init__(self, usual=1, low=1, high=math.inf, glance=False):
        super().__init__(usual, low, high, glance)


class RowOf(Whole):
    """The number of one of the rows of the lab's `table`, from 1; its last, where a new table has fewer."""

    def ends(self, lab):
        """The first and the last row, for a slider."""
        return 1, len(lab.table)

    def fitted(self, value, lab):
        return min(value, len(lab.table))


class Flag(State):
    """Yes or no."""

    def accepted(self, value, lab):
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        message = _("{name} should be True or False, not {value}.")
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))


class Choice(State):
    """One of some names; the first, if nothing else is said."""

    def __init__(self, names, usual=None, glance=False):
        self.names = list(names)
        super().__init__(self.names[0] if usual is None else usual, glance)

    def accepted(self, value, lab):
        return inputs.choice(self.name, value, self.names)


class Picked(State):
    """A node or an edge of the network that the lab draws; the lab's `layers` says how many nodes each layer has."""

    def __init__(self, usual, glance=True):
        super().__init__(picked(usual), glance)

    def accepted(self, value, lab):
        if (thing := picked(value)) is not None and thing.lies_in(lab.layers):
            return thing
        message = _(
            "{name} should be a node (layer, unit) or an edge (layer, unit, unit of the next layer), not {value}."
        )
        raise ValueError(message.format(name=self.name, value=inputs.shown(value)))

    def fitted(self, value, lab):
        return value if value.lies_in(lab.layers) else self.usual


class NetworkOf(State):
    """A network that a lab can draw. It keeps a read-only copy, so that training the network goes on without the lab.

    Parameters
    ----------
    usual : callable
        Makes the network that a lab has if it is given none.
    inputs, outputs : int
        How many it should have.
    hidden : int
        The most units in its hidden layer, of which it should have one.
    """

    def __init__(self, usual, inputs, hidden, outputs):
        super().__init__(lambda lab: usual())
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
        return value.frozen()


class TableOf(State):
    """A table of classes that a lab can draw.

    Parameters
    ----------
    usual : callable
        Makes the table that a lab has if it is given none.
    columns : tuple of int
        How many features it may have.
    classes : int, optional
        The most columns of targets that the lab draws; any number where it draws none.
    rows : int, optional
        The most samples that it draws.
    """

    def __init__(self, usual, columns, classes=None, rows=None):
        super().__init__(lambda lab: usual())
        self.columns, self.classes, self.rows = columns, classes, rows

    def accepted(self, value, lab):
        if not isinstance(value, data.Table):
            message = _("{name} should be a table, such as data.table(X, T) makes, not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value)))
        (rows, columns), classes = value.X.shape, value.T.shape[1]
        if columns not in self.columns:
            message = _("this lab takes a table of {wanted} columns, one for each input; this one has {columns}.")
            raise ValueError(message.format(wanted=_(" or ").join(map(str, self.columns)), columns=columns))
        if self.classes and not value.kinds:
            raise ValueError(_("this lab draws classes; the targets of this table are numbers to be fitted."))
        if self.classes and classes > self.classes:
            message = _("this lab draws two classes, one column of targets; this table has {count} classes.")
            if self.classes > 1:
                message = _("this lab draws up to {most} classes; this table has {count}.")
            raise ValueError(message.format(count=classes, most=self.classes))
        if self.rows and rows > self.rows:
            message = _("this lab draws up to {most} rows; this table has {rows}.")
            raise ValueError(message.format(most=self.rows, rows=rows))
        if np.abs(value.X).max() > FARTHEST:
            message = _("this lab draws points up to {most:,}; the table has {value}.")
            raise ValueError(message.format(most=FARTHEST, value=number(value.X.flat[np.abs(value.X).argmax()])))
        return value
