"""Which room may use which: imports point one way, and only the screen knows Streamlit."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "loops").rglob("*.py"))

FLOORS = [
    {"parts", "blocks", "compiled", "circuits"},
    {"sheet"},
    {"criteria", "influence", "kernel"},
    {"validity"},
    {"model"},
    {"scenario", "feedback"},
    {"narrate", "independent", "shape", "complaints", "equations"},
    {"merge", "jacobian", "simulate", "spread"},
    {"files", "editing", "reference", "compare", "noise", "worlds", "dominance"},
    {"partners"},
    {"library", "interchange", "store", "equilibrium", "validation", "ensemble"},
    {"theory", "matrix", "wishes"},
    {"utopia", "journey"},
    {"draw"},
    {"cli", "ui"},
    {"__main__"},
]
"""From the ground up: a room may use its own floor and those below."""


def room(path: Path) -> str:
    inside = path.relative_to(ROOT / "loops")
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imports(path: Path) -> set[str]:
    """Modules imported when the file runs; imports for type checkers alone do not count."""
    found = set()
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= (
                {node.module} if node.module != "loops" else {f"loops.{alias.name}" for alias in node.names}
            )
    return found


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "__init__.py"], ids=lambda p: p.stem)
def test_imports_point_downwards(path):
    used = {name.split(".")[1] for name in imports(path) if name.startswith("loops.")}
    above = {name for name in used if floor(name) > floor(room(path))}
    assert not above, f"{room(path)} uses {above}"


@pytest.mark.parametrize("path", [path for path in FILES if room(path) != "ui"], ids=lambda p: p.stem)
def test_only_the_screen_knows_streamlit(path):
    assert not {name for name in imports(path) if name.split(".")[0] == "streamlit"}


def test_compiled_code_is_in_one_room():
    assert [room(path) for path in FILES if "numba" in imports(path)] == ["kernel"]


def test_the_app_is_thin():
    assert len((ROOT / "app.py").read_text().splitlines()) <= 60
