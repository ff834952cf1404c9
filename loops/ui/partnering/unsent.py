"""Answers that are not kept yet outlive a reload: the server remembers them for the token in the address.

They are in the server's memory alone and leave no trace on a disk: whoever has the address finds what they
had answered, as long as the server runs.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import streamlit as st

from loops.ui.partnering.opened import Opened

PARAMETER = "answers"
"""The token's name in the address."""
_MOST = 50
"""People who are rating one partner whose answers are remembered, those who began last."""
Fields = dict[str, object]
"""What is in fields, by their names."""


def remembered(which: Opened) -> Fields:
    """What the address remembers of a visit before this one; nothing where this one has begun to answer."""
    token = st.query_params.get(PARAMETER)
    if not token or st.session_state.get(_token(which)) == token:
        return {}
    found = _kept(which.space.token, which.partner.id).get(token)
    if found is None:
        st.query_params.pop(PARAMETER, None)
        return {}
    st.session_state[_token(which)] = token
    return found


def remember(which: Opened, fields: Mapping[str, object]) -> None:
    """Remember the fields in which something stands."""
    kept = _kept(which.space.token, which.partner.id)
    token = st.session_state.get(_token(which))
    if token is None:
        token = st.session_state[_token(which)] = secrets.token_urlsafe(16)
    kept[token] = dict(fields)
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))
    if st.query_params.get(PARAMETER) != token:
        st.query_params[PARAMETER] = token


def forget(which: Opened) -> None:
    """What stood in the fields has been kept, or was taken out again."""
    token = st.session_state.pop(_token(which), None)
    _kept(which.space.token, which.partner.id).pop(token, None)
    st.query_params.pop(PARAMETER, None)


def erase(which: Opened) -> None:
    """Forget what anybody had answered about this partner."""
    _kept.clear(which.space.token, which.partner.id)


@st.cache_resource(show_spinner=False, max_entries=1_000)
def _kept(space: str, partner: int) -> dict[str, Fields]:
    return {}


def _token(which: Opened) -> str:
    return which.key("answers_token")
