"""The links of a model from the arrows of a draft: one for each pair and delay, and what was assumed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, get_args

from loops.editing.changes import USUAL, Remove, Set
from loops.editing.pieces import SIGNS, pair_part
from loops.interchange.boxes import Boxes
from loops.interchange.draft import DraftArrow, Mend, Note
from loops.interchange.naming import text_of
from loops.interchange.words import plain
from loops.model import LONGEST_DELAY, Link
from loops.parts import Grade, Polarity

_STRONGEST, _SHORTEST, _MOST_BENT = 2.0, 0.5, 2.0
"""The strength, delay and bend that a link may have at most, at least and at most."""
_STEEP = range(2, 9)
_GRADES = get_args(Grade)


def usual_weight(arrows: Sequence[DraftArrow]) -> float | None:
    """The middle one of the weights in a file, which stands for a link of :data:`USUAL` strength."""
    weights = [weight for weight in _weights(arrows) if weight > 0]
    return statistics.median(weights) if weights else None


def links_of(arrows: Sequence[DraftArrow], boxes: Boxes) -> tuple[list[Link], list[Note]]:
    """The links that arrows make, and notes of what did not fit.

    Arrows of one pair, delay and critical mass become one link. The sign is the one that all of their pair
    and delay agree on, and ``?`` when one says + and another -.
    """
    notes: list[Note] = []
    ids, labels = boxes.ids, boxes.labels
    whole: dict[tuple[str, str, float], list[DraftArrow]] = {}
    for arrow in arrows:
        if arrow.source in ids and arrow.target in ids:
            ends = (ids[arrow.source], ids[arrow.target], _delay(arrow, notes))
            whole.setdefault(ends, []).append(arrow)
        else:
            notes.append(_dangling(arrow, boxes))
    usual = usual_weight(arrows)
    links = []
    for (source, target, delay), beside in whole.items():
        words = f"“{labels[source]}” → “{labels[target]}”"
        sign = _sign(beside, (source, target), words, notes)
        for form, same in _by_form(beside, words, notes).items():
            _tell_repeats(same, sign, words, notes)
            links.append(
                Link(
                    source=source,
                    target=target,
                    polarity=sign,
                    strength=_strength(same, usual, words, notes),
                    delay=delay,
                    bend=_bend(same[0]),
                    evidence=_grade(same),
                    reason=_reason(same, sign),
                    passage=_first(arrow.passage for arrow in same),
                    locator=_first(arrow.locator for arrow in same),
                    **form.fields,
                )
            )
    return links, notes


class _Form(NamedTuple):
    """How an arrow follows its source: plainly, or once a critical mass is reached."""

    threshold: float | None = None
    steepness: int | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of a link that say so."""
        return {name: value for name, value in self._asdict().items() if value is not None}


def _by_form(beside: Sequence[DraftArrow], words: str, notes: list[Note]) -> dict[_Form, list[DraftArrow]]:
    """Arrows of one pair and delay by their form, with notes of forms that are not allowed."""
    found: dict[_Form, list[DraftArrow]] = {}
    for arrow in beside:
        form = _Form()
        if arrow.threshold is not None:
            steepness = 4 if arrow.steepness is None else arrow.steepness
            if 0.01 <= arrow.threshold <= 0.99 and steepness in _STEEP:
                form = _Form(arrow.threshold, int(steepness))
            else:
                says = (
                    f"{words} has a critical mass of {arrow.threshold:g}, steepness {steepness:g}: 0.01 to "
                    "0.99, and a whole number from 2 to 8, are allowed. It acts without one."
                )
                notes.append(Note("assumed", arrow.place, says))
        found.setdefault(form, []).append(arrow)
    return found


def _first(texts: Iterable[str]) -> str | None:
    return next((text for words in texts if (text := text_of(words))), None)


def _dangling(arrow: DraftArrow, boxes: Boxes) -> Note:
    says = "An arrow has no box at either end. It is left out."
    for end, way in ((arrow.source, "from"), (arrow.target, "to")):
        if end in boxes.ids:
            known = boxes.labels[boxes.ids[end]]
            says = f"An arrow {way} “{known}” has no box at its other end. It is left out."
    return Note("dangling", arrow.place, says)


def either_sign(pair: tuple[str, str]) -> tuple[Mend, ...]:
    """What can be done about an arrow whose sign is not known."""
    part = pair_part(pair)
    return (
        Mend("More leads to more (+)", Set(part, (("polarity", "+"),))),
        Mend("More leads to less (−)", Set(part, (("polarity", "-"),))),
        Mend("Take the arrow out", Remove(part)),
    )


def _sign(same: Sequence[DraftArrow], pair: tuple[str, str], words: str, notes: list[Note]) -> Polarity:
    """The sign that the arrows of one pair agree on, with notes of what they do not say."""
    known = {arrow.sign for arrow in same if arrow.sign != "?"}
    sign: Polarity = next(iter(known)) if len(known) == 1 else "?"
    place = _places(same)
    if len(known) > 1:
        says = f"{words} is drawn as + and as −. It is one arrow with a ?."
        notes.append(Note("opposite", place, says, either_sign(pair)))
    elif not known:
        says = f"{words} does not say + or −. It is drawn with a ?."
        notes.append(Note("sign", place, says, either_sign(pair)))
    if pair[0] == pair[1]:
        out = Mend("Take the arrow out", Remove(pair_part(pair)))
        notes.append(Note("self", place, f"{words} leads from a box to itself. It is kept.", (out,)))
    return sign


def _tell_repeats(same: Sequence[DraftArrow], sign: Polarity, words: str, notes: list[Note]) -> None:
    """Notes of an arrow that is drawn more than once."""
    if len(same) > 1 >= len({arrow.sign for arrow in same if arrow.sign != "?"}):
        says = f"{words} is drawn {len(same)} times. It counts once, as {SIGNS[sign]}."
        notes.append(Note("repeat", _places(same), says))
    if len({(arrow.strength, arrow.weight) for arrow in same}) > 1:
        says = f"{words} is drawn with several strengths. The largest is used."
        notes.append(Note("assumed", _places(same), says))


def _places(arrows: Sequence[DraftArrow]) -> str:
    return ", ".join(dict.fromkeys(arrow.place for arrow in arrows if arrow.place))


def _strength(same: Sequence[DraftArrow], usual: float | None, words: str, notes: list[Note]) -> float:
    """Per month: what the file says, or its weight against the usual one; the largest of repeats."""
    said = [arrow.strength for arrow in same if arrow.strength is not None]
    if not said and usual is not None:
        said = [USUAL * weight / usual for weight in _weights(same)]
    if not said:
        return USUAL
    strength = max(said)
    if not 0 <= strength <= _STRONGEST:
        bound = _STRONGEST if strength > _STRONGEST else USUAL
        says = f"{words} has a strength of {strength:g}. It is {bound:g} a month: 0 to 2 is allowed."
        notes.append(Note("assumed", same[0].place, says))
        return bound
    return strength


def _weights(arrows: Sequence[DraftArrow]) -> list[float]:
    """The weights that can be compared: of an endless one nothing follows for the others."""
    return [arrow.weight for arrow in arrows if arrow.weight is not None and math.isfinite(arrow.weight)]


def _delay(arrow: DraftArrow, notes: list[Note]) -> float:
    """Months: what the file says, brought between half a month and the longest that is allowed."""
    delay = arrow.delay or 0.0
    fits = min(max(delay, _SHORTEST), LONGEST_DELAY) if delay > 0 else 0.0
    if fits != delay:
        says = f"A delay of {delay:g} months is {fits:g} here: 0, or 0.5 to {LONGEST_DELAY}, is allowed."
        notes.append(Note("delay", arrow.place, says))
    return float(fits)


def _bend(arrow: DraftArrow) -> float | None:
    bend = arrow.bend
    return bend if bend is not None and math.isfinite(bend) and abs(bend) <= _MOST_BENT else None


def _grade(same: Sequence[DraftArrow]) -> Grade:
    """The evidence that a file gives in our words; anything else is assumed, and kept as the reason."""
    said = [plain(arrow.evidence).casefold() for arrow in same]
    return next((grade for grade in _GRADES if grade in said), "assumed")


def _reason(same: Sequence[DraftArrow], sign: Polarity) -> str:
    """What the file says of an arrow, and what was assumed of it."""
    told = [part for arrow in same for part in (arrow.note, _evidence(arrow)) if part]
    marked = ["The file marks a delay and not how long."] if any(arrow.delay_marked for arrow in same) else []
    known = any(arrow.sign != "?" for arrow in same)
    unsigned = [f"The file {'says + and −' if known else 'does not say which sign'}."] if sign == "?" else []
    return text_of(*dict.fromkeys([*told, *marked, *unsigned]))


def _evidence(arrow: DraftArrow) -> str:
    words = plain(arrow.evidence)
    return f"Evidence: {words}" if words and words.casefold() not in _GRADES else ""
