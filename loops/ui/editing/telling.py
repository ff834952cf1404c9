"""Differences of two versions in words: in groups on the page, and as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.editing.versions import Difference
from loops.ui.text import md

GROUPS = {"added": "Added", "removed": "Removed", "flipped": "Flipped", "changed": "Changed"}
HEAD = ("What", "In words", "Why")


def rows(found: Sequence[Difference]) -> list[tuple[str, str, str]]:
    """A row for each difference, group by group."""
    return [(GROUPS[kind], one.says, one.why) for kind in GROUPS for one in found if one.kind == kind]


def show(found: Sequence[Difference], *, most: int) -> None:
    """The differences in groups, up to so many in each."""
    for kind, heading in GROUPS.items():
        group = [one for one in found if one.kind == kind]
        if not group:
            continue
        lines = [f"- {md(one.says)}{_why(one)}" for one in group[:most]]
        if more := group[most:]:
            lines.append(f"- And {len(more):,} more.")
        st.markdown(f"**{heading} ({len(group):,})**\n\n" + "\n".join(lines))


def _why(one: Difference) -> str:
    return f" *Why: {md(one.why)}*" if one.why else ""
