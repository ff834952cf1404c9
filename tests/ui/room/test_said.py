"""What is said is counted on the right part of the diagram and leaves by the right door."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from loops.draw import document
from loops.draw.document import Record, Votes
from loops.model import Model
from loops.store.records import Note
from loops.ui.room import said

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MODEL = Model.model_validate(
    {
        "id": "small",
        "title": "Small",
        "variable": {
            "trust": {"label": "Trust", "start": 0.1, "prompts": ["Whom do you trust?"]},
            "twin": {"label": "Trust", "start": 0.1},
        },
        "context": {"weather": {"label": "Weather", "level": 0.5}},
        "link": [
            {"from": "trust", "to": "twin", "polarity": "+", "strength": 0.1, "delay": 3},
            {"from": "trust", "to": "twin", "polarity": "+", "strength": 0.1, "delay": 12},
            {"from": "twin", "to": "trust", "polarity": "-", "strength": 0.1, "delay": 1},
            {"from": "weather", "to": "trust", "polarity": "?", "strength": 0.1},
        ],
        "loop": {"trust": {"name": "Round", "story": "It comes round.", "path": ["trust", "twin"]}},
        "role": {"nurse": {"label": "Nurse"}},
    }
)


def note(element: str, text: str = "x", role: str = "nurse", author: str = "") -> Note:
    return Note(1, "small", element, role, text, author, 1, None, NOW, NOW)


def test_every_part_has_a_title_of_its_own_and_something_to_ask_or_say() -> None:
    parts = said.parts(MODEL)
    assert len(set(parts.values())) == len(parts) == 3 + 4 + 1
    assert parts["link:trust|twin|2"] == "Trust → Trust (+) (2)"
    assert parts["loop:trust"] == "Loop: Round"
    assert said.prompts(MODEL, "node:trust") == ("Whom do you trust?",)
    assert all(said.prompts(MODEL, part) for part in parts if not part.startswith("node:"))
    assert said.about(MODEL, "loop:trust") == "It comes round."


def test_an_arrow_says_something_that_can_be_true_or_not() -> None:
    assert [said.about(MODEL, part) for part in said.parts(MODEL) if part.startswith("link:")] == [
        "More “Trust” leads to more “Trust”. It takes about 3 months to be felt (assumed).",
        "More “Trust” leads to more “Trust”. It takes about 12 months to be felt (assumed).",
        "More “Trust” leads to less “Trust”. It takes about a month to be felt (assumed).",
        "“Weather” changes “Trust”.",
    ]


def test_marks_say_counts_in_words_and_a_loop_does_not_mark_a_box_of_its_name() -> None:
    votes = {"trust|twin": Votes(yes=5, no=1, depends=2), "twin|trust": Votes(yes=0, no=1, depends=0)}
    notes = [note("node:weather"), note("node:weather"), note("link:twin|trust"), note("loop:trust")]
    assert said.marks(notes, votes) == {
        "trust|twin": "yes 5, depends 2, no 1",
        "twin|trust": "yes 0, depends 0, no 1; 1 said",
        "weather": "2 said",
    }


@given(st.lists(st.sampled_from([*said.parts(MODEL), "node:gone", "link:gone|trust"])))
def test_everything_said_is_in_exactly_one_topic(elements: list[str]) -> None:
    notes = [note(element, f"{place}") for place, element in enumerate(elements)]
    topics = said.topics(MODEL, notes, {})
    assert sorted(int(one.words) for topic in topics for one in topic.said) == list(range(len(elements)))
    counts = Counter(elements)
    assert sorted(len(topic.said) for topic in topics) == sorted(counts.values())


def test_topics_follow_the_file_and_what_is_gone_comes_last() -> None:
    topics = said.topics(
        MODEL, [note("node:gone"), note("node:twin"), note("node:trust")], {"twin|trust": Votes(1, 2, 3)}
    )
    assert [topic.title for topic in topics] == [
        "Trust",
        "Trust (2)",
        "Trust → Trust (−)",
        "No longer in the diagram: gone",
    ]
    assert topics[2].votes == Votes(1, 2, 3)
    assert topics[0].prompts == ("Whom do you trust?",)


def test_names_and_words_leave_only_when_ticked() -> None:
    notes = [note("node:trust", "We <b>never</b> met", "stranger", "Pat Example")]
    record = Record("Workshop", "1 January", "Small", topics=said.topics(MODEL, notes, {}))
    bare, words, all_of_it = (
        document.markdown(record),
        document.markdown(record, notes=True),
        document.markdown(record, notes=True, names=True),
    )
    assert "never" not in bare
    assert "never" in words
    assert "Somebody else" in words
    assert "Pat Example" not in bare + words
    assert "Pat Example" in all_of_it
