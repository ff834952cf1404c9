"""Where compiled code is kept between runs: beside the package, or per user when that cannot be written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
