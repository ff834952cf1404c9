"""What becomes of a plan when one of its levers, or all of it, is late."""

from __future__ import annotations

from collections.abc import Collection

from loops.ensemble.simulate import Progress
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.utopia.backcast import COUNT, MANY
from loops.utopia.chance import Chance
from loops.utopia.found import Slip
from loops.utopia.measure import measured
from loops.utopia.plan import Plan, Spell
from loops.utopia.target import Limits, Target, check, check_limits
from loops.utopia.trials import Trials
from loops.worlds import Worlds


def slips(  # noqa: PLR0913  what is asked, and of which worlds
    model: Model,
    target: Target,
    plan: Plan,
    *,
    seed: int,
    months: int = 12,
    width: Width = "middle",
    count: int = COUNT,
    circumstances: Scenario | None = None,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> tuple[Slip, ...]:
    """The plan's chance when all of it begins and stops `months` late (first), and when one lever does.

    The worlds are those on which :func:`loops.utopia.backcast.backcast` measured the plan, if the seed, width
    and count are the same. What needs a late lever does not wait for it. The target's month stays; how long
    it lasts is counted from a later last stop. Raises :class:`ValueError` for a plan or target that does not
    fit the model, what `progress` raises, and :class:`loops.simulate.DidNotFinish`.
    """
    check(model, target)
    check_limits(model, target, Limits(items=plan.levers or None, grid=max(1, target.by)))
    if months < 1 or count < 1:
        raise ValueError("ask for at least one month and one version")
    late: dict[str | None, Plan] = {None: _later(plan, plan.levers, months)}
    late |= {lever: _later(plan, [lever], months) for lever in plan.levers}
    spells = [*plan.spells, *late[None].spells]
    trials = Trials.of(
        model,
        Worlds.of([model], width=width, seed=seed),
        first=max(MANY, count),
        count=count,
        edges=sorted({0, *(spell.start for spell in spells), *(spell.stop for spell in spells)}),
        until=max(target.months(late[None])),
        circumstances=circumstances,
    )

    def told(share: float) -> None:
        progress(share, "a plan that is late")

    runs = measured(trials, target, [plan, *late.values()], threads, told)
    whole = runs[plan].tried
    return tuple(
        Slip(lever, each, Chance(runs[each].tried.held, whole.worlds), whole.share - runs[each].tried.share)
        for lever, each in late.items()
    )


def _later(plan: Plan, levers: Collection[str], months: int) -> Plan:
    return Plan(
        tuple(
            Spell(spell.lever, spell.start + months, spell.stop + months) if spell.lever in levers else spell
            for spell in plan.spells
        )
    )
