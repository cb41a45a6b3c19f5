"""The globe's data on their way into a page and into CZML."""

import copy
import json
import math
import re
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest

from detente.briefing.globe import check, czml, fragment

DATA: dict[str, Any] = {
    "version": 1,
    "parties": {"us": {"name": "United States", "color": "#0072B2"}},
    "tracks": {
        "one": {
            "label": "ICBM",
            "kind": "threat",
            "t": [0.0, 600.0, 1800.12345],
            "lon": [130.0, 180.0, -120.0],
            "lat": [40.0, 60.0, 47.0],
            "alt_km": [0.0, 1200.0, 0.0],
            "events": [{"t": 180, "name": "burnout"}],
        }
    },
    "satellites": {
        "dsp": {"label": "DSP", "party": "us", "t": [0], "lon": [165], "lat": [0], "alt_km": [35786]},
    },
    "radars": {
        "clear": {"label": "Clear", "party": "us", "lon": -149, "lat": 64, "fan": [[-149, 64], [-120, 70], [-170, 70]]},
    },
    "areas": {
        "alaska": {"label": "0.9", "party": "us", "probability": 0.9, "rings": [[[-150, 60], [-140, 60], [-145, 66]]]}
    },
    "sites": {"greely": {"label": "Fort Greely", "party": "us", "kind": "interceptor", "lon": -145.7, "lat": 63.9}},
    "scenes": [
        {
            "case": "us-framework",
            "case_title": "US framework",
            "threat": "third-party",
            "threat_title": "Limited attack",
            "claim": "One is met & <none> gets through.",
            "duration_s": 1900,
            "camera": {"lon": -160, "lat": 60, "zoom": 1},
            "tracks": ["one"],
            "satellites": ["dsp"],
            "radars": [{"id": "clear", "state": "shared"}],
            "areas": ["alaska"],
            "sites": ["greely"],
            "intercepts": [{"t": 900, "lon": -160, "lat": 61, "alt_km": 800, "label": "first possible intercept"}],
            "ticker": [{"t": 65, "party": "us", "text": "</script><script>alert(1)</script><!-- reports"}],
        }
    ],
}  # fmt: skip


def changed(*path: Any, to: Any) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return data


def test_the_data_come_back_out_of_the_page_unchanged_but_for_rounding() -> None:
    found = re.search(r'<script type="application/json" id="globe-data">(.*?)</script>', fragment(DATA), re.DOTALL)
    assert found is not None
    assert json.loads(found[1]) == changed("tracks", "one", "t", to=[0.0, 600.0, 1800.123])


def test_nothing_in_the_data_can_end_the_script_or_the_list() -> None:
    page = fragment(DATA)
    assert "alert(1)</script>" not in page
    assert "One is met &amp; &lt;none&gt; gets through." in page
    assert page.count("</script>") == 3


def test_the_assets_are_small_ask_for_nothing_and_name_their_licenses() -> None:
    assets = files("detente.briefing") / "assets"
    script, style = ((assets / name).read_text(encoding="utf-8") for name in ("globe.js", "globe.css"))
    assert len(script) + len(style) < 1_300_000
    assert not re.search(r"https?://|fetch\(|XMLHttpRequest|import\(|url\(|@import", script + style)
    assert "</script" not in script
    licenses = (assets / "LICENSES.md").read_text(encoding="utf-8")
    for name in ("d3-geo", "d3-array", "internmap", "topojson-client", "world-atlas", "Natural Earth"):
        assert name in licenses


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (changed("version", to=2), "version is 2"),
        (changed("scenes", to=[]), "scenes: missing or empty"),
        (changed("radars", to=None), "radars: missing"),
        (changed("parties", "us", "color", to="blue"), "parties.us.color: 'blue'"),
        (changed("tracks", "one", "lat", to=[40.0]), "tracks.one: samples number"),
        (changed("tracks", "one", "t", to=[0.0, 600.0, 600.0]), "times must rise"),
        (changed("tracks", "one", "alt_km", 1, to=math.nan), "not a finite number"),
        (changed("sites", "greely", "lat", to=91), "sites.greely: longitude -145.7, latitude 91"),
        (changed("areas", "alaska", "rings", 0, 1, to=[math.inf, 0]), "areas.alaska.rings: longitude inf"),
        (changed("scenes", 0, "tracks", to=["two"]), "scenes[0].tracks: 'two' is not among the tracks: one"),
        (changed("scenes", 0, "radars", 0, "id", to="x"), "scenes[0].radars: 'x' is not among the radars: clear"),
        (changed("scenes", 0, "ticker", 0, "party", to="x"), "scenes[0].ticker: party 'x' is not among us"),
        (changed("scenes", 0, "duration_s", to=0), "scenes[0].duration_s: 0"),
    ],
)
def test_data_that_break_the_contract_are_refused_with_their_place(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        fragment(data)


def test_all_faults_are_told_at_once() -> None:
    data = changed("sites", "greely", "lat", to=91)
    data["tracks"]["one"]["t"] = [0.0]
    with pytest.raises(ValueError, match=r"(?s)samples number.*latitude 91"):
        check(data)


def test_czml_is_a_document_with_a_clock_and_all_that_the_scene_shows() -> None:
    packets = czml(DATA, start=datetime(2001, 8, 21, tzinfo=UTC))
    document, *others = packets
    assert json.loads(json.dumps(packets, allow_nan=False)) == packets
    assert (document["id"], document["version"]) == ("document", "1.0")
    assert document["clock"]["interval"] == "2001-08-21T00:00:00Z/2001-08-21T00:31:40Z"
    names = ["track/one", "satellite/dsp", "radar/clear/0", "area/alaska/0", "site/greely", "intercept/0"]
    assert [packet["id"] for packet in others] == names


def test_czml_positions_are_time_degrees_and_meters() -> None:
    track = next(packet for packet in czml(DATA) if packet["id"] == "track/one")
    assert track["position"]["epoch"] == "2000-01-01T12:00:00Z"
    assert track["position"]["cartographicDegrees"][4:8] == [600, 180, 60, 1.2e6]
    assert track["availability"] == "2000-01-01T12:00:00Z/2000-01-01T12:31:40Z"
    area = next(packet for packet in czml(DATA) if packet["id"] == "area/alaska/0")
    assert len(area["polygon"]["positions"]["cartographicDegrees"]) == 9


def test_czml_picks_the_scene_asked_for_or_names_those_there_are() -> None:
    assert czml(DATA, case="us-framework", threat="third-party") == czml(DATA)
    with pytest.raises(ValueError, match="there are us-framework/third-party"):
        czml(DATA, case="start-2")
    with pytest.raises(ValueError, match="no time zone"):
        czml(DATA, start=datetime(2001, 8, 21))
