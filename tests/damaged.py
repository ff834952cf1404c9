"""Files that are not what they were: damaged byte by byte, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from loops.complaints import BadFile


def damaged(
    data: st.DataObject, file: bytes, *, most: int = 8, gone: int = 3, pieces: Sequence[bytes] = ()
) -> bytes:
    """A file in which, at up to `most` places, up to `gone` bytes are others: any, or one of `pieces`."""
    new = st.sampled_from(pieces) if pieces else st.binary(max_size=3)
    changed = bytearray(file)
    for _ in range(data.draw(st.integers(1, most))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, gone))] = data.draw(new)
    return bytes(changed)


def message(read: Callable[[bytes], object], data: bytes) -> str | None:
    """The one message that a file ends in, or None when it can be read."""
    try:
        read(data)
    except BadFile as problem:
        return str(problem)
    return None
