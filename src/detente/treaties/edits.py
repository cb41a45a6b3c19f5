"""The smallest changes to a case that may cure a break: each is a changed scenario, case and forces, to be tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from detente.catalog.records import Force, ForceClass, Interceptor
from detente.scenario.scenario import Case, Deployment, PlannedTest, Scenario, Sensors
from detente.sources import Cited
from detente.treaties.check import agreement, check
from detente.treaties.rule import BROKEN, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change: its kind, what it is in words, and the scenario, case and forces with it made."""

    kind: Literal["drop", "move", "fewer", "slow", "shorten", "cut"]
    change: str
    scenario: Scenario
    case: Case
    forces: Mapping[str, Force]


_Limited = tuple[Literal["slow", "shorten"], str, Cited | None, Cited | None]
"""A target brought to a limit: kind of change, words, speed, range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _World:
    """What a finding was found in."""

    scenario: Scenario
    case: Case
    forces: Mapping[str, Force]
    finding: Finding

    def edit(self, kind: Literal["drop", "move", "fewer", "slow", "shorten", "cut"], change: str, case: Case) -> Edit:
        return Edit(kind=kind, change=change, scenario=self.scenario, case=case, forces=self.forces)

    def broken(self, case: Case, forces: Mapping[str, Force] | None = None) -> Finding | None:
        """Return the same break of a changed case, None where it is gone."""
        name = self.finding.agreement
        held = replace(case, agreements={name: case.agreements[name]})
        found = check(self.scenario, held, self.forces if forces is None else forces)
        return next((each for each in found if each.status in BROKEN and key(each) == key(self.finding)), None)


def key(finding: Finding) -> tuple[str, str, str, str]:
    """Return what tells a break from others: clause, party, element, and where it is a number, what is counted."""
    counted = "" if finding.limit is None else finding.because.partition(":")[0]
    return finding.article, finding.party, finding.subject, counted


def edits(scenario: Scenario, case: Case, forces: Mapping[str, Force], finding: Finding) -> Iterator[Edit]:
    """Yield changes that may cure a break, by what it is about: a deployment, a test, a radar, a force, or several.

    Parameters
    ----------
    scenario, case, forces
        As for `check.check`.
    finding : Finding
        A break.

    Yields
    ------
    Edit
        Not tried yet.
    """
    world = _World(scenario=scenario, case=case, forces=forces, finding=finding)
    deployment = next((each for each in case.defenses if each.name == finding.subject), None)
    test = next((each for each in case.tests if f"test {each.name}" == finding.subject), None)
    if deployment:
        yield from _deployment(world, deployment)
    elif test:
        yield from _test(world, test)
    elif finding.subject in scenario.catalog.radars:
        yield world.edit("drop", f"leave out {finding.subject}", _without_radar(case, finding.subject))
    elif finding.subject.startswith("force of "):
        yield from _force(world, finding.subject.removeprefix("force of "))
    else:
        yield from _several(world)


def _deployment(world: _World, each: Deployment) -> Iterator[Edit]:
    case, finding = world.case, world.finding
    left = tuple(one for one in case.defenses if one is not each)
    yield world.edit("drop", f"drop {each.name}", replace(case, defenses=left))
    centers = agreement(finding.agreement).lists.get(f"area {finding.party}", ())
    interceptor = world.scenario.catalog.interceptors[each.interceptor]
    if each.site and centers and interceptor.basing == "fixed-land":
        moved = tuple(replace(one, site=centers[0]) if one is each else one for one in case.defenses)
        yield world.edit("move", f"move {each.name} to {centers[0]}", replace(case, defenses=moved))
    limited = _limited(finding, interceptor.target_speed, interceptor.largest_target_range)
    if limited:
        kind, change, speed, far = limited
        made = replace(interceptor, target_speed=speed, largest_target_range=far)
        yield Edit(
            kind=kind,
            change=f"credit and test {each.interceptor} only with {change}",
            scenario=_with_interceptor(world.scenario, made),
            case=case,
            forces=world.forces,
        )


def _with_interceptor(scenario: Scenario, made: Interceptor) -> Scenario:
    known = scenario.catalog
    return replace(scenario, catalog=replace(known, interceptors={**known.interceptors, made.name: made}))


def _test(world: _World, each: PlannedTest) -> Iterator[Edit]:
    case, finding = world.case, world.finding
    left = tuple(one for one in case.tests if one is not each)
    yield world.edit("drop", f"drop the test {each.name}", replace(case, tests=left))
    limited = _limited(finding, each.target_speed, each.target_range) or _theater(finding, each)
    if limited:
        kind, change, speed, far = limited
        made = replace(each, target_speed=speed, target_range=far)
        tests = tuple(made if one is each else one for one in case.tests)
        yield world.edit(kind, f"test {each.interceptor} only against {change}", replace(case, tests=tests))


def _theater(finding: Finding, each: PlannedTest) -> _Limited | None:
    """Return the target of a test brought down to the range beyond which it is strategic, where one is given."""
    line = agreement(finding.agreement).parameters.get("strategic_range")
    if line is None or each.target_range is None or each.target_range.value <= line.values[0].si:
        return None
    far = line.values[0].si
    return "shorten", f"targets of at most {line.say(far)} range", each.target_speed, _at(each.target_range, far)


def _limited(finding: Finding, speed: Cited | None, far: Cited | None) -> _Limited | None:
    """Return a target brought to the limit of a finding on its speed or range: kind, words, speed, range."""
    limit, number = finding.limit, f"{(finding.limit or 0.0) / 1000.0:,.4g}"
    if limit is None or finding.value is None:
        return None
    if finding.unit == "m/s" and speed and speed.value == finding.value:
        return "slow", f"targets of at most {number} km/s", _at(speed, limit), far
    if finding.unit == "m" and far and far.value == finding.value:
        return "shorten", f"targets of at most {number.replace('e+', 'e')} km range", speed, _at(far, limit)
    return None


def _at(number: Cited, value: float) -> Cited:
    return replace(number, value=value, low=min(number.low, value), high=value)


def _without_radar(case: Case, name: str) -> Case:
    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in names if each != name)

    sensors: dict[str, Sensors] = {
        party: replace(each, radars=kept(each.radars), rebuilt=kept(each.rebuilt))
        for party, each in case.sensors.items()
    }
    return replace(
        case,
        sensors=sensors,
        defenses=tuple(replace(each, cue=kept(each.cue)) for each in case.defenses),
        radar_work=tuple(each for each in case.radar_work if each.radar != name),
    )


def _several(world: _World) -> Iterator[Edit]:
    """Yield the fewest elements to drop for a break of several together, and a number brought under its limit."""
    case = world.case
    dropped = _fewest(world)
    if dropped:
        named = ", ".join(each.name for each in dropped)
        yield world.edit("drop", f"drop {named}", _without(case, dropped))
        yield from _moved(world, dropped)
    else:
        yield from _fewer_radars(world)
    over = -(world.finding.margin or 0.0)
    if over > 0.0:
        yield from _fewer(world, over)


def _moved(world: _World, dropped: list[Deployment | PlannedTest]) -> Iterator[Edit]:
    """Yield the case with those of several elements that are fixed on land moved to the permitted area."""
    centers = agreement(world.finding.agreement).lists.get(f"area {world.finding.party}", ())
    known = world.scenario.catalog.interceptors
    fixed = [
        each for each in dropped if isinstance(each, Deployment) and known[each.interceptor].basing == "fixed-land"
    ]
    if not centers or not fixed:
        return
    rest = [each for each in dropped if not any(each is one for one in fixed)]
    left = _without(world.case, rest)
    moved = tuple(
        replace(each, site=centers[0]) if any(each is one for one in fixed) else each for each in left.defenses
    )
    said = f"move {', '.join(each.name for each in fixed)} to {centers[0]}"
    said += f", and drop {', '.join(each.name for each in rest)}" if rest else ""
    yield world.edit("move", said, replace(left, defenses=moved))


def _fewest(world: _World) -> list[Deployment | PlannedTest]:
    """Return elements of the case none of which can stay if the break is to go; empty where that does not cure it."""
    case = world.case
    dropped: list[Deployment | PlannedTest] = [*case.defenses, *case.tests]
    if world.broken(_without(case, dropped)):
        return []
    for each in tuple(dropped):
        fewer = [one for one in dropped if one is not each]
        if not world.broken(_without(case, fewer)):
            dropped = fewer
    return dropped


def _fewer_radars(world: _World) -> Iterator[Edit]:
    """Yield the case without as many radars as it takes, of those that count."""
    case, found, dropped = world.case, world.finding, list[str]()
    for name in world.scenario.catalog.radars:
        trial = _without_radar(case, name)
        still = world.broken(trial)
        if still is None:
            yield world.edit("drop", f"leave out {', '.join([*dropped, name])}", trial)
            return
        if (still.value or 0.0) < (found.value or 0.0):
            case, found = trial, still
            dropped.append(name)


def _without(case: Case, dropped: list[Deployment | PlannedTest]) -> Case:
    def kept(each: Deployment | PlannedTest) -> bool:
        return not any(each is one for one in dropped)

    return replace(case, defenses=tuple(filter(kept, case.defenses)), tests=tuple(filter(kept, case.tests)))


def _fewer(world: _World, over: float) -> Iterator[Edit]:
    """Yield the case with as many interceptors or test launchers less as are too many, taken from one element."""
    case = world.case
    for one in case.defenses:
        if one.count.value > over:
            made = replace(one, count=_at(one.count, one.count.value - over))
            changed = replace(case, defenses=tuple(made if each is one else each for each in case.defenses))
            if not world.broken(changed):
                yield world.edit("fewer", f"{over:g} fewer in {one.name}: {made.count.value:g}", changed)
                return
    for planned in case.tests:
        if planned.launchers.value > over:
            less = replace(planned, launchers=_at(planned.launchers, planned.launchers.value - over))
            changed = replace(case, tests=tuple(less if each is planned else each for each in case.tests))
            if not world.broken(changed):
                yield world.edit("fewer", f"{over:g} fewer in test {planned.name}: {less.launchers.value:g}", changed)
                return


def _force(world: _World, party: str) -> Iterator[Edit]:
    """Yield a force cut in proportion in the classes that count under the limit, or a lower number declared."""
    force, plan, finding = world.forces.get(party), world.case.forces[party], world.finding
    if plan.ceiling is not None and finding.value == plan.ceiling.value and finding.limit is not None:
        plans = {**world.case.forces, party: replace(plan, ceiling=_at(plan.ceiling, finding.limit))}
        yield world.edit("cut", f"declare {finding.limit:,.0f} at most", replace(world.case, forces=plans))
    if force is None or not finding.value or finding.limit is None:
        return
    counted = _counted(world, party, force)
    share = finding.limit / finding.value
    for _ in range(20):
        smaller = _cut(force, lambda each: each.name in counted, share)
        forces = {**world.forces, party: smaller}
        if counted and not world.broken(world.case, forces):
            counted_as = finding.because.partition(":")[0].partition(", in part")[0]
            said = f"{counted_as}: {_told(force, smaller)}"
            yield Edit(kind="cut", change=said, scenario=world.scenario, case=world.case, forces=forces)
            return
        share *= 0.99


def _counted(world: _World, party: str, force: Force) -> set[str]:
    """Return the classes of a force without which the number found would be lower."""
    found: set[str] = set()
    for each in force.classes:
        rest = _cut(force, lambda one, name=each.name: one.name == name, 0.0)  # type: ignore[misc]
        still = world.broken(world.case, {**world.forces, party: rest})
        if still is None or (still.value or 0.0) < (world.finding.value or 0.0):
            found.add(each.name)
    return found


def _cut(force: Force, chosen: Callable[[ForceClass], bool], share: float) -> Force:
    classes = tuple(
        replace(each, launchers=_at(each.launchers, float(math.floor(each.launchers.value * share))))
        if chosen(each)
        else each
        for each in force.classes
    )
    return replace(force, classes=classes)


def _told(force: Force, smaller: Force) -> str:
    changed = [
        f"{old.title} from {old.launchers.value:,.0f} to {new.launchers.value:,.0f}"
        for old, new in zip(force.classes, smaller.classes, strict=True)
        if new.launchers.value != old.launchers.value
    ]
    return f"cut launchers in proportion: {', '.join(changed)}"
