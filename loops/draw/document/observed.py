"""What was seen, as a part of a stress test's document: beside each verdict, and never merged with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from loops.draw.claimed import VERDICTS
from loops.draw.document.findings import Findings
from loops.draw.document.prose import Block, Heading, Paragraph, Table
from loops.draw.seen import BEARINGS, EXPECTED, counted, not_here, titles, told

if TYPE_CHECKING:
    from loops.store.records import Observation

MOST = 300
"""Observations written out, the newest: a word processor is slow with longer tables."""


def observed(findings: Findings) -> Iterator[Block]:
    """Each verdict on which something that was seen bears, with how it does, then all that was seen."""
    found = findings.observed or ()
    if not found:
        yield Paragraph("Nothing has been written down about this model in the shared space.")
        return
    yield Paragraph(
        "Kept in the shared space by those who work there. What our assumptions say and what was seen are "
        "two things: they stand side by side, neither changes the other, and no score is made of both. "
        "Counts are of things written down, which nobody drew at random, and not of how often they happen."
    )
    of: dict[str, list[Observation]] = {}
    for each in found:
        of.setdefault(each.element, []).append(each)
    beside = tuple(_beside(findings, of))
    if beside:
        yield Table(("", "What we think happens", "Our assumptions", "What was seen"), beside, (1, 8, 4, 5))
    many = len(findings.verdicts)
    if len(beside) < many:
        yield Paragraph(f"About {many - len(beside)} of {many} sentences nothing has been written down yet.")
    shown = found[-MOST:]
    if len(found) > MOST:
        yield Paragraph(f"Written out are the newest {MOST} of {len(found):,}.")
    yield from _all(shown, titles(findings.model, findings.claims), names=findings.names)


def _beside(findings: Findings, of: Mapping[str, Sequence[Observation]]) -> Iterator[tuple[str, ...]]:
    for number, verdict in enumerate(findings.weakest_first, start=1):
        if about := of.get(f"claim:{verdict.claim.id}"):
            said = " to ".join(VERDICTS[each] for each in verdict.words)
            yield str(number), verdict.claim.sentence, said, counted(one.seen for one in about)


def _all(found: Sequence[Observation], called: Mapping[str, str], *, names: bool) -> Iterator[Block]:
    """A table for each thing that something was seen of, in the order of the model's file."""
    have = dict.fromkeys(each.element for each in found)
    head, shares = ["When", "What was seen", "Where it is from", "What it does", "Expected"], [4, 9, 4, 4, 4]
    if names:
        head.append("Who")
        shares.append(3)
    for element in [
        *(name for name in called if name in have),
        *(name for name in have if name not in called),
    ]:
        yield Heading(called.get(element) or not_here(element), 3)
        rows = (_row(each, names=names) for each in found if each.element == element)
        yield Table(tuple(head), tuple(rows), tuple(shares))


def _row(found: Observation, *, names: bool) -> tuple[str, ...]:
    each = found.seen
    row = (each.date, told(each), each.source, BEARINGS[each.bearing], EXPECTED[each.expected])
    return (*row, each.who) if names else row
