"""`detente forces reduce`: a force under a ceiling, by counting rule and policy, class by class and year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from detente.cli.engines import Json, example
from detente.cli.show import emit, table

if TYPE_CHECKING:
    from detente.catalog.records import Force
    from detente.forces.reduce import Year
    from detente.scenario.scenario import ForcePlan

RULES = ("loaded", "attributed", "operationally-deployed")
POLICIES = ("proportional", "single-warhead-first", "most-survivable-first", "keep-leg-share", "best-survival")
LEGS = ("icbm", "slbm", "bomber")
AGREEMENTS = ("start-1", "start-2")


@example(
    "detente forces reduce us-2001 --to 1500 --rule attributed --by 2007, "
    "or: detente forces reduce russia-2001 --to 1500 --policy best-survival --against us-2001, "
    "or: detente forces reduce us-2001 --to 2200 --policy keep-leg-share --keep slbm=0.6 --json"
)
def reduce(  # noqa: PLR0913 (one parameter for each option)
    force: Annotated[str, typer.Argument(metavar="FORCE", help="a force of the catalog, or a CSV file with one")],
    *,
    to: Annotated[str, typer.Option("--to", metavar="WARHEADS", help="the ceiling")],
    policy: Annotated[str, typer.Option("--policy", help=", ".join(POLICIES))] = "proportional",
    rule: Annotated[str, typer.Option("--rule", help=", ".join(RULES))] = "loaded",
    keep: Annotated[
        list[str] | None, typer.Option("--keep", metavar="LEG=SHARE", help="keep-leg-share: icbm, slbm or bomber")
    ] = None,
    against: Annotated[str | None, typer.Option("--against", help="best-survival: the force to be survived")] = None,
    downloads: Annotated[
        str | None, typer.Option("--downloads", help="limits on taking warheads off: start-1, start-2")
    ] = None,
    by: Annotated[int | None, typer.Option("--by", metavar="YEAR", help="show the way there, year by year")] = None,
    json: Json = False,
) -> None:
    """Bring a force under a ceiling.

    By a counting rule (what launchers carry, START I's attribution, or without boats in overhaul) and a policy; with
    limits on downloading where an agreement has them.
    """
    from detente.forces.reduce import trajectory

    _one_of("--policy", policy, POLICIES)
    _one_of("--rule", rule, RULES)
    _one_of("--downloads", downloads, AGREEMENTS)
    named: dict[str, Any] = {"rule": rule, "policy": policy, "against": against, "downloads": downloads}
    before = _read(force)
    plan = _plan(before, _whole(to), keep or [], named)
    years = trajectory(before, plan, before.on.year if by is None else by)
    if json:
        emit(_told(before, plan, years, by is not None))
        return
    _print(before, plan, years, by is not None)


def _read(force: str) -> Force:
    """Return a force of the catalog, or one in a CSV file."""
    from detente.catalog.force_csv import read_force
    from detente.catalog.load import catalog, find

    return read_force(force) if force.endswith(".csv") else find(catalog().forces, force, "force")


def _plan(force: Force, ceiling: float, keep: list[str], named: dict[str, Any]) -> ForcePlan:
    """Return the plan that was asked for, if it fits the force."""
    from detente.catalog.load import catalog, find
    from detente.forces.counting import check
    from detente.problems import BadInputError
    from detente.scenario.scenario import ForcePlan
    from detente.sources import Cited

    if named["against"] is not None:
        find(catalog().forces, named["against"], "force")
    plan = ForcePlan(
        base=force.name,
        ceiling=Cited(value=ceiling, low=ceiling, high=ceiling, source="command line"),
        keep=_shares(keep),  # type: ignore[arg-type]
        **named,
    )
    if problems := check(force, plan):
        raise BadInputError(problems)
    return plan


def _whole(text: str) -> float:
    """Return a ceiling, refusing what is no whole number of 0 or more."""
    if not text.isascii() or not text.replace(",", "").isdigit() or len(text) > 9:
        _refuse("--to", f'"{text}"', "a whole number of warheads, 0 or more", "Write it like --to 1500.")
    return float(text.replace(",", ""))


def _shares(keep: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in keep:
        leg, _, text = each.partition("=")
        try:
            share = float(text)
        except ValueError:
            share = -1.0
        if leg not in LEGS or leg in found or not 0.0 <= share <= 1.0:
            _refuse("--keep", f'"{each}"', "icbm, slbm or bomber, each once, and a share from 0 to 1", "Try slbm=0.6.")
        found[leg] = share
    return found


def _one_of(option: str, given: str | None, allowed: tuple[str, ...]) -> None:
    from detente.problems import nearest

    if given is not None and given not in allowed:
        _refuse(option, f'"{given}"', ", ".join(allowed), nearest(given, allowed))


def _refuse(option: str, found: str, allowed: str, do: str) -> NoReturn:
    from detente.problems import BadInputError, Problem

    raise BadInputError([Problem(file="command line", key=option, found=found, allowed=allowed, do=do)])


def _told(before: Force, plan: ForcePlan, years: tuple[Year, ...], way: bool) -> dict[str, Any]:
    """Return the answer as one JSON object."""
    from detente.forces.reduce import by_leg, counted

    after = years[-1].force
    told: dict[str, Any] = {
        "force": before.name,
        "party": before.party,
        "rule": plan.rule,
        "policy": plan.policy,
        "downloads": plan.downloads,
        "ceiling": plan.ceiling.value if plan.ceiling else None,
        "before": counted(before, plan.rule),
        "after": years[-1].counts,
        "classes": [
            {
                "name": old.name,
                "basing": old.basing,
                "launchers_before": old.launchers.value,
                "launchers": new.launchers.value,
                "loaded_before": old.loaded.value,
                "loaded": new.loaded.value,
                "warheads": new.launchers.value * new.loaded.value,
            }
            for old, new in zip(before.classes, after.classes, strict=True)
        ],
        "legs": {
            leg: {"launchers": launchers, "counts": number} for leg, (launchers, number) in by_leg(after, plan).items()
        },
    }
    if way:
        told["years"] = [
            {
                "year": one.year,
                "counts": one.counts,
                "launchers": {kind.name: kind.launchers.value for kind in one.force.classes},
            }
            for one in years
        ]
    return told


def _print(before: Force, plan: ForcePlan, years: tuple[Year, ...], way: bool) -> None:
    told = _told(before, plan, years, way)
    rows = [
        (
            old.title,
            f"{old.launchers.value:,.0f}",
            f"{new.launchers.value:,.0f}",
            old.loaded.value,
            new.loaded.value if new.launchers.value else None,
            f"{new.launchers.value * new.loaded.value:,.0f}",
        )
        for old, new in zip(before.classes, years[-1].force.classes, strict=True)
    ]
    heads = ("class", "launchers", "kept", "warheads each", "then", "warheads")
    shares = ", ".join(f"{leg} {part['counts']:,.0f}" for leg, part in told["legs"].items())
    note = (
        f"Counts {told['after']:,.0f} ({plan.rule}) under {told['ceiling']:,.0f}, from {told['before']:,.0f}: {shares}."
    )
    table(f"{before.title}: {plan.policy}", heads, rows, note)
    if way:
        kept = [
            (
                one.year,
                f"{sum(kind.launchers.value for kind in one.force.classes):,.0f}",
                f"{one.counts:,.0f}",
            )
            for one in years
        ]
        table(f"{before.title}: year by year", ("end of", "launchers", f"warheads ({plan.rule})"), kept)
