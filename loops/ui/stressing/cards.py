"""What we think happens, one card each, the weakest first: how sure it is, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loops.draw.claimed import VERDICTS, follows, in_all
from loops.theory.verdict import Share, Verdict, weakest_first
from loops.ui.stressing import behind, seen, words
from loops.ui.stressing.trying import Test
from loops.ui.text import csv_text, table

_FIRST = 6
"""Cards to begin with; the table holds all."""
_HEAD = ("What we think happens", *(f"Guesses {far}" for far in words.GUESSES.values()))


def show(test: Test, judged: Sequence[Verdict], source: behind.Source | None) -> None:
    """The cards and the table behind them; `source` is what reasons can be looked for in."""
    st.markdown(in_all(judged))
    st.caption(
        f"“Supported”: it holds in at least 9 of 10 versions{_of(judged)}. “Partly supported”: in at least "
        "half. Where that changes from left to right, it hangs on numbers that nobody knows yet. What our "
        "assumptions do not support may still be true: then they lack something that matters."
    )
    ordered = [_whole(each) for each in weakest_first(judged)]
    for each in _chosen(test, ordered):
        with st.container(border=True):
            st.html(_card(each))
            more = st.expander(
                "Whom it is about, where it comes from, when it fails",
                key=f"stressing:more:{test.shelf.key}:{each.claim.id}",
                on_change="rerun",
            )
            if more.open:
                with more:
                    st.html(_form(test, each))
                    behind.show(test, each.claim, source)
                    seen.show(test.shelf.model, each.claim)
    _figures(ordered)


def _chosen(test: Test, ordered: Sequence[Verdict]) -> Sequence[Verdict]:
    """The weakest few, or all once somebody asks: below them stands what else the page has to say."""
    if len(ordered) <= _FIRST:
        return ordered
    every = st.toggle(
        f"Show all {len(ordered)}, not only the {_FIRST} weakest", key=f"stressing:every:{test.shelf.key}"
    )
    return ordered if every else ordered[:_FIRST]


def _of(judged: Sequence[Verdict]) -> str:
    """How many versions there are at each width; nothing where that differs."""
    many = {share.worlds for each in judged for share in each.shares if share.worlds}
    return f" (of {many.pop():,} at each width)" if len(many) == 1 else ""


def _whole(found: Verdict) -> Verdict:
    """The verdict with every width in its place, also those that were not tried."""
    tried = {share.width: share for share in found.shares}
    shares = tuple(tried.get(width, Share(width, 0, 0)) for width in words.GUESSES)
    return Verdict(found.claim, shares)


def _card(found: Verdict) -> str:
    """The sentence, the verdict in words, and what it is at each width."""
    places = "".join(
        f"<li><span>Guesses {words.GUESSES[each.width]}</span><strong>{VERDICTS[each.word]}</strong>"
        f"<span>{words.held(each)}</span></li>"
        for each in found.shares
    )
    said = escape(words.verdict(found))
    return f'<div class="held"><h4>{escape(found.claim.sentence)}</h4><p>{said}</p><ul>{places}</ul></div>'


def _form(test: Test, found: Verdict) -> str:
    """For whom, in what circumstances, what is brought, how people respond, what follows; and the passage."""
    claim, model = found.claim, test.shelf.model
    rows = {
        "For whom": claim.for_whom,
        "In what circumstances": claim.context,
        "What we bring": claim.resource,
        "How people respond": claim.reasoning,
        "What follows": follows(claim, model, test.shelf.by_id),
    }
    if claim.version > 1:
        rows[f"Version {claim.version}"] = claim.changed
    listed = "".join(f"<dt>{escape(word)}</dt><dd>{escape(said)}</dd>" for word, said in rows.items())
    said = ["No source says so in words of its own: it is our assumption."]
    if claim.passage:
        titles = {one.id: one.title for one in model.sources}
        said = [f"“{claim.passage}”", f"{titles.get(claim.cited or '', '')}, {claim.locator}"]
    source = "".join(f'<p class="who">{escape(line)}</p>' for line in said)
    return f'<div class="decided"><dl>{listed}</dl></div><div class="said">{source}</div>'


def _figures(ordered: Sequence[Verdict]) -> None:
    with st.expander("Table and figures"):
        rows = [(each.claim.sentence, *(_figure(share) for share in each.shares)) for each in ordered]
        st.html(table(_HEAD, rows, caption="In which share of the versions it holds", least=48))
        st.caption(
            "In brackets: from where to where the share would lie if all versions there are had been tried, "
            "at 95% (Wilson’s interval)."
        )
        st.download_button(
            "Download this as a table (CSV)",
            data=lambda: _csv(ordered),
            file_name="what-holds-from-our-assumptions.csv",
            mime="text/csv",
            on_click="ignore",
            key="stressing:csv",
        )


def _figure(found: Share) -> str:
    if not found.worlds:
        return VERDICTS[found.word]
    low, high = found.interval
    return f"{VERDICTS[found.word]} {found.value:.1%} ({low:.1%} to {high:.1%})"


def _csv(ordered: Sequence[Verdict]) -> str:
    head = ("what we think happens", "guesses", "holds in", "versions", "share", "from", "to", "so it is")
    return csv_text(
        head,
        (
            (
                each.claim.sentence,
                words.GUESSES[share.width],
                str(share.held),
                str(share.worlds),
                *(f"{value:.4f}" for value in (share.value, *share.interval)),
                VERDICTS[share.word],
            )
            for each in ordered
            for share in each.shares
        ),
    )
