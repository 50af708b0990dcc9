"""The sentence of the attention lab, and the numbers that its words begin with."""

from annkit.translation import N_

WORDS = (N_("cat"), N_("left"), N_("milk"), N_("because"), N_("it"), N_("sour"))
"""What is left of *The cat left the milk because it was sour*, so that the picture stays small."""
COUNT = len(WORDS)
SEEKS = ((-0.5, -1.5), (2, 0), (-0.5, -1.5), (0, 0), (1, 0.5), (0.25, 2))
OFFERS = ((2, 0), (-1, -1), (0, 2), (-1.5, 0.5), (0.5, 0.5), (-0.5, -1.5))
VALUES = ((2.25, 1.5), (1.5, -1.75), (-2.25, 1.5), (0, -1), (0, 0.5), (-1.75, -1.75))
"""What each word seeks, offers and means, chosen by hand; a trained network finds such numbers by itself."""
