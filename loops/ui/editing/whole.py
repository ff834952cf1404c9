"""The diagram as a whole, as a form: its title, what is worked towards, and what it is about."""

from __future__ import annotations

from loops.ui.editing import form
from loops.ui.editing.drafts import Draft

_ASIDE = ("variables", "levers", "contexts", "links", "loops", "stories", "reference_modes", "corrections")


def show(draft: Draft) -> None:
    """Draw the form."""
    model = draft.model
    place = form.place("model", model, but=_ASIDE)
    values = {
        "title": form.line("Title", model.title, f"{place}:title"),
        "vision": form.lines("What we work towards, in our own words", model.vision, f"{place}:vision"),
        "description": form.lines("What it is about", model.description, f"{place}:about", height=120),
    }
    form.keep(draft, form.asked(model, "model", model, values), place)
