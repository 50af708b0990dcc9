"""Recording a training: the errors after every epoch, and states to go back to, fewer of them the longer ago."""

import math
from array import array

import numpy as np

from annkit import inputs
from annkit.translation import _

WHOLE = 1000
"""Of so many epochs, the last ones, every state is kept."""
THIN = 16
"""Of the thousand epochs before these every so-maniest; of the two thousand before them half as many; and so on."""


class Recording:
    """What a training was after each epoch, from the moment it is made.

    All errors are kept. States are thinned: 100,000 epochs of a network of 400 weights, with Adam's moments, take less
    than 20 MB. A state that was not kept comes back, to the last bit, when a trainer goes on from the one before.

    Parameters
    ----------
    trainer : Trainer
        It is read, not changed; it stands between two epochs.

    Attributes
    ----------
    first : int
        How many epochs the trainer had gone through when the recording began.
    errors, validation_errors : array of float
        One after each epoch, the first from the beginning. The second are nan where there was nothing to validate on.

    Examples
    --------
    >>> from annkit import Network, Trainer, data
    >>> xor = data.logic("XOR")
    >>> trainer = Trainer(Network([2, 3, 1]), xor.X, xor.T)
    >>> recording = Recording(trainer)
    >>> for epoch in range(20):
    ...     error = trainer.epoch()
    ...     recording.add(trainer)
    >>> recording.last, recording.restore(trainer, 12), trainer.epochs
    (20, True, 12)
    """

    def __init__(self, trainer):
        if trainer.at:
            raise ValueError(_("A recording begins between two epochs; let the trainer finish this one."))
        self.first = trainer.epochs
        self.errors, self.validation_errors = array("d"), array("d")
        self._states = {}
        self._write(trainer)

    @property
    def last(self):
        """The number of the epoch that was recorded last."""
        return self.first + len(self.errors) - 1

    @property
    def kept(self):
        """The epochs whose states are kept, in order, as integers of shape (n,)."""
        return np.array(list(self._states))

    def add(self, trainer):
        """Record the epoch that `trainer` has gone through since the last one.

        Raises
        ------
        ValueError
            If it went through none, or through more, or is in the middle of one.
        """
        if trainer.epochs != self.last + 1 or trainer.at:
            message = _("The recording goes on with the end of epoch {next}; the trainer is at {epochs}.")
            raise ValueError(message.format(next=self.last + 1, epochs=trainer.epochs))
        self._write(trainer)
        self._thin()

    def state(self, epoch):
        """The last state that was kept up to an epoch.

        Raises
        ------
        ValueError
            If the recording does not have that epoch.
        """
        epoch = inputs.whole("epoch", epoch, low=self.first, high=self.last)
        return self._states[int(self.kept[self.kept <= epoch][-1])]

    def path(self, places, most=200):
        """The way of some parameters: those at `places`, of up to about `most` kept epochs, shape (n, len(places))."""
        states = list(self._states.values())
        chosen = [*states[:: max(1, len(states) // most)], states[-1]]
        return np.array([state.parameters[places] for state in chosen])

    def restore(self, trainer, epoch):
        """Bring `trainer` to where it was after an epoch: restored, or gone on to from the state before.

        Returns
        -------
        bool
            Whether it came there; it does, unless something was changed by hand in between.
        """
        trainer.restore(self.state(epoch))
        while trainer.epochs < epoch:
            if trainer.epoch() is None:
                return False
        return True

    def cut(self, epoch):
        """A recording of what was up to an epoch; this one stays as it is."""
        epoch = inputs.whole("epoch", epoch, low=self.first, high=self.last)
        other = object.__new__(type(self))
        count = epoch - self.first + 1
        other.first, other.errors = self.first, self.errors[:count]
        other.validation_errors = self.validation_errors[:count]
        other._states = {at: state for at, state in self._states.items() if at <= epoch}
        return other

    def _write(self, trainer):
        self.errors.append(trainer.error())
        validation_error = trainer.validation_error()
        self.validation_errors.append(math.nan if validation_error is None else validation_error)
        self._states[trainer.epochs] = trainer.state()._replace(order=None)  # the next epoch shuffles anew

    def _thin(self):
        age, apart = WHOLE, THIN
        while age <= self.last - self.first:
            old = self.last - age
            if old % apart and old != self.first:
                self._states.pop(old, None)
            age, apart = 2 * age, 2 * apart
