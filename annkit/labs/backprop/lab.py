"""The backprop lab itself: two inputs, two hidden units, two outputs, one sample, and every number in reach."""

from annkit.labs.backprop import picture, places, signs
from annkit.labs.backprop.now import Now
from annkit.labs.backprop.saying import Saying
from annkit.labs.backprop.signs import Calling, Calls
from annkit.labs.backprop.steps import BACK, MOST, NAMES, STATIONS, Run, Setup
from annkit.labs.backprop.turning import Turning, as_given
from annkit.labs.backprop.values import Pair, PairOfMatrices, PairOfRows
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Flag, Number, Whole
from annkit.network import Gradients, Network
from annkit.stage import bare, new_figure
from annkit.translation import N_, _

SETUP = {"x", "t", "learning_rate", "half", "learn_biases", "activation"}
START = {"weights", "biases"}


class BackpropLab(Calling, Saying, Turning, Lab):
    """Backpropagation in a network of two inputs, two hidden units and two outputs, number by number.

    Parameters
    ----------
    weights : two matrices of shape (2, 2), optional
        Those that learning starts with, [W, V]: ``W[i][j]`` leads from input i to hidden unit j.
    biases : two rows of two numbers, optional
        Those that learning starts with, [b, c].
    x, t : two numbers each, optional
        The sample: its inputs and its targets.
    learning_rate : float
        α, from 0: an update takes α times the slope from each weight.
    half : bool
        Whether E is half the sum of squares, as in many books, or all of it.
    learn_biases : bool
        Whether an update changes the biases, too.
    activation : {"sigmoid", "tanh", "relu"}
        That of the hidden units; those of the outputs are always sigmoids.
    rounds : int
        How many rounds are learnt from the start: `network()` has the weights after them.
    steps : int
        How many steps of this round are done, 0 to 9: h₁, h₂, o₁, o₂, the error, back to o₁, o₂, h₁, h₂. The tenth is
        the update, with which the next round begins.
    picked : str
        What is looked at, and what the slider turns: "x1", "w12", "b2", "h1", "v21", "c1", "o2", "t1" or "E".
    calls : str
        The signs that are called in a game of `deal`, one for each of w₁₁ w₁₂ w₂₁ w₂₂ b₁ b₂ v₁₁ v₁₂ v₂₁ v₂₂ c₁ c₂:
        ▲, ▼ or, not yet, ?. Empty where there is no game.

    Raises
    ------
    traitlets.TraitError
        If a value is no finite number, a matrix has another shape, or there is no such step or edge.
    ValueError
        If learning diverges: a weight would become larger than a million.

    Examples
    --------
    >>> lab = BackpropLab(steps=9, picked="v11")
    >>> print(lab.describe().splitlines()[2])
    nudged ±0.001: (1.4312933 − 1.4313986) / 0.002 = −0.0527
    """

    weights = PairOfMatrices((((1.0, -0.5), (0.5, 1.0)), ((-3.0, 1.0), (-1.0, -0.5))))
    biases = PairOfRows(((0.25, -0.5), (-0.5, 0.25)))
    x, t = Pair((1.0, 0.5)), Pair((1.0, 0.0))
    learning_rate = Number(1.0, low=0)
    half, learn_biases = Flag(False), Flag(True)
    activation = Choice(["sigmoid", "tanh", "relu"])
    rounds, steps = Whole(0, low=0, high=MOST), Whole(0, low=0, high=BACK, glance=True)
    picked = Choice([*places.NODES, *NAMES], "h1", glance=True)
    calls = Calls("")

    label = N_("Picture of the network; what is picked is a button, arrows move it")
    wide = True
    _running = _known = _before = _drawn = None

    # What it computes.

    @property
    def now(self):
        """What follows from the state: a `Now`."""
        state = self._snapshot()
        if self._known is None or self._known[0] != state:
            self._known = state, Now(self, self._run())
        return self._known[1]

    def _run(self):
        """The rounds from the start; those that are known are not worked out again."""
        (W, V), (b, c) = self.weights, self.biases
        start = [*W[0], *W[1], *b, *V[0], *V[1], *c]
        setup = Setup(self.x, self.t, self.learning_rate, self.half, self.learn_biases, self.activation)
        if self._running is None or self._running[0] != (start, setup):
            self._running = (start, setup), Run(start, setup)
        return self._running[1]

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
        net, share = self.network(), 0.5 if self.half else 1
        found = net.backward(net.forward([self.x]), [self.t])
        groups = found.weights, found.biases, found.dE_dz, (found.dE_dX, *found.dE_da)
        return Gradients(net.sizes, *([share * slopes for slopes in group] for group in groups))

    # Its state.

    def set(self, **values):
        """Set several parts of the state at once: all of them, or, where one is refused, none.

        Whoever turns a number after some rounds goes on from the weights as they stand: with them round 1 begins anew.
        With ``rounds=0`` along with it, learning goes back to its start.
        """
        self._before = self.now.parameters if self.rounds else None
        super().set(**values)

    def settle(self, changed):
        before, turned = self._before, changed & (SETUP | START)
        if self.calls and "calls" not in changed and (turned or "rounds" in changed):
            self.set(calls="")
        if before and turned and "rounds" not in changed:
            as_they_stand = {name: value for name, value in as_given(before).items() if name not in changed}
            self.set(**as_they_stand, rounds=0)

    # Its steps.

    def advance(self):
        """One step, or while signs are called a whole layer back; while it plays, a whole round."""
        if self.stage.playing:
            return self._learn()
        if self.steps == BACK:
            self.set(rounds=self.rounds + 1, steps=0)
        elif self.calls and self.steps in signs.LAYERS:
            self.reveal()
        else:
            self._go_to(self.steps + 1)
        return True

    def back(self):
        """One step back, also into the round before."""
        with self.together():
            self.set(calls="")
            if self.steps:
                self._go_to(self.steps - 1)
            elif self.rounds:
                self.set(rounds=self.rounds - 1, steps=BACK)

    def whole_round(self):
        """Update the weights, then go forward and back with the new ones."""
        with self.together():
            self._learn()

    def _learn(self):
        """A whole round. Returns False when it is good, or where nothing is left to learn."""
        if self.rounds == MOST or not self.learning_rate:
            return False
        self.set(rounds=self.rounds + 1, steps=BACK)
        return not self.now.good

    def _go_to(self, steps):
        """Have so many steps of this round done, and look at what the last of them was about."""
        self.set(steps=steps, picked=STATIONS[max(steps, 1) - 1])

    # The picture.

    def figure(self, setting):
        figure, axes = new_figure(*places.SIZE)
        bare(axes)
        return figure

    def place(self):
        self.stage.set_lines([[*start, *end] for start, end in places.LINES.values()])

    def draw(self):
        now = self.now
        label = ", ".join(map(str, self._arithmetic())).replace("\n", ", ")
        picked = picture.handle(self.picked, label, bool(self.calls))
        new = self._drawn == (self.rounds, self.steps - 1)
        self._drawn = self.rounds, self.steps
        self.stage.show(picture.Picture(now, new).draw(), [picked], strengths=picture.strengths(now))

    # What hands do.

    def clicked(self, x, y):
        """A click goes to a step, calls a sign, or picks a node or an edge."""
        if step := places.step_at(x, y):
            self._click_step(step)
        elif self.calls and (found := places.call_at(x, y)):
            self.call(*found)
        elif picked := places.at(x, y):
            self.picked = picked

    def _click_step(self, step):
        if self.calls and step > self.steps:
            self.advance()
        elif step > BACK:
            self.set(rounds=self.rounds + 1, steps=0)
        else:
            self.set(calls="")
            self._go_to(step)

    def pressed(self, handle, key):
        """Arrow keys go from node to edge to node; in the game they call the sign of an edge."""
        if self.calls and self.picked in NAMES:
            self._press_call(key)
        else:
            self.picked = places.beside(self.picked, key)

    def controls(self):
        self.add_class("annkit-tight")
        self.add_class("annkit-steady")
        self.add_class("annkit-broad")
        self._caption = self.caption("")
        play, once, speed = self.player(_("Next step"))
        self._game = self.button("", self.deal, _("New numbers: call the sign of every slope before it is shown"))
        return [
            [once, self.button(_("Back"), self.back, _("One step back"))],
            _("Whole rounds, until it is good"),
            [self.button(_("Whole round"), self.whole_round, _("Update, forward, back")), play],
            speed,
            self.slider("rounds", _("round"), 0, 10, step=1),
            self._caption,
            self.turning_slider(),
            _("Learning"),
            self.slider("learning_rate", "α", 0, 4),
            [self.chooser("half", "E", {False: "Σ (t − o)²", True: "½ Σ (t − o)²"}),
             self.chooser("activation", "h", {name: name for name in ("sigmoid", "tanh", "relu")})],
            self.chooser("learn_biases", _("biases"), {True: _("learn"), False: _("stay")}),
            self._game,
        ]  # fmt: skip

    def show_controls(self):
        self._caption.value = _("Picked: {which}").format(which=self._which())
        self._game.description = _("New numbers") if self.calls else _("Call the signs first ▲▼")
