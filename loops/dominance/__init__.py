"""Which feedback loops drive a run, and when: how strong each is, and how much of the change it explains."""

from loops.dominance.gain import loop_gains
from loops.dominance.lead import Lead, leads
from loops.dominance.moments import Moments, moments
from loops.dominance.scores import Circuit, Scores, link_scores, loop_scores
from loops.dominance.shares import Band, Shares, bands, shares
from loops.dominance.strongest import Strongest, strongest

__all__ = [
    "Band",
    "Circuit",
    "Lead",
    "Moments",
    "Scores",
    "Shares",
    "Strongest",
    "bands",
    "leads",
    "link_scores",
    "loop_gains",
    "loop_scores",
    "moments",
    "shares",
    "strongest",
]
