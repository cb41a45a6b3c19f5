"""The globe as a reader meets it: a page from disk in headless Chromium, with a made-up but lifelike raid."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.briefing.globe import fragment

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]

# --- a lifelike scene, invented for the test: nothing in it is a finding ---------------------------------------------


def along(lon1: float, lat1: float, bearing: float, distance: float) -> tuple[float, float]:
    """Point at an Earth-central angle [deg] from another, on the bearing [deg]."""
    phi, theta, delta = math.radians(lat1), math.radians(bearing), math.radians(distance)
    lat = math.asin(math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta))
    lon = math.atan2(
        math.sin(theta) * math.sin(delta) * math.cos(phi), math.cos(delta) - math.sin(phi) * math.sin(lat)
    )
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
    arc = [list(along(lon, lat, bearing - half + 2 * half * k / 24, reach)) for k in range(25)]
    return [[lon, lat], *arc, [lon, lat]]


def ellipse(lon: float, lat: float, along_axis: float, across: float, bearing: float) -> list[list[float]]:
    ring = []
    for k in range(49):
        x, y = along_axis * math.cos(k * math.pi / 24), across * math.sin(k * math.pi / 24)
        ring.append(list(along(lon, lat, bearing + math.degrees(math.atan2(y, x)), math.hypot(x, y))))
    return ring


def standing(label: str, party: str, lon: float) -> Any:
    return {"label": label, "party": party, "t": [0, 3000], "lon": [lon, lon], "lat": [0, 0], "alt_km": [35786, 35786]}


PYONGYANG, GREELY, VANDENBERG = (129.7, 40.9), (-145.7, 63.95), (-120.6, 34.7)
CITIES = {"Seattle": (-122.3, 47.6), "Los Angeles": (-118.2, 34.05), "Honolulu": (-157.9, 21.3), "Chicago": (-87.6, 41.9)}
THEATER = {"Rome": (12.5, 41.9), "Berlin": (13.4, 52.5), "Ankara": (32.9, 39.9), "Warsaw": (21.0, 52.2)}


def pools() -> dict[str, Any]:
    tracks = {
        f"icbm-{name}": flight("Three-stage ICBM", "threat", PYONGYANG, place, 6 * k, 1950 + 40 * k, 1250)
        for k, (name, place) in enumerate(CITIES.items())
    }
    tracks["gbi-1"] = flight("GBI", "interceptor", GREELY, (-158.0, 62.5), 700, 1010, 1230, 0.5)
    tracks["gbi-2"] = flight("GBI", "interceptor", GREELY, (-150.0, 59.0), 760, 1140, 1210, 0.5)
    for k in range(12):
        a, b = (51.0 + k % 4, 33.0 + k % 3), list(THEATER.values())[k % 4]
        tracks[f"mrbm-{k}"] = flight("MRBM", "threat", a, b, 15 * k, 800 + 15 * k, 480)
    oko = [along(-20, 20, 15, 4.2 * k) for k in range(11)]
    return {
        "parties": {
            "us": {"name": "United States", "color": "#0072B2"},
            "russia": {"name": "Russia", "color": "#D55E00"},
            "europe": {"name": "NATO Europe", "color": "#009E73"},
        },
        "tracks": tracks,
        "satellites": {
            "dsp-pacific": standing("DSP Pacific", "us", 165.0),
            "dsp-indian": standing("DSP Indian Ocean", "us", 70.0),
            "oko": {
                "label": "Oko",
                "party": "russia",
                "t": [300 * k for k in range(11)],
                "lon": [p[0] for p in oko],
                "lat": [p[1] for p in oko],
                "alt_km": [36000 + 300 * k for k in range(11)],
            },
        },
        "radars": {
            "clear": {"label": "Clear", "party": "us", "lon": -149.2, "lat": 64.3, "fan": sector(-149.2, 64.3, -50, 120, 36)},
            "cobra": {"label": "Cobra Dane", "party": "us", "lon": 174.1, "lat": 52.7, "fan": sector(174.1, 52.7, -41, 68, 35)},
            "beale": {"label": "Beale", "party": "us", "lon": -121.4, "lat": 39.1, "fan": sector(-121.4, 39.1, -54, 120, 36)},
            "fylingdales": {"label": "Fylingdales", "party": "us", "lon": -0.7, "lat": 54.4, "fan": sector(-0.7, 54.4, 60, 180, 36)},
            "pechora": {"label": "Pechora", "party": "russia", "lon": 57.3, "lat": 65.2, "fan": sector(57.3, 65.2, -5, 55, 40)},
            "gabala": {"label": "Gabala", "party": "russia", "lon": 47.8, "lat": 40.9, "fan": sector(47.8, 40.9, 163, 55, 40)},
            "armavir": {"label": "Armavir", "party": "russia", "lon": 41.0, "lat": 44.9, "fan": sector(41.0, 44.9, -130, 55, 36)},
        },
        "areas": {
            "gmd-9": {"label": "Ground-based midcourse, 0.9", "party": "us", "probability": 0.9, "rings": [ellipse(-118, 48, 20, 12, 100)]},
            "gmd-5": {"label": "0.5", "party": "us", "probability": 0.5, "rings": [ellipse(-116, 47, 26, 16, 100)]},
            "gmd-1": {"label": "0.1", "party": "us", "probability": 0.1, "rings": [ellipse(-114, 46, 32, 20, 100)]},
            "s300": {"label": "S-300PMU-2, 0.9", "party": "europe", "probability": 0.9, "rings": [ellipse(13, 43, 4, 3, 110), ellipse(13, 52, 4, 3, 110)]},
        },
        "sites": {
            "greely": {"label": "Fort Greely", "party": "us", "kind": "interceptor", "lon": GREELY[0], "lat": GREELY[1]},
            "vandenberg": {"label": "Vandenberg", "party": "us", "kind": "interceptor", "lon": VANDENBERG[0], "lat": VANDENBERG[1]},
            "launch": {"label": "Launch site", "party": "other", "kind": "launch", "lon": PYONGYANG[0], "lat": PYONGYANG[1]},
            **{
                name: {"label": name, "party": "us", "kind": "city", "lon": place[0], "lat": place[1]}
                for name, place in {**CITIES, **THEATER}.items()
            },
        },
    }  # fmt: skip


def demo() -> dict[str, Any]:
    """Globe data with two cases and two threats; `us-framework` alone has interceptors and shared sensors."""
    data = pools()
    scenes = []
    for case, title in (("abm-treaty", "ABM treaty, August 2001"), ("us-framework", "US framework")):
        new = case == "us-framework"
        gbi = [n for n in data["tracks"] if n.startswith("gbi")] if new else []
        hits = [
            {"t": data["tracks"][n]["t"][-1], "label": f"possible intercept {k + 1}, GBI"}
            | {key: data["tracks"][n][key][-1] for key in ("lon", "lat", "alt_km")}
            for k, n in enumerate(gbi)
        ]
        common = {"case": case, "case_title": title, "satellites": list(data["satellites"])}
        scenes.append(
            common
            | {
                "threat": "third-party",
                "threat_title": "Limited attack on North America",
                "claim": "Four warheads reach North America 33 min after launch; two can be met over Alaska after 17 min."
                if new
                else "Four warheads reach North America 33 min after launch; nothing stands in their way.",
                "duration_s": 2160,
                "camera": {"lon": -168, "lat": 54, "zoom": 1.25},
                "tracks": [n for n in data["tracks"] if n.startswith("icbm")] + gbi,
                "radars": [{"id": n, "state": "own"} for n in ("clear", "cobra", "beale")],
                "areas": ["gmd-9", "gmd-5", "gmd-1"] if new else [],
                "sites": ["launch", *CITIES, *(["greely", "vandenberg"] if new else [])],
                "intercepts": hits,
                "ticker": [
                    {"t": 65, "party": "us", "text": "DSP Pacific reports the launch"},
                    {"t": 540, "party": "us", "text": "Cobra Dane has the warheads in track"},
                    *([{"t": 700, "party": "us", "text": "Fort Greely can launch"}] if new else []),
                    {"t": 905, "party": "us", "text": "Clear confirms four objects </script><b>"},
                ],
            }
        )
        scenes.append(
            common
            | {
                "threat": "theater",
                "threat_title": "Theater missiles on Europe",
                "claim": "Shared data from Gabala give Europe 11 min of warning."
                if new
                else "Europe is warned 4 min before impact.",
                "duration_s": 1000,
                "camera": {"lon": 38, "lat": 36, "zoom": 2.3},
                "tracks": [n for n in data["tracks"] if n.startswith("mrbm")],
                "radars": [
                    {"id": "fylingdales", "state": "own"},
                    {"id": "pechora", "state": "own"},
                    {"id": "gabala", "state": "shared" if new else "own"},
                    {"id": "armavir", "state": "rebuilt" if new else "off"},
                ],
                "areas": ["s300"] if new else [],
                "sites": list(THEATER),
                "intercepts": [],
                "ticker": [{"t": 50, "party": "russia", "text": "Gabala reports the launch"}],
            }
        )
    return {"version": 1, **data, "scenes": scenes}


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("globe") / "globe.html"
    path.write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Globe</title>'
        f'<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"</head><body style='margin:0'>{fragment(demo())}</body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


class Reader:
    """A page, with all it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        self.page.wait_for_function("window.__globe && window.__globe.frames > 0")

    def ask(self, what: str) -> Any:
        return self.page.evaluate(f"window.__globe.{what}")

    def until(self, what: str) -> None:
        self.page.wait_for_function(f"window.__globe.{what}", timeout=15_000)


@pytest.fixture
def read(browser: Any, page_file: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    opened: list[Reader] = []

    def reader(width: int = 1400, height: int = 860, **context: Any) -> Reader:
        opened.append(Reader(browser, page_file, viewport={"width": width, "height": height}, **context))
        return opened[-1]

    yield reader
    for one in opened:
        one.context.close()
        assert one.complaints == []
        assert one.requests == [page_file.as_uri()]


def test_it_plays_when_seen_and_reports_as_it_goes(read: Any) -> None:
    reader = read()
    reader.until("playing && window.__globe.time > 70")
    assert "DSP Pacific reports the launch" in reader.page.inner_text(".globe-ticker")
    assert re.fullmatch(r"T\+\d\d:\d\d", reader.page.inner_text(".globe-clock"))


def test_it_plays_to_the_end_and_stays_there(read: Any) -> None:
    reader = read()
    reader.page.evaluate("window.__globe.play(); window.__globe.seek(2140)")
    reader.until("playing === false")
    assert reader.ask("time") == 2160


def test_a_reader_who_wants_no_motion_gets_a_telling_still(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    reader.page.wait_for_timeout(400)
    before = reader.ask("time")
    reader.page.wait_for_timeout(400)
    assert reader.ask("playing") is False
    assert reader.ask("time") == before > 0


def test_another_case_keeps_the_moment_and_another_threat_starts_anew(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    reader.page.evaluate("window.__globe.seek(1200)")
    assert "nothing stands in their way" in reader.page.inner_text(".globe-claim")
    reader.page.get_by_label("Case").select_option(label="US framework")
    reader.until("scene.case === 'us-framework'")
    assert reader.ask("time") == 1200
    assert "two can be met" in reader.page.get_by_role("img").get_attribute("aria-label")
    reader.until("names.some((name) => name.startsWith('possible intercept'))")
    reader.page.get_by_label("Threat").select_option(label="Theater missiles on Europe")
    reader.until("scene.threat === 'theater'")
    assert reader.ask("time") == 400
    assert reader.ask("camera.lon") == 38


def test_keys_play_turn_and_zoom(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    keyboard = reader.page.keyboard
    reader.page.locator(".globe-stage").focus()
    keyboard.press("Space")
    reader.until("playing")
    keyboard.press("Space")
    reader.until("playing === false")
    before = reader.ask("camera")
    keyboard.press("ArrowRight")
    keyboard.press("+")
    after = reader.ask("camera")
    assert after["lon"] > before["lon"]
    assert after["zoom"] == pytest.approx(1.25 * before["zoom"])
    keyboard.press("0")
    assert reader.ask("camera") == reader.ask("scene.camera")
    reader.page.get_by_label("Time since launch").focus()
    at = reader.ask("time")
    keyboard.press("ArrowRight")
    assert reader.ask("time") > at


def test_every_control_is_reached_by_tab_and_has_a_name(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    names = []
    for _ in range(16):
        reader.page.keyboard.press("Tab")
        names.append(
            reader.page.evaluate(
                "(e => e.getAttribute('aria-label') || e.closest('label')?.textContent || e.textContent)(document.activeElement)"
            )
        )
    text = "\n".join(names)
    for name in ("Case", "Threat", "Trajectories", "Radar fans", "Zoom in", "Play", "Time since launch", "Speed", "Events"):
        assert name in text
    assert all(names[:13])


def test_mouse_turns_the_globe_and_layers_can_be_hidden(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    before = reader.ask("camera.lon")
    reader.page.mouse.move(700, 400)
    reader.page.mouse.down()
    reader.page.mouse.move(820, 400, steps=4)
    reader.page.mouse.up()
    assert reader.ask("camera.lon") != before
    assert "Cobra Dane" in reader.ask("names")
    reader.page.get_by_label("Radar fans").uncheck()
    reader.until("names.every((name) => name !== 'Cobra Dane')")


def test_events_are_listed_and_lead_to_their_moment(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    reader.page.get_by_text("Events of this scene").click()
    reader.page.get_by_role("button", name=re.compile("Cobra Dane has the warheads")).click()
    assert reader.ask("time") == 540


def test_it_fits_a_phone(read: Any) -> None:
    reader = read(360, 740, reduced_motion="reduce", has_touch=True, is_mobile=True)
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 360
    assert reader.page.locator("canvas").bounding_box()["height"] >= 340


def test_print_shows_the_still_on_paper(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    corner = "Array.from(document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data)"
    assert reader.page.evaluate(corner)[0] < 40
    reader.page.emulate_media(media="print")
    reader.page.wait_for_function(f"({corner})[0] === 255")
    assert not reader.page.locator(".globe-play").is_visible()
    assert reader.page.locator(".globe-clock").is_visible()


@pytest.mark.parametrize(
    ("camera", "point", "hidden"),
    [
        ((0, 0), (0, 0, 0), False),
        ((0, 0), (180, 0, 0), True),
        ((0, 0), (180, 0, 35786), True),  # straight behind: however high, the globe is before it
        ((0, 0), (100, 0, 90), True),  # 10 degrees beyond the limb it takes 6371 (1/cos 10 - 1) = 98 km to be seen
        ((0, 0), (100, 0, 110), False),
        ((-160, 60), (-160, -31, 0), True),
        ((-160, 60), (-160, -29, 0), False),
    ],
)
def test_the_limb_hides_what_it_should(read: Any, camera: Any, point: Any, hidden: bool) -> None:
    reader = read(reduced_motion="reduce")
    eye = {"lon": camera[0], "lat": camera[1], "zoom": 1}
    spot = reader.page.evaluate(f"DetenteGlobe.spotOf({json.dumps(eye)}, {', '.join(map(str, point))})")
    assert spot["hidden"] is hidden


@pytest.mark.slow
def test_it_draws_thirty_frames_a_second_in_software(read: Any) -> None:
    """Half of the 60 that a screen shows, without a GPU; counted in frames drawn for frames offered, not by the clock."""
    reader = read()
    drawn, offered = reader.page.evaluate(
        """() => new Promise((done) => {
            const globe = window.__globe; globe.play(); globe.seek(900);
            const first = globe.frames; let offered = 0; const from = performance.now();
            const step = () => { offered++; performance.now() - from < 2500 ? requestAnimationFrame(step) : done([globe.frames - first, offered]); };
            requestAnimationFrame(step);
        })"""
    )
    assert drawn >= 0.5 * offered
