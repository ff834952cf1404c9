"""One partner as TOML: all of it comes back, names only when asked for, anything wrong is one message."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from histories import HISTORIES, MODEL
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.files import parse_scenario
from loops.partners import Deed, History, Mark, Profile
from loops.partners.document import parse_history, read_history, write_history

HEAD = 'model = "common_purpose"\n[partner]\nname = "Surgery A"\n'
GOOD = HEAD + '[[rating]]\nday = 2026-03-15\non = "trust"\nsaid = "partly"\n'


def read(text: str) -> History:
    return parse_history(text.encode(), "partner.toml", MODEL)


@given(HISTORIES)
def test_a_history_comes_back_as_it_was(history: History) -> None:
    assert read(write_history(history, with_names=True)) == history


@given(HISTORIES)
def test_without_names_only_what_names_nobody_comes_back(history: History) -> None:
    back = read(write_history(history, with_names=False))
    who = history.profile
    assert back.profile == replace(who, name=who.alias or f"A {who.kind}", alias="")
    assert back.marks == tuple(replace(mark, who="") for mark in history.marks)
    assert back.deeds == tuple(replace(deed, who="") for deed in history.deeds)


def test_a_file_by_hand_needs_little_and_is_put_in_order(tmp_path: Path) -> None:
    file = tmp_path / "partner.toml"
    file.write_text(
        GOOD
        + '[[rating]]\nday = 2026-01-01\non = "staff_turnover"\nsaid = "don\'t know"\nrole = "GP"\n'
        + '[[action]]\nday = 2026-02-01\nwhat = "We trained them"\nlever = "training"\n'
    )
    early = Mark("staff_turnover", "don't know", date(2026, 1, 1), role="GP")
    assert read_history(file, MODEL) == History(
        Profile("Surgery A"),
        "common_purpose",
        (early, Mark("trust", "partly", date(2026, 3, 15))),
        (Deed("We trained them", date(2026, 2, 1), lever="training"),),
    )
    with pytest.raises(BadFile, match="no such file"):
        read_history(tmp_path / "none.toml", MODEL)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("model = 3", "model: should be text in quotes"),
        ('model = "common_purpose"\n', "partner: is missing"),
        (HEAD.replace("common_purpose", "other"), "of the model 'other', and “.*” is 'common_purpose'"),
        (HEAD + 'kind = "friend"', r"\[partner.kind\]|kind: is 'friend'; it should be 'partner' or"),
        (HEAD + "hours_us = -1", "should be at least 0"),
        (HEAD + "hour_us = 1", "there is no such key here. Did you mean 'hours_us'"),
        (GOOD.replace("2026-03-15", '"2026-03-15"'), "a day without quotes, such as 2026-03-15"),
        (GOOD.replace("2026-03-15", "2026-03-15T10:00:00"), "a day without quotes"),
        (GOOD.replace("trust", "truth"), r"number 1, on: the model has no 'truth'. Did you mean 'trust'"),
        (GOOD.replace("trust", "training"), "the model has no 'training'"),
        (GOOD.replace("partly", "fully"), "said: is 'fully'; it should be 'not yet', 'a little'"),
        (GOOD.replace("2026-03-15", "0001-01-01"), "day: is 0001-01-01. Write a day from 1990 until today"),
        (GOOD.replace("2026-03-15", "9999-12-31"), "day: is 9999-12-31"),
        (HEAD + '[[action]]\nday = 2026-01-01\nwhat = " "', "what: is blank"),
        (
            HEAD + '[[action]]\nday = 2026-01-02\nwhat = "x"\nuntil = 2026-01-01',
            r"\[\[action\]\] number 1: it began on 2026-01-02 and stopped on 2026-01-01",
        ),
        (HEAD + '[[action]]\nday = 2026-01-01\nwhat = "x"\nlever = "trust"', "the model has no 'trust'"),
        (HEAD + "[rating]\nday = 2026-01-01", "in double brackets"),
    ],
)
def test_what_is_wrong_says_where_and_how_to_mend_it(text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(text)


def test_a_partner_is_not_taken_for_a_scenario() -> None:
    with pytest.raises(BadFile, match="this is what we know of a partner, not a scenario"):
        parse_scenario(GOOD.encode(), "partner.toml", MODEL)


@given(
    st.binary(max_size=100) | st.text(max_size=100).map(lambda text: (GOOD + text).encode("utf-8", "replace"))
)
def test_any_file_at_all_is_a_history_or_one_message(data: bytes) -> None:
    try:
        found = parse_history(data, "partner.toml", MODEL)
    except BadFile:
        return
    assert tomllib.loads(write_history(found, with_names=True))["partner"]["name"] == found.profile.name
