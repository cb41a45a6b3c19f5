"""The page of the stability map in headless Chromium: it answers to hand and key, and fits a narrow screen."""

from __future__ import annotations

import pytest

from detente.briefing.stability_page import stability_page
from detente.forces.stability_map import Axes
from detente.scenario.load import load
from detente.study.forces import mapped, points, shield
from detente.study.run import run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    scenario = load("genoa-2001")
    axes = Axes(warheads=tuple(500.0 * n for n in range(1, 14)), interceptors=(0.0, 1000.0), minutes=(600.0,))
    made = mapped(scenario, "russian-proposal", axes, samples=50)
    answer = run(scenario, ["russian-proposal", "start-2"], samples=4)
    file = tmp_path_factory.mktemp("map") / "stability-map.html"
    file.write_text(stability_page(answer, made, points(answer, shield(scenario))), encoding="utf-8")
    return file


def test_the_map_answers_to_hand_and_key(browser, page_file):
    page = browser.new_page(viewport={"width": 1120, "height": 860})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_file.as_uri())
    say = page.locator("#say-russia")
    first = say.inner_text()
    assert "At 1,500 warheads a side and 100 interceptors" in first
    page.locator("#map-russia").focus()
    page.keyboard.press("ArrowRight")
    assert "At 2,000 warheads" in say.inner_text()
    before = say.inner_text()
    page.locator("#minutes").fill("10")
    assert say.inner_text() != before
    page.locator("#required input").first.check()
    page.locator("#posture input").last.check()
    assert "at least 200 in over 99 %" in say.inner_text()
    assert errors == []
    page.close()


def test_the_map_fits_a_narrow_screen(browser, page_file):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
