"""What sensors see of a flight when their own numbers and the moment of launch are drawn, one value a draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from detente.sensing import network
from detente.sensing.infrared import at_work, held_on, on_station, sees, states
from detente.sensing.kernels import Array, Flags, confirmed
from detente.sensing.known import known_at, tracked
from detente.sensing.observe import NEVER, Course, course, targets
from detente.sensing.radar import Sight, passes, reach_for, sight
from detente.sources import Cited, at, cited

if TYPE_CHECKING:
    from detente.catalog.records import Constellation, Radar
    from detente.flight.fly import Trajectory
    from detente.scenario.scenario import Case, Scenario, Threat

_DAY = 86400.0
_HUGE = 1e12  # cross section [m²] that any radar sees as far as it looks
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """Where drawn values come from; the same name gives the same values, so that cases differ by what they change.

    Parameters
    ----------
    count : int
        How many draws, at least 1.
    records : int
        How many sets of a sensor's own numbers stand behind them, at most `count`; they are gone through in turn.
    uniform : callable (name) -> array, shape (count,)
        Values spread evenly over 0 to 1: the time of day of the launch, the phase of a scan.
    number : callable (name, Cited, n) -> array, shape (n,)
        Values of an uncertain number.
    """

    count: int
    records: int
    uniform: Callable[[str], Array]
    number: Callable[[str, Cited, int], Array]

    def of(self, name: str, number: Cited) -> Array:
        """Return a value of an uncertain number for each draw."""
        return self.number(name, number, self.count)

    def spread(self, values: Array) -> Array:
        """Return for each draw its value of an array with one for each set of a sensor's numbers."""
        return values[np.arange(self.count) % self.records]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Eyes:
    """The sensors of a scenario under some draws; what was computed for one case is remembered for the next.

    Parameters
    ----------
    scenario : Scenario
        Gives catalog and assumptions.
    draws : Draws
        Values of what is uncertain.
    """

    scenario: Scenario
    draws: Draws
    _memory: dict[Any, Any] = field(default_factory=dict, repr=False)

    def course(self, flight: Trajectory) -> Course:
        """Return a flight as sensors are asked about it; the same one each time."""
        key = ("course", id(flight))
        if key not in self._memory:
            self._memory[key] = course(flight)
        found: Course = self._memory[key]
        return found

    def radar(self, radar: Radar, threat: Threat, flown: Course) -> Array:
        """Return when a warning radar first sees a flight for as long as a track needs [s], or infinity, by draw.

        Reach and the cross section it holds for are drawn once for all radars of a system; cross sections of targets
        once for all radars of a band.
        """
        key = ("radar", radar, flown)
        if key not in self._memory:
            self._memory[key] = self._acquired(radar, threat, flown)
        found: Array = self._memory[key]
        return found

    def launch(self, constellation: Constellation, number: Cited, flown: Course) -> Array:
        """Return when a constellation confirms a launch [s], by draw, or infinity.

        Parameters
        ----------
        constellation : Constellation
            The satellites.
        number : Cited
            How many are on station; drawn and rounded.
        flown : Course
            The flight.
        """
        counts = np.round(self.draws.of(f"catalog.constellations.{constellation.name}.count", number))
        most = on_station(constellation, float(counts.max()))
        key = ("launch", constellation, most, flown)
        if key not in self._memory:
            self._memory[key] = self._confirmed(constellation, most, flown)
        there = np.arange(most)[:, None] < counts
        seen: Array = np.where(there, self._memory[key], NEVER).min(axis=0, initial=NEVER)
        return seen

    def known(self, case: Case, threat: Threat, flown: Course, later: Mapping[str, float], size: Array) -> Array:
        """Return when some parties' sensors together know the impact point to some size [s], by draw, or infinity.

        Parameters
        ----------
        case, threat, flown : Case, Threat, Course
            Sensors that work, and what flies.
        later : mapping of str to float
            The parties, and how much later the looks of each arrive [s].
        size : array, shape (count,)
            Semi-major axis that is small enough [m].
        """
        sensors = [
            (network.radars(self.scenario, case, party), network.constellations(self.scenario, case, party), delay)
            for party, delay in later.items()
        ]
        key = ("known", tuple(sensors), flown)
        if key not in self._memory:
            self._memory[key] = tracked(self.scenario, case, threat, flown, later)
        return known_at(self._memory[key], size, self.draws.uniform("launch"))

    def plume(self, constellation: Constellation, flown: Course) -> Array:
        """Return when the burning missile rises above the drawn cloud tops [s], by draw, or infinity."""
        name = f"catalog.constellations.{constellation.name}.cloud_top"
        tops = self.draws.spread(self.draws.number(name, constellation.cloud_top, self.draws.records))
        seconds = np.arange(0.0, flown.burnout_time + 1e-6, 1.0)
        # The greatest altitude so far only rises, so that the second at which it reaches the clouds can be looked up.
        height = np.maximum.accumulate(flown.burning(seconds)[1])
        index = np.searchsorted(height, tops)
        return np.where(index < height.size, index.astype(float), NEVER)

    def _acquired(self, radar: Radar, threat: Threat, flown: Course) -> Array:
        whole, body = (self._area(target, radar.band) for target in targets(self.scenario, threat))
        tracks = self.draws.of("assumptions.radar_track_time", self.scenario.assumptions.radar_track_time)
        when = np.full(self.draws.count, NEVER)
        within, same = _within(radar, flown)
        time, path, alone = flown.time[within], flown.path[within], flown.alone[within]
        if not time.size:
            return when
        spans = [
            passes(copy, np.where(alone, small, large), time, path, same)
            for copy, small, large in zip(
                self._copies(radar, f"catalog.radars.{radar.system}"), body, whole, strict=True
            )
        ]
        for index, track in enumerate(tracks.tolist()):
            seen = spans[index % self.draws.records]
            when[index] = next((start for start, end in seen if end - start >= track), NEVER)
        return when

    def _area(self, target: str, band: str) -> Array:
        """Return drawn radar cross sections [m²] of a class of target in a band, one for each set of numbers."""
        sections = self.scenario.catalog.cross_sections
        found = ((name, each.area) for name, each in sections.items() if (each.target, each.band) == (target, band))
        name, area = next(found)
        return self.draws.number(f"catalog.cross_sections.{name}.area", area, self.draws.records)

    def _confirmed(self, constellation: Constellation, most: int, flown: Course) -> Array:
        path = f"catalog.constellations.{constellation.name}"
        phase = self.draws.uniform(f"{path}.scan")
        when = np.full((most, self.draws.count), NEVER)
        axis, flying = held_on(constellation, self.scenario.catalog.regions), self._flying(constellation, most)
        steps = [copy.scan_interval.value for copy, *_ in flying]
        times = [
            np.arange(part * step, flown.burnout_time + 1e-6, step) for part, step in zip(phase, steps, strict=True)
        ]
        parts = np.cumsum([each.size for each in times])[:-1]
        plumes, heights = (np.split(each, parts) for each in flown.burning(np.concatenate(times)))
        for index, (copy, place, velocity, working) in enumerate(flying):
            looks = times[index]
            moving = place + velocity * looks[None, :, None]
            seen = sees(copy, axis, moving, plumes[index], heights[index]) & working
            last = confirmed(seen, max(1, round(copy.looks.value)))
            when[:, index] = np.where(last >= 0, looks[last], NEVER)
        return when

    def _flying(self, constellation: Constellation, most: int) -> list[tuple[Constellation, Array, Array, Flags]]:
        """Return for each draw the drawn constellation and its satellites at the moment of launch.

        Positions and velocities have shape (most, 1, 3), whether each satellite works (most, 1).
        """
        key = ("flying", constellation, most)
        if key not in self._memory:
            moments, records = self.draws.uniform("launch") * _DAY, self.draws.records
            found: dict[int, tuple[Constellation, Array, Array, Flags]] = {}
            copies = self._copies(constellation, f"catalog.constellations.{constellation.name}")
            for number, copy in enumerate(copies):
                times = moments[number::records]
                place, velocity = states(copy, most, times)
                working = at_work(copy, most, times)
                for step in range(times.size):
                    one = slice(step, step + 1)
                    found[number + step * records] = copy, place[:, one], velocity[:, one], working[:, one]
            self._memory[key] = [found[index] for index in range(self.draws.count)]
        flying: list[tuple[Constellation, Array, Array, Flags]] = self._memory[key]
        return flying

    def _copies(self, record: _Record, path: str) -> list[_Record]:
        """Return a copy of a record for each set of its uncertain numbers."""
        key = ("copies", record)
        if key not in self._memory:
            count = self.draws.records
            numbers = {place: number for place, number in cited(record) if number.high > number.low}
            columns = [
                self.draws.number(f"{path}.{place}", number, count).tolist() for place, number in numbers.items()
            ]
            sets = zip(*columns, strict=True) if columns else [()] * count
            self._memory[key] = [_with(record, dict(zip(numbers, values, strict=True))) for values in sets]
        copies: list[_Record] = self._memory[key]
        return copies


def _with(record: _Record, values: Mapping[str, float]) -> _Record:
    """Return a copy of a record in which the numbers at some paths have other values."""

    def pick(path: str, number: Cited) -> float:
        return values.get(path, number.value)

    return at(record, pick)


def _within(radar: Radar, flown: Course) -> tuple[slice, Sight | None]:
    """Return the part of a flight from launch on, after which a radar sees nothing, and where it stands for the radar.

    A radar whose fan has ranges may see anything in some draw, and its fan must be asked anew in each.
    """
    where = (radar.latitude, radar.longitude, radar.altitude, radar.faces)
    if any(number.high > number.low for _, number in cited(where)):
        return slice(None), None
    whole = sight(radar, flown.path, reach_for(radar, _HUGE))
    seen = np.flatnonzero(whole.inside)
    part = slice(int(seen[-1]) + 1) if seen.size else slice(0)
    return part, Sight(inside=whole.inside[part], distance=whole.distance[part])
