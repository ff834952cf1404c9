"""Loop labels that only stand somewhere, and the loops round them."""

from __future__ import annotations

from loops.interchange.draft import Draft, DraftArrow, DraftLoop, DraftNode
from loops.interchange.labelled import settle

PLACES = {"a": (0.0, 0.0), "b": (200.0, 0.0), "c": (200.0, 200.0), "d": (0.0, 200.0)}
SQUARE = ("ab+", "bc+", "cd+", "da-")
TRIANGLE = ("ca+",)


def draft(*arrows, places=PLACES):
    nodes = [DraftNode(key, key.upper(), position=at) for key, at in places.items()]
    return Draft("x", "test", nodes=nodes, arrows=[DraftArrow(one[0], one[1], one[2]) for one in arrows])


def settled(label, at, *arrows, places=PLACES):
    loop = DraftLoop(letter=label, place="here")
    notes = settle([(loop, at)], draft(*arrows, places=places))
    return notes, loop.path


def test_the_smallest_loop_round_a_label_is_taken():
    """The square a b c d holds both triangles; a b c is the half above the diagonal from a to c."""
    notes, path = settled("", (150, 50), *SQUARE, *TRIANGLE)
    assert path == ("a", "b", "c")
    assert [(note.kind, note.place) for note in notes] == [("assumed", "here")]
    assert "“A” → “B” → “C” → “A”" in notes[0].says
    assert settled("", (50, 150), *SQUARE, *TRIANGLE)[1] == ("a", "b", "c", "d")


def test_a_letter_chooses_between_loops_and_never_excludes_all():
    assert settled("R1", (150, 50), *SQUARE, *TRIANGLE)[1] == ("a", "b", "c")
    assert settled("B1", (150, 50), *SQUARE, *TRIANGLE)[1] == ("a", "b", "c", "d")
    assert settled("R1", (100, 100), *SQUARE)[1] == ("a", "b", "c", "d")
    assert settled("B1", (150, 50), "ab+", "bc?", "ca+")[1] == ("a", "b", "c")


def test_outside_or_without_places_nothing_is_taken():
    assert settled("B1", (300, 100), *SQUARE) == ([], ())
    assert settled("B1", (float("nan"), 0), *SQUARE) == ([], ())
    assert settled("B1", (100, 100), *SQUARE, places=PLACES | {"d": None}) == ([], ())
    assert settled("B1", (100, 100), "ab+", "bc+") == ([], ())


def test_a_bow_makes_room_for_a_label_between_two_boxes():
    one = draft("ab+", "ba+")
    one.arrows[0].bend = one.arrows[1].bend = 0.3
    loop = DraftLoop(letter="R")
    settle([(loop, (100, -20))], one)
    assert loop.path == ("a", "b")


def test_each_loop_has_one_label():
    first, second = DraftLoop(letter="B1"), DraftLoop(letter="B2")
    settle([(first, (100, 90)), (second, (100, 110))], draft(*SQUARE))
    assert (first.path, second.path) == (("a", "b", "c", "d"), ())


def test_a_label_that_says_its_path_is_left_as_it_is():
    loop = DraftLoop(path=("x", "y"))
    assert settle([(loop, (100, 100))], draft(*SQUARE)) == []
    assert loop.path == ("x", "y")


def test_a_search_that_is_cut_short_says_so():
    """Every two of 26 boxes point at each other: 325 loops of two, all in one place or another."""
    keys = "abcdefghijklmnopqrstuvwxyz"
    places = {key: (n * 10.0, (n * n) % 97 * 1.0) for n, key in enumerate(keys)}
    arrows = [f"{a}{b}+" for a in keys for b in keys if a != b]
    notes = settled("B1", (9_999, 0), *arrows, places=places)[0]
    assert [note.kind for note in notes] == ["left out"]
    assert "300" in notes[0].says


def test_a_diagram_too_large_to_open_is_not_searched():
    large = draft(*SQUARE, places=PLACES | {f"n{n}": (n * 1.0, 0.0) for n in range(500)})
    loop = DraftLoop(letter="B1")
    assert settle([(loop, (100, 100))], large) == []
    assert loop.path == ()
