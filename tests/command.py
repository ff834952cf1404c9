"""The `loops` command as tests call it."""

from __future__ import annotations

from typer.testing import CliRunner

from loops import library
from loops.cli import app

MODEL = str(library.shipped_models()["common_purpose"])


def run(*arguments: object):
    """What the command did with `arguments`: its exit code and what it printed."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])
