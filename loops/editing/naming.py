"""An id for what came with a name of any kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 64
"""Characters of an id."""


def id_of(label: str, taken: Collection[str], *, otherwise: str = "box") -> str:
    """An id that tells what a label says, and is not `taken`.

    >>> id_of("Confiance établie", ()), id_of("2nd visit", ()), id_of("Trust", {"trust"}), id_of("信任", ())
    ('confiance_etablie', 'box_2nd_visit', 'trust_2', 'box')
    """
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
    if not stem[:1].isalpha():
        stem = f"{otherwise}_{stem}".rstrip("_")
    found, number = stem[:_LONGEST].rstrip("_"), 1
    while found in taken:
        number += 1
        found = f"{stem[: _LONGEST - len(str(number)) - 1].rstrip('_')}_{number}"
    return found
