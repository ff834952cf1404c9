"""A stress test as a plain record, from which its document is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from loops.ensemble.ensemble import Ensemble
from loops.model import Model
from loops.parts import Part
from loops.scenario import Scenario
from loops.spread import Width
from loops.theory.claims import Claim
from loops.theory.stress import digest
from loops.theory.verdict import Verdict, weakest_first
from loops.theory.why import Why

if TYPE_CHECKING:  # so that the command line needs no database
    from loops.store.records import Observation


@dataclass(frozen=True)
class Findings:
    """What was tried and found: `ensembles` in the order they ran, `why` None where it was not looked for."""

    model: Model
    plans: Mapping[str, Scenario]
    claims: Sequence[Claim]
    """In the order of the ensembles' questions."""
    verdicts: Sequence[Verdict]
    ensembles: Sequence[Ensemble]
    why: Why | None = None
    plan: Scenario | None = None
    """Whose levers were ranked."""
    observed: Sequence[Observation] | None = None
    """What was seen, by date; None where there is no shared space, and then nothing is said of it."""
    names: bool = False
    """Whether to name who did or saw what was seen."""

    @property
    def weakest_first(self) -> list[Verdict]:
        """The verdicts, those least supported first."""
        return weakest_first(self.verdicts)

    @property
    def seed(self) -> int:
        """The seed that all of it can be repeated with."""
        return self.ensembles[0].seed

    @property
    def judged(self) -> dict[Width, int]:
        """In how many versions the claims were judged at each width that was tried."""
        return {each.width: each.done for each in self.ensembles if each.comparison.questions}

    @property
    def stopped(self) -> list[str]:
        """Why what is missing is missing."""
        after = {True: "; what would have come after it was not tried", False: ""}
        return [each.stopped + after[each.interrupted] for each in self.ensembles if each.stopped]

    @property
    def fingerprints(self) -> dict[str, str]:
        """What must agree for a result to be this one, by what it is of."""
        return {
            "Version of the product": version("living-loops"),
            "Model (SHA-256)": _hash(self.model),
            "What was claimed (SHA-256)": _hash(*self.claims),
            "Plans (SHA-256)": _hash(*(self.plans[key] for key in sorted(self.plans))),
            "Result (SHA-256)": digest(self.ensembles),
        }


def _hash(*parts: Part) -> str:
    return hashlib.sha256("".join(each.model_dump_json() for each in parts).encode()).hexdigest()
