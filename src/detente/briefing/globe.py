"""The globe of a briefing: its data checked and put into the page, and the same scene as CZML.

Both doors take the globe data, version 1: parties, tracks, satellites, radars, areas and sites by identifier, and
scenes, one for each case and threat, that name them. Degrees, kilometers and seconds after launch, told field by field
in `docs/methods/globe.md`. The TypeScript that draws them is in `web/`; what it builds lies in `assets/`.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

Data = Mapping[str, Any]
"""Globe data, version 1, or a part of them."""

VERSION = 1
DECIMALS = 3
"""Decimals kept of degrees, kilometers and seconds: 0.001 degree is 111 m on the ground, under a pixel at any zoom."""

START = (
    "DetenteGlobe.mount(document.querySelector('.globe'),"
    "JSON.parse(document.getElementById('globe-data').textContent));"
)
J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
POOLS = ("tracks", "satellites", "radars", "areas", "sites")
SAMPLED = ("t", "lon", "lat", "alt_km")


def fragment(scene: dict[str, Any]) -> str:
    """Give the HTML of a playable globe: styles, a place, the data and the script, with no request to anywhere.

    Without JavaScript the place lists the claim of each scene instead.

    Parameters
    ----------
    scene
        Globe data, version 1, with every scene the reader can choose.

    Returns
    -------
    str
        HTML to be put into the body of a page, once a page; inline script and style only.

    Raises
    ------
    ValueError
        If the data break the contract; the message lists every fault with its place.
    """
    check(scene)
    text = json.dumps(_rounded(scene), allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    claims = "".join(
        f"<li>{html.escape(one['case_title'])}, {html.escape(one['threat_title'])}: {html.escape(one['claim'])}</li>"
        for one in scene["scenes"]
    )
    return (
        f"<style>{_asset('globe.css')}</style>\n"
        f'<div class="globe"><ul>{claims}</ul></div>\n'
        f'<script type="application/json" id="globe-data">{_inert(text)}</script>\n'
        f"<script>{_asset('globe.js')}</script>\n<script>{START}</script>\n"
    )


def _asset(name: str) -> str:
    return (files("detente.briefing") / "assets" / name).read_text(encoding="utf-8")


def _inert(text: str) -> str:
    """JSON that no HTML parser can mistake for the end of a script or the start of a comment."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(item) for item in value]
    return value


def check(data: Data) -> None:
    """Refuse globe data that break the contract.

    Parameters
    ----------
    data
        Globe data as they would be drawn.

    Raises
    ------
    ValueError
        With every fault: its place, what was found and what is allowed.
    """
    if data.get("version") != VERSION:
        raise ValueError(f"globe data: version is {data.get('version')!r}, this globe draws version {VERSION}")
    faults = list(_lacking(data)) or [*_bad_colors(data), *_bad_samples(data), *_bad_places(data)]
    if not faults:
        faults = [fault for k, scene in enumerate(data["scenes"]) for fault in _bad_scene(data, scene, f"scenes[{k}]")]
    if faults:
        raise ValueError("globe data cannot be drawn:\n" + "\n".join(f"  {fault}" for fault in faults))


def _lacking(data: Data) -> Iterator[str]:
    for pool in ("parties", *POOLS):
        if not isinstance(data.get(pool), Mapping):
            yield f"{pool}: missing; give a table by identifier, empty if there are none"
    if not data.get("scenes"):
        yield "scenes: missing or empty; give at least one case and threat"


def _bad_colors(data: Data) -> Iterator[str]:
    for name, party in data["parties"].items():
        if not re.fullmatch("#[0-9A-Fa-f]{6}", party["color"]):
            yield f"parties.{name}.color: {party['color']!r}; give six hexadecimal digits after #, as in #0072B2"


def _bad_samples(data: Data) -> Iterator[str]:
    for pool in ("tracks", "satellites"):
        for name, flown in data[pool].items():
            lengths = {key: len(flown[key]) for key in SAMPLED}
            if len(set(lengths.values())) != 1 or not flown["t"]:
                yield f"{pool}.{name}: samples number {lengths}; give as many of each, at least one"
            elif any(b <= a for a, b in zip(flown["t"], flown["t"][1:], strict=False)):
                yield f"{pool}.{name}.t: times must rise from sample to sample"
            elif not all(math.isfinite(value) for key in SAMPLED for value in flown[key]):
                yield f"{pool}.{name}: a sample is not a finite number; leave such samples out"


def _bad_places(data: Data) -> Iterator[str]:
    for where, lon, lat in _places(data):
        if not (math.isfinite(lon) and -360 <= lon <= 360 and -90 <= lat <= 90):
            yield f"{where}: longitude {lon}, latitude {lat}; allowed are -360 to 360 and -90 to 90 degrees"


def _places(data: Data) -> Iterator[tuple[str, float, float]]:
    for pool in ("radars", "sites"):
        for name, item in data[pool].items():
            yield f"{pool}.{name}", item["lon"], item["lat"]
    for name, radar in data["radars"].items():
        for ring in (radar["fan"], *radar.get("faces", [])):
            yield from ((f"radars.{name}.fan", lon, lat) for lon, lat in ring)
    for name, area in data["areas"].items():
        yield from ((f"areas.{name}.rings", lon, lat) for ring in area["rings"] for lon, lat in ring)


def _bad_scene(data: Data, scene: Data, where: str) -> Iterator[str]:
    if not (math.isfinite(scene["duration_s"]) and scene["duration_s"] > 0):
        yield f"{where}.duration_s: {scene['duration_s']}; give a positive number of seconds"
    for pool in POOLS:
        for name in _named(scene, pool):
            if name not in data[pool]:
                yield f"{where}.{pool}: {name!r} is not among the {pool}: {', '.join(data[pool]) or 'none given'}"
    for report in scene["ticker"]:
        if report["party"] not in data["parties"]:
            yield f"{where}.ticker: party {report['party']!r} is not among {', '.join(data['parties'])}"


def _named(scene: Data, pool: str) -> list[str]:
    """Give the identifiers of one kind that a scene shows."""
    return [item["id"] if isinstance(item, Mapping) else item for item in scene[pool]]


def czml(
    scene: dict[str, Any], *, case: str | None = None, threat: str | None = None, start: datetime = J2000
) -> list[dict[str, Any]]:
    """Give one scene as CZML, to be opened in Cesium and what else reads it.

    Parameters
    ----------
    scene
        Globe data, version 1.
    case, threat
        Which of its scenes; the first that fits is taken, the first of all if neither is given.
    start
        Calendar time of T+0 with its time zone: CZML knows no time after launch. The default, J2000, is a convention.

    Returns
    -------
    list of dict
        CZML packets, the document first, ready for `json.dumps`.

    Raises
    ------
    ValueError
        If the data break the contract, no scene fits, or `start` has no time zone.

    References
    ----------
    Analytical Graphics, CZML Guide: packets, intervals, `cartographicDegrees` as time, longitude, latitude, meters.
    """
    check(scene)
    return _packets(scene, _pick(scene, case, threat), start)


def czml_of_all(scene: dict[str, Any], start: datetime = J2000) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Give every scene as CZML, by case and threat; as `czml`, with the data checked once.

    Raises
    ------
    ValueError
        If the data break the contract or `start` has no time zone.
    """
    check(scene)
    return {(one["case"], one["threat"]): _packets(scene, one, start) for one in scene["scenes"]}


def _packets(scene: Data, shown: Data, start: datetime) -> list[dict[str, Any]]:
    if start.tzinfo is None:
        raise ValueError(f"czml: start {start.isoformat()} has no time zone; add tzinfo=timezone.utc")
    clock = _Clock(start, float(shown["duration_s"]))
    return [
        clock.document(f"{shown['case_title']}: {shown['threat_title']}", shown["claim"]),
        *(_track(scene, name, clock) for name in shown["tracks"]),
        *(_satellite(scene, name, clock) for name in shown["satellites"]),
        *(packet for radar in shown["radars"] for packet in _fans(scene, radar)),
        *(packet for name in shown["areas"] for packet in _areas(scene, name)),
        *(_site(scene, name) for name in shown["sites"]),
        *(_intercept(k, one, clock) for k, one in enumerate(shown["intercepts"])),
    ]


def _pick(data: Data, case: str | None, threat: str | None) -> Data:
    for one in data["scenes"]:
        if case in (None, one["case"]) and threat in (None, one["threat"]):
            return dict(one)
    known = ", ".join(f"{one['case']}/{one['threat']}" for one in data["scenes"])
    raise ValueError(f"no scene of case {case!r} and threat {threat!r}; there are {known}")


class _Clock:
    """Seconds after launch as the instants and intervals of CZML."""

    def __init__(self, start: datetime, duration: float) -> None:
        self.start, self.duration = start, duration

    def at(self, seconds: float) -> str:
        return (self.start + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")

    def between(self, first: float, last: float) -> str:
        return f"{self.at(first)}/{self.at(max(first, last))}"

    def document(self, name: str, description: str) -> dict[str, Any]:
        clock = {
            "interval": self.between(0, self.duration),
            "currentTime": self.at(0),
            "multiplier": 60,
            "range": "CLAMPED",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        }
        return {"id": "document", "name": name, "description": description, "version": "1.0", "clock": clock}

    def position(self, flown: Data) -> dict[str, Any]:
        samples = zip(flown["t"], flown["lon"], flown["lat"], flown["alt_km"], strict=True)
        degrees = [round(number, 6) for t, lon, lat, alt in samples for number in (t, lon, lat, 1000 * alt)]
        return {
            "epoch": self.at(0),
            "cartographicDegrees": degrees,
            "interpolationAlgorithm": "LAGRANGE",
            "interpolationDegree": 1,
        }


def _rgba(color: str, alpha: int = 255) -> dict[str, list[int]]:
    return {"rgba": [*bytes.fromhex(color.removeprefix("#")), alpha]}


def _party_color(data: Data, party: str, alpha: int = 255) -> dict[str, list[int]]:
    return _rgba(data["parties"].get(party, {}).get("color", "#94A3B5"), alpha)


def _label(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "font": "13px sans-serif",
        "pixelOffset": {"cartesian2": [10, 0]},
        "horizontalOrigin": "LEFT",
        "showBackground": True,
    }


def _track(data: Data, name: str, clock: _Clock) -> dict[str, Any]:
    track = data["tracks"][name]
    color = _rgba("#F0E442" if track["kind"] == "threat" else "#FFFFFF")
    times = track["t"]
    path = {
        "leadTime": 0,
        "trailTime": times[-1] - times[0],
        "width": 2,
        "material": {"solidColor": {"color": color}},
    }
    return {
        "id": f"track/{name}",
        "name": track["label"],
        "availability": clock.between(times[0], max(clock.duration, times[-1])),
        "position": {**clock.position(track), "forwardExtrapolationType": "HOLD"},
        "point": {"pixelSize": 7, "color": color},
        "label": _label(track["label"]),
        "path": path,
    }


def _satellite(data: Data, name: str, clock: _Clock) -> dict[str, Any]:
    flown = data["satellites"][name]
    return {
        "id": f"satellite/{name}",
        "name": flown["label"],
        "position": {
            **clock.position(flown),
            "forwardExtrapolationType": "HOLD",
            "backwardExtrapolationType": "HOLD",
        },
        "point": {"pixelSize": 8, "color": _party_color(data, flown["party"])},
        "label": _label(flown["label"]),
    }


def _polygon(data: Data, party: str, ring: Sequence[Sequence[float]], fill_alpha: int) -> dict[str, Any]:
    degrees = [round(number, 6) for lon, lat in ring for number in (lon, lat, 0)]
    return {
        "positions": {"cartographicDegrees": degrees},
        "height": 0,
        "arcType": "GEODESIC",
        "material": {"solidColor": {"color": _party_color(data, party, fill_alpha)}},
        "outline": True,
        "outlineColor": _party_color(data, party),
    }


def _fans(data: Data, shown: Data) -> Iterator[dict[str, Any]]:
    radar = data["radars"][shown["id"]]
    for k, ring in enumerate((radar["fan"], *radar.get("faces", []))):
        packet = {
            "id": f"radar/{shown['id']}/{k}",
            "name": f"{radar['label']} ({shown['state']})",
            "polygon": _polygon(data, radar["party"], ring, 0 if shown["state"] == "off" else 40),
        }
        if k == 0:
            packet |= {**_pin(radar["lon"], radar["lat"], 0), "label": _label(radar["label"])}
        yield packet


def _areas(data: Data, name: str) -> Iterator[dict[str, Any]]:
    area = data["areas"][name]
    alpha = round(40 + 60 * area["probability"])
    for k, ring in enumerate(area["rings"]):
        polygon = _polygon(data, area["party"], ring, alpha)
        yield {"id": f"area/{name}/{k}", "name": area["label"], "polygon": polygon}


def _pin(lon: float, lat: float, altitude_km: float) -> dict[str, Any]:
    return {"position": {"cartographicDegrees": [lon, lat, 1000 * altitude_km]}, "point": {"pixelSize": 7}}


def _site(data: Data, name: str) -> dict[str, Any]:
    site = data["sites"][name]
    packet = {"id": f"site/{name}", "name": site["label"], **_pin(site["lon"], site["lat"], 0)}
    packet["point"] = {"pixelSize": 6, "color": _party_color(data, site["party"])}
    return packet | {"label": _label(site["label"])}


def _intercept(k: int, one: Data, clock: _Clock) -> dict[str, Any]:
    packet = {"id": f"intercept/{k}", "name": one["label"], "label": _label(one["label"])}
    packet |= _pin(one["lon"], one["lat"], one["alt_km"])
    if one["t"] <= clock.duration:
        packet["availability"] = clock.between(one["t"], clock.duration)
    return packet
