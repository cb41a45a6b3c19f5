"""Which keys of a scenario name something, and whether what they name exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.catalog.records import Catalog
from detente.problems import Problem, nearest

# Key path (a * stands for any key or index) -> what its value, or each value of its list, names.
VALUES = {
    "parties.*.capital": "place",
    "parties.*.procedure": "procedure",
    "threats.*.by": "party",
    "threats.*.against": "party",
    "threats.*.missile": "missile",
    "threats.*.launch": "place",
    "threats.*.aims": "place",
    "cases.*.forces.*.base": "force",
    "cases.*.forces.*.against": "force",
    "cases.*.defenses.*.party": "party",
    "cases.*.defenses.*.interceptor": "interceptor",
    "cases.*.defenses.*.site": "place",
    "cases.*.defenses.*.box": "region",
    "cases.*.defenses.*.protects": "party",
    "cases.*.defenses.*.cue": "radar",
    "cases.*.defenses.*.purchased_from": "party",
    "cases.*.sensors.*.radars": "radar",
    "cases.*.sensors.*.rebuilt": "radar",
    "cases.*.sensors.*.constellations": "constellation",
    "cases.*.sharing.between": "party",
    "cases.*.notices": "notice",
    "notices.*.by": "party",
    "notices.*.launch": "place",
    "notices.*.impact": "place",
    "judgment.ground": "region",
    "cases.*.tests.*.party": "party",
    "cases.*.tests.*.interceptor": "interceptor",
    "cases.*.tests.*.range_site": "place",
    "cases.*.radar_work.*.radar": "radar",
    "cases.*.radar_work.*.party": "party",
    "cases.*.radar_work.*.paid_by": "party",
    "cases.*.measures": "measure",
    "coverage_regions.*": "region",
}
# Key path -> what the keys of the table under it name.
KEYS = {
    "cases.*.forces": "party",
    "cases.*.sensors": "party",
    "cases.*.sensors.*.satellites": "constellation",
    "cases.*.sharing.releases": "party",
    "coverage_regions": "party",
}


def unknown_names(raw: Mapping[str, Any], catalog: Catalog) -> list[tuple[tuple[str, ...], str, str, str]]:
    """Return every name in a raw scenario that nothing bears: key path, name, kind of thing, the next move."""
    known = _known(raw, catalog)
    return [
        (path, name, kind, nearest(name, known[kind]))
        for path, name, kind in _named(raw)
        if isinstance(name, str) and name not in known[kind]
    ]


def _named(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any, str]]:
    for pattern, kind in VALUES.items():
        for path, value in _walk(raw, pattern.split(".")):
            for name in value if isinstance(value, list) else [value]:
                yield path, name, kind
    for pattern, kind in KEYS.items():
        for path, value in _walk(raw, pattern.split(".")):
            for name in value if isinstance(value, dict) else ():
                yield (*path, name), name, kind


def problem(file: str, key: str, line: int | None, name: str, kind: str, hint: str) -> Problem:
    """Return the problem of a name that nothing bears."""
    own = {"party": "the scenario's [parties]", "notice": "the scenario's [notices]"}
    where = own.get(kind, f"the catalog (see: detente catalog list {kind}s)")
    return Problem(
        file=file, key=key, line=line, found=f'unknown {kind} "{name}"', allowed=f"a {kind} of {where}", do=hint
    )


def _known(raw: Mapping[str, Any], catalog: Catalog) -> dict[str, set[str]]:
    own = {kind: set(raw.get(kind) or {}) for kind in ("parties", "places", "regions", "notices", "forces")}
    return {
        "party": own["parties"],
        "notice": own["notices"],
        "place": set(catalog.places) | own["places"],
        "region": set(catalog.regions) | own["regions"],
        "procedure": set(catalog.procedures),
        "missile": set(catalog.missiles),
        "force": set(catalog.forces) | own["forces"],
        "interceptor": set(catalog.interceptors),
        "radar": set(catalog.radars),
        "constellation": set(catalog.constellations),
        "measure": set(catalog.measures),
    }


def _walk(raw: Any, pattern: list[str], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not pattern:
        yield path, raw
        return
    head, *rest = pattern
    if isinstance(raw, dict):
        steps = raw.items() if head == "*" else [(head, raw[head])] if head in raw else []
    elif isinstance(raw, list) and head == "*":
        steps = [(str(index), item) for index, item in enumerate(raw)]
    else:
        steps = []
    for key, item in steps:
        yield from _walk(item, rest, (*path, str(key)))
