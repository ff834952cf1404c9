"""What is worth a look while somebody draws: each is found, said, and mended by a press where a press can."""

from __future__ import annotations

import pytest
from sketches import MODEL, link

from loops.editing.changes import AddLink, AddNode, Become, Remove, Set, apply
from loops.editing.checks import Finding, findings
from loops.model import Model
from loops.parts import replace

SOUND = replace(
    MODEL,
    links=tuple(
        replace(one, reason="So we think", polarity="+" if one.polarity == "?" else one.polarity)
        for one in MODEL.links
    ),
)


def found(model: Model, part: str) -> list[Finding]:
    return [one for one in findings(model) if one.part == part]


def changed(link_part: str, **values: object) -> Model:
    return apply(SOUND, Set(link_part, tuple(values.items())))


STATED = replace(
    SOUND, links=(replace(SOUND.links[0], evidence="stated", passage="As we saw"), *SOUND.links[1:])
)
CASES = [
    (apply(SOUND, AddNode("d", "D")), "node:d", "No arrow leads to or from “D”", 1),
    (apply(SOUND, AddNode("d", "D", "lever")), "node:d", "No arrow leads to or from “D”", 1),
    (changed("link:l|a", strength=0.0), "node:l", "“L” is something we do, and does nothing", 1),
    (apply(SOUND, Remove("link:a|b")), "node:b", "nothing holds it up: it never changes", 3),
    (
        apply(apply(SOUND, Set("node:b", (("fade", 0.1), ("start", 0.0)))), Remove("link:a|b")),
        "node:b",
        "nothing holds it up: it fades",
        2,
    ),
    (changed("link:a|b", polarity="?"), "link:a|b", "Nobody has said yet whether “A” → “B”", 3),
    (changed("link:a|b", strength=0.0), "link:a|b", "does nothing: its strength is 0", 2),
    (STATED, "link:a|b", "without the passage and where it stands", 2),
    (changed("link:a|b", reason=""), "link:a|b", "is assumed, and no reason is given", 0),
    (changed("link:a|b", delay=61.0), "link:a|b", "takes 61 months, more than five years", 2),
    (changed("link:a|b", threshold=0.95), "link:a|b", "0.95: it is reached hardly ever", 2),
    (changed("link:a|b", threshold=0.05), "link:a|b", "0.05: it is reached almost at once", 2),
    (
        replace(SOUND, links=(*SOUND.links, link("a", "b", reason="Twice"))),
        "link:a|b|2",
        "drawn more than once",
        1,
    ),
    (changed("link:a|b", polarity="?"), "loop:grow", "“Grow” is called R1, and a sign on its way", 1),
    (changed("link:a|b", polarity="-"), "loop:grow", "“Grow” has no label", 1),
]


@pytest.mark.parametrize(("model", "part", "says", "ways"), CASES, ids=[case[2][-30:] for case in CASES])
def test_what_is_odd_is_found_and_every_press_mends_it(model, part, says, ways):
    (one,) = found(model, part)
    assert says in one.says
    assert len(one.mends) == ways
    for label, change in one.mends:
        assert not any(says in other.says for other in found(apply(model, change), part)), label


def test_nothing_is_found_where_nothing_is_odd(common_purpose):
    assert findings(SOUND) == ()
    assert findings(common_purpose) == ()


def test_what_is_at_the_border_is_no_finding():
    assert not found(changed("link:a|b", delay=60.0, threshold=0.9), "link:a|b")
    assert not found(changed("link:a|b", threshold=0.1), "link:a|b")


def test_one_arrow_after_another_delay_is_no_repeat():
    later = found(apply(SOUND, AddLink("a", "b", delay=3.0)), "link:a|b|2")
    assert [one.says for one in later] == [
        "“A” → “B” is assumed, and no reason is given: write why somebody thinks so."
    ]


def test_a_label_that_is_free_is_offered():
    """R1 is off the loop, B1 is the other's, so this brake is called B2."""
    model = apply(SOUND, Set("link:b|a", (("polarity", "-"),)))
    (one,) = found(model, "loop:grow")
    assert one.mends[0] == ("Call it B2", Set("loop:grow", (("label", "B2"),)))


def test_what_rests_by_itself_rests_where_it_starts():
    (one,) = found(apply(SOUND, Remove("link:a|b")), "node:b")
    (*kinds, (_, steady)) = one.mends
    assert [change for _, change in kinds] == [Become("b", "context"), Become("b", "lever", 0.0)]
    node = apply(SOUND, steady).nodes["b"]
    assert (1 - node.start) * node.gain == pytest.approx(node.start * node.fade, abs=1e-9)
