"""Where a system comes to rest, how firmly, and what it gives back of what is put in."""

from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.multiplier import Multiplier, Reproduction, feedback_multiplier, reproduction
from loops.equilibrium.rest import RestState, RestStates, rest_states
from loops.equilibrium.returns import Crossing, ReturnCurve, return_curve
from loops.equilibrium.stability import Stability, Swing, stability

__all__ = [
    "Crossing",
    "Multiplier",
    "Reproduction",
    "RestState",
    "RestStates",
    "ReturnCurve",
    "Stability",
    "Swing",
    "afterwards",
    "feedback_multiplier",
    "reproduction",
    "rest_states",
    "return_curve",
    "stability",
]
