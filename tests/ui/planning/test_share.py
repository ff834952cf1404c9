from __future__ import annotations

import base64
import json
import zlib

import pytest
from boards import MODEL, YEAR, boards
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.model import Variable
from loops.parts import replace
from loops.ui.planning import board, share
from loops.ui.planning.board import Board
from loops.ui.planning.share import MOST_BYTES, MOST_LETTERS, View, decode, encode

DIGEST = share.digest(MODEL)
VIEW = View(digest=DIGEST, board=board.keep(board.fresh(MODEL, "year", YEAR), MODEL, "Kept"))


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


def opened(text: str) -> View | None:
    """What a text opens as; anything but a view is one sentence."""
    said = ""
    try:
        return decode(text)
    except ValueError as problem:
        said, kind = str(problem), type(problem)
    assert kind is ValueError
    assert said.endswith(".")
    assert "\n" not in said
    return None


@given(boards)
def test_a_link_opens_as_what_it_was_made_from(one: Board) -> None:
    view = View(digest=DIGEST, board=one)
    text = encode(view)
    assert decode(text) == view
    assert len(text) <= MOST_LETTERS
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_view_or_one_sentence(text: str) -> None:
    assert opened(text) is None


@given(st.binary(max_size=300))
def test_any_packed_bytes_are_a_view_or_one_sentence(data: bytes) -> None:
    assert opened(packed(data)) is None


@settings(max_examples=300)
@given(st.data())
def test_a_changed_link_is_a_view_or_one_sentence(data: st.DataObject) -> None:
    text = encode(VIEW)
    at = data.draw(st.integers(0, len(text)))
    kind = data.draw(st.sampled_from(["cut", "change", "insert"]))
    letter = data.draw(st.sampled_from("AZaz09-_é\n \ud800"))
    changed = {
        "cut": text[:at],
        "change": text[:at] + letter + text[at + 1 :],
        "insert": text[:at] + letter + text[at:],
    }[kind]
    view = opened(changed)
    assert view is None or view == VIEW


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
def test_any_value_in_any_field_is_a_view_or_one_sentence(value: object) -> None:
    content = json.loads(VIEW.model_dump_json())
    for field in content["board"]:
        view = opened(packed(json.dumps(content | {"board": content["board"] | {field: value}}).encode()))
        assert view is None or encode(view)


@pytest.mark.parametrize(
    "text",
    [
        "A" * (MOST_LETTERS + 1),
        packed(b"0" * (MOST_BYTES + 1)),
        packed(b"[" * 100_000),
        packed(b'{"version": 1}'),
        packed(VIEW.model_dump_json().encode().replace(b'"training"', b'"__proto__"')),
        encode(VIEW) + "AAAA",
        encode(VIEW)[:-5],
        "../../etc/passwd",
    ],
)
def test_what_is_too_long_or_not_from_here_is_one_sentence(text: str) -> None:
    assert opened(text) is None


def test_a_link_of_another_version_says_so() -> None:
    content = json.loads(VIEW.model_dump_json())
    with pytest.raises(ValueError, match="another version"):
        decode(packed(json.dumps(content | {"version": 2}).encode()))


def test_a_view_that_is_too_much_for_a_link_is_not_made_into_one() -> None:
    many = tuple(
        replace(YEAR, id=f"kept_{place}", description="".join(chr(300 + 7 * n % 9000) for n in range(4_000)))
        for place in range(8)
    )
    with pytest.raises(ValueError, match="too much in this view"):
        encode(View(digest=DIGEST, board=replace(VIEW.board, kept=many)))


def test_the_digest_tells_models_apart() -> None:
    other = replace(MODEL, variables=(Variable(id="trust", label="Trust", start=0.2), MODEL.variables[1]))
    assert share.digest(other) != DIGEST
    assert share.digest(replace(MODEL)) == DIGEST
