"""What things are called where people read: short titles instead of catalog names."""

from __future__ import annotations

import re

from detente.scenario.scenario import Deployment, Scenario

_TAIL = re.compile(r"(,| \().*$")


def short(title: str) -> str:
    """Return a title without what follows a comma or a parenthesis.

    Examples
    --------
    >>> short("Oko, US-KS (73D6), highly elliptical orbit")
    'Oko'
    """
    return _TAIL.sub("", title)


def capital(text: str) -> str:
    """Return a text with its first letter large, for the start of a sentence or a cell.

    Examples
    --------
    >>> capital("the United States")
    'The United States'
    """
    return text[:1].upper() + text[1:]


def sensor(scenario: Scenario, name: str) -> str:
    """Return what a radar or a constellation is called; anything else as it is."""
    known = scenario.catalog
    found = known.radars.get(name) or known.constellations.get(name)
    return short(found.title) if found else name


def missile(scenario: Scenario, name: str) -> str:
    """Return what a missile is called."""
    return short(scenario.catalog.missiles[name].title)


def place(scenario: Scenario, name: str) -> str:
    """Return what a place is called."""
    return scenario.catalog.places[name].title


def deployment(scenario: Scenario, item: Deployment) -> str:
    """Return what a deployment is called: the interceptor and where it stands."""
    title = short(scenario.catalog.interceptors[item.interceptor].title)
    return title if item.site is None else f"{title}, {short(place(scenario, item.site))}"
