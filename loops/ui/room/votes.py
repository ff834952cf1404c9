"""Votes on arrows, each from its voter's own device, hidden until all have voted or the vote is ended."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import escape

import streamlit as st

from loops.draw.document import Votes
from loops.draw.layout import link_keys
from loops.model import Model
from loops.store.records import Answer, Round, Workspace
from loops.ui import saving, workspace
from loops.ui.room import said

PLACE = "votes"
MOST = 500
"""People who can be expected to vote."""
_VOTER = "voter"
"""Where the address says who this device is: a page that is loaded again is no new voter."""
_SAYS: dict[Answer, str] = {"yes": "Yes", "depends": "It depends", "no": "No"}


@dataclass(frozen=True)
class Poll:
    """The vote going on and how many have voted in it, the vote that ended last, and the latest counts."""

    going_on: Round | None = None
    voted: int = 0
    ended: Round | None = None
    counts: Mapping[str, Votes] = field(default_factory=dict)


def poll(space: Workspace, model: str | None = None) -> Poll:
    """How votes stand now, of one model if it is named; raises :class:`loops.store.StoreProblem`."""
    rounds = workspace.store().rounds(space.token, model=model)
    over = sorted((one for one in rounds if one.closed_at), key=lambda one: one.closed_at or one.made_at)
    counts: dict[str, Votes] = {}
    for one in over:
        counts |= _counted(space.token, one.id)
    going_on = next((one for one in reversed(rounds) if not one.closed_at), None)
    tallies = workspace.store().votes(space.token, going_on.id) if going_on else {}
    voted = max((tally.voted for tally in tallies.values()), default=0)
    return Poll(going_on, voted, over[-1] if over else None, counts)


@st.cache_data(show_spinner=False, max_entries=5_000)
def _counted(token: str, vote: int) -> dict[str, Votes]:
    """The counts of a vote that is over: they never change again."""
    tallies = workspace.store().votes(token, vote).items()
    return {
        link: Votes(yes=tally.counts["yes"], no=tally.counts["no"], depends=tally.counts["depends"])
        for link, tally in tallies
        if tally.counts
    }


def links(model: Model) -> Collection[str]:
    """The arrows that can be voted on, by key."""
    return link_keys(model).keys()


def asks(model: Model, link: str) -> str:
    """What is voted on, as large HTML."""
    claim = said.claim(model, link_keys(model)[link])
    return f'<p class="asks">{escape(claim)} <strong>Is that true here?</strong></p>'


def waiting(now: Poll) -> str:
    """How far the vote going on has come, never which way it goes."""
    expected = now.going_on.expected if now.going_on else 0
    of = f" of {expected}" if expected else ""
    return f"{now.voted}{of} voted so far. The counts stay hidden until all have, or until the vote is ended."


def result(votes: Votes | None) -> str:
    """The counts of a vote as a sentence."""
    if votes is None:
        return "Nobody voted."
    total = votes.yes + votes.depends + votes.no
    return f"{total} voted: {said.tallied(votes)}."


def outcome(model: Model, link: str, votes: Votes | None) -> str:
    """What was voted on, and the counts, as large HTML."""
    return f'{asks(model, link)}<p class="asks"><strong>{escape(result(votes))}</strong></p>'


def opener(space: Workspace, model: Model, link: str) -> None:
    """Ask how many vote, and open a vote on an arrow."""
    st.number_input("How many are voting?", 1, MOST, 8, step=1, key="voters", persist_state="session")
    st.button("Open a vote on this arrow", type="primary", on_click=_open, args=(space, model.id, link))
    saving.complaint(PLACE)


def lead(space: Workspace, now: Poll) -> None:
    """How far the vote going on has come, and the button that ends it."""
    if now.going_on:
        st.markdown(waiting(now))
        st.button("End the vote and show the counts", on_click=_close, args=(space, now.going_on))
        with st.expander("Vote on this screen"):
            ballot(space, now.going_on)


def ballot(space: Workspace, vote: Round) -> None:
    """Three large buttons. The one chosen here says so; another can be chosen while the vote goes on."""
    voter = st.query_params.get(_VOTER)
    mine = workspace.store().votes_by(space.token, vote.id, voter=voter) if voter else {}
    with st.container(key="ballot"):
        for answer, label in _SAYS.items():
            chosen = mine.get(vote.link) == answer
            st.button(
                f"{label} (your vote)" if chosen else label,
                key=f"vote:{vote.id}:{answer}",
                type="primary" if chosen else "secondary",
                width="stretch",
                on_click=_cast,
                args=(space, vote, answer),
            )
    saving.complaint(PLACE)


def _open(space: Workspace, model: str, link: str) -> None:
    with saving.noting(PLACE):
        expected = st.session_state["voters"]
        workspace.store().open_round(space.token, model=model, link=link, expected=expected)


def _close(space: Workspace, vote: Round) -> None:
    with saving.noting(PLACE):
        workspace.store().close_round(space.token, vote.id)


def _cast(space: Workspace, vote: Round, answer: Answer) -> None:
    voter = st.query_params.get(_VOTER) or secrets.token_urlsafe(12)
    st.query_params[_VOTER] = voter
    with saving.noting(PLACE):
        workspace.store().cast_vote(space.token, vote.id, link=vote.link, voter=voter, answer=answer)
