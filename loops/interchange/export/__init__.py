"""Send a model to another tool: a file per format writes it, and what the format cannot hold is told."""

from __future__ import annotations

from dataclasses import dataclass

from loops.interchange.export.formats import FORMATS, Format
from loops.interchange.export.lost import lost
from loops.model import Model
from loops.parts import nearest
from loops.scenario import Scenario

__all__ = ["FORMATS", "Exported", "Format", "export"]


@dataclass(frozen=True)
class Exported:
    """A model in another format, the name of a file for it, and a sentence for each thing that it lacks."""

    data: bytes
    file: str
    mime: str
    lost: tuple[str, ...]


def export(model: Model, to: str, *, scenario: Scenario | None = None) -> Exported:
    """The model in the format `to`, one of :data:`FORMATS`: the same bytes each time.

    Raises :class:`ValueError` when there is no such format, or when the model is too much for it.
    """
    if to not in FORMATS:
        raise ValueError(f"there is no format '{to}'. {nearest(to, FORMATS)}")
    form = FORMATS[to]
    planned = scenario is not None and "plan" in form.holds
    stem = f"{model.id}-{scenario.id}" if scenario is not None and planned else model.id
    data = form.write(model, scenario)
    told = lost(model, form.holds, scenario)
    if 0 < form.most < len(data):
        told = (
            f"The link has {len(data):,} characters, and not every browser opens more than {form.most:,}.",
            *told,
        )
    return Exported(data, stem + form.suffix, form.mime, told)
