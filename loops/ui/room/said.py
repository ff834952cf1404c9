"""What a room says onto the diagram: what it is about, who speaks, and all of it as marks or as topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from loops.draw.document import Said, Topic, Votes
from loops.draw.elements import SIGNS
from loops.draw.layout import link_keys, loops_by_id
from loops.model import Link, Model
from loops.store.records import Note
from loops.ui.reading import arrow_words
from loops.ui.text import unique

ELSE = "somebody_else"
_OF_AN_ARROW = (
    "Is this true here? When did you last see it?",
    "What makes it stronger or weaker in your setting?",
    "Who would see it differently?",
)
_OF_A_LOOP = (
    "Have you seen this come round here?",
    "Where does it get stuck, and what would set it going?",
)


def roles(model: Model) -> dict[str, str]:
    """Whom people can speak as; somebody else is always among them."""
    return {**{role.id: role.label for role in model.roles}, ELSE: "Somebody else"}


def parts(model: Model) -> dict[str, str]:
    """Everything that something can be said about, such as ``node:trust``, with a title of its own."""
    titles = {f"node:{name}": node.label for name, node in model.nodes.items()}
    titles |= {f"link:{key}": arrow(model, link) for key, link in link_keys(model).items()}
    titles |= {f"loop:{name}": f"Loop: {loop.name}" for name, loop in loops_by_id(model).items()}
    return unique(titles)


def arrow(model: Model, link: Link) -> str:
    """An arrow as a title."""
    return f"{model.nodes[link.source].label} → {model.nodes[link.target].label} ({SIGNS[link.polarity]})"


def about(model: Model, part: str) -> str:
    """What a box, arrow or loop is, in a sentence or two; empty where the file says nothing."""
    kind, _, name = part.partition(":")
    if kind == "node":
        return model.nodes[name].description
    if kind == "link":
        return claim(model, link_keys(model)[name])
    named = loops_by_id(model)[name].named
    return named.story if named else ""


def claim(model: Model, link: Link) -> str:
    """What an arrow says, so that a room can find it true or not."""
    if link.polarity == "?":
        return f"“{model.nodes[link.source].label}” changes “{model.nodes[link.target].label}”."
    return " ".join(filter(None, (arrow_words.sentence(model, link), arrow_words.lateness(link))))


def prompts(model: Model, part: str) -> tuple[str, ...]:
    """Questions to ask the room about a part."""
    kind, _, name = part.partition(":")
    if kind == "node":
        return model.nodes[name].prompts
    return _OF_AN_ARROW if kind == "link" else _OF_A_LOOP


def marks(notes: Sequence[Note], votes: Mapping[str, Votes]) -> dict[str, str]:
    """Short texts for the diagram, by box id or arrow key: how votes went, and how many things were said."""
    counts = Counter(note.element for note in notes if not note.element.startswith("loop:"))
    said = {part: f"{count} said" for part, count in counts.items()}
    voted = {f"link:{key}": tallied(each) for key, each in votes.items()}
    found = {part: "; ".join(each[part] for each in (voted, said) if part in each) for part in voted | said}
    return {name: text for part, text in found.items() for kind, _, name in [part.partition(":")]}


def tallied(votes: Votes) -> str:
    """The counts of a vote in a few words.

    >>> tallied(Votes(yes=5, no=1, depends=2))
    'yes 5, depends 2, no 1'
    """
    return f"yes {votes.yes}, depends {votes.depends}, no {votes.no}"


def topics(model: Model, notes: Sequence[Note], votes: Mapping[str, Votes]) -> tuple[Topic, ...]:
    """Everything that was said or voted on, in the order of the model's file, for a document.

    What is about a part that the model no longer has comes last, under the name the file had for it.
    """
    known, called = parts(model), roles(model)
    talked = dict.fromkeys([*(note.element for note in notes), *(f"link:{key}" for key in votes)])
    order = [*(part for part in known if part in talked), *(part for part in talked if part not in known)]
    return tuple(
        Topic(
            title=known.get(part) or f"No longer in the diagram: {part.partition(':')[2]}",
            prompts=prompts(model, part) if part in known else (),
            said=tuple(
                Said(called.get(note.role, called[ELSE]), note.text, note.author)
                for note in notes
                if note.element == part
            ),
            votes=votes.get(part.removeprefix("link:")) if part.startswith("link:") else None,
        )
        for part in order
    )
