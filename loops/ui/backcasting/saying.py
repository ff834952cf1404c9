"""The answer in words: how sure a plan is, what it takes, what is left of it, and what cannot be reached."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor

from loops.draw.scale import in_versions, in_words, years
from loops.model import Model
from loops.narrate import in_hours
from loops.ui.backcasting.asking import Goal
from loops.ui.text import listed
from loops.utopia.chance import Chance
from loops.utopia.found import Backcast, Found
from loops.utopia.plan import RATE, Cost

_ID = re.compile(r"'([a-z][a-z0-9_]*)'")


def chance(found: Chance) -> str:
    """How sure something is, with what the number of versions leaves open.

    >>> chance(Chance(717, 1024)), chance(Chance(0, 1024))
    ('in about 7 of 10 versions of our assumptions (somewhere between 6 and 8)', 'in no version of our \
assumptions (1,024 were tried)')
    """
    if not found.of:
        return "in versions that were not tried"
    said = f"{in_versions(found.share)} of our assumptions"
    if found.held in (0, found.of):
        return f"{said} ({found.of:,} were tried)"
    low, high = (10 * end for end in found.interval)
    fewest, most = floor(low), ceil(high)
    if fewest == 0:
        return f"{said} (at most {most} of 10)"
    return (
        f"{said} (at least {fewest} of 10)"
        if most == 10
        else f"{said} (somewhere between {fewest} and {most})"
    )


def headline(got: Backcast, found: Found) -> str:
    """What a plan does, in one sentence, or first that no plan does enough."""
    if not found.plan.spells:
        return f"With nothing new it gets there {chance(found.chance)}."
    if not got.reachable and found.plan == got.likeliest.plan:
        return f"No plan here is sure enough. This one comes nearest: it gets there {chance(found.chance)}."
    return f"This plan gets there {chance(found.chance)}."


def takes(cost: Cost) -> str:
    """What a plan asks for.

    >>> takes(Cost(430, 9, 1200)), takes(Cost(6, 1, 0)), takes(Cost(0, 0, 0))
    ('up to 9 hours a month, 430 hours in all, and £1,200', 'up to 1 hour a month and 6 hours in all', \
'no hours and no money')
    """
    hours = [f"up to {in_hours(cost.busiest)} a month", f"{in_hours(cost.hours)} in all"]
    said = [*(hours if cost.hours else []), *([pounds(cost.pounds)] if cost.pounds else [])]
    if len(said) == 3:
        return f"{said[0]}, {said[1]}, and {said[2]}"
    return listed(said) if said else "no hours and no money"


def pounds(cost: float) -> str:
    """Money.

    >>> pounds(1200)
    '£1,200'
    """
    return f"£{cost:,.0f}"


def standing(got: Backcast, found: Found) -> str:
    """Which plan this is among all that were found."""
    if got.cheapest and found.plan == got.cheapest.plan:
        return f"Of the plans that get there {_enough(got)}, no cheaper one was found."
    if found.plan == got.likeliest.plan:
        return "Of the plans within these limits that were tried, none gets there in clearly more versions."
    return "Of the plans that were tried, none is both cheaper and surer."


def _few_of(share: float) -> str:
    """A share as the fewest of as few as will do.

    >>> _few_of(.75), _few_of(.9)
    ('3 of 4', '9 of 10')
    """
    few = Fraction(share).limit_denominator(20)
    return f"{few.numerator} of {few.denominator}"


def afterwards(goal: Goal, found: Found) -> str:
    """What becomes of it once the work has stopped: it rests there, or fades however slowly."""
    held, target = found.chance.held, goal.target
    if not held:
        return ""
    if found.resting is None:
        return "Whether it stays for good was not looked at: the model is large."
    rests = found.resting / held
    if rests == 1:
        return "Wherever it gets there it also stays: it comes to rest there, without us."
    if rests == 0:
        return "Wherever it gets there it fades in the end, if slowly: nothing holds it without us."
    stays = in_versions(rests).replace(" versions", " such versions")
    fades = "too slowly to be seen by then" if target.keep else "once we have stopped"
    return f"Where it gets there it stays for good {stays}; in the others it fades in the end, {fades}."


def reach(goal: Goal, found: Found) -> str:
    """How far it comes by then, and later."""
    target = goal.target
    said = [f"After {years(target.by)} “{goal.label}” is {_spread(found.at)} in 8 of 10 versions"]
    if found.later:
        said.append(f"{years(target.keep)} later {_spread(found.later)}")
    return f"{', and '.join(said)}."


def _spread(levels: tuple[float, float, float]) -> str:
    low, middle, high = map(in_words, levels)
    return f"at {low}" if low == high else f"between {low} and {high} ({middle} in the middle)"


def in_short(number: int, found: Found) -> str:
    """A plan in a list: its number, how sure it is, and what it takes in all."""
    money = f" and {pounds(found.cost.pounds)}" if found.cost.pounds else ""
    return f"{number}. {in_versions(found.chance.share)}: {in_hours(found.cost.hours)} in all{money}"


def called(got: Backcast, found: Found) -> str:
    """What a plan of the list stands for; nothing for those between."""
    names = [
        "the cheapest that is sure enough" if got.cheapest and found.plan == got.cheapest.plan else "",
        _best(got) if found.plan == got.likeliest.plan else "",
        "" if found.plan.spells else "nothing new is done",
    ]
    said = listed([name for name in names if name])
    return f"{said[:1].upper()}{said[1:]}"


def _best(got: Backcast) -> str:
    return (
        "the one that gets there in most versions"
        if got.likeliest.chance.held
        else "the one that comes nearest"
    )


def unreached(got: Backcast) -> str:
    """What cannot be reached, what comes nearest, and what would be needed; or that nothing is needed."""
    if got.already:
        return "Nothing has to be done for it: it gets there as surely if nothing new is done."
    if got.reachable:
        return ""
    every = got.everything
    said = (
        f"No plan within these limits was found that gets there {_enough(got)}. Everything together, for as "
        f"long as can be and whatever it takes, gets there {chance(every.chance)}"
    )
    if every.chance.share >= got.sure:
        return (
            f"{said}: it is hours or money that are short. Everything takes {takes(every.cost)}; less may do."
        )
    return (
        f"{said}: more hours or money alone would not do it. Ask for less or for longer, or look at what "
        "stands in the way."
    )


def searched(got: Backcast) -> str:
    """How much was tried, and on what the chances rest."""
    return (
        f"{plans(got.tried)} tried. How sure each is was measured in {got.likeliest.chance.of:,} other "
        f"versions, which the search had not seen (seed {got.seed}). “Somewhere between” leaves room for "
        f"trying no more. Where hours and pounds are added, £{RATE:g} stand for an hour: our assumption."
    )


def plans(many: int) -> str:
    """A number of plans, before what was done with them.

    >>> plans(1), plans(5124)
    ('1 plan was', '5,124 plans were')
    """
    return "1 plan was" if many == 1 else f"{many:,} plans were"


def cut_short(got: Backcast) -> str:
    """That not everything was tried; nothing where all was."""
    said = []
    if "large" in got.stopped:
        said.append("This model is large, so each plan was tried in fewer versions.")
    if "stopped" in got.stopped:
        said.append(
            f"It was cut short: this is the best of the {got.tried:,} tried by then. Press “Find plans” "
            "to look for all."
        )
    return " ".join(said)


def _enough(got: Backcast) -> str:
    return f"in at least {_few_of(got.sure)} versions"


def left_out(got: Backcast) -> str:
    """What may be used and was not tried, and why."""
    said = [
        f"“{got.model.nodes[lever].label}” was left out: {in_labels(got.model, why)}."
        for lever, why in got.left_out.items()
    ]
    return " ".join(said)


def in_labels(model: Model, text: str) -> str:
    """A message in which boxes go by what they are called on screen."""

    def named(found: re.Match[str]) -> str:
        return f"“{model.nodes[found[1]].label}”" if found[1] in model.nodes else found[0]

    return re.sub(_ID, named, text)
