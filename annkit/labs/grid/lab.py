"""The grid lab: validation accuracy over hidden units and learning rate, which fills in as it is computed."""

from annkit import inputs
from annkit.labs.base.lab import Lab
from annkit.labs.base.traits import Flag, State, Whole
from annkit.labs.grid import trials
from annkit.labs.grid.board import cell_at, figure, fold_at
from annkit.labs.grid.cells import Grid
from annkit.labs.grid.picked import Picked, fixed_marks
from annkit.labs.grid.saying import words
from annkit.labs.grid.trials import CELLS, FOLDS, HIDDEN, RATES
from annkit.stage import ARROWS
from annkit.translation import N_, _
from annkit.wording import number

ALL = len(CELLS)
BEGUN = len(RATES)
"""A new lab has its first column."""


class CellOf(State):
    """A cell of the grid: how many hidden units, and the learning rate."""

    def accepted(self, value, lab):
        try:
            return _cell(*value)
        except (TypeError, ValueError):
            message = _("{name} should be a pair, hidden units ({hidden}) and learning rate ({rates}), not {value}.")
            names = {"hidden": _listed(HIDDEN), "rates": _listed(RATES)}
            raise ValueError(message.format(name=self.name, value=inputs.shown(value), **names)) from None


class Wins(State):
    """The winner of each deal that was computed to its end: a tuple of (deal, hidden, rate)."""

    def accepted(self, value, lab):
        try:
            return tuple((inputs.whole(self.name, deal, low=1), *_cell(*cell)) for deal, *cell in value)
        except (TypeError, ValueError):
            message = _("{name} should be a list of winners, each (deal, hidden units, learning rate), not {value}.")
            raise ValueError(message.format(name=self.name, value=inputs.shown(value))) from None


class GridLab(Lab):
    """A grid of networks: for each number of hidden units and each learning rate, how well it does on five folds.

    Parameters
    ----------
    deal : int
        How the 100 samples are dealt into folds: the seed of `annkit.search.folds`.
    done : int
        How many cells of the grid are computed, from 0 to 28.
    cell : (int, float)
        The cell that is picked: hidden units and learning rate.
    fold : int
        Whose network is drawn: the one for which this fold was set aside, or, for 0, the one that learned from all.
    rule : bool
        Whether it is marked what is within one standard error of the best.
    asked : bool
        Whether 4,000 new points have been asked.
    by_hand : bool
        Whether you do the marking: then no button deals again, asks new points or shows the rule.
    won : sequence of (int, int, float)
        The winner of each deal that was computed to its end.

    Raises
    ------
    traitlets.TraitError
        If a value is none of these.

    Examples
    --------
    >>> lab = GridLab(done=1)
    >>> print(lab.describe().splitlines()[0])
    Deal 1: 1 of 28 cells.
    """

    deal = Whole(1)
    done = Whole(BEGUN, low=0, high=ALL)
    cell = CellOf(lambda lab: lab._latest())
    fold = Whole(1, low=0, high=FOLDS, glance=True)
    rule = Flag(False)
    asked = Flag(False)
    by_hand = Flag(False)
    won = Wins(lambda lab: lab._win())

    label = N_(
        "Grid of networks, with the picked one's boundary and its score on each fold; the picked cell is a button"
    )

    _flag = None
    """Where the winner's flag was in the picture before."""
    _most = 0, 0
    """A deal, and how many of its cells were computed: so far its progress can be turned."""

    # What is computed.

    @property
    def best(self):
        """The best cell so far, a pair (hidden units, learning rate); None where there is none."""
        return trials.best(self.deal, self.done)

    @property
    def within(self):
        """The cells so far within one standard error of the best; the first of them is the smallest."""
        return trials.within(self.deal, self.done)

    def tried(self, cell):
        """What came out for a cell, a `Cell`; None where it is not computed yet."""
        return trials.tried(*cell, self.deal) if CELLS.index(cell) < self.done else None

    @property
    def network(self):
        """The network that is drawn; None where it is not computed yet."""
        if not self.tried(self.cell):
            return None
        if self.fold == 0:
            return trials.network_of_all(*self.cell)
        return trials.networks(*self.cell, self.deal)[self.fold - 1]

    def advance(self):
        """Compute the next cell, and pick it; at the end, the best. Returns False where none is left."""
        if self.done == ALL:
            return False
        trials.tried(*CELLS[self.done], self.deal)
        trials.truth(*CELLS[self.done])  # so that whoever asks does not have to wait
        self.done += 1
        return self.done < ALL

    def _latest(self):
        """The cell that was computed last; at the end, the best."""
        return self.best if self.done == ALL else CELLS[max(self.done - 1, 0)]

    def settle(self, changed):
        """Whoever computes sees what comes out. A deal that is computed to its end has a winner, counted once."""
        if "done" in changed and "cell" not in changed:
            self.cell = self._latest()
        if self.done == ALL and self.deal not in {deal for deal, *__ in self.won}:
            self.won = (*self.won, *self._win())

    def _win(self):
        return ((self.deal, *self.best),) if self.done == ALL else ()

    def _computed(self):
        """How many cells of this deal were computed."""
        deal, most = self._most
        return max(self.done, most if deal == self.deal else 0)

    def deal_again(self):
        """Deal the samples into other folds, and fill the grid anew."""
        self.set(deal=self.deal + 1, done=0)
        self.play()

    # The picture.

    def figure(self, setting):
        return figure()

    def place(self):
        self._fixed, self._drawn = fixed_marks(self.stage.panels[1]), (None, "")

    def draw(self):
        panel, plane = self.stage.panels
        grid, picked = Grid(self, panel), Picked(self, plane)
        on = self.deal, self.done, self.rule, self.asked, self.won
        if self._drawn[0] != on:
            self._drawn = on, grid.draw() + self._fixed
        live = "".join(grid.flags(self._flag)) + picked.draw()
        self.stage.show(live, [grid.handle(), picked.handle()], picked.heat(), steady=self._drawn[1])
        self._flag, self._most = self.best, (self.deal, self._computed())

    def words(self):
        return list(words(self))

    # What hands do.

    def clicked(self, x, y):
        if cell := cell_at(self.stage.panels[0], x, y):
            self.cell = cell
        elif (fold := fold_at(x, y)) is not None:
            self.fold = fold

    def pressed(self, handle, key):
        right, up = ARROWS.get(key, (0, 0))
        if handle == "fold":
            self.fold = (self.fold - up - right) % (FOLDS + 1)
        else:
            self._pick(HIDDEN.index(self.cell[0]) + right, RATES.index(self.cell[1]) + up)

    def _pick(self, column, row):
        self.cell = HIDDEN[min(max(column, 0), len(HIDDEN) - 1)], RATES[min(max(row, 0), len(RATES) - 1)]

    def _parts_of_cell(self):
        """A list for each of the two parts of the picked cell."""
        for place, label, values in ((0, _("units"), HIDDEN), (1, "α", RATES)):

            def choose(value, place=place):
                self.cell = (value, self.cell[1]) if place == 0 else (self.cell[0], value)

            yield self.dropdown(label, {value: number(value) for value in values}, choose, self.cell[place])

    def controls(self):
        def turn(done):
            self.done = inputs.whole(_("cells"), done, 0, ALL)  # which names it as it is called here

        ends = {"low": 0, "high": ALL, "ends": lambda: (0, self._computed())}
        progress = self.turner("done", _("cells"), lambda: self.done, turn, step=1, **ends)
        self._hidden, self._rate = self._parts_of_cell()
        fold = self.slider("fold", _("fold"), 0, FOLDS, 1)
        picked = [_("The picked network"), [self._hidden, self._rate], fold]
        played = [self.player(_("Next cell"), speeds=False), progress]
        if self.by_hand:
            return [*played, *picked]
        again = self.button(_("Deal the folds again"), self.deal_again, _("Deal the samples into other folds"))
        self._rule = self.button("", lambda: self.set(rule=not self.rule), _("Mark what is as good as the best"))
        self._ask = self.button("", lambda: self.set(asked=not self.asked), _("What is each cell worth in truth?"))
        return [*played, [again], [self._ask], [self._rule], *picked]

    def show_controls(self):
        self._hidden.value, self._rate.value = self.cell
        if not self.by_hand:
            self._rule.description = _("Hide one standard error") if self.rule else _("Show one standard error")
            self._ask.description = _("Hide the new points") if self.asked else _("Ask 4,000 new points")


def _cell(hidden, rate):
    """The cell of the grid that is equal to this pair, in numbers of Python. Raises ValueError where there is none."""
    return CELLS[CELLS.index((hidden, rate))]


def _listed(values):
    return ", ".join(map(number, values))
