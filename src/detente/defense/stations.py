"""Where a deployment can stand: a place on land, the points of a ship's box or of an aircraft's orbit."""

from __future__ import annotations

import math
from dataclasses import replace

from detente.catalog.records import Place
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Deployment, Scenario
from detente.sources import Cited

AIRCRAFT = 12e3
"""Altitude of an aircraft whose orbit is given as a region [m] (recalled of the YAL-1: unverified)."""


def stations(scenario: Scenario, deployment: Deployment) -> tuple[Place, ...]:
    """Return every place a deployment may be at; none in orbit.

    Raises
    ------
    BadInputError
        It needs a place or a box and has neither.
    """
    known = scenario.catalog
    interceptor = known.interceptors[deployment.interceptor]
    if deployment.site is not None:
        place = known.places[deployment.site]
        if interceptor.basing == "air" and place.altitude is None:
            place = replace(place, altitude=_told(AIRCRAFT, "recalled"))
        return (place,)
    if deployment.box is not None:
        box = known.regions[deployment.box]
        height = AIRCRAFT if interceptor.basing == "air" else 0.0
        return tuple(
            Place(
                name=f"{box.name}, {abs(lat):.1f} {'NS'[lat < 0.0]} {abs(lon):.1f} {'EW'[lon < 0.0]}",
                title=box.title,
                latitude=_told(math.radians(lat), box.source),
                longitude=_told(math.radians(lon), box.source),
                altitude=_told(height, box.source),
            )
            for lat, lon in box.points
        )
    if interceptor.basing == "space":
        return ()
    raise BadInputError([homeless(scenario.name, f"deployment {deployment.name}", interceptor.basing)])


def homeless(file: str, key: str, basing: str, line: int | None = None) -> Problem:
    """Return the problem of a deployment that stands nowhere."""
    where = {"sea": "a ship", "air": "an aircraft"}.get(basing, "a launcher on land")
    allowed = "site or box" if basing in {"sea", "air"} else "site"
    do = 'Add box = "name of a region" (kind "ship box" or "aircraft orbit"), or site = "name of a place".'
    return Problem(
        file=file,
        key=key,
        line=line,
        found=f"{where} without a place",
        allowed=allowed,
        do=do if basing in {"sea", "air"} else 'Add site = "name of a place".',
    )


def middle(places: tuple[Place, ...]) -> Place:
    """Return the place with the least sum of squared distances from all, by latitude and longitude."""

    def away(place: Place) -> float:
        return sum(
            (place.latitude.value - each.latitude.value) ** 2
            + (math.cos(place.latitude.value) * math.remainder(place.longitude.value - each.longitude.value, math.tau))
            ** 2
            for each in places
        )

    return min(places, key=away)


def _told(number: float, source: str) -> Cited:
    return Cited(value=number, low=number, high=number, source=source, seen="no")
