"""Notes that readers of models with formulas leave: what was taken from flows and formulas, what was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loops.interchange.draft import DraftArrow, Note

BY_FORMULA = "The sign was read from a formula."
"""The note on an arrow whose sign the drawing does not give."""
_SHOWN = 3


def of_flows(arrows: Sequence[DraftArrow]) -> list[Note]:
    """How flows were taken."""
    if not arrows:
        return []
    says = (
        "A flow is a box of its own. An arrow with a + leads from it to the stock that it fills, and one "
        f"with a − to the stock that it drains. Arrows made so: {len(arrows)}."
    )
    return [Note("assumed", "", says)]


def of_formulas(arrows: Sequence[DraftArrow], labels: Mapping[str, str], source: str) -> list[Note]:
    """Which signs were read from formulas; `source` says how, and ends the sentence."""
    if not arrows:
        return []
    pairs = [
        f"“{labels[arrow.source]}” → “{labels[arrow.target]}” {arrow.sign.replace('-', '−')}"
        for arrow in arrows
    ]
    says = f"Signs that the drawing does not give were read from {source}: {shown(pairs)}."
    return [Note("assumed", "", says)]


def left_out(what: str, places: Sequence[str]) -> list[Note]:
    """That some things of the file are not used: what, how many, and where they stand."""
    return [Note("left out", shown(places), f"{what}: {len(places)}.")] if places else []


def shown(names: Sequence[str]) -> str:
    """The first few of some names, and how many more there are.

    >>> shown(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
