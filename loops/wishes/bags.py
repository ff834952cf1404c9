"""What short texts say, as bags of words: without endings, small words and slips of the keyboard."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process

from loops.wishes.vocabulary import ALSO, SMALL, stem

LONGEST = 100
"""Words of one text that are looked at: it is a wish, not an essay."""
_LETTERS = 30
"""Letters of a word that are looked at."""
_MOST = 2_000
"""Different words that may be slips of each other: those that stand most often."""
SLIP = 88.0
"""Likeness, of 100, from which one word is a slip of another: "waking" is 92 like "walking", "talking" 86."""
_SHORTEST = 5
"""Letters of a word that may be a slip: shorter ones are too often another word."""
_PARTS = re.compile(r"\d+ ?k\b|\d+|[^\W\d_]+")
_PHRASES = ((re.compile(r"\bsign(s|ed|ing)? up\b"), ""), (re.compile(r"\bc ?25 ?k\b"), "couch 5k"))
"""Signing up has nothing to do with signs, and C25K is Couch to 5k."""


def bags(texts: Sequence[str]) -> list[frozenset[str]]:
    """The words of each text, in one spelling for all of them; of one that has none, the text itself.

    >>> [sorted(bag) for bag in bags(["Become a park run practice", "Parkrun practices!"])]
    [['becom', 'parkrun', 'surgery'], ['parkrun', 'surgery']]
    """
    spelt = [_spelt(text) for text in texts]
    known = Counter(word for words in spelt for word in words)
    slips = _slips(known)
    found = []
    for text, words in zip(texts, spelt, strict=True):
        roots = {stem(slips.get(word, word)) for word in _joined(words, known)}
        said = roots - SMALL or roots or {text.casefold().strip()}
        found.append(frozenset(ALSO.get(root, root) for root in said))
    return found


def _spelt(text: str) -> list[str]:
    """The words and numbers of a text as they are spelt, without accents; "5 K" is "5k"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for phrase, means in _PHRASES:
        bare = phrase.sub(means, bare)
    return [part.replace(" ", "")[:_LETTERS] for part in _PARTS.findall(bare)[:LONGEST]]


def _joined(words: Sequence[str], known: Mapping[str, int]) -> list[str]:
    """Two words as the one that others write: "park run" where somebody has "parkrun"."""
    joined = list(words)
    for first, second in pairwise(words):
        if first + second in known and first in joined and second in joined:
            joined[joined.index(first)] = first + second
            joined.remove(second)
    return joined


def _slips(known: Mapping[str, int]) -> dict[str, str]:
    """The word that each one is a slip of: the one that stands more often, or is first in the alphabet."""
    long = sorted((word for word in known if len(word) >= _SHORTEST), key=lambda word: (-known[word], word))
    long = long[:_MOST]
    alike = process.cdist(long, long, scorer=fuzz.ratio, score_cutoff=SLIP, dtype=np.uint8)
    return {word: long[int(row.argmax())] for word, row in zip(long, alike > 0, strict=True)}
