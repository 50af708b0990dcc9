"""The backprop lab itself: two inputs, two hidden units, two outputs, one sample, and every number in reach."""

from annkit.labs.backprop import digits, picture, places
from annkit.labs.backprop.now import Now
from annkit.labs.backprop.steps import BACK, ERROR, MOST, NAMES, SLOPE_BORN, STATIONS, Run, Setup
from annkit.labs.backprop.values import Pair, PairOfMatrices, PairOfRows
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Flag, Number, Whole
from annkit.network import Gradients, Network
from annkit.stage import bare, new_figure
from annkit.translation import N_, _
from annkit.wording import subscript

SETUP = {"x", "t", "learning_rate", "half", "learn_biases", "activation"}
START = {"weights", "biases"}


class BackpropLab(Lab):
    """Backpropagation."""

    weights = PairOfMatrices((((0.5, -0.75), (-0.25, 1.0)), ((1.0, -0.5), (-0.75, 0.5))))
    biases = PairOfRows(((0.25, -0.5), (0.25, -0.25)))
    x, t = Pair((1.0, 0.5)), Pair((1.0, 0.0))
    learning_rate = Number(0.5, low=0)
    half, learn_biases = Flag(False), Flag(True)
    activation = Choice(["sigmoid", "tanh", "relu"])
    rounds, steps = Whole(0, low=0, high=MOST), Whole(0, low=0, high=BACK, glance=True)
    picked = Choice([*places.NODES, *NAMES], "h1", glance=True)
    calls = ""  # TODO

    label = N_("Picture of the network; what is picked is a button, arrows move it")
    wide = True
    _run = _known = None

    # What it computes.

    @property
    def now(self):
        """What follows from the state: a `Now`."""
        state = self._snapshot()
        if self._known is None or self._known[0] != state:
            self._known = state, Now(self, self._running())
        return self._known[1]

    def _running(self):
        (W, V), (b, c) = self.weights, self.biases
        start = [*W[0], *W[1], *b, *V[0], *V[1], *c]
        setup = Setup(self.x, self.t, self.learning_rate, self.half, self.learn_biases, self.activation)
        if self._run is None or self._run[0] != (start, setup):
            self._run = (start, setup), Run(start, setup)
        return self._run[1]

    def network(self):
        """The network as it stands, an `annkit.Network`."""
        net = Network([2, 2, 2], activation=self.activation, init=0)
        net.parameters = self.now.parameters
        return net

    @property
    def E(self):
        """The error of the network as it stands."""
        return self.now.numbers["E"]

    @property
    def gradients(self):
        """The slope of E at every weight and bias of the network as it stands: an `annkit.network.Gradients`."""
        net = self.network()
        slopes = net.backward(net.forward([self.x]), [self.t])
        share = 0.5 if self.half else 1
        return Gradients(
            net.sizes,
            *([share * each for each in group] for group in (slopes.weights, slopes.biases, slopes.dE_dz)),
            [share * each for each in (slopes.dE_dX, *slopes.dE_da)],
        )

    def set(self, **values):
        self._before = self.now.parameters if self.__dict__.get("_built") and self.rounds else None
        super().set(**values)

    def settle(self, changed):
        """Whoever turns a number goes on from the weights as they stand, and rounds are counted anew."""
        if self._before and changed & (SETUP | START) and "rounds" not in changed:
            p = self._before
            weights = ((p[0:2], p[2:4]), (p[6:8], p[8:10])) if "weights" not in changed else self.weights
            biases = (p[4:6], p[10:12]) if "biases" not in changed else self.biases
            self.set(weights=weights, biases=biases, rounds=0)

    # Steps.

    def advance(self):
        """One step; while it plays, a whole round."""
        if self.stage.playing:
            return self.whole_round()
        if self.steps == BACK:
            self.set(rounds=self.rounds + 1, steps=0)
        else:
            self._go_to(self.steps + 1)
        return True

    def back(self):
        """One step back."""
        if self.steps:
            self._go_to(self.steps - 1)
        elif self.rounds:
            self.set(rounds=self.rounds - 1, steps=BACK, picked="h2")

    def whole_round(self):
        """Change the weights, and go forward and back with the new ones."""
        if self.rounds == MOST:
            return False
        self.set(rounds=self.rounds + 1, steps=BACK)
        return True

    def _go_to(self, steps):
        self.set(steps=steps, picked=STATIONS[max(steps, 1) - 1])

    # The number that is picked.

    @property
    def _turns(self):
        """The name of the number that the slider turns."""
        return {"h": "b", "o": "c"}.get(self.picked[0], self.picked[0]) + self.picked[1:] if self.picked != "E" else "t1"

    def _read(self):
        return self.now.numbers[self._turns]

    def _write(self, value):
        name = self._turns
        if name[0] in "xt":
            pair = list(getattr(self, name[0]))
            pair[int(name[1]) - 1] = value
            self.set(**{name[0]: pair})
            return
        p = dict(zip(NAMES, self.now.parameters, strict=True)) | {name: value}
        p = [p[each] for each in NAMES]
        if self.rounds and p == self.now.parameters:
            return
        self.set(weights=((p[0:2], p[2:4]), (p[6:8], p[8:10])), biases=(p[4:6], p[10:12]))

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(*places.SIZE)
        bare(axes)
        return figure

    def place(self):
        self.stage.set_lines([[*start, *end] for start, end in places.LINES.values()])

    def draw(self):
        now = self.now
        self.stage.show(picture.draw(now), [picture.handle(now, self.picked)], strengths=picture.strengths(now))

    def words(self):
        now = self.now
        lines = [f"round {self.rounds + 1}, step {self.steps}"]
        if now.there("E"):
            lines.append(f"E = {digits.figures(now.numbers['E'], 4)}")
        return lines

    def clicked(self, x, y):
        step = places.step_at(x, y)
        if step == BACK + 1:
            self.set(rounds=self.rounds + 1, steps=0)
        elif step:
            self._go_to(step)
        elif picked := places.at(x, y):
            self.picked = picked

    def controls(self):
        self.add_class("annkit-tight")
        self._caption = self.caption("")
        play, *rest = self.player(_("Next step"), pace=30)
        return [
            [rest[0], self.button(_("Back"), self.back)],
            [self.button(_("Whole round"), self.whole_round), play], rest[1],
            self._caption,
            self.turner("picked", lambda: subscript(self._turns), self._read, self._write, -8, 8, step=0.25),
            _("Learning"),
            self.slider("learning_rate", "α", 0, 4),
        ]

    def show_controls(self):
        self._caption.value = _("Picked: {which}").format(which=self.picked)
