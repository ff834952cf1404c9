"""Compiled code is kept per user when the installation cannot be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOOPS = Path(__file__).parent.parent / "loops"
RUN = """
from loops import compiled, kernel
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import simulate
x = {"label": "X", "start": 0.5, "fade": 0.1}
model = Model.model_validate({"id": "m", "title": "M", "variable": {"x": x}})
run = simulate(model, [Scenario(id="s", model="m", title="S")], months=3)[0]
folder = kernel.integrate.stats.cache_path if compiled.CACHE else ""
print(compiled.CACHE, round(float(run["x"][-1]), 4), folder)
"""


@pytest.fixture
def read_only(tmp_path):
    """An installation that nobody can write compiled code into, not even root, whom permissions do not stop:
    a file stands where the folder for it would be."""
    package = tmp_path / "installed" / "loops"
    shutil.copytree(LOOPS, package, ignore=shutil.ignore_patterns("__pycache__", "ui", "draw"))
    (package / "__pycache__").write_text("")
    return package.parent


def run(installed: Path, home: Path) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(installed),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env=environment,
        cwd=installed.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_read_only_installation_keeps_compiled_code_per_user(read_only, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    said = run(read_only, home)
    assert said.startswith("True 0.3704")  # 0.5 exp(-0.3)
    assert str(home) in said
    assert list(home.rglob("kernel.integrate*.nbi"))
    assert not list(read_only.rglob("*.nbi"))


def test_without_any_folder_to_write_it_compiles_each_time(read_only, tmp_path):
    home = tmp_path / "home"
    home.write_text("")
    assert run(read_only, home).startswith("False 0.3704")
