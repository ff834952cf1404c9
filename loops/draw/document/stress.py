"""A stress test of programme theory as a Word file and as Markdown, for the evaluator."""

from __future__ import annotations

from collections.abc import Iterator

from loops.draw.claimed import VERDICTS, in_all
from loops.draw.document import office, prose
from loops.draw.document.findings import Findings
from loops.draw.document.observed import observed
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Table
from loops.draw.document.rameses import CHECKLIST, TEAM
from loops.draw.document.reasons import gaps, levers, pays, reasons
from loops.draw.scale import ASSUMPTIONS, ASSUMPTIONS_IN_SHORT
from loops.spread import WIDTHS
from loops.theory.verdict import PARTLY, SUPPORTED, Verdict

OBSERVED = "What was seen"
"""The section that is there only where there is a shared space."""
SECTIONS = (
    "In short",
    "How it was tried",
    "What we think happens",
    OBSERVED,
    "Why, one by one",
    "Where evidence is missing",
    "What each part of the plan does",
    "What this cannot say",
    "Sampling error",
    "Checklist for realist evaluations",
)
_MODEL_ONLY = (
    "It says what follows from the diagram and the numbers in it. It is no evidence that any of it happens.",
    "A share of versions is no probability: how the versions are spread is an assumption too, which is why "
    "there are three widths.",
    "It varies the numbers, and whether an assumed arrow is there. It cannot find an arrow that nobody drew.",
    "When something tends to fail is a pattern among versions of the assumptions, not a cause found in "
    "practice.",
    "How much depends on an arrow is rather said too low than too high, and leaves out what several do only "
    "together. What runs along a path is so in the model alone.",
)


def word(findings: Findings) -> bytes:
    """The stress test as a Word file."""
    return office.word(_blocks(findings), title=_title(findings), foot=ASSUMPTIONS_IN_SHORT)


def markdown(findings: Findings) -> str:
    """The stress test as Markdown."""
    return prose.markdown(_blocks(findings))


def _title(findings: Findings) -> str:
    return f"Stress test of the programme theory: {findings.model.title}"


def _blocks(findings: Findings) -> Iterator[Block]:
    yield Heading(_title(findings), 1)
    yield Paragraph(f"For the evaluator. {ASSUMPTIONS}", quiet=True)
    parts = (_in_short, _method, _claims, observed, reasons, gaps, levers, _cannot_say, _errors, _checklist)
    number = _numbers(findings)
    for name, part in zip(SECTIONS, parts, strict=True):
        if name in number:
            yield Heading(f"{number[name]}. {name}", 2)
            yield from part(findings)


def _numbers(findings: Findings) -> dict[str, int]:
    """The number of each section that is there."""
    there = (name for name in SECTIONS if name != OBSERVED or findings.observed is not None)
    return {name: number for number, name in enumerate(there, start=1)}


def _in_short(findings: Findings) -> Iterator[Block]:
    found = findings.verdicts
    if not found:
        yield Paragraph("Nobody has written down yet what is thought to happen, so nothing was asked.")
        return
    yield Paragraph(in_all(found))
    least = findings.weakest_first[0]
    yield Paragraph(f"Least supported: “{least.claim.sentence}” ({_said(least)}).")
    if findings.why and (found_out := pays(findings)):
        yield Paragraph(found_out)
    for stopped in findings.stopped:
        yield Paragraph(f"Cut short: {stopped}.")


def _method(findings: Findings) -> Iterator[Block]:
    judged = ", ".join(f"{count:,} ({width})" for width, count in findings.judged.items())
    yield Paragraph(
        "Every strength, delay, threshold, start, gain and fade of the diagram is a guess. So the same plans "
        "were run in many versions of the assumptions: each number drawn around the one in the file, more "
        "widely the less is known about it (stated, inferred, assumed), assumed arrows left out of some "
        "versions, and circumstances varied around where they are now. The draws are points of a scrambled "
        "Sobol sequence, so the seed below gives the same versions again. Plans are compared within each "
        "version, and a sentence holds in a version if the difference it names is there and large enough. "
        "This was done at three widths: narrow (the guesses are nearly right), middle, and wide (they are "
        "far off)."
    )
    yield Paragraph(
        f"A sentence is supported if it holds in {SUPPORTED:.0%} of the versions or more, partly supported "
        f"in {PARTLY:.0%} or more, and otherwise not supported."
    )
    if findings.why:
        yield Paragraph(
            "When something tends to fail was looked for in versions of the middle width that were drawn "
            "one by one for this, in one half of them, and checked in the other (patient rule induction, "
            "Friedman and Fisher 1999; Bryant and Lempert 2010). How much depends on an arrow is the "
            "share of the variance its numbers explain there (Sobol 1993; Li et al. 2001; Jansen 1999 "
            "together with others). What passes through an arrow of a path is what is lost when it "
            "carries only what it carries in the other run, in the first versions of the sequence."
        )
    rows = [
        ("Seed", str(findings.seed)),
        *([("Versions in which each sentence was judged", judged)] if judged else []),
        *findings.fingerprints.items(),
    ]
    yield Table(("To repeat it", ""), tuple(rows), (2, 5))


def _claims(findings: Findings) -> Iterator[Block]:
    if not findings.verdicts:
        yield Paragraph("Nothing is written down.")
        return
    yield Paragraph("In which share of the versions each sentence holds, the weakest first.")
    yield Table(
        ("", "What we think happens", *map(str.capitalize, WIDTHS), "Verdict"),
        tuple(_rows(findings)),
        (3, 14, 5, 5, 5, 9),
    )


def _rows(findings: Findings) -> Iterator[tuple[str, ...]]:
    for number, verdict in enumerate(findings.weakest_first, start=1):
        share = {each.width: f"{each.value:.1%}" for each in verdict.shares if each.worlds}
        figures = (share.get(width, "not tried") for width in WIDTHS)
        yield str(number), verdict.claim.sentence, *figures, _said(verdict)


def _said(verdict: Verdict) -> str:
    return " to ".join(VERDICTS[each] for each in verdict.words)


def _cannot_say(findings: Findings) -> Iterator[Block]:
    yield Bullets((*_MODEL_ONLY, *findings.model.cannot_say))


def _errors(findings: Findings) -> Iterator[Block]:
    yield Paragraph(
        "How far a share may be from the one over all versions of that width, at 95%, because only so many "
        "were tried (Wilson 1927). It says nothing of whether the assumptions are right."
    )
    if findings.verdicts:
        yield Paragraph("How many hold, and from where to where the share lies; numbers are those above.")
        yield Table(("", *map(str.capitalize, WIDTHS)), tuple(_spans(findings)), (2, 9, 9, 9))


def _spans(findings: Findings) -> Iterator[tuple[str, ...]]:
    for number, verdict in enumerate(findings.weakest_first, start=1):
        told = {
            each.width: f"{each.held:,} of {each.worlds:,}: "
            + " to ".join(f"{end:.1%}" for end in each.interval)
            for each in verdict.shares
            if each.worlds
        }
        yield str(number), *(told.get(width, "not tried") for width in WIDTHS)


def _checklist(findings: Findings) -> Iterator[Block]:
    yield Paragraph(
        "The items of RAMESES II (Wong et al. 2016, BMC Medicine 14:96, doi 10.1186/s12916-016-0643-1) in "
        "our own short words, and where this document speaks to them. A stress test is no evaluation: it is "
        "one source for those who write one."
    )
    number = _numbers(findings)
    rows = (
        (
            str(item.number),
            item.words,
            f"See section {number[item.section]}, as far as the model goes." if item.section else TEAM,
        )
        for item in CHECKLIST
    )
    yield Table(("", "Item", "Where"), tuple(rows), (1, 9, 4))
