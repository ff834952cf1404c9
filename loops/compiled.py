"""Compiled code that others bring: where Numba's is kept between runs, and how many threads matrices get.

Numba's goes beside the package, or per user when that cannot be written.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy.linalg  # noqa: F401  what is limited below must be loaded
from threadpoolctl import threadpool_limits

# matrices here are small: on a busy computer threads that wait for each other made eigenvalues 8 times slower
threadpool_limits(limits=1, user_api="blas")


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _choose() -> bool:
    """Whether to cache. Numba looks beside the file, then in the user's cache, and fails without either."""
    if os.environ.get("NUMBA_CACHE_DIR") or _writable(Path(__file__).parent / "__pycache__"):
        return True
    return _writable(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "numba")


CACHE = _choose()
