"""What `loops utopia` prints and writes: plans in words and numbers, and as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

import typer

from loops.draw.scale import in_versions, in_words
from loops.model import Model
from loops.narrate import in_hours
from loops.simulate import LONG_RUN
from loops.utopia.chance import Chance
from loops.utopia.found import Backcast, Found, Levels
from loops.utopia.plan import RATE, Cost, Plan, fine_hours

HEAD = (
    "plan", "held", "versions", "share", "from", "to", "hours in all", "hours in the busiest month", "pounds",
    "rests there in the end", "lever", "first month", "stops in month", "hours a month",
)  # fmt: skip
_WIDE = 100
_COLUMNS = 60
"""Letters of a calendar."""
_MOST_LEVERS = 8
"""Levers that are named in a line of the frontier."""


def asked(found: Backcast) -> list[str]:
    """What was asked, in lines: the target, the limits, and of which versions."""
    target, limits, levers = found.target, found.limits, len(found.model.levers)
    label = found.model.nodes[target.variable].label
    later = f", and still in month {target.by + target.keep}" if target.keep else ""
    within = [
        f"at most {limits.budget:g} hours a month" if limits.budget is not None else "any hours",
        f"at most £{limits.money:,.0f}" if limits.money is not None else "any money",
        f"{levers if limits.items is None else len(set(limits.items))} of {levers} levers",
    ]
    return [
        f"Target: '{label}' ({target.variable}) at {target.level:g} ('{in_words(target.level)}') or above in "
        f"month {target.by}{later}; all levers stop by month {target.by}.",
        f"Limits: {', '.join(within)}, begun and stopped every {limits.grid} months.",
        f"Seed {found.seed}, {found.width} width. Sure enough: in {found.sure:.0%} of versions.",
    ]


def tell(found: Backcast) -> None:
    """Print all of it."""
    ended = "no small change of the best gained anything" if found.settled else "the search ends there"
    typer.echo(found.model.title)
    for line in asked(found):
        typer.echo(fill(line, _WIDE))
    typer.echo(
        f"{found.tried:,} plans were tried; {f'cut short: {found.stopped}' if found.stopped else ended}."
    )
    typer.echo(f"\n{fill(_verdict(found), _WIDE)}")
    if found.shown.plan.spells:
        _tell_plan(found, found.shown)
    if found.likeliest.plan != found.shown.plan:
        typer.echo("\nThe likeliest plan within the limits")
        _tell_plan(found, found.likeliest)
    _tell_frontier(found)
    _tell_worth(found)
    for name, why in found.left_out.items():
        typer.echo(f"Not tried: {name}; {why}.")


def _verdict(found: Backcast) -> str:
    """Whether the target can be reached, and what stands in the way if not."""
    least = f"in {found.sure:.0%} of versions"
    if found.already:
        return (
            f"Nothing new needs to be done: without any lever it holds {_share(found.nothing_new.chance)}. "
            "A target is a level to rise to; to bring something down cannot be asked."
        )
    if found.cheapest:
        return f"The cheapest plan found that reaches it {least}:"
    most = _share(found.everything.chance)
    if found.everything.chance.share >= found.sure:
        why = f"With everything that may be used, all along, it holds {most}: the limits are too tight."
    else:
        why = f"Not even everything that may be used, all along and over any limit, does: it holds {most}."
    if not found.likeliest.plan.spells:
        return f"No plan reaches it {least}. {why} Nothing that was tried comes nearer than nothing new."
    return f"No plan within the limits was found that reaches it {least}. {why} The nearest:"


def _share(chance: Chance) -> str:
    low, high = chance.interval
    return (
        f"{in_versions(chance.share)} ({chance.share:.1%} of the {chance.of:,} tried, and somewhere between "
        f"{low:.1%} and {high:.1%} of all)"
    )


def _tell_plan(found: Backcast, plan: Found) -> None:
    held, target = plan.chance.held, found.target
    typer.echo(f"  It holds {_share(plan.chance)}, none of them seen by the search.")
    typer.echo(f"  Of those that it has seen, in {plan.searched.share:.1%} of {plan.searched.of:,}.")
    typer.echo(f"  It takes {_costs(plan.cost)}.")
    for month, levels in ((target.by, plan.at), (target.by + target.keep, plan.later)):
        if levels:
            typer.echo(f"  Month {month}: {_levels(levels)}.")
    if plan.end is None or plan.resting is None:
        typer.echo("  Whether it rests or fades in the end was not followed: the model is large.")
    else:
        typer.echo(f"  In the end, {LONG_RUN // 12} years later: {_levels(plan.end)}.")
    if held and plan.resting is not None:
        typer.echo(
            f"  Of the {held:,} versions in which it holds, it rests there in {plan.resting:,} "
            f"and fades, however slowly, in {plan.fading:,}."
        )
    _tell_calendar(found.model, plan.plan, target.by)


def _costs(cost: Cost) -> str:
    if not cost.hours and not cost.pounds:
        return "no hours and no money"
    said = f"{cost.hours:,.6g} hours in all, {cost.busiest:g} in the busiest month, and £{cost.pounds:,.0f}"
    return f"{said} (together as much as {cost.total:,.6g} hours at £{RATE:g})" if cost.pounds else said


def _levels(levels: Levels) -> str:
    low, middle, high = levels
    return f"{in_words(middle)} ({middle:.2f}; in 8 of 10 versions between {low:.2f} and {high:.2f})"


def _tell_calendar(model: Model, plan: Plan, by: int) -> None:
    """A line for each lever, what begins first on top, with a mark for each stretch of months it is done."""
    levers = {lever.id: lever for lever in model.levers}
    wide = max(len(name) for name in plan.levers)
    each = -(-by // _COLUMNS)
    typer.echo(f"\n  {'':{wide}}  {'month 0':{-(-by // each) - len(str(by))}}{by}")
    for spell in sorted(plan.spells, key=lambda spell: (spell.start, spell.stop)):
        marks = "".join(
            "#" if spell.start < month + each and month < spell.stop else "." for month in range(0, by, each)
        )
        lever = levers[spell.lever]
        typer.echo(
            f"  {spell.lever:{wide}}  {marks}  {lever.label}: months {spell.start} to {spell.stop}, "
            f"{in_hours(fine_hours(lever) / 1e6)} a month"
        )


def _tell_frontier(found: Backcast) -> None:
    typer.echo("\nWhat more effort buys: no plan found is both cheaper and likelier than one of these")
    typer.echo(f"{'holds in':>10}{'95% interval':>18}{'hours':>9}{'busiest':>9}{'pounds':>9}  levers")
    for each in found.frontier:
        low, high = each.chance.interval
        names = each.plan.levers
        more = f" and {len(names) - _MOST_LEVERS} more" if len(names) > _MOST_LEVERS else ""
        typer.echo(
            f"{each.chance.share:10.1%}{f'{low:.1%} to {high:.1%}':>18}{each.cost.hours:9,.6g}"
            f"{each.cost.busiest:9g}{each.cost.pounds:9,.0f}  "
            f"{', '.join(names[:_MOST_LEVERS]) + more or 'nothing new'}"
        )


def _tell_worth(found: Backcast) -> None:
    if not found.worth:
        return
    typer.echo(
        "\nWhat each lever of the first plan is worth: of 100 versions, so many no longer hold without it"
    )
    wide = max(len(each.lever) for each in found.worth)
    for each in found.worth:
        low, high = each.interval
        other = f"; {', '.join(each.with_it)} goes with it" if each.with_it else ""
        typer.echo(
            f"  {each.lever:{wide}}{100 * each.lost:7.1f}  ({100 * low:.1f} to {100 * high:.1f}){other}"
        )


def rows(found: Backcast) -> Iterator[list[str | float | None]]:
    """The plans of the frontier, then the cheapest and the likeliest: a row for each lever."""
    named = {f"frontier {number}": each for number, each in enumerate(found.frontier, 1)}
    named |= {"cheapest": found.cheapest} if found.cheapest else {}
    named |= {"likeliest": found.likeliest, "everything": found.everything}
    hours = {lever.id: fine_hours(lever) / 1e6 for lever in found.model.levers}
    for name, each in named.items():
        cost, chance = each.cost, each.chance
        numbers: list[str | float | None] = [
            name, str(chance.held), str(chance.of), chance.share, *chance.interval,
            cost.hours, cost.busiest, cost.pounds, None if each.resting is None else str(each.resting),
        ]  # fmt: skip
        for spell in each.plan.spells:
            yield [*numbers, spell.lever, str(spell.start), str(spell.stop), hours[spell.lever]]
        if not each.plan.spells:
            yield [*numbers, None, None, None, None]
