"""What a room promises, to pin to the wall: its list by level, its commitments, and room for signatures.

As Word and PDF. A setting's charter is made of its shopping list, as Active Calderdale's was of
what its practices said (the seed, Utopia Modelling, How was it done?).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from loops.draw.document import office
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Table
from loops.draw.palette import LIGHT
from loops.draw.paper import broken, typeset
from loops.draw.scale import ASSUMPTIONS_IN_SHORT
from loops.draw.spheres import AUDIENCE_WORDS, SPHERE_WORDS
from loops.influence import Audience, Sphere

COMMITMENTS, SIGNATURES = 3, 4
"""Lines that are there to be filled in by hand, when nothing has been written yet."""
ELSEWHERE = "Also"
"""What stands above the items that nobody has given a level."""
_LEFT_OUT = "People's names are left out of this copy."


@dataclass(frozen=True)
class Item:
    """One thing of the list: its level and whom it is for ("" is not said), when, and who sees to it."""

    what: str
    at: Sphere | Literal[""] = ""
    on: Audience | Literal[""] = ""
    when: str = ""
    who: str = ""


@dataclass(frozen=True)
class Commitment:
    """What somebody will do, who, and by when, in their own words."""

    what: str
    who: str = ""
    by_when: str = ""


@dataclass(frozen=True)
class Charter:
    """A setting's charter, with its date as it is to be shown."""

    title: str
    setting: str
    vision: str
    date: str
    items: tuple[Item, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    plan: tuple[str, ...] = ()
    """Sentences on what the plan asks for, and what follows from it under our assumptions."""

    @property
    def grouped(self) -> dict[str, tuple[Item, ...]]:
        """The items by level, in the order of the influencer matrix, those without one last."""
        levels = (*SPHERE_WORDS.items(), ("", ELSEWHERE))
        found = {title: tuple(one for one in self.items if one.at == at) for at, title in levels}
        return {title: items for title, items in found.items() if items}


def ticked(charter: Charter, *, names: bool = False) -> Charter:
    """The charter without people's names, unless ticked: who does it is then filled in by hand."""
    if names:
        return charter
    return replace(
        charter,
        items=tuple(replace(one, who="") for one in charter.items),
        commitments=tuple(replace(one, who="") for one in charter.commitments),
    )


def word(charter: Charter, *, names: bool = False) -> bytes:
    """The charter as a Word file."""
    blocks = _blocks(charter, names=names)
    return office.word(blocks, title=_title(charter), foot=ASSUMPTIONS_IN_SHORT)


def pdf(charter: Charter, *, names: bool = False) -> bytes:
    """The charter as A4 to print: one page where it can be read so, else as many as it takes."""
    kept = ticked(charter, names=names)
    groups = [
        {"title": title, "items": [_clean({"what": one.what, "told": told(one)}) for one in items]}
        for title, items in kept.grouped.items()
    ]
    promised = [_clean(asdict(one)) for one in _promised(kept)]
    return typeset(
        "charter",
        _clean({"title": _title(kept), "setting": kept.setting, "vision": kept.vision, "date": kept.date})
        | {
            "groups": groups,
            "commitments": promised,
            "plan": [broken(line) for line in kept.plan],
            "left_out": _LEFT_OUT if kept != charter else "",
            "signatures": SIGNATURES,
            "assumptions": ASSUMPTIONS_IN_SHORT,
            "colours": {"ink": LIGHT.ink, "muted": LIGHT.muted, "grid": LIGHT.grid, "box": LIGHT.box}
            | {"R": LIGHT.reinforcing, "B": LIGHT.balancing},
        },
    )


def told(item: Item) -> str:
    """For whom, when, and who sees to it, as far as that is said.

    >>> told(Item("Bike racks", at="infrastructure", on="workforce", when="from month 6", who="Fern"))
    'for the people who work here; from month 6; Fern'
    """
    whom = f"for {AUDIENCE_WORDS[item.on]}" if item.on else ""
    return "; ".join(part for part in (whom, item.when, item.who) if part)


def _blocks(charter: Charter, *, names: bool) -> Iterator[Block]:
    kept = ticked(charter, names=names)
    yield Heading(_title(kept), 1)
    yield Paragraph(" · ".join(part for part in (kept.setting, kept.date) if part), quiet=True)
    if kept.vision:
        yield Heading("What we share", 2)
        yield Paragraph(kept.vision)
    yield Heading("What we will do", 2)
    if not kept.items:
        yield Paragraph("Nothing is on the list yet.")
    for title, items in kept.grouped.items():
        yield Heading(title, 3)
        yield Bullets(tuple(f"{one.what} ({said})" if (said := told(one)) else one.what for one in items))
    if kept.plan:
        yield Heading("What it takes", 2)
        yield from map(Paragraph, kept.plan)
    yield Heading("What we commit to", 2)
    promised = tuple((one.what, one.who, one.by_when) for one in _promised(kept))
    yield Table(("What", "Who", "By when"), promised, (6, 3, 2), tall=True)
    yield Heading("Signed", 2)
    yield Table(("Name", "Signature", "Date"), (("", "", ""),) * SIGNATURES, (4, 5, 2), tall=True)
    if kept != charter:
        yield Paragraph(_LEFT_OUT, quiet=True)


def _title(charter: Charter) -> str:
    return charter.title.strip() or "Our charter"


def _promised(charter: Charter) -> tuple[Commitment, ...]:
    """What is promised, and empty lines up to three."""
    return charter.commitments + (Commitment(""),) * (COMMITMENTS - len(charter.commitments))


def _clean(texts: dict[str, Any]) -> dict[str, str]:
    return {name: broken(text) for name, text in texts.items()}
