"""What the project promises about itself: where the app answers, what is pinned, what the README shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_app_answers_to_this_computer_only_and_sends_no_statistics():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["port"] == 8501
    assert config["browser"]["gatherUsageStats"] is False


def test_every_pin_is_a_name_and_a_version_and_no_address():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(name for extra in extras for name in extra)]
    pinned = {_name(line) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {_name(requirement) for requirement in wanted} <= pinned


def _name(requirement: str) -> str:
    """The name at the start of a requirement, as package indexes compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=]", requirement)[0]).lower()


def test_the_readme_has_no_gaps_and_its_first_commands_are_the_makefiles():
    text = (ROOT / "README.md").read_text()
    assert not re.findall(r"\b[A-Z]+_(?:TABLE|SENTENCE)\b|TODO", text)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^make (\w+)", text, re.MULTILINE)) <= targets


def test_the_readmes_scenario_can_be_used(common_purpose):
    from loops.files import parse_scenario

    text = (ROOT / "README.md").read_text()
    (example,) = re.findall(r"```toml\n(format.*?)```", text, re.DOTALL)
    assert parse_scenario(example.encode(), "README.md", common_purpose).id == "our_plan"


def test_the_readmes_partner_can_be_used():
    from loops.files import read_model
    from loops.library import shipped_models
    from loops.partners.document import parse_history

    text = (ROOT / "README.md").read_text()
    (example,) = re.findall(r"```toml\n(model = .*?)```", text, re.DOTALL)
    model = read_model(shipped_models()["active_practice"])
    assert len(parse_history(example.encode(), "README.md", model).marks) == 1
