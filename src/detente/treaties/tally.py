"""A force counted under an agreement on a date: totals, and each limit with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from detente.catalog.load import force as catalog_force
from detente.problems import BadInputError, Problem, nearest
from detente.treaties.check import agreement
from detente.treaties.count import CountNew, Holding, holdings, new_start, sort, start_1, start_2
from detente.treaties.dated import TextStatus
from detente.treaties.force_file import PARTIES, ForceTable, party_named, read
from detente.treaties.rule import Finding, Law, Status

COUNTED = ("start-1", "start-2", "sort-2002", "new-start")
"""Agreements under which a force can be counted, in order of their dates."""

_SHORT = {"sort": ("sort-2002",), "all": COUNTED}
_OVER = 1000.0
"""Kilograms in a metric ton."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that a force is held to.

    Parameters
    ----------
    name : str
        What is counted, a key of the totals.
    limit, value, margin : float or None
        The limit (on a date before it binds: the one that will bind first), what the force counts, and
        ``limit - value``; the last two None where something is missing.
    binding_from : date
        First day on which the limit binds.
    status : str
        As in `rule.Finding`; "not in force" where the agreement does not bind on the date.
    as_if_in_force : str
        What the status would be if the agreement bound on the date; the same as `status` where it does.
    article, because, source : str
        The clause, the reason with its doubt, and where the text stands.
    text_status : {"seen", "quoted", "unverified"}
        How the text or the number is known, the less sure.
    """

    name: str
    limit: float
    value: float | None
    margin: float | None
    binding_from: date
    status: Status
    as_if_in_force: Status
    article: str
    because: str
    source: str
    text_status: TextStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A party's force under one agreement on a date.

    Parameters
    ----------
    treaty, title : str
        Name and short title of the agreement.
    party : str
        Whose force.
    on : date
        The date of the question.
    as_of : date or None
        Day of the published totals that were used; None for a table by type.
    in_force : bool
        Whether the agreement binds on the date; `standing` says why not.
    counts : str
        What the agreement counts, in words.
    totals : dict
        By name; None where something is missing. Warheads and launchers are counts, `throw_weight_t` metric tons.
    limits : tuple of Limit
        Each with its verdict.
    notes : tuple of str
        What else a reader should know, unverified numbers first of all.
    """

    treaty: str
    title: str
    party: str
    on: date
    as_of: date | None
    in_force: bool
    standing: str
    counts: str
    totals: dict[str, float | None]
    limits: tuple[Limit, ...]
    notes: tuple[str, ...] = field(default_factory=tuple)


def count(file: str | Path, treaty: str, on: date | str, party: str | None = None) -> tuple[Tally, ...]:
    """Count a force under an agreement, or under all of them.

    Parameters
    ----------
    file : str or Path
        A force file (see `force_file.read`), or the name of a force of the catalog.
    treaty : str
        "start-1", "start-2", "sort" (or "sort-2002"), "new-start" or "all".
    on : date or str
        The date whose limits bind.
    party : str, optional
        One party only, as files call it ("us", "ussr", "russia"); every party of the file otherwise.

    Returns
    -------
    tuple of Tally
        For each party, for each agreement.

    Raises
    ------
    BadInputError
        Everything wrong at once: the file, an unknown agreement or party, a date before signature, or totals that
        begin only after the date.

    Examples
    --------
    >>> (one,) = count("ussr-1990", "start-1", date(2001, 12, 5))
    >>> one.totals["warheads"], one.limits[2].status
    (10271.0, 'exceeds')
    """
    names = _SHORT.get(treaty, (treaty,))
    wrong = [] if set(names) <= set(COUNTED) else [_unknown(treaty)]
    day = _day(on, wrong)
    if day and not wrong:
        wrong = _too_early(names, day)
    table = _table(file, wrong)
    held = list(table.holdings or table.totals)
    wanted = _wanted(party, held, wrong)
    if wrong or day is None:
        raise BadInputError(wrong)
    return tuple(_tally(table, each, name, day) for each in held if wanted in {None, each} for name in names)


def _day(on: date | str, wrong: list[Problem]) -> date | None:
    try:
        return on if isinstance(on, date) else date.fromisoformat(on)
    except ValueError:
        wrong.append(_problem("--on", f'"{on}"', "a date as 2001-12-05", "Write the date as year-month-day."))
        return None


def _wanted(party: str | None, held: Sequence[str], wrong: list[Problem]) -> str | None:
    """Return the party that is asked for, None for every one; what is wrong with it goes to `wrong`."""
    wanted = party_named(party) if party is not None else None
    if party is not None and wanted is None:
        allowed = ", ".join(name for known in PARTIES.values() for name in known)
        wrong.append(_problem("--party", f'"{party}"', allowed, "Write one of these."))
    elif wanted and held and wanted not in held:
        wrong.append(
            _problem("--party", f'"{party}"', f"{', '.join(held)}, whose forces the file holds", "Ask for these.")
        )
    return wanted


def _table(file: str | Path, wrong: list[Problem]) -> ForceTable:
    """Return what a file holds, or a catalog force where the name is one and no file; an empty table if it is wrong."""
    try:
        return read(file) if Path(file).suffix or Path(file).exists() else _from_catalog(str(file))
    except BadInputError as error:
        wrong += error.problems
        return ForceTable(file=str(file))


def _from_catalog(name: str) -> ForceTable:
    known = catalog_force(name)
    party = party_named(known.party)
    if party is None:
        allowed = "a force of a party to these agreements"
        raise BadInputError([_problem("FILE", f"{known.title}, a force of {known.party}", allowed, "Ask for another.")])
    recalled = any(each.launchers.unverified or each.attributed.unverified for each in known.classes)
    note = ("unverified: numbers of launchers or attributed warheads are in part recalled",) if recalled else ()
    return ForceTable(file=known.name, holdings={party: holdings(known)}, notes={party: note})


def _tally(table: ForceTable, party: str, name: str, on: date) -> Tally:
    held = agreement(name)
    law = Law(agreement=held, state="in-force" if held.binds_on(on) else "as-if-in-force", on=on)
    as_of, total = _published(table, party, on)
    rows = table.holdings.get(party)
    totals = _TOTALS[name](rows, party) if rows is not None else _NOTHING[name] | _as_published(name, total)
    return Tally(
        treaty=name,
        title=held.short,
        party=party,
        on=on,
        as_of=as_of,
        in_force=held.binds_on(on),
        standing="" if held.binds_on(on) else held.why_not(on),
        counts=_COUNTS[name],
        totals=totals,
        limits=tuple(_limit(law, parameter, totals, party) for parameter in _PARAMETERS[name]),
        notes=tuple(each for each in table.notes.get(party, ()) if _matters(each, name, rows or (), party)),
    )


def _matters(note: str, name: str, rows: Sequence[Holding], party: str) -> bool:
    """Whether a note speaks of something that an agreement counts."""
    if "throw-weight" in note:
        return name == "start-1"
    if "equipped" not in note:
        return name != "sort-2002"
    first = agreement("start-1").parameters[f"bombers_{party}"].values[0].si
    beyond = sum(each.launchers for each in rows if each.cruise_missiles) > first
    return name == "start-2" or (name == "start-1" and beyond)


def _published(table: ForceTable, party: str, on: date) -> tuple[date | None, CountNew | None]:
    """Return the last published totals that are no later than a date, with their day; None for a table by type."""
    days = table.totals.get(party)
    if days is None:
        return None, None
    known = [day for day in days if day <= on]
    if not known:
        first = f"a date from {min(days)}" if days else "totals"
        raise BadInputError(
            [_problem("--on", f"{on}, before the first totals of {party}", first, "Ask for a later day.")]
        )
    return max(known), days[max(known)]


def _limit(law: Law, parameter: str, totals: dict[str, float | None], party: str) -> Limit:
    """Return a limit with its verdict on the force."""
    known = law.agreement.parameters[parameter]
    name = f"{parameter}_t" if parameter == "throw_weight" else parameter
    scale = _OVER if parameter == "throw_weight" else 1.0
    value = totals[name]
    found = law.at_most(
        known.clause,
        parameter,
        None if value is None else value * scale,
        party=party,
        subject=f"force of {party}",
        what=known.title,
        missing=f"missing: {_missing(law.agreement.name, name)}",
    )
    dated = law.limit(parameter) or known.values[0]
    return Limit(
        name=name,
        limit=dated.si / scale,
        value=value,
        margin=None if value is None else dated.si / scale - value,
        binding_from=dated.since,
        status=found.status if law.state == "in-force" else "not in force",
        as_if_in_force=found.status,
        article=found.article,
        because=_because(found),
        source=law.agreement.sources[dated.source],
        text_status=found.text_status,
    )


def _missing(treaty: str, name: str) -> str:
    return _MISSING.get(name) or _MISSING.get(f"{treaty} {name}") or _BY_TYPE


def _because(found: Finding) -> str:
    """Return the reason, with the doubt of an unverified text."""
    return found.because + (" [unverified: the text was not seen]" if found.text_status == "unverified" else "")


def _start_1(rows: Sequence[Holding], party: str) -> dict[str, float | None]:
    made = start_1(rows, party)
    return {
        "delivery_vehicles": made.delivery_vehicles,
        "warheads": made.warheads,
        "ballistic_missile_warheads": made.ballistic_missile_warheads,
        "heavy_icbm_warheads": made.heavy_icbm_warheads,
        "mobile_icbm_warheads": made.mobile_icbm_warheads,
        "throw_weight_t": None if made.throw_weight is None else made.throw_weight / _OVER,
        "heavy_icbms": made.heavy_icbms,
        "cruise_missile_warheads": made.cruise_missile_warheads,
    }


def _start_2(rows: Sequence[Holding], _party: str) -> dict[str, float | None]:
    made = start_2(rows)
    return {name: getattr(made, name) for name in _PARAMETERS["start-2"]}


def _new_start(rows: Sequence[Holding], _party: str) -> dict[str, float | None]:
    made = new_start(rows)
    return {name: getattr(made, name) for name in _PARAMETERS["new-start"]}


def _sort(rows: Sequence[Holding], _party: str) -> dict[str, float | None]:
    return {"warheads": sort(rows)}


def _as_published(name: str, total: CountNew | None) -> dict[str, float | None]:
    if total is None or name != "new-start":
        return {}
    return {"deployed": total.deployed, "warheads": total.warheads, "launchers_total": total.launchers_total}


_PARAMETERS = {
    "start-1": (
        "delivery_vehicles",
        "heavy_icbms",
        "warheads",
        "ballistic_missile_warheads",
        "mobile_icbm_warheads",
        "heavy_icbm_warheads",
        "throw_weight",
    ),
    "start-2": ("warheads", "slbm_warheads", "mirved_icbm_warheads", "heavy_icbm_warheads"),
    "sort-2002": ("warheads",),
    "new-start": ("deployed", "warheads", "launchers_total"),
}
_TOTALS: dict[str, Callable[[Sequence[Holding], str], dict[str, float | None]]] = {
    "start-1": _start_1,
    "start-2": _start_2,
    "sort-2002": _sort,
    "new-start": _new_start,
}
_NOTHING: dict[str, dict[str, float | None]] = {
    "start-1": dict.fromkeys(
        (
            *(name for name in _PARAMETERS["start-1"] if name != "throw_weight"),
            "throw_weight_t",
            "cruise_missile_warheads",
        )
    ),
    "start-2": dict.fromkeys(_PARAMETERS["start-2"]),
    "sort-2002": {"warheads": None},
    "new-start": dict.fromkeys(_PARAMETERS["new-start"]),
}
_COUNTS = {
    "start-1": "what each type is attributed, whatever it carries",
    "start-2": "missiles as attributed, bombers as equipped",
    "sort-2002": "operationally deployed warheads, as each side declares them",
    "new-start": "what is on deployed missiles, and one for each deployed bomber",
}


_BY_TYPE = "a table by type (these are published totals)"
_MISSING = {
    "start-1 warheads": "what bombers beyond the flat rate are equipped for (column equipped)",
    "start-2 warheads": "what bombers are equipped for (column equipped)",
    "sort-2002 warheads": "the number that the side declares (column operational); the treaty has no rule to count it",
    "new-start warheads": "what is on the deployed missiles (column loaded)",
    "launchers_total": "launchers and bombers that are not deployed (column nondeployed)",
    "throw_weight_t": "the throw-weight of a type (column throw_weight_kg)",
}


def _unknown(treaty: str) -> Problem:
    allowed = (*COUNTED, *_SHORT)
    return _problem("--treaty", f'"{treaty}"', ", ".join(allowed), nearest(treaty, allowed))


def _too_early(names: Sequence[str], on: date) -> list[Problem]:
    """Return a problem where a date lies before the signature of every agreement that is asked for."""
    first = min(agreement(name).signed for name in names)
    if on >= first:
        return []
    said = f"{on}, before the signature of {agreement(names[0]).short}"
    return [
        _problem("--on", said, f"a date from {first}", "Ask for a later day, for example one on which limits bind.")
    ]


def _problem(key: str, found: str, allowed: str, do: str) -> Problem:
    return Problem(file="command line", key=key, found=found, allowed=allowed, do=do)
