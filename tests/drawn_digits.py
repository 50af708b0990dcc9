"""Digits as hands might draw them, made up: 44 ways to write the ten digits, shaken, slanted, turned and resized.

They stand in for learners' drawings: no network has learned from them.
"""

import numpy as np

from annkit import ink


def arc(x, y, across, down, start, end):
    """Points of an ellipse around (x, y), between two angles in degrees: 0 is right, 90 is down."""
    angles = np.radians(np.linspace(start, end, 14))
    return [*zip(x + across * np.cos(angles), y + down * np.sin(angles), strict=True)]


WAYS = {
    0: [
        [arc(0.5, 0.5, 0.34, 0.5, -90, 270)],
        [arc(0.5, 0.5, 0.42, 0.48, -60, 310)],
        [arc(0.5, 0.5, 0.26, 0.5, -100, -470)],
        [arc(0.5, 0.5, 0.38, 0.5, -120, 250)],
    ],
    1: [
        [[(0.5, 0), (0.5, 1)]],
        [[(0.3, 0.22), (0.55, 0), (0.55, 1)]],
        [[(0.62, 0), (0.42, 1)]],
        [[(0.25, 0.25), (0.5, 0), (0.5, 1)], [(0.25, 1), (0.78, 1)]],
        [[(0.35, 0.2), (0.55, 0.02), (0.5, 1)]],
    ],
    2: [
        [[(0.12, 0.25), *arc(0.5, 0.27, 0.36, 0.27, -170, 30), (0.7, 0.55), (0.1, 1), (0.92, 1)]],
        [[(0.2, 0.15), (0.5, 0), (0.8, 0.15), (0.82, 0.35), (0.5, 0.7), (0.12, 1), (0.9, 0.98)]],
        [[(0.15, 0.3), (0.5, 0), (0.82, 0.3), (0.25, 0.92), (0.18, 1), (0.3, 0.88), (0.5, 0.95), (0.95, 0.9)]],
        [[(0.15, 0.2), (0.45, 0.02), (0.78, 0.18), (0.7, 0.48), (0.15, 0.98), (0.5, 0.98), (0.9, 1)]],
    ],
    3: [
        [[(0.15, 0.12), (0.5, 0), (0.8, 0.2), (0.45, 0.48), (0.82, 0.62), (0.85, 0.85), (0.5, 1), (0.12, 0.88)]],
        [[(0.15, 0), (0.85, 0), (0.45, 0.4), (0.8, 0.5), (0.88, 0.75), (0.6, 1), (0.12, 0.9)]],
        [[(0.2, 0.15), (0.45, 0), (0.75, 0.2), (0.5, 0.45)], [(0.5, 0.45), (0.8, 0.55), (0.55, 1), (0.15, 0.9)]],
        [arc(0.45, 0.25, 0.35, 0.25, -160, 80) + arc(0.45, 0.74, 0.4, 0.26, -80, 150)],
    ],
    4: [
        [[(0.62, 0), (0.1, 0.65), (0.92, 0.65)], [(0.68, 0.35), (0.65, 1)]],
        [[(0.2, 0), (0.15, 0.5), (0.8, 0.5)], [(0.8, 0), (0.78, 1)]],
        [[(0.65, 1), (0.65, 0), (0.08, 0.68), (0.95, 0.68)]],
        [[(0.25, 0.05), (0.15, 0.45), (0.25, 0.55), (0.75, 0.5)], [(0.78, 0.1), (0.7, 1)]],
        [[(0.5, 0), (0.12, 0.6), (0.88, 0.58)], [(0.6, 0.4), (0.55, 1)]],
    ],
    5: [
        [[(0.85, 0), (0.25, 0), (0.2, 0.42), (0.5, 0.36), (0.82, 0.5), (0.85, 0.78), (0.55, 1), (0.12, 0.9)]],
        [[(0.25, 0), (0.2, 0.45), (0.55, 0.38), (0.85, 0.6), (0.75, 0.92), (0.1, 0.9)], [(0.25, 0), (0.85, 0.02)]],
        [[(0.8, 0.02), (0.28, 0.05), (0.2, 0.45), (0.6, 0.42), (0.82, 0.68), (0.6, 0.97), (0.15, 0.95)]],
        [[(0.9, 0), (0.3, 0.02), (0.22, 0.4), *arc(0.45, 0.68, 0.38, 0.3, -110, 140)]],
    ],
    6: [
        [[(0.7, 0), (0.38, 0.2), (0.2, 0.55), (0.2, 0.85), (0.5, 1), (0.8, 0.85), (0.8, 0.6), (0.5, 0.5), (0.2, 0.7)]],
        [[(0.55, 0), (0.25, 0.35), (0.15, 0.7), (0.35, 1), (0.7, 0.95), (0.82, 0.7), (0.6, 0.52), (0.18, 0.75)]],
        [[(0.35, 0), (0.2, 0.4), (0.18, 0.8), (0.45, 1), (0.78, 0.85), (0.72, 0.6), (0.45, 0.55), (0.2, 0.72)]],
        [[(0.8, 0.1), (0.5, 0), (0.2, 0.3), (0.12, 0.7), (0.4, 1), (0.8, 0.85), (0.75, 0.6), (0.45, 0.5), (0.15, 0.7)]],
    ],
    7: [
        [[(0.12, 0.02), (0.88, 0.02), (0.4, 1)]],
        [[(0.15, 0.05), (0.85, 0), (0.6, 0.45), (0.45, 1)]],
        [[(0.12, 0.02), (0.88, 0.02), (0.42, 1)], [(0.3, 0.5), (0.8, 0.5)]],
        [[(0.15, 0.18), (0.15, 0.02), (0.85, 0.02), (0.5, 0.55), (0.4, 1)]],
        [[(0.1, 0.05), (0.9, 0.02), (0.55, 0.4), (0.45, 1)], [(0.28, 0.52), (0.75, 0.45)]],
    ],
    8: [
        [[(0.75, 0.12), (0.45, 0), (0.2, 0.18), (0.82, 0.72), (0.55, 1), (0.18, 0.8), (0.75, 0.25), (0.75, 0.12)]],
        [arc(0.5, 0.25, 0.28, 0.25, 90, 450) + arc(0.5, 0.75, 0.36, 0.25, -90, 270)],
        [arc(0.5, 0.24, 0.3, 0.24, 60, 400), arc(0.5, 0.74, 0.34, 0.27, -90, 270)],
        [[(0.7, 0.05), (0.35, 0.05), (0.25, 0.28), (0.75, 0.8), (0.5, 1), (0.22, 0.85), (0.7, 0.3), (0.72, 0.05)]],
    ],
    9: [
        [[(0.8, 0.2), (0.5, 0), (0.2, 0.2), (0.3, 0.45), (0.6, 0.48), (0.8, 0.25), (0.78, 0.6), (0.7, 1)]],
        [[*arc(0.48, 0.26, 0.32, 0.26, -20, -370), (0.78, 0.6), (0.72, 1)]],
        [[(0.78, 0.12), (0.45, 0.02), (0.2, 0.25), (0.4, 0.48), (0.78, 0.3), (0.8, 0.15), (0.55, 0.95), (0.2, 1)]],
        [[(0.75, 0.1), (0.4, 0), (0.18, 0.28), (0.4, 0.5), (0.72, 0.35), (0.78, 0.05), (0.72, 1)]],
        [[(0.7, 0.28), (0.6, 0.05), (0.3, 0.1), (0.25, 0.4), (0.5, 0.5), (0.7, 0.28), (0.65, 0.7), (0.45, 1)]],
    ],
}  # fmt: skip
"""For each digit some ways to write it: strokes through points of a box, across and down from 0 to 1."""


def drawings(times, seed):
    """Every way so many times: the inks, shape (n, 32, 32), and the digits, shape (n,)."""
    random = np.random.default_rng(seed)
    drawn = [(_drawn(way, random), digit) for digit, ways in WAYS.items() for way in ways for __ in range(times)]
    inks, digits = zip(*drawn, strict=True)
    return np.array(inks), np.array(digits)


def _drawn(way, random):
    height, narrow = random.uniform(15, 27), random.uniform(0.5, 0.85)
    slant, turn = random.normal(0, 0.12), random.normal(0, np.radians(5))
    move = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ [[1, -slant], [0, 1]]
    strokes = [np.array(points) + random.normal(0, 0.025, (len(points), 2)) for points in way]
    edged = random.random() < 0.35
    strokes = [points if edged else _rounded(points) for points in strokes]
    strokes = [((points - 0.5) * [narrow * height, height]) @ move.T for points in strokes]
    low, high = (bound(np.concatenate(strokes), axis=0) for bound in (np.min, np.max))
    scale = min(1, *(26 / (high - low)))
    corner = 3 + np.maximum(26 - (high - low), 0) * random.uniform(0.2, 0.8, 2)
    return np.logical_or.reduce([ink.stroke(((points - low) * scale + corner).clip(1, 31)) for points in strokes])


def _rounded(points):
    """A smooth curve through the points (Catmull and Rom's), as a hand rounds corners."""
    if len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t, parts = np.linspace(0, 1, 8, endpoint=False)[:, None], []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        parts.append(b + 0.5 * ((c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, points[-1:]])
