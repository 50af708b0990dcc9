"""The run: brings a network to wherever a past says that it is, by what was recorded of it where that can be."""

import math
from array import array
from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from annkit.labs.playground.past import Past, Stretch, Turn
from annkit.labs.playground.samples import samples
from annkit.network import Network
from annkit.recording import Recording
from annkit.training import Trainer

LOSSES = {"cross-entropy": "binary_cross_entropy", "squared error": "squared_error"}
NUMBERS = "learning_rate", "batch_size", "l1", "l2", "dropout"
"""The settings that a trainer takes as they are."""
KEPT = 4
"""So many ways that were left are remembered."""


class Start(NamedTuple):
    """What a network is made of; where that changes, it begins anew."""

    inputs: tuple
    hidden: tuple
    activation: str | tuple
    init: str | float
    seed: int
    classes: bool
    """Whether it learns classes, or numbers."""

    def network(self):
        """The network as it is drawn."""
        output = "sigmoid" if self.classes else "identity"
        return Network([len(self.inputs), *self.hidden, 1], self.activation, output, self.seed, self.init)

    def loss(self, settings):
        """What it makes small."""
        return LOSSES[settings.loss] if self.classes else "squared_error"


class Way:
    """A way that was gone from a start: its past, and what was recorded on it, epoch by epoch."""

    def __init__(self, start, trainer, settings):
        self.start, self.past, self.recording = start, Past(), Recording(trainer)
        self._events, self._batches = array("q", [0]), array("q", [0])
        self._settings, self._totals = [settings], array("q", [0])

    def add(self, trainer, past):
        """An epoch has ended, with this past."""
        self.recording.add(trainer)
        self._events.append(len(past) - 1)
        self._batches.append(past[-1].batches)
        self._settings.append(past[-1].settings)
        self._totals.append(past.batches)
        self.past = past

    def covers(self, start, past):
        """Whether it goes to the end of a past, or on from there."""
        return start == self.start and past.leads_to(self.past)

    def place(self, epoch):
        """The past up to a recorded epoch, and the settings that it ended with."""
        at = epoch - self.recording.first
        events, batches = self._events[at], self._batches[at]
        past = self.past[:events] + ((self.past[events]._replace(batches=batches),) if batches else ())
        return Past(past), self._settings[at]

    def batches(self, epoch):
        """How many batches had been learned from after a recorded epoch."""
        return self._totals[epoch - self.recording.first]

    def epoch(self, batches):
        """The last recorded epoch after which no more batches than these had been learned from."""
        return self.recording.first + bisect_right(self._totals, batches) - 1

    def last_shared(self, past):
        """The last recorded epoch that lies on the way to the end of a past."""
        shared = self.past.common(past)
        return self.recording.first + bisect_right(list(zip(self._events, self._batches, strict=True)), shared) - 1

    def cut(self, epoch):
        """The same way up to a recorded epoch."""
        other, count = object.__new__(type(self)), epoch - self.recording.first + 1
        other.start, other.past, other.recording = self.start, self.place(epoch)[0], self.recording.cut(epoch)
        for name in ("_events", "_batches", "_settings", "_totals"):
            setattr(other, name, getattr(self, name)[:count])
        return other


class Run:
    """A trainer that goes where it is told to go, the same way to the last bit whenever it is told so.

    Attributes
    ----------
    trainer : Trainer
        It is changed by `go` alone.
    past : Past
        Where the trainer is.
    way : Way
        What was recorded on the way to there.
    """

    def __init__(self, start, settings):
        self._left = []
        self._begin(start, settings)

    def go(self, start, past, settings):
        """Bring the trainer to the end of a past; to the start with these settings. Returns whether it came there.

        Settings that changed since are not the trainer's yet: other data would begin an epoch, another optimizer would
        forget its moments, and perhaps nothing is learned with them at all. Where a number grows beyond all bounds, it
        stands still: at the end of `past` as it then is, where all is finite.
        """
        if start != self.way.start or not self.past.leads_to(past):
            self._turn_back(start, past, settings)
        first = _first(past, settings)
        if not self.past and self._settings != first:
            self._begin(start, first)  # so that also the error before all learning is that of these settings
        return self._go_on(past)

    def way_to(self, start, past):
        """The recorded way that leads to the end of a past, or on from there; None where none is remembered."""
        self.way.past = self.past
        return next((way for way in [self.way, *self._left] if way.covers(start, past)), None)

    # How it works inside.

    def _begin(self, start, settings):
        options = {name: getattr(settings, name) for name in NUMBERS}
        X, T, validation = samples(start, settings)
        self.trainer = Trainer(
            start.network(), X, T, start.loss(settings), optimizer=settings.optimizer, validation=validation,
            seed=start.seed, **options,
        )  # fmt: skip
        self._settings, self.past, self.way = settings, Past(), Way(start, self.trainer, settings)

    def _turn_back(self, start, past, settings):
        """Stand at the last epoch recorded on the way to the end of `past`: on this way, or on one left before."""
        self._leave()
        ways = [way for way in self._left if way.start == start]
        if not ways:
            self._begin(start, _first(past, settings))
            return
        way = max(ways, key=lambda way: way.last_shared(past))
        epoch = way.last_shared(past)
        if start != self.way.start:
            self._begin(start, way.place(epoch)[1])
        way.recording.restore(self.trainer, epoch)
        self.way = way.cut(epoch)
        self.past, self._settings = way.place(epoch)

    def _leave(self):
        """Remember the way gone so far, unless it is the beginning of one that is remembered."""
        self.way.past = self.past
        if not any(way.covers(self.way.start, self.past) for way in self._left):
            self._left = [self.way, *(way for way in self._left if not self.way.covers(way.start, way.past))][:KEPT]

    def _go_on(self, past):
        """Do what of `past` is not done yet."""
        events, batches = self.past.common(past)
        for event in past[events:]:
            if isinstance(event, Turn):
                self.trainer.net.parameters[event.place] = event.value
                self.past = self.past.turned(*event)
            elif not self._learn(event, batches):
                return False
            batches = 0
        return True

    def _learn(self, stretch, batches):
        """Learn what is left of a stretch after so many batches, in whole epochs where that can be."""
        self._apply(stretch.settings)
        trainer, way = self.trainer, self.way
        epoch = math.ceil(len(trainer.X) / trainer.batch_size)
        while batches < stretch.batches:
            whole = not trainer.at and stretch.batches - batches >= epoch
            if (trainer.epoch() is None) if whole else not trainer.batch():
                return False
            done = epoch if whole else 1
            batches += done
            past = self.past.learned(done, stretch.settings)
            if not trainer.at:
                if not math.isfinite(trainer.error()):
                    return self._stand_back()
                way.add(trainer, past)
            self.past = past
        return True

    def _stand_back(self):
        """Go back to the end of the last recorded epoch."""
        epoch = self.way.recording.last
        self.way.recording.restore(self.trainer, epoch)
        self.past, self._settings = self.way.place(epoch)
        return False

    def _apply(self, settings):
        """Give the trainer what is new in these settings."""
        old, trainer = self._settings, self.trainer
        if settings == old:
            return
        if (settings.table, settings.share) != (old.table, old.share):
            X, T, validation = samples(self.way.start, settings)
            trainer.validation = None
            if not (np.array_equal(X, trainer.X) and np.array_equal(T, trainer.T)):
                trainer.data(X, T)
            trainer.validation = validation
        if settings.optimizer != old.optimizer:
            trainer.optimizer = settings.optimizer
        for name in NUMBERS:
            setattr(trainer, name, getattr(settings, name))
        trainer.loss = self.way.start.loss(settings)
        self._settings = settings


def _first(past, settings):
    """The settings with which a past begins."""
    return next((event.settings for event in past if isinstance(event, Stretch)), settings)
