"""JSON of variables and relationships: polarity, loops that are told, ends that are no variable."""

from __future__ import annotations

import json

import pytest

from loops.complaints import BadFile
from loops.interchange.complete import complete
from loops.interchange.draft import Draft
from loops.interchange.relationships import read

ARROWS = [
    {"from": "Trust", "to": "Doing", "polarity": "+", "reasoning": "as we saw"},
    {"from": "Doing", "to": "Strain"},
    {"from": "Strain", "to": "Doing", "polarity": "-", "delayed": True},
]
LOOP = {
    "identifier": "B1",
    "name": "Wearing out",
    "links": [
        {"from": "Doing", "to": "Strain", "polarity": "+"},
        {"from": "Strain", "to": "Doing", "polarity": "-"},
    ],
}


def file(**parts: object) -> Draft:
    return read(json.dumps(parts).encode(), "ours.json")


def test_arrows_boxes_and_loops():
    variables = [{"name": "Strain", "units": "days", "documentation": "Days lost"}]
    draft = file(model={"variables": variables, "relationships": ARROWS}, feedback={"feedbackLoops": [LOOP]})
    assert [(node.label, node.note) for node in draft.nodes] == [
        ("Strain", "Days lost\nMeasured in: days"),
        ("Trust", ""),
        ("Doing", ""),
    ]
    assert [arrow.sign for arrow in draft.arrows] == ["+", "+", "-"]
    assert (draft.arrows[0].note, draft.arrows[2].delay_marked) == ("as we saw", True)
    assert [note.says[-2:] for note in draft.notes] == ["1."]
    (loop,) = complete(draft).model.loops
    assert (loop.label, loop.name, set(loop.path)) == ("B1", "Wearing out", {"doing", "strain"})


def test_the_model_may_stand_by_itself():
    draft = file(relationships=ARROWS, title="Ours")
    assert (draft.title, len(draft.nodes)) == ("Ours", 3)
    assert [arrow.sign for arrow in draft.arrows] == ["+", "?", "-"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"model": {}}, "no relationships"),
        ({"model": [1]}, "an object"),
        ({"relationships": {}}, "a list"),
        ({"relationships": [1]}, "relationships, number 1"),
        ({"relationships": [{}] * 5_001}, "5,001"),
    ],
)
def test_what_is_not_read(parts, words):
    with pytest.raises(BadFile, match=words):
        file(**parts)
