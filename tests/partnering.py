"""Partners of a shared space without a browser: the page as it opens, and one that is there already."""

from __future__ import annotations

from typing import Any

from onscreen import run
from streamlit.testing.v1 import AppTest

from loops.partners import Profile
from loops.store import Store
from loops.store.records import Partner, Workspace
from loops.ui import catalogue
from loops.ui.partnering.opened import STEP


def add(store: Store, space: Workspace, name: str = "Surgery A", **said: Any) -> Partner:
    """A partner that is rated in the words of the surgery's model."""
    model = said.pop("model", "active_practice")
    return store.add_partner(space.token, model=model, profile=Profile(name, **said))


def visit(
    space: Workspace | None = None,
    partner: Partner | str | None = None,
    step: str | None = None,
    about: str = "",
    model: str = "active_practice",
    **address: str,
) -> AppTest:
    """The page with this model: its list, or a partner at a step, with what is behind a button opened."""

    def show() -> None:
        import importlib

        importlib.import_module("loops.ui.partners").show()

    at = AppTest.from_function(show, default_timeout=60)
    at.session_state[catalogue.CHOSEN] = model
    if step:
        at.session_state[STEP] = step
    if about:
        at.session_state[f"partner_about:{about}"] = True
    for name, value in address.items():
        at.query_params[name] = value
    if space:
        at.query_params["workspace"] = space.token
    if partner:
        at.query_params["partner"] = partner if isinstance(partner, str) else str(partner.id)
    return run(at)


def answer(at: AppTest, box: str, word: str, role: str = "") -> AppTest:
    """What somebody says of a box, pressed."""
    rated(at, box, role).set_value(word)
    return run(at)


def rated(at: AppTest, box: str, role: str = "") -> Any:
    """The five words of a box."""
    return next(one for one in at.get("button_group") if str(one.key).endswith(f":said:{role}:{box}"))
