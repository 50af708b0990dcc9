"""The softmax lab: three scores, a temperature, and the three shares of 1 that softmax makes of them."""

import math

import numpy as np

from annkit import inputs
from annkit.activations import softmax
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.say import Rows, Text
from annkit.labs.base.traits import Number
from annkit.stage import ARROWS, Handle, marks, new_figure
from annkit.translation import N_, _
from annkit.wording import alike, in_product, number, share_of_1, signed

SCORES = ("y1", "y2", "y3")
COLOURS = {"blue": 0.6, "grey": 0.4, "ink": 0.7}
"""The colour of each class, and how dense it is: they differ in grey print too."""
FAR = 4
"""As far as the picture goes, and every slider, until a score goes further."""
ROOM = 6
"""So many signs fit into a column of words."""
LARGE = 10
"""From here on words take the largest score away before the power: e^10 is already 22026."""
SURE = 0.99
"""With a share above this, a class has nearly everything."""
GRIP = marks.dot(8.5) + '<path d="M0-6l3.5,5h-7zM0,6l3.5-5h-7z" fill="currentColor"/>'


class SoftmaxLab(Lab):
    """Three scores, one for each class, and the probability distribution that softmax makes of them.

    Parameters
    ----------
    y1, y2, y3 : float
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
    The shares add up to 1; cat and dog are level.
    """

    y1, y2, y3 = (Number(usual, low=-1000, high=1000) for usual in (2, 1, 0))
    temperature = Number(1, low=0.25, high=100)

    label = N_("Picture of three scores and their shares; each score can be dragged")

    @property
    def scores(self):
        """The three scores, shape (3,)."""
        return np.array([self.y1, self.y2, self.y3])

    @property
    def shares(self):
        """What softmax makes of the scores divided by the temperature: three shares of 1, shape (3,)."""
        return softmax(self.scores / self.temperature)

    def raise_all(self, by):
        """Add the same number to all three scores: the shares stay."""
        by = inputs.number("by", by)
        self.set(**{name: getattr(self, name) + by for name in SCORES})

    # The picture.

    def setting(self, now):
        """How far up and down the picture has to go to show every score. It grows by ones, so that no bar shrinks."""
        return max(FAR, now or FAR, math.ceil(np.abs(self.scores).max()))

    def figure(self, far):
        figure, (scores, shares, together) = new_figure(490, 390, ncols=3, width_ratios=(3, 3, 1.5))
        scores.set(ylim=(-1.3 * far, 1.3 * far))
        ticks = np.arange(-2, 3) * far / 2
        scores.set_yticks(ticks, [number(tick) for tick in ticks])
        scores.axhline(0, color=scores.xaxis.label.get_color(), linewidth=1)
        shares.set(ylim=(0, 1.12))
        together.set(ylim=(0, 1.12), xlim=(-0.5, 0.5), xticks=[])
        for axes, title in zip(figure.axes, (_("scores"), _("shares"), _("together 1")), strict=True):
            axes.set_title(title, size=13)
            axes.tick_params(labelsize=13)
        together.spines["left"].set_visible(False)
        for axes in (scores, shares):
            axes.set(xlim=(-0.6, 2.6), xticks=range(3), xticklabels=_names())
            axes.grid(True, axis="y")
        shares.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
        together.set_yticks([])
        together.axhline(1, color=scores.xaxis.label.get_color(), alpha=0.35, linewidth=1)
        return figure

    def draw(self):
        scores, shares, together = self.stage.panels
        live = [*self._score_bars(scores), *self._share_bars(shares), *self._stack(together)]
        self.stage.show("".join(live), self._handles(scores))

    def _score_bars(self, panel):
        for i, score in enumerate(self.scores):
            yield _bar(panel, i, 0.3, 0, score, i)
            yield marks.text(panel, i, score, number(score), size=15, bold=True, shift=(0, -29 if score >= 0 else 29))

    def _share_bars(self, panel):
        for i, share in enumerate(self.shares):
            yield _bar(panel, i, 0.3, 0, share, i)
            text = share_of_1(share, 2)
            yield marks.text(panel, i, share, text, size=15 if len(text) < 5 else 13, bold=True, shift=(0, -12))

    def _stack(self, panel):
        """The three shares on top of each other, the first highest: they fill the 1 exactly."""
        tops = 1 - np.concatenate([[0], np.cumsum(self.shares)])
        tops[-1] = 0
        for i, name in enumerate(_names()):
            yield _bar(panel, 0, 0.5, tops[i + 1], tops[i], i)
            if tops[i] - tops[i + 1] > 0.06:
                yield marks.text(panel, 0, (tops[i] + tops[i + 1]) / 2, name, size=14)

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
        cells = [
            [_("score"), *alike(self.scores, ROOM)],
            [f"/ {number(self.temperature)}", *alike(divided, ROOM)],
            *([[signed(-away), *alike(divided - away, ROOM)]] if away else []),
            ["e^", *(_nearly(text, "0") for text in alike(powers, ROOM))],
            [_("share"), *map(_nearly, alike(shares, ROOM))],
        ]
        total = _("The powers add up to {total}: a share is its power / {total}.").format(total=number(powers.sum()))
        return [
            self._ranking(names, shares),
            Rows(lines, cells, heads=["", *names], total=True),
            total,
            self._why(names, away),
            Text(self._help(), "help"),
        ]

    def _ranking(self, names, shares):
        """Which class is ahead, and by how much."""
        order = np.argsort(-self.scores, kind="stable")
        first, second, third = (names[i] for i in order)
        y, share = self.scores[order], shares[order]
        if y[0] == y[2]:
            sentence = _("The shares add up to 1; all three are level.")
        elif y[0] == y[1]:
            sentence = _("The shares add up to 1; {first} and {second} are level.")
        else:
            sentence = _("The shares add up to 1; {first} is ahead of {second} by {margin}.")
        return sentence.format(first=first, second=second, margin=_nearly(number(share[0] - share[1])))

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

    def _help(self):
        """What could be tried now."""
        if not np.ptp(self.scores):
            return _("Raise one of the scores: how many of the shares move?")
        if self.shares.max() > SURE:
            return _("Is any share exactly 0? Raise the temperature: who gains?")
        return _("Press All + 1: what becomes of the powers, and what of the shares?")

    # What hands do.

    def dragged(self, handle, x, y):
        self._turn(handle, self.stage.panels[0].data(x, y)[1])

    def pressed(self, handle, key):
        if key in ARROWS:
            self._turn(handle, getattr(self, _score(handle)) + STEP * sum(ARROWS[key]))

    def _turn(self, handle, value):
        """Set a score by hand: to the nearest quarter within the picture."""
        far = self.drawn_for
        setattr(self, _score(handle), nearest(value, -far, far))

    def controls(self):
        pairs = zip(SCORES, _names(), strict=True)
        far = {"low": lambda: -self.drawn_for, "high": lambda: self.drawn_for}  # alike, so that they can be compared
        sliders = [self.slider(score, name, **far) for score, name in pairs]
        buttons = [
            self.button(_("All + 1"), lambda: self.raise_all(1), _("Add 1 to all three scores")),
            self.button(_("All − 1"), lambda: self.raise_all(-1), _("Take 1 away from all three scores")),
        ]
        temperature = self.slider("temperature", _("temperature"), 0.25, 4)
        return [_("Scores"), *sliders, buttons, _("All are divided by the"), temperature]

    def show_controls(self):
        for name in SCORES:  # the one long name would leave them little room
            self._sliders[name].room = max(map(len, _names()))


def _names():
    """What the three classes are called."""
    return _("cat"), _("dog"), _("bird")


def _score(handle):
    return f"y{handle.removeprefix('p')}"


def _bar(panel, middle, half, low, high, which):
    colour, opacity = list(COLOURS.items())[which]
    left, right = middle - half, middle + half
    return marks.area(panel, [left, right, right, left], [low, low, high, high], colour, opacity)


def _equals(value):
    """A power that the computer rounds down to 0 is not 0."""
    return f"= {number(value)}" if value else "≈ 0"


def _nearly(text, ends=("0", "1")):
    """A number's text; where it is written as one of these, it is only nearly that, as no share is 0 or 1."""
    return f"≈ {text}" if text in ends else text
