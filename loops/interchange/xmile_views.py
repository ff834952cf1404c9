"""The drawing of an XMILE model: where its variables stand, the connectors between them, and loop labels."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from loops.interchange.contents import local
from loops.interchange.curves import Point, bend_leaving, point_of, side_by_side
from loops.interchange.draft import DELAYED, DraftArrow, DraftLoop
from loops.interchange.naming import text_of
from loops.interchange.words import number_of, plain, sign_of
from loops.interchange.xmile_variables import VARIABLES, key_of, label_of, named, said, text_at
from loops.validity import LETTERS

_LETTERS = {**LETTERS, "c": "B"}
"""What a loop label may say instead of R and B; C is for counteracting."""
_NO_DIAGRAM = frozenset({"interface", "template"})


@dataclass
class View:
    """One page of the drawing: the model it shows, and where its variables and aliases stand on it."""

    model: str
    page: Element
    places: dict[str, Point] = field(default_factory=dict)
    """By key."""
    labels: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, Point | None]] = field(default_factory=dict)
    """The keys and places of aliases, by their uid."""

    def end(self, connector: Element, name: str) -> tuple[str, Point | None]:
        """The key of what a connector joins, and where that stands; an alias for its variable."""
        for element in named(connector, name):
            for alias in named(element, "alias"):
                return self.aliases.get(said(alias, "uid"), ("", None))
            key = key_of(self.model, element.text or "")
            return key, self.places.get(key)
        return "", None


def views_of(root: Element) -> list[View]:
    """The pages on which a file draws its models, in order."""
    return [
        _view(said(model, "name"), page)
        for model in named(root, "model")
        for block in named(model, "views")
        for page in named(block, "view")
        if said(page, "type") not in _NO_DIAGRAM
    ]


def _view(model: str, page: Element) -> View:
    view = View(model, page)
    for element in page:
        at = _place(element)
        if local(element) in VARIABLES and (key := key_of(model, said(element, "name"))):
            view.labels.setdefault(key, label_of(said(element, "name")))
            if at is not None:
                view.places.setdefault(key, at)
        elif local(element) == "alias":
            view.aliases[said(element, "uid")] = (key_of(model, text_at(element, "of")), at)
    return view


def _place(element: Element) -> Point | None:
    return point_of(number_of(said(element, "x")), number_of(said(element, "y")))


def places_of(views: Sequence[View]) -> dict[str, Point]:
    """Where each variable stands, by key, with all views in a row; that of an alias if there is no other."""
    found = [
        (key, (at[0] + shift, at[1]), key in view.places)
        for view, shift in zip(views, shifts_of(views), strict=True)
        for key, at in _spots(view)
    ]
    places: dict[str, Point] = {}
    for key, at, _ in sorted(found, key=lambda spot: not spot[2]):
        places.setdefault(key, at)
    return places


def shifts_of(views: Sequence[View]) -> list[float]:
    """How far each view is moved to the right, for all of them to be in a row."""
    return side_by_side([[at[0] for _, at in _spots(view)] for view in views])


def _spots(view: View) -> list[tuple[str, Point]]:
    return [*view.places.items(), *((key, at) for key, at in view.aliases.values() if at is not None)]


def arrows_of(view: View) -> Iterator[DraftArrow]:
    """The connectors of a view; signs that are not drawn are ?."""
    for number, connector in enumerate(named(view.page, "connector"), start=1):
        (source, begin), (target, end) = view.end(connector, "from"), view.end(connector, "to")
        angle = number_of(said(connector, "angle"))
        arrow = DraftArrow(
            source,
            target,
            sign_of(said(connector, "polarity")),
            place=f"connector {said(connector, 'uid') or number}",
        )
        if plain(said(connector, "delay_mark")).casefold() in ("true", "1"):
            arrow.delay, arrow.delay_marked = DELAYED, True
        if angle is not None and begin == view.places.get(source) and end == view.places.get(target):
            arrow.bend = bend_leaving(begin, end, angle) if begin is not None and end is not None else None
        yield arrow


def loops_of(
    view: View, following: Mapping[str, Collection[str]], hidden: Collection[str] = ()
) -> Iterator[tuple[DraftLoop, Point]]:
    """The loop labels of a view, and where they stand on it; `following` has ends of arrows by their begin.

    What belongs to a loop may be listed in any order, or not at all; what is `hidden` is no box.
    """
    for indicator in named(view.page, "loop_indicator"):
        text = plain(said(indicator, "text"))
        keys = [
            key
            for entities in named(indicator, "entities")
            for entity in named(entities, "entity")
            if (key := key_of(view.model, said(entity, "name"))) not in hidden
        ]
        around = zip(keys, [*keys[1:], *keys[:1]], strict=True)
        closes = all(end in following.get(begin, ()) for begin, end in around)
        among = dict.fromkeys(keys)
        links = [(begin, end) for begin in among for end in following.get(begin, ()) if end in among]
        loop = DraftLoop(plain(text_at(indicator, "name")), _LETTERS.get(text.casefold(), text))
        loop.path, loop.links = (tuple(keys), ()) if closes else ((), tuple(links))
        loop.place = f"loop {text}".strip()
        loop.story = text_of(text_at(indicator, "doc"))
        yield loop, _place(indicator) or (math.nan, math.nan)
