"""`detente catalog list` and `detente catalog show`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from detente.cli.show import emit, table

app = typer.Typer(help="What exists, as published.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def _kinds() -> dict[str, dict[str, Any]]:
    from dataclasses import fields

    from detente.catalog.load import catalog

    known = catalog()
    return {field.name: getattr(known, field.name) for field in fields(known)}


@app.command("list", epilog="Example: detente catalog list missiles")
def list_(
    kind: Annotated[str | None, typer.Argument(help="missiles, interceptors, radars, … (all by default)")] = None,
    json: Json = False,
) -> None:
    """List the names in the catalog."""
    from detente.problems import BadInputError, Problem, nearest

    kinds = _kinds()
    wanted = kind.replace("-", "_") if kind else None
    if wanted is not None and wanted not in kinds:
        wanted = next((name for name in kinds if name.rstrip("s") == wanted.rstrip("s")), wanted)
    if wanted is not None and wanted not in kinds:
        raise BadInputError(
            [
                Problem(
                    file="command line",
                    found=f'"{kind}"',
                    allowed=", ".join(kinds),
                    do=nearest(str(kind), kinds),
                )
            ]
        )
    chosen = {wanted: kinds[wanted]} if wanted else kinds
    if json:
        emit({name: {key: item.title for key, item in sorted(found.items())} for name, found in chosen.items()})
        return
    for name, found in chosen.items():
        table(name.replace("_", " "), ("name", "title"), [(key, item.title) for key, item in sorted(found.items())])


@app.command(epilog="Example: detente catalog show minuteman-iii")
def show(name: Annotated[str, typer.Argument(help="a name that `catalog list` prints")], json: Json = False) -> None:
    """Show one record: each value with its range, its source, and whether it was seen."""
    from detente.problems import BadInputError, Problem, nearest

    kinds = _kinds()
    found = [(kind, records[name]) for kind, records in kinds.items() if name in records]
    if not found:
        names = [key for records in kinds.values() for key in records]
        raise BadInputError(
            [
                Problem(
                    file="command line",
                    found=f'no record "{name}"',
                    allowed="a name that `detente catalog list` prints",
                    do=nearest(name, names),
                )
            ]
        )
    shown = [_record(kind, record) for kind, record in found]
    if json:
        emit({"records": shown})
        return
    for record in shown:
        title = f"{record['title']} ({record['kind']}) {record['note']}"
        if "happened" in record:
            table(title, ("", "what is known"), record["happened"].items())
            title = ""
        table(title, ("field", "value", "low", "high", "unit", "seen", "source"), _rows(record))


def _rows(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows that are shown of a record: its values, then the ranges computed from them."""
    rows: list[tuple[Any, ...]] = [
        (
            value["field"],
            value["value"],
            value["low"],
            value["high"],
            value["unit"],
            "unverified" if value["seen"] == "no" else value["seen"],
            value["source"],
        )
        for value in record["values"]
    ]
    for each in record.get("computed", ()):
        span = (round(each[key]) for key in ("range_km", "low_km", "high_km"))
        field = f"range in {each['mode']} on {each['cross_section_m2']:g} m2"
        rows.append((field, *span, "km", "computed", "radar equation"))
    return rows


def _record(kind: str, record: Any) -> dict[str, Any]:
    from detente.catalog.show import values

    return {
        "kind": kind,
        "name": record.name,
        "title": record.title,
        "note": getattr(record, "note", ""),
        "values": values(record),
        **({"computed": _computed(record)} if kind == "radars" else {}),
        **({"happened": _happened(record)} if kind == "alarms" else {}),
    }


def _happened(alarm: Any) -> dict[str, str]:
    """Return what an incident was: when and where, what was shown, why, how far it went, and what ended it."""
    return {
        "date": f"{alarm.on:%Y-%m-%d}",
        "party": alarm.party,
        "place": alarm.place,
        "reported": alarm.reported,
        "cause": alarm.cause,
        "origin": f"{alarm.origin}, {'something real taken for an attack' if alarm.real else 'nothing real'}",
        "reached": alarm.reached.replace("-", " "),
        "checked against": ", ".join(alarm.checked) or "nothing else known",
        "cleared by": alarm.resolved,
        "source": f"{alarm.source} ({'unverified' if alarm.seen == 'no' else f'seen: {alarm.seen}'})",
    }


def _computed(record: Any) -> list[dict[str, Any]]:
    """Return the ranges that follow from a radar's design, for the target of its published range or for 1 m²."""
    from detente.sensing.radar_equation import computed_span

    area = record.reach_cross_section.value if record.reach_cross_section else 1.0
    return [
        {
            "mode": mode,
            "cross_section_m2": area,
            "range_km": found.value / 1e3,
            "low_km": found.low / 1e3,
            "high_km": found.high / 1e3,
        }
        for mode, found in computed_span(record, area).items()
    ]
