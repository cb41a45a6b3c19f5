"""A defended footprint that is changed and drawn again at once: site, count, delay, sensors, doctrine."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor
from detente.defense.bands import BANDS, DRAWS, Approach, Band, bands_against, drawn_against, margins_against
from detente.defense.cue import Cue
from detente.problems import BadInputError, Problem

Array = NDArray[np.float64]

_MOST_ROUNDS, _MOST_SALVO, _MOST_DRAWS = 8, 8, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintModel:
    """The footprint of interceptors at one site against missiles from one launch point or several.

    Nothing is stored on it: a change makes another model. Fly-out tables are kept by their numbers, so only the first
    footprint of an interceptor pays for them.

    Parameters
    ----------
    interceptor : Interceptor
        With its ranges; one that flies out, not a laser.
    approaches : tuple of Approach
        Launch points, at least one, all seen from one site: ground is defended where every missile that can be aimed
        at it can be met.
    count : int
        Interceptors ready to fire, at least 0; less than rounds times salvo defend nothing.
    rounds : int
        Opportunities that time must allow, one after the other with a look between, 1 to 8.
    salvo : int
        Interceptors fired at once in each round, 1 to 8.
    delay : float
        Seconds by which every outside track and word of the launch comes later, at least 0.
    draws : int
        Draws of the catalog's ranges and of the states of knowledge, 1 to 1,000; 1 takes every number at its value.

    Raises
    ------
    BadInputError
        A number out of its limits, no launch point, or several sites.

    Examples
    --------
    >>> from detente.catalog.load import catalog
    >>> from detente.defense.bands import Geometry
    >>> place = Geometry(site=(0.7, 0.4), launch=(0.6, 0.9), loft=0.0, late=70.0, burnout_time=100.0, longest=3.5e6,
    ...     beta=3000.0, sight=1.0)
    >>> told = Cue(share=1.0, mode="own", track_time=600.0, alert_time=100.0)
    >>> thaad = catalog().interceptors["thaad"]
    >>> model = FootprintModel(interceptor=thaad, approaches=(Approach(geometry=place, known=(told,)),), count=8)
    >>> twice = replace(model, rounds=2)
    >>> twice.bands()[1].area < model.bands()[1].area
    True
    """

    interceptor: Interceptor
    approaches: tuple[Approach, ...]
    count: int
    rounds: int = 1
    salvo: int = 1
    delay: float = 0.0
    draws: int = DRAWS

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        limits = {"count": (0, 1_000_000), "rounds": (1, _MOST_ROUNDS), "salvo": (1, _MOST_SALVO)}
        limits |= {"draws": (1, _MOST_DRAWS)}
        problems = [
            _problem(key, f"{getattr(self, key)}", f"a whole number, {low} to {high:,}")
            for key, (low, high) in limits.items()
            if not low <= getattr(self, key) <= high or int(getattr(self, key)) != getattr(self, key)
        ]
        if not 0.0 <= self.delay < math.inf:
            problems.append(_problem("delay", f"{self.delay}", "seconds, 0 or more"))
        sites = {each.geometry.site for each in self.approaches}
        if len(sites) != 1:
            problems.append(_problem("approaches", f"{len(sites)} sites", "launch points seen from one site"))
        if any(not _on_earth(*spot) for spot in sites):
            problems.append(_problem("site", f"{sites}", "latitude -pi/2 to pi/2 and a finite longitude [rad]"))
        if self.interceptor.layer == "boost":
            allowed = "an interceptor of the midcourse or the terminal layer"
            problems.append(_problem("interceptor", f"{self.interceptor.name}, of the boost layer", allowed))
        if problems:
            raise BadInputError(problems)

    @property
    def site(self) -> tuple[float, float]:
        """Latitude and longitude of the site [rad]."""
        return self.approaches[0].geometry.site

    @property
    def shots(self) -> int:
        """Interceptors that the doctrine takes for one missile, at most."""
        return self.rounds * self.salvo

    @property
    def kill(self) -> float:
        """Probability that a missile aimed at defended ground is destroyed, at best values.

        1 - (1 - k)^n of the shots of the doctrine, if they are independent; tracking and discrimination are not in it.
        """
        return float(1.0 - (1.0 - self.interceptor.sspk.value) ** self.shots)

    def moved(self, latitude: float, longitude: float) -> FootprintModel:
        """Return the model with its site elsewhere [rad]; what distant sensors know of the flights stays."""
        there = tuple(
            replace(each, geometry=replace(each.geometry, site=(latitude, longitude))) for each in self.approaches
        )
        return replace(self, approaches=there)

    def told(self, known: tuple[Cue, ...]) -> FootprintModel:
        """Return the model with other states of knowledge of every flight: a sensor more, or less."""
        return replace(self, approaches=tuple(replace(each, known=known) for each in self.approaches))

    def bands(
        self, places: tuple[tuple[float, float], ...] = (), probabilities: tuple[float, ...] = BANDS
    ) -> tuple[Band, ...]:
        """Return the ground that is defended with at least some probabilities.

        Parameters
        ----------
        places : tuple of (latitude, longitude)
            Places to be told whether they are inside [rad].
        probabilities : tuple of float
            Over the catalog's ranges and the states of knowledge, each above 0, at most 1.
        """
        if any(not 0.0 < each <= 1.0 for each in probabilities):
            raise BadInputError([_problem("probabilities", f"{probabilities}", "above 0, at most 1")])
        if self.count < self.shots:
            none = (False,) * len(places)
            return tuple(Band(probability=each, rings=(), area=0.0, inside=none) for each in probabilities)
        return bands_against(self.interceptor, self._late(), places, probabilities, self.draws, self.rounds)

    def chance(self, aims: Array) -> Array:
        """Return the probability that each of some points is defended, over the catalog's ranges, 0 to 1.

        Parameters
        ----------
        aims : array, shape (n, 2)
            Latitude and longitude [rad].
        """
        if self.count < self.shots:
            return np.zeros(len(aims))
        drawn = drawn_against(self.interceptor, self._late(), self.draws, self.rounds)
        found: Array = np.mean(margins_against(drawn, np.ascontiguousarray(aims, float)) > 0.0, axis=1)
        return found

    def grid(self, half: float, step: float) -> tuple[Array, Array, Array]:
        """Return latitudes and longitudes around the site [rad] and the chance that each node is defended.

        Parameters
        ----------
        half, step : float
            Half the width of the grid and its step [rad].
        """
        if not (0.0 < step <= half < math.inf):
            raise BadInputError([_problem("step", f"{step} in {half}", "above 0, up to half the width [rad]")])
        steps = np.arange(-math.floor(half / step + 1e-9), math.floor(half / step + 1e-9) + 1) * step
        latitude = self.site[0] + steps
        latitude = latitude[np.abs(latitude) <= math.pi / 2.0]
        longitude = self.site[1] + steps[np.abs(steps) <= math.pi]
        aims = np.stack(np.meshgrid(latitude, longitude, indexing="ij"), axis=-1)
        return latitude, longitude, self.chance(aims.reshape(-1, 2)).reshape(aims.shape[:2])

    def _late(self) -> tuple[Approach, ...]:
        """Return the launch points with everything that comes from outside later by the delay."""
        if not self.delay:
            return self.approaches
        return tuple(
            replace(
                each,
                known=tuple(
                    replace(cue, track_time=cue.track_time + self.delay, alert_time=cue.alert_time + self.delay)
                    for cue in each.known
                ),
            )
            for each in self.approaches
        )


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= math.pi / 2.0 and math.isfinite(longitude)


def _problem(key: str, found: str, allowed: str) -> Problem:
    return Problem(file="FootprintModel", key=key, found=found, allowed=allowed, do=f"Correct {key}.")
