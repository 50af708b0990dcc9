"""The softmax lab: three scores, a temperature, and the three shares of 1 that softmax makes of them."""

import ipywidgets
import numpy as np

from annkit.activations import softmax
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.traits import Number
from annkit.stage import ARROWS, Handle, Stage, marks, new_figure
from annkit.translation import _
from annkit.wording import in_product, number, share_of_1, signed, subscript

SCORES = ("z1", "z2", "z3")
COLOURS = {"blue": 0.6, "grey": 0.4, "ink": 0.7}
"""The colour of each class, and how dense it is: they differ in grey print too."""
FAR = 4
"""As far as the sliders go, and the picture, until code or a button goes further."""
LARGE = 10
"""From here on words take the largest score away before the power: e^10 is already 22026."""
GRIP = '<circle r="8.5" class="annkit-d"/><path d="M0-6l3.5,5h-7zM0,6l3.5-5h-7z" fill="currentColor"/>'


class SoftmaxLab(Lab):
    """Three scores, one for each class, and the probability distribution that softmax makes of them.

    Parameters
    ----------
    z1, z2, z3 : float
        The scores, from −1000 to 1000.
    temperature : float
        What the scores are divided by first, from 0.25 to 100.

    Raises
    ------
    traitlets.TraitError
        If a value is not a number in its range.

    References
    ----------
    J. Bridle, "Probabilistic interpretation of feedforward classification network outputs", Neurocomputing (1990);
    the temperature: G. Hinton, O. Vinyals, J. Dean, "Distilling the knowledge in a neural network" (2015).

    Examples
    --------
    >>> lab = SoftmaxLab(1000, 1000, -1000)
    >>> print(lab.describe().splitlines()[0])
    cat 0.5, dog 0.5, bird ≈ 0: together 1; cat and dog are level.
    """

    state = ("z1", "z2", "z3", "temperature")
    z1, z2, z3 = (Number(low=-1000, high=1000) for __ in SCORES)
    temperature = Number(1, low=0.25, high=100)

    def __init__(self, z1=2, z2=1, z3=0, temperature=1):
        super().__init__()
        for name, value in zip(self.state, (z1, z2, z3, temperature), strict=True):
            setattr(self, name, value)
        self._far = self._needed()
        label = _("Picture of three scores and their shares; each score can be dragged")
        self.build(Stage(self._figure(), label=label), self._controls())

    @property
    def scores(self):
        """The three scores, shape (3,)."""
        return np.array([self.z1, self.z2, self.z3])

    @property
    def shares(self):
        """What softmax makes of the scores divided by the temperature: three shares of 1, shape (3,)."""
        return softmax(self.scores / self.temperature)

    def raise_all(self, by):
        """Add the same number to all three scores: the shares stay."""
        self.set(**{name: getattr(self, name) + by for name in SCORES})

    # The picture.

    def draw(self):
        needed = self._needed()
        if needed > self._far or self.untouched and needed != self._far:
            self._far = needed
            self.stage.set_figure(self._figure())
        scores, shares, together = self.stage.panels
        live = [*self._score_bars(scores), *self._share_bars(shares), *self._stack(together)]
        self.stage.show("".join(live), self._handles(scores))

    def _needed(self):
        """How far up and down the picture has to go to show every score: 4, 8, 16, …"""
        far = FAR
        while far < np.abs(self.scores).max():
            far *= 2
        return far

    def _figure(self):
        figure, (scores, shares, together) = new_figure(490, 340, ncols=3, width_ratios=(3, 3, 1.5))
        far = self._far
        scores.set(ylim=(-1.3 * far, 1.3 * far), yticks=np.arange(-2, 3) * far / 2, title=_("scores"))
        scores.axhline(0, color=scores.xaxis.label.get_color(), linewidth=1)
        shares.set(ylim=(0, 1.12), title=_("shares"))
        together.set(ylim=(0, 1.12), xlim=(-0.5, 0.5), xticks=[], title=_("together 1"))
        together.spines["left"].set_visible(False)
        for axes in (scores, shares):
            axes.set(xlim=(-0.6, 2.6), xticks=range(3), xticklabels=_names())
            axes.tick_params(axis="x", length=0, labelsize=12)
            axes.grid(True, axis="y")
        shares.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
        together.set_yticks([])
        together.axhline(1, color=scores.xaxis.label.get_color(), alpha=0.35, linewidth=1)
        return figure

    def _score_bars(self, panel):
        for i, score in enumerate(self.scores):
            yield _bar(panel, i, 0.3, 0, score, i)
            yield marks.text(panel, i, score, number(score), bold=True, shift=(0, -27 if score >= 0 else 27))

    def _share_bars(self, panel):
        for i, share in enumerate(self.shares):
            yield _bar(panel, i, 0.3, 0, share, i)
            yield marks.text(panel, i, share, share_of_1(share, 2), bold=True, shift=(0, -11))

    def _stack(self, panel):
        """The three shares on top of each other, the first highest: they fill the 1 exactly."""
        tops = 1 - np.concatenate([[0], np.cumsum(self.shares)])
        tops[-1] = 0
        for i, name in enumerate(_names()):
            yield _bar(panel, 0, 0.5, tops[i + 1], tops[i], i)
            if tops[i] - tops[i + 1] > 0.06:
                yield marks.text(panel, 0, (tops[i] + tops[i + 1]) / 2, name)

    def _handles(self, panel):
        words, handles = _("score of {name}: {score}; its share is {share}"), []
        for i, (name, score, share) in enumerate(zip(_names(), self.scores, self.shares, strict=True)):
            label = words.format(name=name, score=number(score), share=number(share))
            handles.append(Handle(f"p{i + 1}", panel, i, score, GRIP, label, axes="y"))
        return handles

    # The words.

    def words(self):
        names, divided, shares = _names(), self.scores / self.temperature, self.shares
        largest = divided.max()
        away = largest if abs(largest) > LARGE else 0
        powers = np.exp(divided - away)
        lines = [
            self._line(*each, away, powers.sum())
            for each in zip(names, self.scores, divided, powers, shares, strict=True)
        ]
        total = _("Total: {sum} = {total}.").format(
            sum=" + ".join(number(power) for power in powers), total=number(powers.sum())
        )
        return [self._ranking(names, shares), *lines, total, self._why(names, away)]

    def _ranking(self, names, shares):
        """Who has how much, and which class is ahead by how much."""
        each = ", ".join(f"{name} {_nearly(share)}" for name, share in zip(names, shares, strict=True))
        order = np.argsort(-self.scores, kind="stable")
        first, second, third = (names[i] for i in order)
        z, share = self.scores[order], shares[order]
        if z[0] == z[2]:
            sentence = _("{shares}: together 1; all three are level.")
        elif z[0] == z[1]:
            sentence = _("{shares}: together 1; {first} and {second} are level.")
        else:
            sentence = _("{shares}: together 1; {first} is ahead of {second} by {margin}.")
        return sentence.format(shares=each, first=first, second=second, margin=_nearly(share[0] - share[1]))

    def _line(self, name, score, divided, power, share, away, total):
        """One class: its score divided, the power, the share."""
        steps = [f"{number(score)} / {number(self.temperature)} = {number(divided)}"]
        if away:
            steps.append(f"{number(divided)} {signed(-away)} = {number(divided - away)}")
        steps.append(f"e^{in_product(divided - away)} {_equals(power)}")
        steps.append(f"{number(power)} / {number(total)} {_equals(share)}")
        return f"{name}: {', '.join(steps)}"

    def _why(self, names, away):
        if away:
            sentence = _("The largest, {largest}, is taken away first: no power is too large, and no share changes.")
            if away < 0:
                sentence = _("The largest, {largest}, is taken away first: the total is not 0, and no share changes.")
            return sentence.format(largest=number(away))
        order = np.argsort(-self.scores, kind="stable")
        ahead = self.scores[order[0]] - self.scores[order[1:]]
        sentence = _("Only differences count: {first} is {a} above {second} and {b} above {third}.")
        first, second, third = (names[i] for i in order)
        return sentence.format(first=first, second=second, third=third, a=number(ahead[0]), b=number(ahead[1]))

    # What hands do.

    def dragged(self, handle, x, y):
        self._turn(handle, self.stage.panels[0].data(x, y)[1])

    def pressed(self, handle, key):
        if key in ARROWS:
            self._turn(handle, getattr(self, _score(handle)) + STEP * sum(ARROWS[key]))

    def _turn(self, handle, value):
        """Set a score by hand: to the nearest quarter within the picture."""
        setattr(self, _score(handle), nearest(value, -self._far, self._far))

    def _controls(self):
        pairs = zip(SCORES, _names(), strict=True)
        sliders = [self.slider(score, f"{subscript(score)} ({name})", -FAR, FAR) for score, name in pairs]
        buttons = [
            self.button(_("All + 1"), lambda: self.raise_all(1), _("Add 1 to all three scores")),
            self.button(_("All − 1"), lambda: self.raise_all(-1), _("Take 1 away from all three scores")),
            self.reset_button(),
        ]
        return [*sliders, self.slider("temperature", _("temperature"), 0.25, 4), ipywidgets.HBox(buttons)]


def _names():
    """What the three classes are called."""
    return _("cat"), _("dog"), _("bird")


def _score(handle):
    return f"z{handle.removeprefix('p')}"


def _bar(panel, middle, half, low, high, which):
    colour, opacity = list(COLOURS.items())[which]
    left, right = middle - half, middle + half
    return marks.area(panel, [left, right, right, left], [low, low, high, high], colour, opacity)


def _equals(value):
    """A power that the computer rounds down to 0 is not 0."""
    return f"= {number(value)}" if value else "≈ 0"


def _nearly(share):
    """A share as a number; one that would be written as 0 or 1 is only nearly that, as no share is."""
    text = number(share)
    return f"≈ {text}" if text in "01" else text
