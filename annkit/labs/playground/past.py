"""What the playground's network has been through: the values that its state is made of, short to write and exact."""

from typing import NamedTuple

from annkit import data, inputs
from annkit.translation import _

SETTINGS = {
    "table": None, "share": 0.5, "loss": "cross-entropy", "learning_rate": 0.03, "batch_size": 10, "optimizer": "sgd",
    "l1": 0.0, "l2": 0.0, "dropout": 0.0,
}  # fmt: skip
"""What may change while the network learns, and what it is at first. The first table is that of `first_table`."""


def first_table():
    """The table that a playground begins with."""
    return data.circles(200)


class Settings(NamedTuple):
    """What may change while the network learns."""

    table: data.Table
    share: float
    loss: str
    learning_rate: float
    batch_size: int
    optimizer: str
    l1: float
    l2: float
    dropout: float

    @classmethod
    def of(cls, values):
        """Those of a dict, which may leave out what is as at first."""
        return cls(**SETTINGS | {"table": first_table()} | values)

    def changed(self):
        """What is not as at first, as a dict."""
        usual = self.of({})
        return {name: value for name, value in self._asdict().items() if value != getattr(usual, name)}


class Stretch(NamedTuple):
    """So many batches, learned with the same settings."""

    batches: int
    settings: Settings

    def to_code(self):
        """The same as a tuple of Python, without what was as at first."""
        settings = ", ".join(f"{name!r}: {value!r}" for name, value in self.settings.changed().items())
        return f"({self.batches}, {{{settings}}})" if settings else f"({self.batches},)"


class Turn(NamedTuple):
    """A weight or a bias that was set by hand: its place in the network's vector of parameters, and its value."""

    place: int
    value: float

    def to_code(self):
        """The same as a tuple of Python."""
        return f"({self.place}, {self.value!r}, 'turned')"


class Past(tuple):
    """All that happened since the network was drawn, in order: stretches and turns."""

    __slots__ = ()

    def to_code(self):
        """The same as a list of Python."""
        return f"[{', '.join(event.to_code() for event in self)}]"

    @property
    def batches(self):
        """How many batches were learned from."""
        return sum(event.batches for event in self if isinstance(event, Stretch))

    def learned(self, batches, settings):
        """And then so many more batches."""
        *before, last = self or (None,)
        if isinstance(last, Stretch) and last.settings == settings:
            return Past([*before, Stretch(last.batches + batches, settings)])
        return Past([*self, Stretch(batches, settings)])

    def turned(self, place, value):
        """And then a turn; what the same number was turned to since it learned last is forgotten."""
        learned = next((i for i in range(len(self), 0, -1) if isinstance(self[i - 1], Stretch)), 0)
        turned = [turn for turn in self[learned:] if turn.place != place]
        return Past([*self[:learned], *turned, Turn(place, value)])

    def until(self, batches):
        """What happened up to the end of so many batches, without turns after them."""
        kept = []
        for event in self:
            if batches <= 0:
                break
            if isinstance(event, Stretch):
                event = event._replace(batches=min(batches, event.batches))
                batches -= event.batches
            kept.append(event)
        return Past(kept)

    def common(self, other):
        """How much of two pasts is the same: the events that are, and the batches of the one where they part."""
        for i, (own, others) in enumerate(zip(self, other, strict=False)):
            if own != others:
                alike = isinstance(own, Stretch) and isinstance(others, Stretch) and own.settings == others.settings
                return i, min(own.batches, others.batches) if alike else 0
        return min(len(self), len(other)), 0

    def leads_to(self, other):
        """Whether another past goes on from the end of this one, or is the same."""
        ends_learning = self and isinstance(self[-1], Stretch)
        end = (len(self) - 1, self[-1].batches) if ends_learning else (len(self), 0)
        return self.common(other) >= end


def past_of(name, value, check):
    """A `Past` from its code; `check(name, value)` accepts each setting. Raises `ValueError`."""
    if isinstance(value, Past):
        return value
    if not isinstance(value, (list, tuple)):
        message = _("{name} should be a list of what happened, as code() writes it, not {value}.")
        raise ValueError(message.format(name=name, value=inputs.shown(value)))
    return Past(_event(f"{name}[{i}]", event, check) for i, event in enumerate(value))


def _event(name, event, check):
    match event:
        case (place, value, "turned"):
            return Turn(inputs.whole(f"{name}[0]", place, low=0), inputs.number(f"{name}[1]", value))
        case (batches,) | (batches, dict()):
            settings = event[1] if len(event) == 2 else {}
            for setting in settings:
                inputs.choice(f"{name}[1]", setting, list(SETTINGS))
            checked = {setting: check(setting, value) for setting, value in settings.items()}
            return Stretch(inputs.whole(f"{name}[0]", batches, low=1), Settings.of(checked))
    message = _("{name} should be (batches, settings) or (place, value, 'turned'), not {value}.")
    raise ValueError(message.format(name=name, value=inputs.shown(event)))
