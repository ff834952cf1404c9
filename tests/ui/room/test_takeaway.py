"""Files of a workshop."""

from __future__ import annotations

import io

from pptx import Presentation

from loops.draw import document
from loops.model import Model
from loops.scenario import Scenario
from loops.ui.catalogue import Shelf
from loops.ui.room import takeaway


def test_a_diagram_whose_signs_are_not_decided_yet_has_slides_without_fills() -> None:
    model = Model.model_validate(
        {
            "id": "draft",
            "title": "Draft",
            "variable": {"trust": {"label": "Trust", "start": 0.1}, "joy": {"label": "Joy", "start": 0.1}},
            "link": [{"from": "trust", "to": "joy", "polarity": "?", "strength": 0.1}],
            "story": [
                {
                    "id": "told",
                    "title": "Told",
                    "question": "True here?",
                    "step": [{"title": "One", "sentence": "Trust.", "scenario": "nothing_new", "month": 3}],
                }
            ],
        }
    )
    nothing_new = Scenario(id="nothing_new", model="draft", title="If nothing new is done")
    shelf = Shelf("draft", model, {"nothing_new": nothing_new})
    made = takeaway.slides(shelf, model.stories[0], document.Record("Workshop", "1 June", "Draft"))
    assert len(Presentation(io.BytesIO(made)).slides) == 4
