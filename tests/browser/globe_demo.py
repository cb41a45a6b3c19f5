"""Globe data that look like a briefing's, invented for the tests: nothing in them is a finding."""

import math
from typing import Any


def along(lon1: float, lat1: float, bearing: float, distance: float) -> tuple[float, float]:
    """Point at an Earth-central angle [deg] from another, on the bearing [deg]."""
    phi, theta, delta = math.radians(lat1), math.radians(bearing), math.radians(distance)
    lat = math.asin(math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta))
    lon = math.atan2(math.sin(theta) * math.sin(delta) * math.cos(phi), math.cos(delta) - math.sin(phi) * math.sin(lat))
    return round((lon1 + math.degrees(lon) + 540) % 360 - 180, 3), round(math.degrees(lat), 3)


def leg(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Distance and first bearing from a to b [deg]."""
    (l1, p1), (l2, p2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    east = math.sin(l2 - l1) * math.cos(p2)
    north = math.cos(p1) * math.sin(p2) - math.sin(p1) * math.cos(p2) * math.cos(l2 - l1)
    toward = math.sin(p1) * math.sin(p2) + math.cos(p1) * math.cos(p2) * math.cos(l2 - l1)
    return math.degrees(math.atan2(math.hypot(east, north), toward)), math.degrees(math.atan2(east, north))


def flight(label: str, kind: str, a: Any, b: Any, start: float, end: float, apogee: float, part: float = 1) -> Any:
    distance, bearing = leg(a, b)
    steps = [k / 80 * part for k in range(81)]
    points = [along(*a, bearing, f * distance) for f in steps]
    return {
        "label": label,
        "kind": kind,
        "t": [round(start + (end - start) * f / part, 1) for f in steps],
        "lon": [p[0] for p in points],
        "lat": [p[1] for p in points],
        "alt_km": [round(4 * apogee * f * (1 - f), 1) for f in steps],
        "events": [{"t": round(start + 0.11 * (end - start)), "name": "burnout"}],
    }


def sector(lon: float, lat: float, bearing: float, half: float, reach: float) -> list[list[float]]:
    steps = max(12, round(half))
    arc = [list(along(lon, lat, bearing - half + 2 * half * k / steps, reach)) for k in range(steps + 1)]
    return [[lon, lat], *arc, [lon, lat]]


def ellipse(lon: float, lat: float, along_axis: float, across: float, bearing: float) -> list[list[float]]:
    ring = []
    for k in range(49):
        x, y = along_axis * math.cos(k * math.pi / 24), across * math.sin(k * math.pi / 24)
        ring.append(list(along(lon, lat, bearing + math.degrees(math.atan2(y, x)), math.hypot(x, y))))
    return ring


def standing(label: str, lon: float) -> Any:
    return {"label": label, "party": "us", "t": [0, 3000], "lon": [lon, lon], "lat": [0, 0], "alt_km": [35786, 35786]}


LAUNCH, GREELY, VANDENBERG = (129.7, 40.9), (-145.7, 63.95), (-120.6, 34.7)
CITIES = {
    "Seattle": (-122.3, 47.6),
    "Los Angeles": (-118.2, 34.05),
    "Honolulu": (-157.9, 21.3),
    "Chicago": (-87.6, 41.9),
}
THEATER = {"Rome": (12.5, 41.9), "Berlin": (13.4, 52.5), "Ankara": (32.9, 39.9), "Warsaw": (21.0, 52.2)}
PARTIES = {"us": ("United States", "#0072B2"), "russia": ("Russia", "#D55E00"), "europe": ("NATO Europe", "#009E73")}
RADARS = {  # party, longitude, latitude, bearing, half width, reach, all degrees
    "Clear": ("us", -149.2, 64.3, -50, 120, 36),
    "Cobra Dane": ("us", 174.1, 52.7, -41, 68, 35),
    "Beale": ("us", -121.4, 39.1, -54, 120, 36),
    "Fylingdales": ("us", -0.7, 54.4, 60, 180, 36),
    "Pechora": ("russia", 57.3, 65.2, -5, 55, 40),
    "Gabala": ("russia", 47.8, 40.9, 163, 55, 40),
    "Armavir": ("russia", 41.0, 44.9, -130, 55, 36),
}
AREAS = {  # party, probability, ellipses
    "Ground-based midcourse, 0.9": ("us", 0.9, [(-118, 48, 20, 12, 100)]),
    "0.5": ("us", 0.5, [(-116, 47, 26, 16, 100)]),
    "0.1": ("us", 0.1, [(-114, 46, 32, 20, 100)]),
    "S-300PMU-2, 0.9": ("europe", 0.9, [(13, 43, 4, 3, 110), (13, 52, 4, 3, 110)]),
}


def tracks() -> dict[str, Any]:
    made = {
        f"icbm-{name}": flight("Three-stage ICBM", "threat", LAUNCH, place, 6 * k, 1950 + 40 * k, 1250)
        for k, (name, place) in enumerate(CITIES.items())
    }
    made["gbi-1"] = flight("GBI", "interceptor", GREELY, (-172.0, 58.5), 700, 1010, 1230, 0.5)
    made["gbi-2"] = flight("GBI", "interceptor", GREELY, (-163.0, 50.5), 760, 1140, 1210, 0.5)
    for k in range(12):
        site, target = (51.0 + k % 4, 33.0 + k % 3), list(THEATER.values())[k % 4]
        made[f"mrbm-{k}"] = flight("MRBM", "threat", site, target, 15 * k, 800 + 15 * k, 480)
    return made


def satellites() -> dict[str, Any]:
    high = [along(-20, 20, 15, 4.2 * k) for k in range(11)]
    oko = {"label": "Oko", "party": "russia", "t": [300 * k for k in range(11)], "alt_km": [36000] * 11}
    oko |= {"lon": [p[0] for p in high], "lat": [p[1] for p in high]}
    return {"pacific": standing("DSP Pacific", 165), "indian": standing("DSP Indian Ocean", 70), "oko": oko}


def sites() -> dict[str, Any]:
    own = {
        "Fort Greely": ("interceptor", GREELY),
        "Vandenberg": ("interceptor", VANDENBERG),
        "Launch site": ("launch", LAUNCH),
    }
    cities = {name: ("city", place) for name, place in {**CITIES, **THEATER}.items()}
    return {
        name: {"label": name, "party": "us", "kind": kind, "lon": place[0], "lat": place[1]}
        for name, (kind, place) in {**own, **cities}.items()
    }


def pools() -> dict[str, Any]:
    return {
        "parties": {name: {"name": title, "color": color} for name, (title, color) in PARTIES.items()},
        "tracks": tracks(),
        "satellites": satellites(),
        "radars": {
            name: {"label": name, "party": party, "lon": lon, "lat": lat, "fan": sector(lon, lat, *shape)}
            for name, (party, lon, lat, *shape) in RADARS.items()
        },
        "areas": {
            name: {"label": name, "party": party, "probability": p, "rings": [ellipse(*one) for one in rings]}
            for name, (party, p, rings) in AREAS.items()
        },
        "sites": sites(),
    }


def demo() -> dict[str, Any]:
    """Globe data with two cases and two threats; `us-framework` alone has interceptors and shared sensors."""
    data = pools()
    cases = (("abm-treaty", "ABM treaty, August 2001", False), ("us-framework", "US framework", True))
    scenes = []
    for case, title, new in cases:
        named = {"case": case, "case_title": title, "satellites": list(data["satellites"])}
        scenes += [named | third_party(data, new), named | theater(data, new)]
    return {"version": 1, **data, "scenes": scenes}


def third_party(data: dict[str, Any], new: bool) -> dict[str, Any]:
    interceptors = [name for name in data["tracks"] if name.startswith("gbi") and new]
    hits = [
        {"t": data["tracks"][name]["t"][-1], "label": f"possible intercept {k + 1}, GBI"}
        | {key: data["tracks"][name][key][-1] for key in ("lon", "lat", "alt_km")}
        for k, name in enumerate(interceptors)
    ]
    end = "two can be met over Alaska after 17 min." if new else "nothing stands in their way."
    reports = [(65, "DSP Pacific reports the launch"), (540, "Cobra Dane has the warheads in track")]
    reports += [(700, "Fort Greely can launch")] * new + [(905, "Clear confirms four objects </script><b>")]
    return {
        "threat": "third-party",
        "threat_title": "Limited attack on North America",
        "claim": f"Four warheads reach North America 33 min after launch; {end}",
        "duration_s": 2160,
        "camera": {"lon": -168, "lat": 54, "zoom": 1.25},
        "tracks": [name for name in data["tracks"] if name.startswith("icbm")] + interceptors,
        "radars": [{"id": name, "state": "own"} for name in ("Clear", "Cobra Dane", "Beale")],
        "areas": ["Ground-based midcourse, 0.9", "0.5", "0.1"] if new else [],
        "sites": ["Launch site", *CITIES, *(["Fort Greely", "Vandenberg"] if new else [])],
        "intercepts": hits,
        "ticker": [{"t": t, "party": "us", "text": text} for t, text in reports],
    }


def theater(data: dict[str, Any], new: bool) -> dict[str, Any]:
    states = {"Fylingdales": "own", "Pechora": "own"}
    states |= {"Gabala": "shared", "Armavir": "rebuilt"} if new else {"Gabala": "own", "Armavir": "off"}
    return {
        "threat": "theater",
        "threat_title": "Theater missiles on Europe",
        "claim": "Shared data from Gabala give Europe 11 min." if new else "Europe is warned 4 min before impact.",
        "duration_s": 1000,
        "camera": {"lon": 38, "lat": 36, "zoom": 2.3},
        "tracks": [name for name in data["tracks"] if name.startswith("mrbm")],
        "radars": [{"id": name, "state": state} for name, state in states.items()],
        "areas": ["S-300PMU-2, 0.9"] if new else [],
        "sites": list(THEATER),
        "intercepts": [],
        "ticker": [{"t": 50, "party": "russia", "text": "Gabala reports the launch"}],
    }
