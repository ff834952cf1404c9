"""Progress on a phone: cards that fit, what people said behind a fold, the form for partners by keyboard."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from onphone import check_fit, phone

from loops.partners import Mark, Profile
from loops.store import Store

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_progress_is_read_on_a_phone_and_shown_to_partners(browser: Any, address: str, scheme: str) -> None:
    with Store.open(os.environ["LOOPS_STORE"]) as store:
        space = store.create_workspace("North team")
        for number in range(5):
            profile = Profile(f"Surgery {number}", workstream="Primary care" if number else "Schools")
            made = store.add_partner(space.token, model="common_purpose", profile=profile)
            said = Mark("insight", "mostly", date.today(), "Nurse", "It fits our day")
            store.rate(space.token, made.id, [said])
    with phone(browser, f"{address}/progress?workspace={space.token}", scheme) as page:
        page.get_by_role("heading", name="Primary care 4 partners").wait_for()
        page.get_by_text("What people said since").first.click()
        expect(page.get_by_text("It fits our day").first).to_be_visible()
        check_fit(page, ".stream, .stream li, .said")
        page.get_by_role("radio", name="For us").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Primary care and Schools together 5 partners").wait_for()
        expect(page.get_by_text("It fits our day")).to_have_count(0)
        check_fit(page, ".stream, .stream li")
