"""The race lab: two networks learn the same digits side by side, and who is first above 0.9."""

import functools

import numpy as np

from annkit import data
from annkit.labs.base.lab import Lab
from annkit.labs.base.say import Badge, Rows, Text
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.network import Network
from annkit.stage import marks, new_figure
from annkit.training import Trainer
from annkit.translation import N_, _
from annkit.wording import fixed, in_tens, number

KINDS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "sigmoid with wires": N_("sigmoid with wires")}
"""Who can race, and what each is called."""
UNITS, LEARNED, BATCH = 32, 1497, 32
EPOCHS, GOAL, CHANCE = 20, 0.9, 0.1
MEASURED = 200
"""On so many samples the error that arrives at a layer is measured."""
LANES = ((1, "violet", None), (2, "teal", "7 4"))
"""Each racer's colour and dashes."""


@functools.cache
def pictures():
    """The digits that are learned from, and new ones."""
    return data.digits().shuffled(0).split(LEARNED)


class Run:
    """One network's race: it goes on as far as it is asked for.

    Attributes
    ----------
    arrives : float
        How much error arrives at its first hidden layer, as a share of that at its last, before it learns.
    """

    def __init__(self, kind, rate, layers, seed):
        learned, self.new = pictures()
        sizes, wires = [64, *[UNITS] * layers, 10], "wires" in kind
        self.net = net = Network(sizes, kind.split()[0], "softmax", seed=seed, skips=int(wires and layers > 1))
        trace = net.forward(learned.X[:MEASURED])
        slopes = net.backward(trace, learned.T[:MEASURED], "cross_entropy").dE_da[:-1]
        first, last = (np.sqrt(np.mean(dE_da**2)) for dE_da in (slopes[0], slopes[-1]))
        self.arrives = float(first / last)
        self.trainer = Trainer(net, learned.X, learned.T, "cross_entropy", rate, batch_size=BATCH, seed=seed)
        self._shares = [self._share()]

    def upto(self, epochs):
        """The share of new digits that it gets right, after each epoch so far; fewer where it has left for good."""
        while len(self._shares) <= epochs and not self.trainer.stopped:
            if self.trainer.epoch() is not None:
                self._shares.append(self._share())
        return self._shares[: epochs + 1]

    def there(self, epochs):
        """The first of so many epochs after which it is above the goal; None if it never was."""
        return next((epoch for epoch, share in enumerate(self.upto(epochs)) if share > GOAL), None)

    def _share(self):
        return float((self.net.classify(self.new.X) == self.new.labels).mean())


run_of = functools.lru_cache(maxsize=6)(Run)
"""A run, or the one that was made before; a few are kept, for all labs together, as each takes some megabytes."""


class RaceLab(Lab):
    """Two networks learn to read digits: the same data, start, batches and depth, each with its own function and rate.

    Each has hidden layers of 32 units and ten softmax outputs, and learns from 1497 digits, in batches of 32; what is
    shown is the share of the other 300 that it gets right.

    Parameters
    ----------
    layers : int
        The number of hidden layers, from 1 to 6.
    kind1, kind2 : {"sigmoid", "tanh", "relu", "sigmoid with wires"}
        The functions of the two; with wires, every hidden layer but the first has a plain skip.
    rate1, rate2 : float
        Their α.
    seed : int
        The start weights of both are drawn with it, and the batches shuffled.
    epochs : int
        How far the race has gone.
    """

    layers = Whole(4, 1, 6)
    kind1, rate1 = Choice(list(KINDS), "sigmoid"), Number(0.5, 0, 100)
    kind2, rate2 = Choice(list(KINDS), "relu"), Number(0.1, 0, 100)
    seed = Whole(0, 0, 1000)
    epochs = Whole(0, 0, EPOCHS, glance=True)

    label = N_("Two curves of how many new digits are read right, epoch after epoch")

    @property
    def runs(self):
        """The two races."""
        lanes = (self.kind1, self.rate1), (self.kind2, self.rate2)
        return [run_of(kind, rate, self.layers, self.seed) for kind, rate in lanes]

    def advance(self):
        """Both learn for an epoch. Returns False at the end of the race."""
        self.epochs = min(EPOCHS, self.epochs + 1)
        return self.epochs < EPOCHS

    def settle(self, changed):
        """A new pair begins at the start."""
        if changed - {"epochs"} and "epochs" not in changed:
            self.epochs = 0

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(500, 470)
        axes.set(xlim=(-0.7, EPOCHS + 0.7), ylim=(0, 1.03), xlabel=_("epochs"), yticks=np.arange(0, 1.01, 0.1))
        axes.set_xticks(range(0, EPOCHS + 1, 5))
        axes.yaxis.set_major_formatter(lambda value, __: number(round(value, 1)))
        axes.set_title(_("share of 300 new digits that are read right"), loc="left")
        axes.grid(True, axis="y")
        return figure

    def draw(self):
        (panel,) = self.stage.panels
        parts = [
            marks.line(panel, panel.xlim, [GOAL] * 2, "good", 1.5, "2 4"),
            marks.line(panel, panel.xlim, [CHANCE] * 2, "grey", 1.5, "2 4"),
            marks.text(panel, EPOCHS - 1, CHANCE, _("by chance"), "soft", "end", shift=(0, 12)),
        ]
        ends = []
        for (lane, colour, dash), run in zip(LANES, self.runs, strict=True):
            shares = run.upto(self.epochs)
            parts.append(marks.line(panel, range(len(shares)), shares, colour, 3, dash))
            ring = f'<circle r="6" fill="none" stroke="{marks.COLOURS[colour]}" stroke-width="2.5"/>'
            if (there := run.there(self.epochs)) is not None:
                parts.append(marks.at(panel, there, shares[there], ring))
            ends.append(marks.at(panel, len(shares) - 1, shares[-1], marks.disc(colour, lane, 11)))
        self.stage.show("".join([*parts, *ends]))

    # The words and the controls.

    def words(self):
        return [self._lead(), self._standings(), *self._verdict(), Text(self._help(), "help")]

    def _lead(self):
        return Text(_("After {epochs} of {all} epochs.").format(epochs=self.epochs, all=EPOCHS), "lead")

    def _standings(self):
        lines, cells = [], []
        said = _("{name}: {right} right. Before the race {arrives} of the last layer's error arrives at layer 1.")
        for name, run in zip(self._names(), self.runs, strict=True):
            right, arrives = fixed(run.upto(self.epochs)[-1], 2), in_tens(run.arrives)
            lines.append(said.format(name=name, right=right, arrives=arrives))
            cells.append([name, right, arrives])
        return Rows(lines, cells, heads=["", _("right"), _("error at layer 1")])

    def _verdict(self):
        """Who was first above the goal."""
        since = [run.there(self.epochs) for run in self.runs]
        there = [epoch for epoch in since if epoch is not None]
        if not there:
            return
        if since[0] == since[1]:
            yield Badge(_("Both are above {goal} at epoch {epoch}.").format(goal=GOAL, epoch=since[0]), good=True)
            return
        name = self._names()[since.index(min(there))]
        message = _("{name} is first above {goal}, at epoch {epoch}.")
        yield Badge(message.format(name=name, goal=GOAL, epoch=min(there)), good=True)

    def _names(self):
        return [f"{_(KINDS[kind])} ({lane})" for lane, kind in ((1, self.kind1), (2, self.kind2))]

    def _help(self):
        stopped = [lane for (lane, *__), run in zip(LANES, self.runs, strict=True) if run.trainer.stopped]
        if stopped and self.epochs:
            return _("Network {lane} has diverged: its α is too large.").format(lane=stopped[0])
        if self.epochs < EPOCHS:
            return _(
                "The last column: the share of the last hidden layer's error that arrives at layer 1, before the race. "
                "Who will be first above {goal}? Press Play."
            ).format(goal=GOAL)
        return _("Turn a rate, a function or the number of layers: can the other one win, too?")

    def controls(self):
        kinds = {kind: _(words) for kind, words in KINDS.items()}
        return [
            self.player(_("Epoch"), pace=5),
            self.slider("epochs", _("epochs"), 0, EPOCHS, 1),
            self.slider("layers", _("layers"), 1, 6, 1),
            _("Network 1"),
            self.chooser("kind1", _("function of network 1"), kinds, named=False),
            self.slider("rate1", "α₁", 0, 2, 0.05),
            _("Network 2"),
            self.chooser("kind2", _("function of network 2"), kinds, named=False),
            self.slider("rate2", "α₂", 0, 2, 0.05),
            self.slider("seed", _("seed"), 0, 20, 1),
        ]
