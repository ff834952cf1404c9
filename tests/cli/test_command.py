"""The command itself: two ways to start it, and the list of what it can do."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from command import run

from loops.cli import app, main


def test_the_installed_command_is_this_one():
    (script,) = entry_points(group="console_scripts", name="loops")
    assert script.load() is main


def test_python_can_run_the_package():
    done = subprocess.run(
        [sys.executable, "-m", "loops", "--help"], capture_output=True, text=True, check=True
    )
    assert "schema" in done.stdout


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda command: command.callback.__name__)
def test_each_command_says_what_it_does(command):
    name = command.name or command.callback.__name__
    result = run(name, "--help")
    assert result.exit_code == 0
    assert command.callback.__doc__.split(":")[0].split(",")[0] in " ".join(result.output.split())
