"""What :mod:`loops.interchange.export.xmile` says in the documentation of boxes and flows, read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from loops.interchange.export.xmile import KINDS
from loops.interchange.export.xmile_words import stem_of
from loops.interchange.naming import text_of

_LAST = re.compile(r"(Label|Id|Kind): (.*)")
_INSIDE = re.compile(r"  (Reason|Passage|Where): (.*)")
Kind = Literal["", "variable", "lever", "context"]
_KINDS: Mapping[str, Kind] = {said: kind for kind, said in KINDS.items()}


@dataclass(frozen=True)
class About:
    """What a box's documentation holds: the text, and the lines that follow it."""

    text: str
    label: str = ""
    id: str = ""
    kind: Kind = ""


@dataclass
class Evidence:
    """How we know one arrow, as the documentation of a flow has it."""

    source: str
    """The name of the box that it comes from."""
    grade: str
    lines: dict[str, list[str]] = field(default_factory=dict)
    """By their headings: Reason, Passage, Where."""

    def said(self, heading: str) -> str:
        """The text under a heading."""
        return "\n".join(self.lines.get(heading, ()))


def about(documentation: str, name: str) -> About:
    """The documentation of the box with this name; a label that is not the name's is part of the text.

    >>> about("How far we share it.\\nId: trust\\nKind: what we do", "Trust")
    About(text='How far we share it.', label='', id='trust', kind='lever')
    """
    lines = documentation.strip().splitlines()
    found: dict[str, str] = {}
    while lines and (line := _LAST.fullmatch(lines[-1].strip())) and line[1] not in found:
        if line[1] == "Label" and not re.fullmatch(re.escape(stem_of(line[2])) + r"( \d+)?", name):
            break
        found[line[1]] = line[2]
        lines.pop()
    kind = _KINDS.get(found.get("Kind", ""), "")
    return About(text_of("\n".join(lines)), found.get("Label", ""), found.get("Id", ""), kind)


def evidence_of(documentation: str) -> list[Evidence]:
    """The blocks of a flow's documentation: a source and a grade, then texts, indented.

    >>> evidence_of("Trust: stated\\n  Reason: It is so.\\n    Truly.\\nBuy-in: assumed")[0].lines
    {'Reason': ['It is so.', 'Truly.']}
    """
    blocks: list[Evidence] = []
    heading = ""
    for line in documentation.strip("\n").splitlines():
        if not line.startswith(" "):
            source, _, grade = line.rpartition(": ")
            blocks.append(Evidence(source, grade.strip()))
            heading = ""
        elif (inside := _INSIDE.fullmatch(line)) and blocks:
            heading = inside[1]
            blocks[-1].lines[heading] = [inside[2]]
        elif heading:
            blocks[-1].lines[heading].append(line.strip())
    return blocks
