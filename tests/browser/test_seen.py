"""What was seen in a real browser: written down by keyboard, and a table that comes in and goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import still, turn_to

TABLE = "date,on,what,source,bearing,who\n" + "".join(
    f"2024-0{month},trust,They came {month} times,Minutes,supports,Robin\n" for month in range(1, 5)
)
CSV = "Take in a table (CSV), or save one"


@pytest.fixture
def stress(page: Any, address: str) -> Any:
    """The page in a new shared space."""
    page.goto(address)
    turn_to(page, "Meeting", "Together")
    page.get_by_role("button", name="Keep it in a shared space").click()
    page.get_by_label("A name for a new space").fill("What we saw")
    page.get_by_role("button", name="Start a new space").click()
    page.get_by_text("Shared space:").wait_for()
    turn_to(page, "Stress test", "Look deeper")
    page.get_by_text("Nothing has been written down about this model yet.").wait_for()
    still(page)
    return page


def test_words_are_written_down_by_keyboard_and_the_fields_are_empty_then(stress: Any) -> None:
    stress.get_by_text("Write down what was seen", exact=True).click()
    stress.get_by_label("What was seen", exact=True).fill("They rang us first")
    stress.get_by_label("When", exact=True).fill("3/2026")
    stress.get_by_label("Where it is written down").fill("Minutes")
    stress.get_by_role("button", name="Write it down").focus()
    stress.keyboard.press("Enter")
    stress.get_by_role("cell", name="They rang us first").wait_for()
    still(stress)
    assert stress.get_by_label("What was seen", exact=True).input_value() == ""
    found = Axe().run(stress).response["violations"]
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_a_table_comes_in_once_and_goes_out_without_names(stress: Any, tmp_path: Path) -> None:
    file = tmp_path / "seen.csv"
    file.write_text(TABLE)
    stress.get_by_text(CSV, exact=True).click()
    place = stress.locator('section[aria-label="A table (.csv)"] input[type=file]')
    place.set_input_files(file)
    stress.get_by_role("button", name="Add these 4").wait_for()
    still(stress)
    stress.get_by_role("button", name="Add these 4").click()
    stress.get_by_text("Of 4 things seen, by what each is about: 4 support it.").wait_for()
    still(stress)
    place.set_input_files(file)
    stress.get_by_text("4 of its 4 rows are written down here already.").wait_for()
    still(stress)
    with stress.expect_download() as got:
        stress.get_by_role("button", name="Save all that was seen (CSV)").click()
    saved = Path(got.value.path()).read_text()
    assert saved.count("They came") == 4
    assert "Robin" not in saved
