"""The globe as a reader meets it: a page from disk in headless Chromium, with a made-up but lifelike raid."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from detente.briefing.globe import fragment

demo = runpy.run_path(str(Path(__file__).with_name("globe_demo.py")))["demo"]

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# the red part of the colors at points of the globe, those it hides left out, and of the canvas's corner;
# no mark or name of the demo lies on the points asked for
PIXELS = """points => {
    const canvas = document.querySelector('canvas'), eye = window.__globe.camera;
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const ctx = copy.getContext('2d', { willReadFrequently: true });
    ctx.drawImage(canvas, 0, 0);
    const red = (x, y) => ctx.getImageData(x, y, 1, 1).data[0];
    const radius = 0.46 * eye.zoom * Math.min(canvas.width, canvas.height);
    const corner = red(2, 2);
    return { corner, points: points.map(([lon, lat]) => {
        const spot = DetenteGlobe.spotOf(eye, lon, lat, 0);
        if (spot.hidden || Math.hypot(spot.x, spot.y) > 0.97) return null;
        return red(canvas.width / 2 + radius * spot.x, canvas.height / 2 + radius * spot.y);
    }) };
}"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("globe") / "globe.html"
    path.write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Globe</title>'
        '<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"</head><body style='margin:0'>{fragment(demo())}</body></html>",
        encoding="utf-8",
    )
    return path


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
    name_of = "(e => e.getAttribute('aria-label') || e.closest('label')?.textContent || e.textContent)"
    names = []
    for _ in range(16):
        reader.page.keyboard.press("Tab")
        names.append(reader.page.evaluate(f"{name_of}(document.activeElement)"))
    text = "\n".join(names)
    for name in ("Case", "Threat", "Trajectories", "Zoom in", "Play", "Time since launch", "Speed", "Events"):
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
    assert reader.page.evaluate(PIXELS, [])["corner"] < 40
    reader.page.emulate_media(media="print")
    reader.page.wait_for_timeout(200)
    assert reader.page.evaluate(PIXELS, [])["corner"] == 255
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
def test_it_draws_every_frame_the_browser_offers(read: Any) -> None:
    """Without a GPU; counted in frames drawn for frames the browser offers, not by the clock."""
    reader = read()
    drawn, offered = reader.page.evaluate(
        """() => new Promise((done) => {
            const globe = window.__globe; globe.play(); globe.seek(900);
            const first = globe.frames; let offered = 0; const from = performance.now();
            const step = () => {
                offered++;
                if (performance.now() - from < 2500) requestAnimationFrame(step);
                else done([globe.frames - first, offered]);
            };
            requestAnimationFrame(step);
        })"""
    )
    assert drawn >= 0.9 * offered


# the eye above the Indian Ocean, Antarctica, Brazil, China and others: each has some land right behind the globe
EYES = [(0, 0), (82, -39), (100, 20), (-60, -8), (-80, 60), (20, -80), (0, 90), (137, 12), (-75, -60), (179.9, 40)]
INLAND = [(-98, 39), (100, 62), (10, 23), (-55, -10), (135, -24), (30, -80), (-42, 72), (25, 0)]
AT_SEA = [(-148, 22), (-35, 31), (80, -32), (5, 87), (-122, -40), (-20, -22), (172, 22), (158, -50)]


def test_land_is_land_and_sea_is_sea_from_every_side(read: Any) -> None:
    reader = read(reduced_motion="reduce")
    for layer in ("Trajectories", "Radar fans", "Satellite views", "Defended areas"):
        reader.page.get_by_label(layer, exact=True).uncheck()
    seen = 0
    for lon, lat in EYES:
        reader.page.evaluate(f"window.__globe.look({{lon: {lon}, lat: {lat}, zoom: 1}})")
        reader.page.wait_for_timeout(120)
        for points, wanted in ((INLAND, "land"), (AT_SEA, "sea")):
            colors = [color for color in reader.page.evaluate(PIXELS, points)["points"] if color]
            seen += len(colors)
            assert {"land" if red > 45 else "sea" for red in colors} <= {wanted}, (lon, lat, colors)
    assert seen > 60
