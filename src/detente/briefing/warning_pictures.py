"""The pictures of `detente warn`: timelines, hours of watch, gaps all around, maps of the Earth, what a track tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from detente.briefing.charts_draw import Chart
from detente.briefing.charts_layout import color_of
from detente.sensing import network
from detente.sensing.coverage import whose

if TYPE_CHECKING:
    from detente.scenario.scenario import Threat
    from detente.sensing.gaps import Sweep
    from detente.sensing.observe import Course
    from detente.study.warning import CaseWarning, WarningAnswer

# Name of a file without its ending, and the picture.
Named = tuple[str, Chart]
Tell = Callable[[str, float], None]


def pictures(answer: WarningAnswer, tell: Tell) -> Iterator[Named]:
    """Yield every picture of an answer.

    Timelines, hours of watch and gaps show all cases in one picture; maps of the Earth come one for each party, mode
    and case whose sensors differ from those of the cases before; how well a flight is known, for each path of a case in
    which tracks are passed on; what radar shows, for each party and case whose first radar sees something else.

    Parameters
    ----------
    answer : WarningAnswer
        From `detente.study.warning.warned`.
    tell : callable
        Told what is being drawn and the share that is done.
    """
    from detente.briefing.charts_warning import timelines
    from detente.briefing.charts_watch import blind_hours

    makers: list[tuple[str, Callable[[], Iterator[Named]]]] = [
        ("timelines", lambda: _some(timelines(answer))),
        ("hours of watch", lambda: _some(blind_hours(answer))),
        ("gaps", lambda: _gaps(answer)),
        ("maps", lambda: _maps(answer)),
        ("tracks", lambda: _tracks(answer)),
        ("what radar shows", lambda: _incidents(answer)),
    ]
    for index, (what, make) in enumerate(makers):
        tell(f"drawing {what}", index / len(makers))
        yield from make()


def _some(chart: Chart | None) -> Iterator[Named]:
    if chart is not None:
        yield chart.name, chart


def _gaps(answer: WarningAnswer) -> Iterator[Named]:
    """Yield a map for each party and class of threat, with a ring for each case and mode that differs."""
    from detente.briefing.gap_map import gap_map

    rings: dict[tuple[str, str], dict[tuple[object, ...], tuple[Sweep, str]]] = {}
    for one in answer.cases.values():
        for sweep in one.sweeps:
            here = rings.setdefault((sweep.party, sweep.approach.name), {})
            shared = f"{one.case.title}, {sweep.mode}" if sweep.mode == "shared" else one.case.title
            here.setdefault((sweep.mode, sweep.gaps, sweep.radar), (sweep, shared))
    first = next(iter(answer.cases.values())).case
    for (party, _), each in rings.items():
        sweeps, names = zip(*each.values(), strict=True)
        chart = gap_map(answer.scenario, sweeps, network.radars(answer.scenario, first, party), names)
        yield chart.name, chart


def _maps(answer: WarningAnswer) -> Iterator[Named]:
    """Yield maps of the Earth: what satellites watch, and how low radars see."""
    from detente.briefing.world_map import low_map, watch_map
    from detente.sensing.coverage_map import coverage_map, radar_map

    scenario, drawn = answer.scenario, set()
    for name, one in answer.cases.items():
        for party, mode in dict.fromkeys((sweep.party, sweep.mode) for sweep in one.sweeps):
            heard = whose(scenario, one.case, party, mode)
            satellites, radars = (
                tuple(find(scenario, one.case, each) for each in heard)
                for find in (network.constellations, network.radars)
            )
            if any(satellites) and ("watch", party, satellites) not in drawn:
                found = watch_map(scenario, coverage_map(scenario, one.case, party, mode=mode))
                yield f"{name}-{found.name}", found
            if any(radars) and ("radars", party, radars) not in drawn:
                found = low_map(scenario, radar_map(scenario, one.case, party, mode=mode))
                yield f"{name}-{found.name}", found
            drawn |= {("watch", party, satellites), ("radars", party, radars)}


def _tracks(answer: WarningAnswer) -> Iterator[Named]:
    """Yield how well each flight of a case that passes tracks on is known, own looks and joined."""
    from detente.sensing.observe import course

    for name, one in answer.cases.items():
        for threat in answer.scenario.threats.values():
            for aim, flight in zip(threat.aims, answer.flights[threat.name], strict=True):
                for chart in _track(answer, one, threat, course(flight)):
                    yield f"{name}-track-{threat.name}-{aim}", chart


def _incidents(answer: WarningAnswer) -> Iterator[Named]:
    """Yield what the first radar of each party shows of all flights, once for all cases in which it is the same."""
    from detente.briefing.charts_incident import looks_alike

    drawn = set()
    for name, one in answer.cases.items():
        for party in dict.fromkeys(each.party for each in one.incidents):
            here = [each for each in one.incidents if each.party == party]
            same = tuple((each.threat, each.aim, each.radar, each.first, each.last) for each in here)
            chart = looks_alike(answer.scenario, here) if same not in drawn else None
            drawn.add(same)
            if chart is not None:
                yield f"{name}-{chart.name}", chart


def _track(answer: WarningAnswer, one: CaseWarning, threat: Threat, flown: Course) -> Iterator[Chart]:
    from detente.briefing.charts_track import Tracked, ellipses
    from detente.sensing.known import tracked

    rules = one.case.sharing.releases if one.case.sharing else {}
    joined = {each: rules[each].delay.value for each in network.informants(one.case, threat) if rules[each].track}
    if not joined:
        return
    own, shared = (
        tracked(answer.scenario, one.case, threat, flown, {threat.against: 0.0} | more)[0] for more in ({}, joined)
    )
    who = answer.scenario.parties[threat.against].title
    color = color_of(answer, threat.against)
    yield ellipses(Tracked(who=who, path=threat.title, color=color, own=own, shared=shared))
