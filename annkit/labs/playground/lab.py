"""The playground: a network that learns in sight, and every number of it can be turned while it does."""

import math
import operator
import time

import numpy as np

from annkit import data, parameters
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Choice, Flag, Number, Picked, Whole
from annkit.labs.playground import chart, keeping, picture, saying
from annkit.labs.playground.board import PLANE, Board, plane_of
from annkit.labs.playground.explaining import Explained
from annkit.labs.playground.hands import Hands
from annkit.labs.playground.past import SETTINGS, Settings, Stretch
from annkit.labs.playground.run import LOSSES, Run, Start
from annkit.labs.playground.samples import reach, samples
from annkit.labs.playground.state import (
    NOISE,
    OWN,
    Activation,
    Hidden,
    Inputs,
    Moment,
    PastOf,
    Sample,
    Samples,
    StartWeights,
    drawn_table,
)
from annkit.labs.playground.surface import Surface
from annkit.labs.playground.turning import OPTIMIZERS, Turning
from annkit.stage import Edge, Node, Pad
from annkit.translation import N_, _

DRAWN = {"dataset", "points", "noise", "data_seed"}
BEGINNING = {"dataset", "inputs", "hidden", "activation", "init", "seed"}
"""Where these change, the network begins anew."""
MOST_SEED = 999_999
MOST_AT_ONCE = 4096
"""So many epochs at most are learned between two looks at the clock."""
MATTERS = ["dataset", "past", "now", "other", *BEGINNING, *SETTINGS]
"""The parts of the state that say where the trainer is."""


class Playground(Turning, Hands, Lab):
    """A network with its data, learning: pick and turn whatever you like, go back in time, and take another way.

    Parameters
    ----------
    dataset : {"circles", "moons", "quadrants", "blobs", "spiral", "curve", "plane", "hills", "own"}
        Which table is drawn, with so many `points`, so much `noise`, and a seed; the last two are numbers to be fitted.
    table : Table
        The table itself, drawn and edited, or your own: two features, and one column of targets.
    share : float
        Which share of it is learned from; the rest is held out.
    inputs : sequence of str
        What the network gets; see `annkit.features.MADE`.
    hidden : sequence of int
        How many units each hidden layer has: up to six layers of up to eight.
    activation, init, seed
        As for `Network`.
    loss, learning_rate, batch_size, optimizer, l1, l2, dropout
        As for `Trainer`. They may change while it learns.
    past : list
        All that the network has been through, as `code` writes it.
    now : int
        Where in that past it stands, in batches.
    other : list
        A future that was left for this one.
    by, picked, before, point, adds, plane, explain, steps, log_errors
        What a step is, what is picked and was picked before, which sample is looked at, what a click adds, and how all
        this is shown.
    """

    label = N_("A network that learns: its units' answers, its data, and its errors")
    wide = True
    dataset = Choice([*NOISE, OWN])
    points = Whole(200, 10, 1000)
    noise = Number(lambda lab: NOISE.get(lab.dataset, 0.0), 0, 1)
    data_seed = Whole(0, 0, MOST_SEED)
    table = Samples()
    share = Number(SETTINGS["share"], 0.1, 1)
    inputs = Inputs(("x1", "x2"))
    hidden = Hidden((4, 2))
    activation = Activation("tanh")
    init = StartWeights("glorot")
    seed = Whole(0, 0, MOST_SEED)
    loss = Choice(list(LOSSES))
    learning_rate = Number(SETTINGS["learning_rate"], 0, 1000)
    batch_size = Whole(SETTINGS["batch_size"], 1, 1000)
    optimizer = Choice(OPTIMIZERS)
    l1 = Number(SETTINGS["l1"], 0, 10)
    l2 = Number(SETTINGS["l2"], 0, 10)
    dropout = Number(SETTINGS["dropout"], 0, 0.9)
    past = PastOf(())
    now = Moment()
    other = PastOf(())
    by = Choice(["epoch", "batch"], glance=True)
    picked = Picked((1, 0))
    before = Picked((0, 0, 0))
    point = Sample()
    adds = Choice(["○", "×"], glance=True)
    plane = Choice(["answer", "unit", "surface"], glance=True)
    explain = Whole(0, 0, 4, glance=True)
    steps = Flag(False, glance=True)
    log_errors = Flag(False, glance=True)

    def __init__(self, *values, **named):
        if isinstance(table := named.get("table"), data.Table) and not values:
            named = {"dataset": _dataset_of(table), **named}
        super().__init__(*values, **named)

    # What follows from the state.

    @property
    def layers(self):
        """How many nodes each layer has, for what can be picked."""
        return (len(self.inputs), *self.hidden, 1)

    @property
    def classes(self):
        """Whether it learns classes, not numbers."""
        return bool(self.table.kinds)

    @property
    def class_names(self):
        """What class 1 and class 0 are called: by their shapes, or by the names of an own table."""
        kinds = self.table.kinds
        return ("○", "×") if self.dataset != OWN or set(map(str, kinds)) <= {"0", "1"} else (kinds[1], kinds[0])

    @property
    def activations(self):
        """The activation of each hidden layer."""
        return (self.activation,) * len(self.hidden) if isinstance(self.activation, str) else self.activation

    @property
    def start(self):
        """What the network is made of."""
        return Start(self.inputs, self.hidden, self.activation, self.init, self.seed, self.classes)

    @property
    def settings(self):
        """What it would learn with now."""
        return Settings(*(getattr(self, name) for name in SETTINGS))

    @property
    def stands(self):
        """The past up to where it stands."""
        return self.past if self.now == self.past.batches else self.past.until(self.now)

    @property
    def trainer(self):
        """The trainer, where the state says that it is."""
        self._catch_up()
        return self._run.trainer

    @property
    def samples(self):
        """The inputs and targets that it learns from, and those held out: a pair, or None where there are none."""
        key = self.table, self.share, self.inputs
        if self._sampled is None or not all(map(operator.is_, self._sampled[0], key)):
            self._sampled = key, samples(self.start, self.settings)
        return self._sampled[1]

    @property
    def net(self):
        """A copy of the network as it stands."""
        return self.trainer.net.copy()

    @property
    def way(self):
        """What was recorded of the whole past."""
        self._catch_up()
        return self._run.way_to(self.start, self.past)

    @property
    def epoch(self):
        """How many epochs it has learned."""
        return self.way.epoch(self.now)

    def save(self, path):
        """Write the whole state to a file that `Playground.load` opens, and the button *Open …* of any playground.

        There is no link: without a server it would have nothing to point to. `code` is the same as a line to paste.
        """
        keeping.save(self, path)

    @classmethod
    def load(cls, path):
        """The playground that `save` wrote. Raises ValueError where the file is damaged or none."""
        return cls(**keeping.load(path))

    def taken(self, form):
        """The lab as text: "file" (as `save` writes it), "code", "numpy" and "torch" (programs), "csv" or "svg"."""
        return keeping.taken(self, form)

    # What may happen.

    def advance(self, epochs=1):
        """Learn from one batch, or to the end of an epoch, or of so many. Returns False where its numbers grow beyond
        all bounds."""
        batches = 1
        if self.by == "epoch":
            batches = self._left_of_epoch() + (epochs - 1) * math.ceil(len(self.samples[0]) / self.batch_size)
        target = self.stands.learned(batches, self.settings)
        if target.leads_to(self.past):
            self.now += batches
            return True
        self._caught_up = None
        done = self._run.go(self.start, target, self.settings)
        reached = self._run.past
        if reached.batches <= self.now and not done:
            return False
        self._go_on(reached)
        return done

    def paste(self, text):
        """Learn from a table that is written in a text; see `annkit.data.read`. Raises ValueError where it is none."""
        table = data.read(text)
        if table.X.shape[1] != 2:
            message = _(
                "The playground's plane has two features and, last, what should come out; this table has {count}."
            )
            raise ValueError(message.format(count=table.X.shape[1]))
        self.table = table

    def open_file(self, name, text):
        """Be as a saved playground was, or learn from a table: what the file `name` holds. Undo takes it back.

        Raises ValueError where it is neither.
        """
        if text is None:
            raise ValueError(_("{name} is too large.").format(name=name))
        if not text.lstrip().startswith("{"):
            self.paste(text)
            return
        saved = type(self)(**keeping.of_file(text, name))
        with self.together():
            self._restore(saved._snapshot())
        saved.close()

    def draw_points(self):
        """Draw other points of the same table."""
        self.data_seed += 1

    def swap(self):
        """Take up the future that was left, and leave this one."""
        if not self.other:
            raise ValueError(_("There is no other future yet: go back in time, change something, and go on."))
        self.set(past=self.other, now=self.other.batches, other=self.past)

    def turn(self, place, value):
        """Set a weight or a bias, by its place in the vector of parameters."""
        self._go_on(self.stands.turned(place, value))

    def _go_on(self, past):
        """Stand at the end of a past that goes on from here; where there was a future already, that one is left."""
        left = self.past if self.now < self.past.batches else self.other
        self.set(past=past, now=past.batches, other=left)

    def begin_anew(self):
        """Draw other start weights."""
        self.seed += 1

    def settle(self, changed):
        if "dataset" in changed and "noise" not in changed and self.dataset != OWN:
            self.noise = NOISE[self.dataset]
        if changed & DRAWN and "table" not in changed and self.dataset != OWN:
            self.table = drawn_table(self)
        elif "table" in changed and not self.table.call.startswith(f"data.{self.dataset}("):
            self.dataset = OWN
        another = any(isinstance(e, Stretch) and bool(e.settings.table.kinds) != self.classes for e in self.past)
        if (changed & BEGINNING or another) and "past" not in changed:
            self.set(past=(), now=0, other=())
        elif "past" in changed and "now" not in changed:
            self.now = self.past.batches

    def hurry(self, end):
        if self.by == "batch":
            return False
        epochs, done = 1, True
        while done and time.perf_counter() < end:
            done = self.advance(epochs)
            epochs = min(2 * epochs, MOST_AT_ONCE)
        if not done:
            self.stage.playing = False
        return True

    def _catch_up(self):
        """Bring the run to where the state says that it is."""
        state = [getattr(self, name) for name in MATTERS]
        if self._caught_up and all(map(operator.is_, self._caught_up, state)):
            return
        start, settings = self.start, self.settings
        if self._run is None:
            self._run = Run(start, settings)
        for past in (self.other, self.past):
            if past and self._run.way_to(start, past) is None:
                self._run.go(start, past, settings)
        self._run.go(start, self.stands, settings)
        self._caught_up = state

    def _left_of_epoch(self):
        count = len(self.samples[0])
        goes_on = self.past and self.stands and self.trainer.X.shape[0] == count
        return math.ceil((count - (self.trainer.at if goes_on else 0)) / self.batch_size)

    # The picture.

    def setting(self, now):
        errors = self.curve_values()
        return self.inputs, self.hidden, chart.reach(now and now[2], len(errors[0]) - 1, errors, self.log_errors)

    def figure(self, setting):
        return chart.figure(setting[2])

    def place(self):
        self.board = Board(self.inputs, self.hidden)
        self.stage.curved, self.stage.corner = True, 8
        self.stage.lens = [PLANE.x, PLANE.y, PLANE.width, PLANE.height]
        self.stage.set_lines(self.board.lines)

    def draw(self):
        self.surface = Surface(self, self._held_panel) if self.shows_surface else None
        self.explained = Explained(self) if self.explain else None
        maps, output = picture.heats(self)
        strengths = self.board.strengths(self.trainer.net.weights, self._lit())
        pads = [Pad("plane", self.panel, saying.plane(self))]
        self.stage.show(picture.live(self, output), self._handles(), maps, strengths, pads, picture.steady(self))

    @property
    def panel(self):
        """The plane of the answers, as far as it reaches now."""
        if self._reached[0] is not self.table:
            self._reached = self.table, plane_of(reach(self.table))
        return self._held_plane or self._reached[1]

    @property
    def looks_at_unit(self):
        """Whether the plane shows what is picked instead of the answer."""
        return self.plane == "unit" and isinstance(self.picked, Node) and self.picked.layer <= len(self.hidden)

    @property
    def shows_surface(self):
        """Whether the plane shows the error over two weights."""
        return self.plane == "surface"

    @property
    def pair(self):
        """The two weights or biases over which the error is shown: the two that were picked last."""
        likely = [self.picked, self.before, Edge(0, 0, 0), Node(1, 0)]
        return list(dict.fromkeys(thing for thing in likely if self.place_of(thing) is not None))[:2]

    def place_of(self, thing):
        """Where a weight, or a unit's bias, stands in the vector of parameters; None for an input."""
        sizes = self.layers
        if isinstance(thing, Node) and not thing.layer:
            return None
        layer = thing.layer if isinstance(thing, Edge) else thing.layer - 1
        before = parameters.count(sizes[: layer + 1])
        if isinstance(thing, Edge):
            return before + thing.unit * sizes[layer + 1] + thing.to
        return before + sizes[layer] * sizes[layer + 1] + thing.unit

    @property
    def axes_names(self):
        """What the plane's axes are called."""
        if self.shows_surface:
            return [saying.full_name(self, thing) for thing in self.pair]
        return self.table.features

    @property
    def level(self):
        """Where the answer changes from one class to the other."""
        return 0.5 if self.classes else 0

    @property
    def ghost_output(self):
        """What the future that was left answers all over the plane; None where there is none."""
        way = self.other and self._run.way_to(self.start, self.other)
        if not way:
            return None
        net = self.start.network()
        net.parameters = way.recording.state(way.recording.last).parameters
        return picture.answers(net, self.inputs, picture.FINE, self.panel)[-1][:, :, 0]

    @property
    def curves(self):
        """The recordings whose errors are drawn, each with its look: colour, width."""
        drawn = [(self.way.recording, "ink", 2)]
        if self.other and (way := self._run.way_to(self.start, self.other)):
            drawn.insert(0, (way.recording, "grey", 1.6))
        return drawn

    def curve_values(self):
        """All the errors that are drawn, the learned ones of this way first."""
        return [np.asarray(e) for way, *__ in self.curves[::-1] for e in (way.errors, way.validation_errors)]

    def _lit(self):
        if isinstance(self.picked, Edge):
            return {self.picked, self.picked.start, self.picked.end}
        return self.board.lights(self.picked) if self.picked.layer else ()

    def _handles(self):
        label = saying.thing_name(self, self.picked)
        return [*self.signs(), self.board.handle(self.picked, label)]

    # The words.

    def words(self):
        return saying.words(self)

    _run = _caught_up = _swap = _sampled = None
    _reached = None, None
    drawn_points = None, ""
    """The samples as they are drawn, and for what they were."""


def _dataset_of(table):
    """The name of the table that one was drawn as, perhaps edited since; or that it is your own."""
    return next((name for name in NOISE if table.call.startswith(f"data.{name}(")), OWN)
