"""The picture of attention: a sentence with threads, the plane of what is sought and offered, and what is taken."""

import html

import numpy as np

from annkit.labs.attention.sentence import COUNT, VALUES
from annkit.stage import Handle, Panel, bare, marks, new_figure
from annkit.translation import _
from annkit.wording import fixed

WIDTH, HEIGHT, STRIP = 520, 500, 196
SLOT = WIDTH / COUNT
BOX = (78, 30)
"""Of a word in the sentence, and where its middle lies below the upper edge."""
LINE = 142
HIGHEST = 104
"""How high the farthest thread goes over the words."""
THICK = 16
"""How thick a thread is that holds all of the weight."""
REACH = 3.4
NAME = 60
"""The room for the names of the rows and of the columns of the table of all weights."""
CROWDED = 1.2
"""A name is written under its key where another key lies so near over it."""
COLOUR = "violet"


def figure(view):
    """The set: the plane of queries and keys, and beside it that of the meanings or the table of all weights."""
    drawn, ((left, right), (plane, beside)) = new_figure(
        WIDTH, HEIGHT, nrows=2, ncols=2, height_ratios=(STRIP, HEIGHT - STRIP)
    )
    bare(left)
    bare(right)
    ink = plane.xaxis.label.get_color()
    for axes in (plane, beside)[: 1 if view == "weights" else 2]:
        axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
        axes.set_aspect("equal")
        axes.axhline(0, color=ink, alpha=0.25, linewidth=1)
        axes.axvline(0, color=ink, alpha=0.25, linewidth=1)
        axes.grid(True)
    plane.set_title(_("what it seeks, what they offer"))
    if view == "weights":
        bare(beside)
        beside.set_title(_("who looks (row) at whom"))
        return drawn
    beside.set_title(_("what the words mean"))
    beside.set(xticks=[-2.25, 2.25], xticklabels=[_("food"), _("animal")], yticks=[-1.75, 1.5])
    beside.set_yticklabels([_("says how"), _("thing")], rotation=90, va="center")
    return drawn


class Frame:
    """Where everything lies."""

    def __init__(self, panels):
        __, __, self.plane, self.beside = panels
        self.strip = Panel.plain(0, 0, WIDTH, STRIP)
        side = min(self.beside.width - NAME, self.beside.height - NAME)
        self.table = Panel.plain(self.beside.x + NAME, self.beside.y + NAME, side, side, (0, COUNT), (COUNT, 0))

    def slot(self, x):
        """The place in the sentence at x, from 0."""
        return int(np.clip(x // SLOT, 0, COUNT - 1))

    def row(self, x, y):
        """The row of the table of weights at a place, from 0, or None; its name belongs to it."""
        table = self.table
        inside = table.x - NAME <= x <= table.x + table.width and table.y <= y < table.y + table.height
        return int(table.data(x, y)[1]) if inside else None


def middle(place):
    """Where the middle of a place in the sentence lies, from the left."""
    return (place + 0.5) * SLOT


def draw(lab, frame):
    """Put the picture on the lab's stage."""
    weights = lab.attention.weights[lab.word - 1]
    heats, beside = [], _meanings(lab, frame.beside, weights)
    if lab.view == "weights":
        heats, beside = [(frame.table, lab.attention.weights[_shown(lab)][:, _shown(lab)][::-1])], _table(lab, frame)
    live = [_threads(lab, weights), *_plane(lab, frame.plane, weights), *beside]
    handles = [*_words(lab, frame.strip, weights), *_keys(lab, frame.plane), _query(lab, frame.plane)]
    lab.stage.show("".join(live), handles, heats)


def _shown(lab):
    """The words' numbers from 0, in the order of the sentence."""
    return np.array(lab.order) - 1


def _threads(lab, weights):
    """From the word that looks a thread to each, as thick as its weight; to itself a loop."""
    start = middle(lab.places_of[lab.word - 1])
    top = LINE - BOX[1] / 2
    ways = []
    for place, number in enumerate(lab.order):
        end = middle(place)
        over = top - 22 - 1.25 * HIGHEST * abs(end - start) / WIDTH
        way = f"M{start:.1f},{top:g}C{start:.1f},{over:.1f} {end:.1f},{over:.1f} {end:.1f},{top:g}"
        ways.append(f"M{start - 16:.1f},{top:g}c-18,-58 50,-58 32,0" if number == lab.word else way)
    return _as_thick(ways, weights[_shown(lab)], 0.55)


def _as_thick(ways, weights, opacity):
    """Paths as thick as these weights."""
    paths = (
        f'<path d="{way}" stroke-width="{max(0.6, THICK * weight):.1f}"/>'
        for way, weight in zip(ways, weights, strict=True)
    )
    look = f'fill="none" stroke="{marks.COLOURS[COLOUR]}" stroke-opacity="{opacity:g}" stroke-linejoin="round"'
    return f"<g {look}>{''.join(paths)}</g>"


def _straight(panel, ends, starts):
    """Straight ways on a panel from one place to each, or from each to one."""
    places = np.column_stack([panel.place(*np.transpose(each)) for each in np.broadcast_arrays(starts, ends)])
    return [f"M{a:.1f},{b:.1f}L{c:.1f},{d:.1f}" for a, b, c, d in places.tolist()]


def _words(lab, strip, weights):
    """The words of the sentence, each with the weight with which it is looked at."""
    width, height = BOX
    most = int(weights.argmax())
    for place, number in enumerate(lab.order):
        looks = number == lab.word
        size = -width / 2, -height / 2, width, height
        box = '<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="8" class="annkit-n"/>'.format(*size)
        mark = marks.box(*size, COLOUR, COLOUR, round=8) if looks else box
        mark += _centred(lab.names[number - 1], 0, 15, "paper" if looks else "ink", looks)
        mark += _centred(fixed(weights[number - 1], 2), 33, 14, COLOUR, number - 1 == most)
        label = _("{word}, at place {place}: weight {weight}")
        label = label.format(word=lab.names[number - 1], place=place + 1, weight=fixed(weights[number - 1], 2))
        at = strip.data(middle(place), LINE)
        yield Handle(f"w{number}", strip, *at, mark, label, axes="x", reach=(width / 2, height / 2))


def _centred(words, down, size, colour, bold):
    weight = ' font-weight="bold"' if bold else ""
    look = f'dominant-baseline="central" font-size="{size:g}"{weight} fill="{marks.COLOURS[colour]}"'
    return f'<text y="{down:g}" text-anchor="middle" {look} pointer-events="none">{html.escape(words)}</text>'


def _plane(lab, panel, weights):
    """The arrow of what is sought, and threads from the middle to all keys, as thick as their weights."""
    query = lab.seeks[lab.word - 1]
    yield _as_thick(_straight(panel, _inside(lab.offered), (0, 0)), weights, 0.3)
    yield marks.arrow(panel, [0, query[0]], [0, query[1]], COLOUR, 4, 13)


def _inside(places):
    return np.clip(places, -REACH, REACH)


def _keys(lab, panel):
    offered, names = lab.offered, lab.names
    places = _inside(offered)
    for number, (x, y) in enumerate(places, start=1):
        name, (across, up) = names[number - 1], (places - (x, y)).T
        over = (up > 0) | (up == 0) & (np.arange(1, COUNT + 1) > number)
        crowded = (over & (np.abs(across) < CROWDED) & (up < CROWDED)).any()
        named = f'<g transform="translate(0,{17 if crowded else -17})">{_named(name, number == lab.word)}</g>'
        offer = [fixed(each, 2) for each in offered[number - 1]]
        said = _("what {word} offers: ({x}, {y})").format(word=name, x=offer[0], y=offer[1])
        yield Handle(f"k{number}", panel, x, y, marks.dot(7) + named, said, reach=13)


def _named(name, bold):
    look = "annkit-t annkit-b" if bold else "annkit-t"
    return f'<text class="{look}" text-anchor="middle" font-size="13" fill="currentColor">{html.escape(name)}</text>'


def _query(lab, panel):
    x, y = lab.seeks[lab.word - 1]
    said = _("what {word} seeks: ({x}, {y})").format(word=lab.names[lab.word - 1], x=fixed(x, 2), y=fixed(y, 2))
    return Handle("q", panel, x, y, marks.disc(COLOUR, "q", 11), said)


def _meanings(lab, panel, weights):
    """The meanings, and the point that all of them pull, each as strongly as it is looked at."""
    answer = lab.attention.answers[lab.word - 1]
    yield _as_thick(_straight(panel, answer, VALUES), weights, 0.45)
    dots, names = "", ""
    for (__, b), (left, top), name in zip(VALUES, panel.place(*np.transpose(VALUES)).tolist(), lab.names, strict=True):
        dots += f"M{left:.1f},{top:.1f}h0"
        names += f'<text x="{left:.1f}" y="{top + (16 if b < 0 else -16):.1f}">{html.escape(name)}</text>'
    yield f'<path d="{dots}" class="annkit-p" stroke="currentColor" stroke-width="9"/>'
    yield f'<g class="annkit-t" text-anchor="middle" font-size="13" fill="currentColor">{names}</g>'
    yield marks.at(panel, *answer, marks.disc(COLOUR, "", 10))


def _table(lab, frame):
    """The numbers of all weights, a row for each word that looks."""
    table, weights, shown = frame.table, lab.attention.weights, _shown(lab)
    numbers = ""
    for row, number in enumerate(shown):
        name = lab.names[number]
        yield marks.text(table, 0, row + 0.5, name, anchor="end", shift=(-6, 0), bold=number + 1 == lab.word)
        x, y = table.spot(row + 0.5, 0)
        slanted = _named(name, number + 1 == lab.word).replace("middle", "end")
        yield f'<g transform="translate({x + 4:.1f},{y - 9:.1f})rotate(45)">{slanted}</g>'
        for column, other in enumerate(shown):
            left, top = table.spot(column + 0.5, row + 0.5)
            numbers += f'<text x="{left:.0f}" y="{top:.0f}">{fixed(weights[number, other], 2)}</text>'
    yield f'<g class="annkit-t" text-anchor="middle" font-size="12" fill="currentColor">{numbers}</g>'
    row = int(np.flatnonzero(shown == lab.word - 1)[0])
    left, top = table.spot(0, row)
    yield marks.box(left, top, table.width, table.height / COUNT, stroke=COLOUR, round=4)
