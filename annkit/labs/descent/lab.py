"""The descent lab: an error curve, a point on it, and the steps w − α × slope that lead it down; and a walk in fog."""

from annkit import inputs
from annkit.labs.base.lab import STEP, Lab, nearest
from annkit.labs.base.traits import Choice, Flag, Number, State, Whole
from annkit.labs.descent.curves import EVERY, LANDS
from annkit.labs.descent.fog import draw_fog
from annkit.labs.descent.picture import draw, figure, where
from annkit.labs.descent.saying import Saying
from annkit.labs.descent.walk import MOST_OWN, MOST_STEPS, is_over, path
from annkit.stage import ARROWS
from annkit.translation import N_, _

RATES = 20
"""Learning rates are turned in twentieths."""
PACE = 5
"""So many steps a second are slow enough to see each of them."""


class Start(Number):
    """A start on the curve that the lab shows."""

    def ends(self, lab):
        """From where to where a start may lie."""
        return EVERY[lab.curve].ends

    def fitted(self, value, lab):
        low, high = self.ends(lab)
        return min(high, max(low, value))


class Walked(State):
    """Where your own steps in fog have led: a tuple of places on the curve."""

    def accepted(self, value, lab):
        places = inputs.finite(self.name, value)
        if places.ndim != 1 or len(places) > MOST_OWN:
            message = _("{name} should be up to {most} places of w in a row, not {value}.")
            raise ValueError(message.format(name=self.name, most=MOST_OWN, value=inputs.shown(value)))
        return tuple(inputs.number(self.name, place, *EVERY[lab.curve].ends) for place in places.tolist())


class DescentLab(Saying, Lab):
    """An error E that depends on one weight w, and descent on it: w ← w − α × slope, again and again.

    Parameters
    ----------
    curve : {"bowl", "neuron", "valleys", "land 1", "land 2", "land 3", "land 4"}
        The error: (w − 3)²; that of one neuron with two samples that contradict each other; one with two valleys; or a
        land that is meant to be walked in fog.
    start : float
        Where w begins, within the picture; if left out, where it is good to begin on this curve.
    learning_rate : float
        α, from 0 to 1000; if left out, a small one for this curve.
    steps : int
        How many steps were taken; fewer where descent ends before.
    fog : bool
        Whether the curve is hidden: only the slope at w is told, and you choose each step yourself.
    walked : tuple of float
        The places that your own steps have led to.
    stride : float
        The step that is chosen in fog.

    Raises
    ------
    traitlets.TraitError
        If there is no such curve, or a value is not a finite number in its range.

    Examples
    --------
    >>> lab = DescentLab(learning_rate=0.5)
    >>> print(lab.describe().splitlines()[2])
    Next: w − α × slope = 0 − 0.5 × (−6) = 3
    >>> lab.step()
    >>> lab.w, lab.E
    (3.0, 0.0)
    """

    curve = Choice(EVERY)
    start = Start(lambda lab: EVERY[lab.curve].start)
    learning_rate = Number(lambda lab: EVERY[lab.curve].rate, low=0, high=1000)
    steps = Whole(0, low=0, high=MOST_STEPS)
    fog = Flag(False)
    walked = Walked(())
    stride = Number(0, low=-10, high=10, glance=True)

    label = N_("Picture of the error over the weight; the point can be moved, and where the next step lands")

    _lifting = False
    """Whether the fog has been lifted just now."""

    # What is computed.

    @property
    def curve_shown(self):
        """The error and its slope, a `Curve`."""
        return EVERY[self.curve]

    @property
    def path(self):
        """Where w was at the start and after each step: a tuple, cut short where descent ends."""
        return path(self.curve, self.start, self.learning_rate, self.steps)

    @property
    def taken(self):
        """How many steps there were to take, up to `steps`."""
        return len(self.path) - 1

    @property
    def w(self):
        """The weight now."""
        if self.fog:
            return self.walked[-1] if self.walked else self.start
        return self.path[-1]

    @property
    def E(self):
        """The error now."""
        return float(self.curve_shown.E(self.w))

    @property
    def slope(self):
        """The slope of E now."""
        return float(self.curve_shown.slope(self.w))

    @property
    def landing(self):
        """Where the step leads that you have chosen in fog; not beyond the ends of the land."""
        low, high = self.curve_shown.ends
        return min(high, max(low, self.w + self.stride))

    def advance(self):
        """One step; in fog, the one that was chosen. Returns False where there is none to take."""
        if self.fog:
            return self._walk_on()
        if self.taken == MOST_STEPS or is_over(self.curve_shown, self.w, self.learning_rate):
            return False
        self.steps = self.taken + 1
        return True

    def _walk_on(self):
        if self.landing == self.w or len(self.walked) == MOST_OWN:
            return False
        self.set(walked=(*self.walked, self.landing), stride=0)
        return True

    def set(self, **values):
        """As in every lab; but with another curve, or another start, descent begins anew, if nothing else is said."""
        curve, anew = values.get("curve"), {"steps": 0, "walked": (), "stride": 0}
        if isinstance(curve, str) and curve in EVERY and curve != self.curve:
            values = {"start": EVERY[curve].start, "fog": curve in LANDS, **anew, **values}
        elif "start" in values:
            values = {**anew, **values}
        super().set(**values)

    def into_fog(self):
        """Walk in fog, in the next of the lands. Whoever is in fog stays there: a double click skips no land."""
        if self.fog:
            return
        lands = list(LANDS)
        following = lands[(lands.index(self.curve) + 1) % len(lands)] if self.curve in LANDS else lands[0]
        self.set(curve=following)

    def lift_fog(self):
        """Show the land, your steps on it, and beside them as many steps of descent."""
        self._lifting = self.fog
        self.set(fog=False, steps=len(self.walked))

    # The picture.

    def setting(self, now):
        return self.curve, self.fog

    def figure(self, setting):
        return figure(*setting)

    def draw(self):
        panels = self.stage.panels
        self.stage.show(*(draw_fog(self, *panels) if self.fog else draw(self, self._lifting, *panels)))
        self._lifting = False

    # What hands do.

    def clicked(self, x, y):
        """A click puts the start there, in the picture or on the stripes; in fog, the place where the step lands."""
        if any(panel.holds(x, y) for panel in self.stage.panels):
            self.dragged("landing" if self.fog else "point", x, y)

    def dragged(self, handle, x, y):
        w = where(self.stage.panels[0], x)
        if self.fog:
            self._aim(w)
        elif handle == "point":
            self._begin_at(w)
        elif self.slope:
            self._turn_rate((self.w - w) / self.slope)

    def pressed(self, handle, key):
        if key in ("Enter", " "):
            self.step()
        elif key in ARROWS:
            right, up = ARROWS[key]
            if self.fog:
                self._aim(self.landing + STEP * (right + up))
            elif handle == "point":
                self._begin_at(self.w + STEP * (right + up))
            else:  # to the right, where that is uphill, is a smaller step
                self._turn_rate(self.learning_rate + (up - right if self.slope > 0 else up + right) / RATES)

    def _begin_at(self, w):
        self.start = nearest(w, *self.curve_shown.ends)

    def _aim(self, w):
        """Choose the step that leads to the nearest quarter."""
        self.stride = nearest(w, *self.curve_shown.ends) - self.w

    def _turn_rate(self, rate):
        """To the nearest twentieth: divided, not multiplied by 0.05, it is the number that is written so."""
        self.learning_rate = round(min(max(rate, 0), max(self.curve_shown.rates, self.learning_rate)) * RATES) / RATES

    def _set_rate(self, rate):
        self.learning_rate = round(rate, 9)  # 7 × 0.05 is 0.35

    def show_controls(self):
        for widget in self._open:
            widget.layout.display = "none" if self.fog else ""
        for widget in self._foggy:
            widget.layout.display = "" if self.fog else "none"

    def controls(self):
        play, once, speed = self.player(_("Step"), pace=PACE)
        start = self.slider("start", _("start"), lambda: self.curve_shown.ends[0], lambda: self.curve_shown.ends[1])
        rate = self.turner(
            "learning_rate", "α", read=lambda: self.learning_rate, write=self._set_rate, low=0,
            high=lambda: self.curve_shown.rates, ends=lambda: self.parts["learning_rate"].ends(self), step=1 / RATES,
        )  # fmt: skip
        steps = self.slider("steps", _("steps"), 0, 20, step=1)
        stride = self.slider("stride", _("step"), -4, 4)
        lift = self.button(_("Lift the fog"), self.lift_fog, _("Show the curve, and how far you have come"))
        lift.add_class("annkit-strong")
        into = self.button(_("Walk in fog"), self.into_fog, _("Hide a curve that you don't know yet"))
        self._open, self._foggy = (start, rate, steps, play, speed, into), (stride, lift)
        titles = {name: _(curve.title) for name, curve in EVERY.items()}
        return [
            self.chooser("curve", "E", titles),
            start, rate, steps, stride,
            _("Descend"), [play, once, speed],
            [into, lift],
        ]  # fmt: skip
