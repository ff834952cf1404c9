"""Which loop leads, and when that changes, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from loops.dominance.lead import Lead
from loops.draw.push import comes_back
from loops.draw.scale import years
from loops.kernel import Floats
from loops.narrate import listed

_MOST_SAID = 5
"""Leads that are told one by one; of more than that the first and the last are."""
_AS_MUCH = 1.2
"""Where words change from a part of a push to more than the push: between all of it and 1½ times."""
_NOBODY = "no loop gives anything back"


def story(leads: Sequence[Lead], names: Sequence[str], *, among: str = "") -> str:
    """Who leads from when; `names` are those of the loops that leads point to, `among` who was compared.

    >>> story([Lead(0, 0, 14), Lead(1, 14, 240)], ["Working together", "Seeing is believing"])
    'From the start “Working together” leads; from month 14 (about 1 year) “Seeing is believing” leads.'
    """
    begin = f"{among}: " if among else ""
    if len(leads) == 1 and leads[0].place is not None:
        return f"{begin}“{names[leads[0].place]}” leads all the way."
    said = [_since(lead, names) for lead in leads]
    if len(said) > _MOST_SAID:
        said = [*said[:3], f"the lead changes {len(said) - 4} more times", said[-1]]
    told = begin + "; ".join(said)
    return f"{told[:1].upper()}{told[1:]}."


def when(month: float) -> str:
    """A month, with the time in words where it is a year or more.

    >>> when(0), when(7), when(31)
    ('the start', 'month 7', 'month 31 (about 2½ years)')
    """
    if month < 1:
        return "the start"
    return f"month {month:.0f}" + (f" (about {years(month)})" if month >= 12 else "")


def undecided(names: Sequence[str]) -> str:
    """That leaders with an arrow of unknown sign on them are no snowballs, nor brakes, yet.

    >>> undecided(["Word of mouth"])
    '“Word of mouth” is either a snowball or a brake: an arrow on it has no sign yet.'
    """
    if not names:
        return ""
    each = "is either a snowball or a brake: an arrow on it has"
    if len(names) > 1:
        each = "are each either a snowball or a brake: an arrow on each has"
    return f"{listed([f'“{name}”' for name in names])} {each} no sign yet."


def in_the_end(name: str, gain: float, letter: str = "") -> str:
    """What the last leader's strength means for a small push at the end."""
    size = abs(gain)
    if letter == "?":
        does = "which way round depends on the sign that is not known"
    elif gain < 0:
        does = "but turned round, for it is a brake"
    elif size < 0.97:
        does = "alone it lets a push die out (“Will it last?” takes all loops together)"
    elif size > 1.03:
        does = "by this loop alone a small push grows"
    else:
        does = "by this loop alone a small push neither grows nor dies out"
    share = comes_back(abs(gain)) + (" of" if size < _AS_MUCH else " as much as")
    return f"At the end {share} a small push comes back once round “{name}”: {does}."


def stillness(resting: NDArray[np.bool_]) -> str:
    """When nothing moves: then the loops only say what would become of a push."""
    if resting.all():
        return "Hardly anything moves under this plan: the loops say what would become of a small push."
    if not resting[-1]:
        return ""
    since = int(np.flatnonzero(~resting)[-1]) + 1
    return (
        f"From {when(since)} on hardly anything moves: the loops then say what would become of a small push."
    )


def without_a_name(gains: Floats, named: Sequence[int], names: Sequence[str]) -> str:
    """Whether loops that nobody has named give back more than every named one; gains (T, F) of all.

    `names` say of a loop without a name which boxes it passes.
    """
    others = np.setdiff1d(np.arange(gains.shape[1]), named)
    if not others.size or not gains.size:
        return ""
    size = np.abs(gains)
    strongest = int(others[size[:, others].max(axis=0).argmax()])
    whole = len(gains) - 1
    months = min(int((size[:, others].max(axis=1) > size[:, named].max(axis=1, initial=0.0)).sum()), whole)
    if not months:
        return "No loop without a name ever gives back more than these."
    most = gains[size[:, strongest].argmax(), strongest]
    mostly = "But loops without a name mostly give" if 2 * months > whole else "Loops without a name give"
    return (
        f"{mostly} back more: in {months} of {whole} months some loop does. The strongest of them is "
        f"{names[strongest]}: at most {comes_back(most)}."
    )


def _since(lead: Lead, names: Sequence[str]) -> str:
    who = _NOBODY if lead.place is None else f"“{names[lead.place]}” leads"
    return f"from {when(lead.since)} {who}"
