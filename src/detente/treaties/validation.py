"""Published START I totals beside those that the counting rules give, from the official table and from the catalog."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from detente.catalog.load import force
from detente.sources import ValidationRow
from detente.treaties.count import Count, Holding, count_start_1, start_1

_SOURCE = "US Government, START data of 1 September 1990, https://nuke.fas.org/control/start1/news/strtdata.htm"
_BOUND_BY = {"us": "us", "ussr": "russia"}
_TABLE_NAMES = {"us": "US", "ussr": "SU"}


def rows() -> list[ValidationRow]:
    """Return each published total of 1 September 1990 beside ours, which must agree exactly.

    Examples
    --------
    >>> all(row.passed for row in rows())
    True
    """
    found = []
    for total in _table("start1_totals_1990-09-01.csv"):
        party = total["party"]
        counts = {
            "table by type": start_1(mou_1990(party), _BOUND_BY[party]),
            f"catalog force {party}-1990": count_start_1(force(f"{party}-1990"), _BOUND_BY[party]),
        }
        found += [_row(party, total, origin, count) for origin, count in counts.items()]
    return found


def mou_1990(party: str) -> tuple[Holding, ...]:
    """Return the official data of 1 September 1990 of "us" or "ussr", by type.

    References
    ----------
    US Government, START data of 1 September 1990, https://nuke.fas.org/control/start1/news/strtdata.htm; the
    throw-weight of each type is recalled, its sum was published.
    """
    return tuple(
        Holding(
            kind=row["category"].lower(),
            launchers=float(row["deployed"]),
            attributed=float(row["attribution"]),
            equipped=float(row["equipped"]) if row["equipped"] else None,
            cruise_missiles=row["category"] == "BOMBER" and row["attribution"] != "1",
            mobile=row["mobile"] == "1",
            heavy=row["heavy"] == "1",
            throw_weight=float(row["throw_weight_kg"]) if row["throw_weight_kg"] else None,
        )
        for row in _table("start1_mou_1990-09-01.csv")
        if row["party"] == _TABLE_NAMES[party]
    )


def _table(name: str) -> Iterator[dict[str, str]]:
    text = (files("detente.treaties") / "data" / name).read_text("utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _row(party: str, total: dict[str, str], origin: str, count: Count) -> ValidationRow:
    value = getattr(count, total["quantity"])
    published = float(total["published"])
    ours = float("nan") if value is None else value / 1000.0 if total["unit"] == "t" else value
    return ValidationRow(
        case=f"START I, 1 September 1990, {party}, {origin}",
        quantity=total["quantity"].replace("_", " "),
        published=published,
        ours=ours,
        unit=total["unit"],
        tolerance="exact",
        passed=abs(ours - published) < 1e-6,
        source=_SOURCE,
        note="by-type throw-weights recalled, unverified" if total["unit"] == "t" else "",
    )
