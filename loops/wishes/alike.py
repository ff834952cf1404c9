"""Wishes that say the same in other words, so that a room can put them together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

from loops.wishes.bags import bags
from loops.wishes.vocabulary import ROLES, weight

SAME = 0.7
"""From here on two texts are proposed as the same. Of 83 pairs tried, those that differ in one word that
matters reach .67 ("lunchtime walk for staff", "lunchtime yoga for staff"), and those that say the same begin
at .75. Two pairs of each kind are on the wrong side of any threshold: a room decides, not this number."""
MOST = 1_000
"""Texts that are compared with each other; further ones are in no group."""
_OTHERS = 0.5
"""How much of a likeness is left when two texts name different people."""


def likeness(texts: Sequence[str], *, rows: int | None = None) -> NDArray[np.float64]:
    """How alike the first `rows` texts, or all, are to each text, (rows, texts), from 0 to 1.

    With s the weight that they share and t1 >= t2 what each weighs, it is the mean of s / mean(t1, t2)
    (Dice) and s / max(t2, 1) (how much of the shorter one is in the longer one).

    >>> likeness(["Bike racks", "racks for bikes", "Coat racks"]).round(2).tolist()[0]
    [1.0, 1.0, 0.5]
    """
    found = bags(texts)
    places = {word: at for at, word in enumerate(sorted(set().union(*found)))}
    weighed = _table(found, places, {word: weight(word) ** 0.5 for word in places})
    each = weighed.multiply(weighed).sum(axis=1)
    shared = (weighed[:rows] @ weighed.T).toarray()
    dice = 2 * shared / (each[:rows, None] + each)
    within = shared / np.maximum(np.minimum(each[:rows, None], each), 1)
    people = _table(found, places, dict.fromkeys(places.keys() & ROLES, 1.0))
    named = people.sum(axis=1) > 0
    others = named[:rows, None] & named & ((people[:rows] @ people.T).toarray() == 0)
    # rounding would make a text more than wholly like itself
    found_alike: NDArray[np.float64] = np.minimum(np.where(others, _OTHERS, 1) * (dice + within) / 2, 1)
    return found_alike


def duplicates(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Groups of texts that may be the same, as their places: in a group each two are alike.

    Of more than :data:`MOST` texts the first ones are compared.

    >>> duplicates(["Bike racks", "Walking group", "racks for bikes", "Running group"])
    ((0, 2),)
    """
    texts = texts[:MOST]
    if len(texts) < 2:
        return ()
    far = 1 - likeness(texts)
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(far, checks=False), "complete")
    groups: dict[int, list[int]] = {}
    for place, group in enumerate(fcluster(tree, 1 - SAME, "distance")):
        groups.setdefault(int(group), []).append(place)
    return tuple(sorted(tuple(group) for group in groups.values() if len(group) > 1))


def _table(found: Sequence[frozenset[str]], places: dict[str, int], values: dict[str, float]) -> csr_array:
    """Which words are in which text, (texts, words), each with its value."""
    cells = [
        (row, places[word], values[word]) for row, bag in enumerate(found) for word in bag if word in values
    ]
    rows, columns, data = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_array((data, (rows, columns)), shape=(len(found), len(places)), dtype=np.float64)
