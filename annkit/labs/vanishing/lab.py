"""The vanishing lab itself: its state, what follows from it, and what hands do."""

import math

import numpy as np

from annkit import inputs
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Number, Whole
from annkit.labs.vanishing import picture, saying
from annkit.labs.vanishing.path import steps, strongest
from annkit.labs.vanishing.stacks import MOST_LAYERS, Stacks
from annkit.labs.vanishing.state import UNITS, CutWires, LayerOf, Path
from annkit.stage import ARROWS
from annkit.translation import N_, _

FUNCTIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
SKIPS = {"none": N_("none"), "plain": N_("plain, a + f(z)"), "scaled": N_("scaled, a + f(z) / √depth")}


class VanishingLab(Lab):
    """Seven deep networks at their start, and how large the error is that arrives at each of their layers.

    Each has two inputs, hidden layers of 64 units and one sigmoid output; the error is the cross-entropy for 32
    samples.

    Parameters
    ----------
    depth : int
        The number of hidden layers, from 1 to 20.
    activation : {"sigmoid", "tanh", "relu"}
        Theirs.
    spread : float
        g: weights are drawn with the standard deviation g / √(units before). 1 is Glorot's, √2 is He's.
    skip : {"none", "plain", "scaled"}
        Whether a wire leads past each layer but the first, and what the layer adds to it: all that it has, or 1/√depth
        of it.
    cut : tuple of int
        The layers whose wire is cut.
    layer : int
        The layer that is looked at.
    path : tuple of int
        One unit in each layer, from 1 to 8: the path whose factors are multiplied.

    Attributes
    ----------
    sizes : ndarray, shape (depth,)
        The root mean square of ∂E/∂a at each layer, the median of the networks: the bars.
    ratio : float
        The largest of them, divided by the smallest.

    Examples
    --------
    >>> lab = VanishingLab(depth=12, activation="relu", spread=2**0.5)
    >>> lab.ratio < 2
    True
    """

    depth = Whole(12, low=1, high=MOST_LAYERS)
    activation = Choice(list(FUNCTIONS))
    spread = Number(1, low=0.05, high=100)
    skip = Choice(list(SKIPS))
    cut = CutWires(())
    layer = LayerOf(lambda lab: min(2, lab.depth), glance=True)
    path = Path(lambda lab: (1,) * lab.depth, glance=True)

    label = N_("Picture of a deep network: bars of the error at each layer, and wires past them that can be cut")
    wide = True

    # What is computed.

    @property
    def factors(self):
        """The factor of each layer's skip; 0 where there is none."""
        factor = {"none": 0.0, "plain": 1.0, "scaled": 1 / math.sqrt(self.depth)}[self.skip]
        return tuple(factor * (layer > 1 and layer not in self.cut) for layer in range(1, self.depth + 1))

    @property
    def stacks(self):
        """What appears in the networks, `Stacks`."""
        key = self.activation, self.spread, self.factors
        if self._computed_for != key:
            self._computed_for, self._stacks = key, Stacks(*key)
        return self._stacks

    @property
    def sizes(self):
        """The bars."""
        return self.stacks.usual_errors

    @property
    def activations(self):
        """The root mean square of a at each layer, the median of the networks."""
        return self.stacks.usual_activations

    @property
    def rates(self):
        """How many times as large α would have to be at each layer to make up for what arrives there."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.sizes[-1] / self.sizes

    @property
    def ratio(self):
        """How many times the largest bar is the smallest."""
        least, most = self.sizes.min(), self.sizes.max()
        return float(most / least) if least else math.inf

    @property
    def steps(self):
        """The steps of the path, from the last layer back."""
        if self._stepped_for != (key := (self.stacks, self.path)):
            self._stepped_for, self._steps = key, steps(self.stacks, self.path)
        return self._steps

    # The picture and the words.

    def setting(self, now):
        return picture.reach(now, self.stacks)

    def figure(self, powers):
        return picture.figure(powers)

    def draw(self):
        picture.Picture(self).show()

    def words(self):
        return list(saying.words(self))

    def layer_in_words(self):
        """The layer that is looked at: its wire, and its unit on the path."""
        said = {"layer": self.layer, "unit": self.path[self.layer - 1]}
        if self.layer == 1:
            return _("layer 1, past which no wire can lead; unit {unit} is on the path").format(**said)
        if self.factors[self.layer - 1]:
            return _("layer {layer}, its wire is soldered; unit {unit} is on the path").format(**said)
        return _("layer {layer}, its wire is cut; unit {unit} is on the path").format(**said)

    # Hands.

    def acts(self, handle):
        return True

    def chosen(self, handle, again):
        if again:
            self._toggle()

    def pressed(self, handle, key):
        right, up = ARROWS.get(key, (0, 0))
        if key in ("Enter", " "):
            self._toggle()
        elif right:
            self.layer = min(self.depth, max(1, self.layer + right))
        elif up:
            self._lead_through(min(UNITS, max(1, self._unit() - up)))

    def clicked(self, x, y):
        layer = picture.layer_at(self.depth, x)
        if layer is None:
            return
        with self.together():
            self.layer = layer
            if picture.wire_at(y):
                self._toggle()
            elif unit := picture.unit_at(y):
                self._lead_through(unit)

    def _toggle(self):
        """Cut the wire of the layer that is looked at, or solder it: a plain one, where there was none at all."""
        layers = {self.layer} - {1}
        if self.skip != "none":
            self.cut = set(self.cut) ^ layers
        elif layers:
            self.set(skip="plain", cut=set(range(2, self.depth + 1)) - layers)

    def _lead_through(self, unit):
        """Lead the path through a unit of the layer that is looked at."""
        unit = inputs.whole(_("unit"), unit, low=1, high=UNITS)
        self.path = (*self.path[: self.layer - 1], unit, *self.path[self.layer :])

    def settle(self, changed):
        """Another kind of skip begins with all its wires."""
        if "skip" in changed and "cut" not in changed:
            self.cut = ()

    def controls(self):
        self.add_class("annkit-tight")
        self.add_class("annkit-broad")
        return [
            self.slider("depth", _("depth"), 1, MOST_LAYERS, 1),
            self.chooser("activation", "f", FUNCTIONS),
            _("Spread of the start weights"),
            self.slider("spread", "g", 0.25, 3, 0.05, marks=[(1, _("Glorot")), (math.sqrt(2), _("He"))]),
            _("Skip past each layer"),
            self.chooser("skip", _("skip"), {name: _(words) for name, words in SKIPS.items()}, named=False),
            _("Path, at the layer that is looked at"),
            self.slider("layer", _("layer"), 1, MOST_LAYERS, 1),
            self.turner("unit", _("unit"), self._unit, self._lead_through, 1, UNITS, step=1),
            [
                self.button(_("Strongest path"), lambda: setattr(self, "path", strongest(self.stacks))),
                self.button(_("Straight"), lambda: setattr(self, "path", (self._unit(),) * self.depth)),
            ],
        ]

    def _unit(self):
        """The path's unit in the layer that is looked at."""
        return self.path[self.layer - 1]

    _computed_for = _stacks = _stepped_for = _steps = None
