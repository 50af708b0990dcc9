"""The labs: one file each. Every lab can be made without arguments and shown as the last line of a cell.

Beside them `Guess`, for what is to be predicted first.
"""

from annkit.labs.activation import ActivationLab
from annkit.labs.attention import AttentionLab
from annkit.labs.backprop import BackpropLab
from annkit.labs.base.guess import Guess as Guess
from annkit.labs.bumps import BumpsLab
from annkit.labs.convolution import ConvolutionLab
from annkit.labs.descent import DescentLab
from annkit.labs.digits import DigitsLab
from annkit.labs.explain import ExplainLab
from annkit.labs.forward import ForwardLab
from annkit.labs.grid import GridLab
from annkit.labs.landscape import LandscapeLab
from annkit.labs.matrix import MatrixLab
from annkit.labs.overfit import OverfitLab
from annkit.labs.perceptron import PerceptronLab
from annkit.labs.playground import Playground
from annkit.labs.race import RaceLab
from annkit.labs.recurrent import RecurrentLab
from annkit.labs.rule import RuleLab
from annkit.labs.saliency import SaliencyLab
from annkit.labs.softmax import SoftmaxLab
from annkit.labs.space import SpaceLab
from annkit.labs.speed import SpeedLab
from annkit.labs.tap import TapLab
from annkit.labs.vanishing import VanishingLab
from annkit.labs.xor import XorLab

__all__ = ["ActivationLab", "AttentionLab", "BackpropLab", "BumpsLab", "ConvolutionLab", "DescentLab", "DigitsLab"]
__all__ += ["ExplainLab", "ForwardLab", "GridLab", "LandscapeLab", "MatrixLab", "OverfitLab", "PerceptronLab"]
__all__ += ["Playground", "RaceLab", "RecurrentLab", "RuleLab", "SaliencyLab", "SoftmaxLab", "SpaceLab", "SpeedLab"]
__all__ += ["TapLab", "VanishingLab", "XorLab"]
