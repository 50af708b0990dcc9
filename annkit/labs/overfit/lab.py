"""The overfitting lab: a curve that learns a few points of a sine, and the two errors that part on the way."""

import numpy as np

from annkit.labs.base.lab import Lab, nearest, number_of
from annkit.labs.base.traits import Number, Whole
from annkit.labs.overfit import picture, saying
from annkit.labs.overfit.fits import EVERY, MORE, MOST_EPOCHS, Setup, fit, refit
from annkit.labs.overfit.picture import FIRST, LARGEST, POINT
from annkit.labs.overfit.state import MOST_GHOSTS, TLIM, XLIM, Epoch, Ghosts, Learned, Moved
from annkit.stage import ARROWS, Handle, marks
from annkit.translation import N_, _
from annkit.wording import number

FINE, NUDGE = 1 / 16, 1 / 8
"""Points are put down in sixteenths, and arrow keys move them by eighths."""
MOST_HANDLES = 30
"""Of no more points than these each can be dragged."""
LEAP = 100
"""So many epochs go by with an arrow up or down."""
CHANGES = {"units", "points", "decay", "dropout"}
"""What every curve hangs on: where one of these changes, those of other samples are learned anew."""


class OverfitLab(Lab):
    """One hidden layer of tanh learns a few noisy points of a sine; new data says what it has learned.

    All of it follows from the state: the same settings, the same curve, however they were come by.

    Parameters
    ----------
    units : int
        How many hidden units it has, from 1 to 30.
    points : int
        How many points it learns from, from 5 to 300.
    decay, dropout : float
        λ, as `Trainer` takes it as `l2`: what is made small is E + λ Σ w²; and the share of units that are left out.
    sample : int
        The seed with which the points are drawn.
    epoch : int
        Where on its way it stands, in tens.
    learned : int
        How far it has learned, at least up to there.
    moved : sequence of (int, float, float)
        Number, x and t of each point that was moved. With these it learns on from where it stands, 200 epochs more, or
        as many as it had.
    ghosts : int
        How many of the samples before this one are learned and drawn, too.
    """

    label = N_("A curve among its points, and under it two errors over the epochs")
    units = Whole(30, 1, 30)
    points = Whole(15, 5, 300)
    decay = Number(0, 0, 1)
    dropout = Number(0, 0, 0.9)
    sample = Whole(2, 0, 999_999)
    epoch = Epoch()
    learned = Learned()
    moved = Moved()
    ghosts = Ghosts()

    _others = _cloud = 0
    """So many other samples are still to come, and so many ghosts are wanted."""
    _goes_on = False
    """Whether it then goes on learning."""

    # What follows from the state.

    @property
    def setup(self):
        """What is learned, and how."""
        return Setup(self.units, self.points, self.decay, self.dropout, self.sample)

    @property
    def fit(self):
        """The fit of the points as they were drawn."""
        return fit(self.setup).upto(self.learned)

    @property
    def refit(self):
        """The fit that went on with the moved points; None where there are none."""
        return refit(self.setup, self.epoch, self.moved) if self.moved else None

    @property
    def table(self):
        """Its points as they are now, as X and T of shape (points, 1)."""
        stands = self.refit or self.fit
        return stands.X, stands.T

    @property
    def net(self):
        """The network as it is now: a copy."""
        return self.refit.network(min(MORE, self.epoch)) if self.moved else self.fit.network(self.epoch)

    @property
    def now(self):
        """Its error on its points and on new data."""
        return (self.refit.errors[-1], self.refit.new_errors[-1]) if self.moved else self.at(self.epoch)

    def at(self, epoch):
        """Both errors after an epoch, with the points as they were drawn."""
        return self.fit.errors[epoch // EVERY], self.fit.new_errors[epoch // EVERY]

    @property
    def best(self):
        """After which epoch the error on new data was least."""
        return self.fit.best(self.learned)

    def curve(self, x):
        """What it answers at the places x, shape (n,)."""
        return self.net.predict(x[:, None])[:, 0]

    def cloud(self, x):
        """What those who learned other samples answer at the places x, shape (ghosts, n)."""
        samples = range(self.sample - self.ghosts, self.sample)
        curves = [fit(self.setup._replace(sample=k)).curve(x, self.epoch) for k in samples]
        return np.reshape(curves, (-1, len(x)))

    # What may happen.

    def advance(self):
        """Learn from other points, where that was asked for; else go on by ten epochs. Returns False at the end."""
        if self._others:
            self._others -= 1
            self.other_points()
        elif self.ghosts < self._cloud:
            self.ghosts += 1
        else:
            self._cloud = 0
            self.epoch = min(self.epoch + EVERY, MOST_EPOCHS)
            return self.epoch < MOST_EPOCHS
        return bool(self._others) or self.ghosts < self._cloud or self._goes_on

    def other_points(self):
        """Draw another sample; the curve of this one stays as a ghost."""
        self.set(sample=self.sample + 1, ghosts=min(self.ghosts + 1, MOST_GHOSTS))

    def twenty_times(self):
        """Draw twenty other samples, one after the other."""
        self._fill(others=MOST_GHOSTS)

    def back_to_best(self):
        """Stop early: stand where the error on new data was least."""
        self.pause()
        self.epoch = self.best

    def settle(self, changed):
        if changed & {"points", "sample"} and "moved" not in changed:
            self.moved = ()
        if changed & CHANGES and "ghosts" not in changed and self.ghosts:
            ghosts, self.ghosts = self.ghosts, 0
            self._fill(cloud=max(ghosts, self._cloud))

    def _fill(self, others=0, cloud=0):
        """Play until so many other samples have come, or so many ghosts are there; and on, if it played before."""
        if not self._others and not self._cloud:
            self._goes_on = self.stage.playing
        self._others, self._cloud = others or self._others, cloud
        self.play()

    def _halt(self, change):
        """Where play has stopped, nothing is to come any more."""
        if not change["new"]:
            self._others = self._cloud = 0

    @property
    def motion(self):
        """Whether play only brings ghosts anew: these belong to what was turned."""
        return bool(self._cloud) and not self._goes_on

    # The picture.

    def figure(self, setting):
        return picture.figure()

    def draw(self):
        plane, errors = self.stage.panels
        live = picture.curve(self, plane) + picture.errors(self, errors)
        handles = [*(self._points(plane) if self.has_handles else ()), *self._moments(errors)]
        self.stage.show(live, handles, steady=picture.behind(self, plane, errors))

    @property
    def has_handles(self):
        """Whether the points can be dragged: where there are too many, they are only drawn."""
        return self.points <= MOST_HANDLES

    def _points(self, panel):
        """A handle for each point."""
        for k, (x, t) in enumerate(np.hstack(self.table).tolist(), start=1):
            label = _("point {k}: x = {x}, t = {t}").format(k=k, x=number(x), t=number(t))
            yield Handle(f"p{k}", panel, x, t, POINT, label, reach=12)

    def _moments(self, panel):
        """Handles in time: where it was best, and where it stands."""
        if self.learned:
            label = _("back to the best epoch, {epoch}").format(epoch=self.best)
            place = np.clip(self.best, FIRST, None), self.at(self.best)[1]
            yield Handle("best", panel, *place, picture.best(self.best), label, movable=False, reach=11)
        label = _("epoch {epoch}: arrows go back and forth").format(epoch=self.epoch)
        yield Handle("now", panel, max(self.epoch, FIRST), LARGEST, marks.dot(8, middle=True), label, axes="x")

    # What hands do.

    def acts(self, handle):
        return handle == "best"

    def chosen(self, handle, again):
        if handle == "best" and again:
            self.back_to_best()

    def dragged(self, handle, x, y):
        if handle == "now":
            epoch = self.stage.panels[1].data(x, y)[0]
            self.epoch = int(nearest(epoch, 0, MOST_EPOCHS, EVERY)) if epoch > EVERY * 0.85 else 0
        elif handle != "best":
            self._put(number_of(handle), *self.stage.panels[0].data(x, y))

    def pressed(self, handle, key):
        right, up = ARROWS.get(key, (0, 0))
        if handle == "best":
            if key in ("Enter", " "):
                self.back_to_best()
        elif handle == "now":
            self.epoch = int(np.clip(self.epoch + EVERY * right + LEAP * up, 0, MOST_EPOCHS))
        elif right or up:
            x, t = (float(values[number_of(handle) - 1, 0]) for values in self.table)
            self._put(number_of(handle), x + NUDGE * right, t + NUDGE * up)

    def _put(self, k, x, t):
        """Move point k."""
        there = k, nearest(x, *XLIM, FINE), nearest(t, *TLIM, FINE)
        self.moved = (*(point for point in self.moved if point[0] != k), there)

    # The controls and the words.

    def controls(self):
        self.stage.observe(self._halt, "playing")
        return [
            self.player(_("10 epochs")),
            self.slider("epoch", _("epoch"), 0, MOST_EPOCHS, EVERY),
            [self.button(_("Back to the best"), self.back_to_best, _("Stop early: where new data's error was least"))],
            _("the network"),
            self.slider("units", _("units"), 1, 30, 1),
            self.slider("decay", _("decay λ"), 0, 0.1, 0.001),
            self.slider("dropout", _("dropout"), 0, 0.5, 0.05),
            _("the points"),
            self.slider("points", _("points"), 5, 300, 5),
            [
                self.button(_("Other points"), self.other_points, _("Draw as many anew; this curve stays as a ghost")),
                self.button(_("Twenty times"), self.twenty_times, _("Draw other points twenty times")),
            ],
        ]

    def words(self):
        return list(saying.words(self))
