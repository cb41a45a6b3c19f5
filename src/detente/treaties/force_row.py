"""One row of a force file by type: what it says, what the table of types adds, and what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.problems import nearest
from detente.treaties.count import Holding

NEEDED = ("party", "category", "type", "deployed", "attribution")
"""Columns without which nothing can be counted."""

KNOWN = (
    *NEEDED,
    "mobile",
    "heavy",
    "warheads",
    "equipped",
    "throw_weight_kg",
    "loaded",
    "nondeployed",
    "operational",
    "note",
)
"""Every column that is read; those that begin with prov say where a number comes from and are left alone."""

_CATEGORIES = ("ICBM", "SLBM", "BOMBER")
_RULE = re.compile(r"rule:first(\d+)x(\d+)\+(\d+)x(\d+)")

# Column, what was found, what is allowed, what to do.
Wrong = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """What is known of a type of missile or bomber.

    Parameters
    ----------
    name, category : str
        As a file writes them.
    attribution : float or None
        Warheads that START I attributes to one missile; None where it did not.
    mobile : bool or None
        Whether it stands on mobile launchers; None where there are both.
    heavy : bool
        Of an ICBM: heavy.
    throw_weight : float or None
        Of one missile [kg], recalled.
    equipped : float or None
        Weapons that START II says one bomber is equipped for, recalled.
    """

    name: str
    category: str
    attribution: float | None
    mobile: bool | None
    heavy: bool
    throw_weight: float | None
    equipped: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as read: the holding (None where it is wrong), what is wrong, and what the table of types added."""

    holding: Holding | None
    wrong: tuple[Wrong, ...]
    notes: tuple[str, ...]


def plain(name: str) -> str:
    """Return the name of a type without what stands in brackets, in small letters.

    Examples
    --------
    >>> plain("Trident I C-4 (downloaded 8->6)")
    'trident i c-4'
    """
    return re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", " ", name)).strip().lower()


def whole(row: Mapping[str, str], key: str, wrong: list[Wrong], needed: bool = False) -> float | None:
    """Return a whole number of 0 or more from a cell, None where it is empty or no such number (then told)."""
    text = row.get(key, "")
    if not text and not needed:
        return None
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    found = f'"{text}"' if text else "nothing"
    wrong.append((key, found, "a whole number, 0 or more", "Correct it; write it without commas or units."))
    return None


def holding(row: Mapping[str, str], types: Mapping[str, Type]) -> Row:
    """Return what a row says.

    Parameters
    ----------
    row : mapping of str
        Cells by column.
    types : mapping of Type
        By plain name.

    Examples
    --------
    >>> known = Type(name="MX", category="ICBM", attribution=10, mobile=False, heavy=False, throw_weight=3950.0,
    ...              equipped=None)
    >>> row = {"category": "ICBM", "type": "MX", "deployed": "-50", "attribution": "10"}
    >>> holding(row, {"mx": known}).wrong[0][:2]
    ('deployed', '"-50"')
    """
    wrong: list[Wrong] = []
    notes: list[str] = []
    category = row["category"].upper()
    kind = _kind(row["type"], category, types, wrong)
    deployed = whole(row, "deployed", wrong, needed=True)
    attributed, equipped = _attribution(row, kind, wrong)
    equipped = _equipped(row, kind, equipped, wrong, notes)
    mobile = _mobile(row, kind, wrong)
    heavy = _flag(row, "heavy", wrong)
    made = {
        "throw_weight": _throw_weight(row, kind, wrong, notes),
        "loaded": _loaded(row, deployed, wrong),
        "nondeployed": whole(row, "nondeployed", wrong),
        "operational": whole(row, "operational", wrong),
    }
    stated = whole(row, "warheads", wrong)
    if wrong or kind is None or deployed is None or attributed is None:
        return Row(holding=None, wrong=tuple(wrong), notes=())
    bomber = category == "BOMBER"
    if not bomber and stated is not None and stated != deployed * attributed:
        said = f"{stated:g}, where {deployed:g} x {attributed:g} = {deployed * attributed:g}"
        wrong.append(("warheads", said, "deployed x attribution", "Correct one of the three."))
    held = Holding(
        kind=category.lower(),
        launchers=deployed,
        attributed=attributed,
        equipped=equipped if bomber else None,
        cruise_missiles=bomber and attributed != 1.0,
        mobile=bool(mobile) and category == "ICBM",
        heavy=(kind.heavy if heavy is None else heavy) and category == "ICBM",
        **made,
    )
    return Row(holding=None if wrong else held, wrong=tuple(wrong), notes=tuple(notes))


def _kind(name: str, category: str, types: Mapping[str, Type], wrong: list[Wrong]) -> Type | None:
    """Return the type that a row names, None where it is unknown."""
    kind = types.get(plain(name))
    if kind is None:
        names = sorted({each.name for each in types.values()})
        wrong.append(("type", f'unknown type "{name}"', ", ".join(names), nearest(plain(name), types)))
    if category not in _CATEGORIES:
        wrong.append(("category", f'"{category}"', ", ".join(_CATEGORIES), "Write one of these."))
    elif kind and kind.category != category:
        wrong.append(("category", f"{category} for {kind.name}", kind.category, "Correct category or type."))
    return kind


def _attribution(row: Mapping[str, str], kind: Type | None, wrong: list[Wrong]) -> tuple[float | None, float | None]:
    """Return warheads attributed to one, and what further bombers are equipped for where the cell is a rule."""
    text = row["attribution"]
    rule = _RULE.fullmatch(text)
    if rule:
        first, flat, more, equipped = (int(each) for each in rule.groups())
        if re.fullmatch(r"\d{1,9}", row["deployed"]) and first + more != int(row["deployed"]):
            said = f"{text}, which speaks of {first + more}"
            wrong.append(("attribution", said, f"{row['deployed']} in all, as deployed", "Correct one of the two."))
        return float(flat), float(equipped)
    if not text and kind and kind.attribution is not None:
        return kind.attribution, None
    number = whole(row, "attribution", wrong, needed=True)
    most = kind.attribution if kind else None
    if number is not None and (number == 0 or (most is not None and number > most)):
        allowed = f"1 to {most:g}" if most is not None else "1 or more"
        wrong.append(("attribution", f"{number:g} for {row['type']}", allowed, "Correct it."))
    return number, None


def _equipped(
    row: Mapping[str, str], kind: Type | None, ruled: float | None, wrong: list[Wrong], notes: list[str]
) -> float | None:
    """Return what a bomber is equipped for: as the file says, else as its rule says, else as the table of types."""
    number = whole(row, "equipped", wrong)
    if number is not None or ruled is not None or kind is None or kind.equipped is None:
        return ruled if number is None else number
    notes.append(f"unverified: what each {kind.name} is equipped for is recalled (add the column equipped)")
    return kind.equipped


def _mobile(row: Mapping[str, str], kind: Type | None, wrong: list[Wrong]) -> bool | None:
    """Return whether a missile is mobile: as the column says, else as its name says, else as the table of types."""
    stated = _flag(row, "mobile", wrong)
    if stated is not None or kind is None:
        return stated
    name = row["type"].lower()
    if re.search(r"\((rail|road|mobile)", name):
        return True
    if kind.mobile is None and "(silo" not in name and row["category"].upper() == "ICBM":
        said = f"nothing, and {kind.name} stands in silos and on mobile launchers"
        wrong.append(("mobile", said, "0 or 1", "Add the column mobile."))
    return kind.mobile


def _flag(row: Mapping[str, str], key: str, wrong: list[Wrong]) -> bool | None:
    text = row.get(key, "")
    if text not in {"", "0", "1"}:
        wrong.append((key, f'"{text}"', "0 or 1", "Correct it."))
    return {"0": False, "1": True}.get(text)


def _throw_weight(row: Mapping[str, str], kind: Type | None, wrong: list[Wrong], notes: list[str]) -> float | None:
    """Return the throw-weight of one missile [kg]."""
    text = row.get("throw_weight_kg", "")
    if row["category"].upper() == "BOMBER":
        return None
    if not text:
        if kind and kind.throw_weight is not None:
            notes.append("unverified: throw-weights that the file does not state are recalled")
        return kind.throw_weight if kind else None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number >= 0.0):
        wrong.append(("throw_weight_kg", f'"{text}"', "kilograms, 0 or more, as a plain number", "Correct it."))
    return number


def _loaded(row: Mapping[str, str], deployed: float | None, wrong: list[Wrong]) -> float | None:
    """Return the warheads on one deployed missile, from those on all of the type."""
    number = whole(row, "loaded", wrong)
    if number is None or deployed is None:
        return None
    if deployed == 0.0:
        if number:
            wrong.append(("loaded", f"{number:g} on no deployed missile", "0", "Correct loaded or deployed."))
        return 0.0
    return number / deployed
