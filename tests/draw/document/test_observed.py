"""What was seen, in a stress test's document: beside the verdict, with names only when ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE

from loops.draw.document import observed
from loops.draw.document.findings import Findings
from loops.draw.document.prose import markdown
from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.store.records import Observation, Seen
from loops.theory.claims import parse_claims
from loops.theory.verdict import Share, Verdict

HOSTILE = "<script>alert(1)</script> | [x](http://example.org)"
MODEL = parse_model(MODEL_FILE.encode(), "clinic.toml")
PLANS = {
    "nothing_new": Scenario(id="nothing_new", model="clinic", title="If nothing new is done"),
    "tell_all": parse_scenario(SCENARIO_FILE.encode(), "tell_all.toml", MODEL),
}
MADE = CLAIM.format(name="told", outcome='direction = "more"').replace("This is claimed", "Telling helps")
CLAIMS = parse_claims((CLAIMS_FILE + MADE).encode(), "claims.toml", MODEL, PLANS)
VERDICT = Verdict(CLAIMS[0], (Share("middle", 95, 100),))
THEN = datetime(2026, 3, 1, tzinfo=UTC)


def observation(element: str, what: str, bearing, **more) -> Observation:
    seen = Seen("2026-03", "Minutes", what, bearing, **more)
    return Observation(1, "clinic", element, seen, "", 1, None, THEN, THEN)


SEEN = (
    observation("claim:told", "They asked us", "supports", who="Robin", why="A quick win", expected="no"),
    observation("claim:told", HOSTILE, "contradicts"),
    observation("node:known", "All knew it", "qualifies"),
    observation("link:tell|known", "Nobody read it", "contradicts"),
    observation("claim:gone", "An old one", "supports"),
)


def said(seen=SEEN, **more) -> str:
    found = Findings(MODEL, PLANS, CLAIMS, [VERDICT], [], observed=seen, **more)
    return markdown(observed.observed(found)).replace("\\", "")


def test_it_stands_beside_the_verdict_and_changes_nothing():
    assert "| 1 | Telling helps. | supported | 1 supports it and 1 contradicts it |" in said()
    assert "nothing has been written down yet" not in said()
    assert "About 1 of 1 sentences nothing has been written down yet." in said(SEEN[2:])
    assert "| 1 | Telling helps." not in said(SEEN[2:])
    assert "no score is made of both" in said()


def test_all_of_it_is_written_out_by_what_it_is_about():
    text = said()
    order = [
        "### Telling helps.",
        "### Known",
        "### Tell them → Known",
        "### Not among these sentences: gone",
    ]
    places = [text.index(title) for title in order]
    assert places == sorted(places)
    assert "| 2026-03 | They asked us. Why: A quick win | Minutes | supports it | no |" in text
    assert "| 2026-03 | All knew it | Minutes | says in what case it holds | nobody said |" in text


def test_names_are_there_only_when_ticked():
    assert "Robin" not in said()
    assert "| no | Robin |" in said(names=True)


@pytest.mark.parametrize("seen", [(), None])
def test_where_nothing_was_written_down_it_says_so(seen):
    assert "Nothing has been written down about this model" in said(seen)


def test_more_than_can_be_written_out_says_so():
    many = [replace(SEEN[0], id=number) for number in range(observed.MOST + 1)]
    text = said(many)
    assert "Written out are the newest 300 of 301." in text
    assert text.count("They asked us") == 300
    assert "301 support it" in text


def test_no_text_of_theirs_becomes_a_mark():
    found = Findings(MODEL, PLANS, CLAIMS, [VERDICT], [], observed=SEEN)
    assert "\\<script\\>" in markdown(observed.observed(found))
    assert "<script>" not in markdown(observed.observed(found))
