"""What things are called where people read: short titles instead of catalog names."""

from __future__ import annotations

import re

from detente.scenario.scenario import Case, Deployment, Scenario

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


def owner(title: str) -> str:
    """Return whose it is.

    Examples
    --------
    >>> owner("Russia"), owner("the United States")
    ("Russia's", "the United States'")
    """
    return f"{title}'" if title.endswith("s") else f"{title}'s"


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
    where = "" if item.site is None else short(place(scenario, item.site))
    return title if where.casefold().startswith(title.casefold()) or not where else f"{title}, {where}"


def deployments(scenario: Scenario, case: Case) -> dict[str, str]:
    """Return what each deployment of a case is called, by its name; two called alike keep their names beside it."""
    titles = {item.name: deployment(scenario, item) for item in case.defenses}
    often = list(titles.values())
    return {name: f"{title} ({name})" if often.count(title) > 1 else title for name, title in titles.items()}


def readable(scenario: Scenario, case: Case, text: str) -> str:
    """Return a text of an engine with the names in it replaced by what people call them.

    Names stand in such texts as they do in the scenario: parties, places, radars, and the case's deployments.
    """
    known = scenario.catalog
    called = {name: item.title for name, item in scenario.parties.items()}
    called |= {name: short(item.title) for name, item in known.places.items()}
    called |= {name: short(item.title) for name, item in known.radars.items() if "-" in name or name == text}
    called |= {item.name: capital(item.name.replace("-", " ")) for item in case.tests}
    called |= deployments(scenario, case)
    longest = sorted(called, key=len, reverse=True)
    named = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, longest)) + r")(?![\w-])")
    return named.sub(lambda found: called[found[1]], text)


def headline(scenario: Scenario, key: str) -> str:
    """Return what a headline number is called: the threat or the ordering, and what is counted.

    Parameters
    ----------
    scenario : Scenario
        Whose threats and parties the key names.
    key : str
        As in `detente.study.headlines`, for example ``"warning.fields-to-moscow.own.warning_time"``.
    """
    kind, name, *rest = key.split(".")
    if kind == "stability":
        attacker = scenario.parties[name.removesuffix("-first")].title
        return f"{capital(attacker)} strikes first, {rest[0]} alert: {_COUNTED[rest[1]]}"
    data = f", {rest[0]} data" if kind == "warning" else ""
    return f"{scenario.threats[name].title}: {_COUNTED[rest[-1]]}{data}"


_COUNTED = {
    "p_no_leak": "chance that none gets through",
    "expected_leakers": "warheads that get through",
    "warning_time": "warning time",
    "decision_time": "decision time",
    "surviving": "the other side's warheads that survive",
    "arriving": "the other side's warheads that arrive",
}
