"""The second step of a stress test as parts of its document: reasons, missing evidence, parts of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loops.draw.claimed import VERDICTS, decides, follows, path
from loops.draw.document.findings import Findings
from loops.draw.document.prose import Block, Heading, Paragraph, Table
from loops.draw.scale import years
from loops.model import Model
from loops.narrate import listed
from loops.theory.claims import MARGIN, Claim
from loops.theory.explain import Explained
from loops.theory.gaps import PAYS, Gap
from loops.theory.levers import Band
from loops.theory.path import PathShare
from loops.theory.told import group_in_words, sentence

_NOT_RUN = "This was not looked for."
_TOP, _TOP_GAPS = 3, 15
"""Rows shown of each claim's arrows, and of all arrows."""


def reasons(findings: Findings) -> Iterator[Block]:
    """Each claim in realist form with its verdict, when it fails, what decides, and along which path."""
    explained = {each.claim.id: each for each in findings.why.explained} if findings.why else {}
    for number, verdict in enumerate(findings.weakest_first, start=1):
        claim = verdict.claim
        yield Heading(f"{number}. {claim.sentence}", 3)
        said = " to ".join(VERDICTS[each] for each in verdict.words)
        yield Paragraph(f"Our assumptions: {said}.")
        yield Table(("", "What we think"), tuple(_realist(claim, findings)), (1, 4))
        if found := explained.get(claim.id):
            yield Paragraph(sentence(found.discovery, findings.model, found.way))
            yield Paragraph(decides(found, findings.model))
            if found.first and found.first.ranked:
                yield _arrows(found, findings.model)
            yield Paragraph(path(found.path, findings.model, claim) + _lost(found.path))
        else:
            yield Paragraph("When it tends to fail, what decides and along which path was not looked for.")


def _lost(found: PathShare | None) -> str:
    """The figures behind the share that runs along a path."""
    if found is None or found.ended == "no effect":
        return ""
    share, cut = found.weakest.frozen, found.weakest.cut
    return (
        f" In figures: the difference is {found.effect:+.3f} on average over {found.worlds:,} versions, and "
        f"{share.value:.0%} of it ({share.low:.0%} to {share.high:.0%} at 95%) is lost when that arrow "
        f"carries only what it carries in the other run, {cut.value:.0%} when it is taken out of both runs."
    )


def _realist(claim: Claim, findings: Findings) -> Iterator[tuple[str, str]]:
    yield "For whom", claim.for_whom
    yield "In what circumstances", claim.context
    yield "What is offered", claim.resource
    yield "How people reason", claim.reasoning
    yield "What comes of it", follows(claim, findings.model, findings.plans)
    if claim.locator:
        yield "Where the source says it", claim.locator
    if claim.version > 1:
        yield f"Version {claim.version}", claim.changed


def _arrows(found: Explained, model: Model) -> Table:
    """The most influential groups of guesses, alone with their interval and together with others."""
    together = (
        {index.group: f"{_share(index.value)}" for index in found.totals.ranked} if found.totals else {}
    )
    rows = (
        (
            group_in_words(index.group, model),
            _share(index.value),
            _span(index.low, index.high),
            together.get(index.group, "not worked out"),
        )
        for index in (found.first.ranked[:_TOP] if found.first else ())
    )
    return Table(("How much depends on", "Alone", "At 95%", "With others"), tuple(rows), (6, 2, 3, 3))


def pays(findings: Findings) -> str:
    """Where more evidence pays most; nothing where that was not looked for or there is no doubt."""
    found = findings.why.gaps if findings.why else None
    if found is None or not found.links:
        return ""
    paying = [gap for gap in found.links if gap.pays]
    if not paying:
        return f"No single arrow carries as much as {PAYS:.0%} of the doubt: many do together, each a little."
    names = listed([group_in_words(gap.group, findings.model) for gap in paying])
    return f"More evidence pays most at {names}: {_share(sum(gap.influence for gap in paying))} of the doubt."


def gaps(findings: Findings) -> Iterator[Block]:
    """Which arrows the verdicts hang on, against how well they are known."""
    found = findings.why.gaps if findings.why else None
    if found is None:
        yield Paragraph(_NOT_RUN)
        return
    if not found.links:
        yield Paragraph(
            "Every sentence holds in all versions or in none, so no evidence would change a verdict."
        )
        return
    yield Paragraph(
        "How much of the doubt about all verdicts would go, on average, if one arrow's numbers were known. A "
        "sentence counts by how much doubt there is about it. Where much depends on an arrow and no source "
        "states all of it, the next bit of evaluation pays most. The last column counts the sentences whose "
        "verdict depends on it more than on anything else."
    )
    yield Paragraph(pays(findings))
    known = [f"{_share(share)} is on arrows that are {grade}" for grade, share in found.by_grade().items()]
    alone = sum(gap.influence for gap in (*found.links, *found.others))
    yield Paragraph(
        f"Of the doubt, {listed(known)}. All arrows and all else, each by itself, come to {_share(alone)}; "
        "the rest is in what several do only together."
    )
    yield _gap_table(found.links[:_TOP_GAPS], findings.model, "Arrow")
    if found.others:
        yield Paragraph(
            "And what is no arrow: no source is asked for a box's own start, gain and fade, so these are "
            "guesses of ours; a circumstance can be watched."
        )
        yield _gap_table(found.others[:_TOP], findings.model, "Box or circumstance")


def _gap_table(found: Sequence[Gap], model: Model, what: str) -> Table:
    rows = (
        (
            group_in_words(gap.group, model),
            ", ".join([gap.grade, *(f"its {name} {grade}" for name, grade in gap.numbers.items())]),
            _share(gap.influence),
            _span(gap.low, gap.high),
            str(len(gap.decides)),
        )
        for gap in found
    )
    return Table(
        (what, "How it is known", "Of the doubt", "At 95%", "Decides"),
        tuple(rows),
        (12, 6, 4, 5, 4),
    )


def levers(findings: Findings) -> Iterator[Block]:
    """What each lever of one plan does alone, and what is missed without it."""
    found = findings.why.levers if findings.why else None
    if found is None or findings.plan is None:
        yield Paragraph(_NOT_RUN)
        return
    if found.stopped:
        yield Paragraph(f"Cut short: {found.stopped}.")
    if not found.levers:
        yield Paragraph(f"“{findings.plan.title}” moves nothing, or no version was tried.")
        return
    label = findings.model.nodes[found.variable].label
    yield Paragraph(
        f"What each part of “{findings.plan.title}” does to “{label}” after {years(found.month)}, over "
        f"{found.worlds:,} versions: when it is all that is done, and what is missed when everything else "
        "is. It is for judging the theory, not for ranking the people who do the work. Figures go from 0, "
        "not yet, to 1, fully: the middle version, and between which two values 8 in 10 of them are."
    )
    rows = (
        (
            findings.model.nodes[each.lever].label,
            _band(each.alone),
            _band(each.missed),
            f"{each.missed.matters:.0%}",
        )
        for each in found.levers
    )
    head = ("Part of the plan", "Alone", "Missed without it", f"Missed by {MARGIN:g} or more")
    yield Table(head, tuple(rows), (4, 4, 4, 2))


def _band(band: Band) -> str:
    return f"{band.middle:+.2f} ({band.low:+.2f} to {band.high:+.2f})"


def _share(share: float) -> str:
    """A share as a percentage; one just below nothing by luck is nothing."""
    return "under 1%" if share < 0.01 else f"{share:.0%}"


def _span(low: float, high: float) -> str:
    return f"{max(low, 0.0):.0%} to {max(high, 0.0):.0%}"
