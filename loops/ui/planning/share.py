"""A link that restores the view: a board as a short text for the address, and back.

The text is JSON, compressed, in the letters that an address may hold. Whatever comes in is untrusted: its
length is bounded before and after it is unpacked, and it is validated like a file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from loops.model import Model
from loops.parts import Part
from loops.scenario import Scenario
from loops.ui.planning.board import Board

MOST_LETTERS = 8_000
"""Longest text of a link: longer addresses are cut by mail programs and servers."""
MOST_BYTES = 200_000
"""Most that such a text may unpack to."""

_BROKEN = "This link is not whole or not from here: ask for it again, or start from this page as it is."
_TOO_MUCH = "There is too much in this view for a link: remove kept plans, or save the plan as a file."


class View(Part):
    """What a link holds: the board, and which state of the model it was made with."""

    version: Literal[1] = 1
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    board: Board


def digest(model: Model) -> str:
    """Eight letters that differ when a model differs."""
    return hashlib.sha256(model.model_dump_json().encode()).hexdigest()[:8]


def run_key(model: Model, plan: Scenario) -> str:
    """What two plans of a model share only where they run alike: their titles do not count."""
    return f"{digest(model)} {plan.model_dump_json(exclude={'id', 'title', 'description'})}"


def encode(view: View) -> str:
    """The view as the text of a link; raises :class:`ValueError` with one sentence when it is too long."""
    content = view.model_dump_json(exclude_defaults=True).encode()
    text = base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")
    if len(content) > MOST_BYTES or len(text) > MOST_LETTERS:
        raise ValueError(_TOO_MUCH)
    return text


def decode(text: str) -> View:
    """The view in the text of a link; raises :class:`ValueError` with one sentence for anything else."""
    if len(text) > MOST_LETTERS:
        raise ValueError("This link is longer than any that is made here, so it was not opened.")
    unpack = zlib.decompressobj()
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        content = unpack.decompress(packed, MOST_BYTES)
        if not unpack.eof or unpack.unused_data:
            raise ValueError(_BROKEN)
        return View.model_validate_json(content)
    except ValidationError as problem:
        raise ValueError(_why(problem)) from None
    except (binascii.Error, zlib.error, ValueError):
        raise ValueError(_BROKEN) from None


def _why(problem: ValidationError) -> str:
    if any(error["loc"] == ("version",) for error in problem.errors()):
        return "This link was made by another version of these pages: ask for it again."
    return _BROKEN
