"""The briefing as a reader meets it: the bundled proposal, written to disk and opened in headless Chromium."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from detente.briefing.brief import brief

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAPTERS = ("protection", "warning", "stability", "law", "cooperation")
LARGEST = 5_000_000
"""Bytes of the page."""
AA = 4.5
"""Least contrast of text: WCAG 2.1, success criterion 1.4.3."""

# contrast of the page's text colors on its backgrounds, from the variables of the style sheet
COLORS = """() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const rgb = (name) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    };
    const names = ['--ink', '--soft', '--link', '--good', '--bad', '--paper', '--panel'];
    const found = Object.fromEntries(names.map((name) => [name, rgb(name)]));
    probe.remove();
    return found;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return brief("genoa-2001", tmp_path_factory.mktemp("briefing") / "genoa-2001", samples=8).folder


@pytest.fixture(scope="module")
def page_file(folder: Path) -> Path:
    return folder / "briefing.html"


@pytest.fixture
def still(read: Any) -> Any:
    return read(reduced_motion="reduce")


def of(reader: Any, script: str) -> Any:
    return reader.page.evaluate(script)


def test_it_is_one_small_file(page_file: Path) -> None:
    assert page_file.stat().st_size < LARGEST


def test_the_answer_leads_with_few_sentences_that_carry_numbers(still: Any) -> None:
    claims = still.page.locator("#answer li").all_inner_texts()
    assert 4 <= len(claims) <= 7
    assert all(re.search(r"\d", claim) for claim in claims)
    assert still.page.locator("#answer li a.how").count() == len(claims)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapter_has_a_claim_a_picture_sentences_and_a_table(still: Any, name: str) -> None:
    chapter = still.page.locator(f"section#{name}")
    claim = chapter.locator("h2 .claim").inner_text()
    assert 3 <= len(claim.split()) <= 15, claim
    assert chapter.locator("figure svg").count() >= 1
    assert chapter.locator("table").count() >= 1
    assert chapter.locator(".sentences p").count() >= 1


def test_the_globe_plays_and_switches_case_and_threat(read: Any) -> None:
    reader = read()
    reader.page.locator("canvas").scroll_into_view_if_needed()
    reader.until("playing && window.__globe.time > 60")
    reader.page.locator("select[name=case]").select_option(label="US framework")
    reader.until("scene.case === 'us-framework'")
    reader.page.locator("select[name=threat]").select_option(label="Six theater missiles at southern Russia")
    reader.until("scene.threat === 'theater-russia'")


def test_links_lead_somewhere_in_the_page(still: Any) -> None:
    broken = """() => [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))
        .filter((href) => !href.startsWith('#') || !document.getElementById(href.slice(1)))"""
    assert of(still, broken) == []


def test_headings_are_in_order_and_identifiers_are_unique(still: Any) -> None:
    levels = of(still, "() => [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    names = of(still, "() => [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert sorted(names) == sorted(set(names))


def test_pictures_have_text_and_tables_have_heads(still: Any) -> None:
    bare = """() => [...document.querySelectorAll('svg, img, canvas')].filter((e) => {
        const own = e.getAttribute('aria-label') || e.getAttribute('alt') || e.querySelector?.('title');
        return !own && !e.closest('[role=img][aria-label], [aria-hidden=true], [role=application][aria-label]');
    }).map((e) => e.outerHTML.slice(0, 120))"""
    assert of(still, bare) == []
    headless = """() => [...document.querySelectorAll('table')].filter((t) =>
        !t.caption || !t.querySelector('th[scope=col]') ||
        [...t.querySelectorAll('tr:not(.section)')].some((r) =>
            [...r.cells].reduce((n, c) => n + c.colSpan, 0) !== t.rows[0].cells.length))
        .map((t) => t.caption?.innerText)"""
    assert of(still, headless) == []


def test_nothing_that_only_a_machine_reads_is_shown(still: Any) -> None:
    text = of(still, "() => { document.querySelectorAll('details').forEach((d) => d.open = true);"
              " return document.querySelector('main').innerText; }")  # fmt: skip
    for raw in ("p_no_leak", "expected_leakers", "us-first", "moscow-short-range", "rostov-s-300", "day_to_day"):
        assert raw not in text
    assert not re.search(r"\b(None|nan|inf|NaN|undefined|null)\b", text)
    assert not re.search(r"[{}]|\$\w|&\w+;", text)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_itself_never_scrolls_sideways(read: Any, width: int) -> None:
    reader = read(width, 740, reduced_motion="reduce")
    assert of(reader, "() => document.documentElement.scrollWidth") == width
    of(reader, "() => document.querySelectorAll('details').forEach((d) => d.open = true)")
    assert of(reader, "() => document.documentElement.scrollWidth") == width


def test_print_shows_every_section(still: Any) -> None:
    still.page.emulate_media(media="print")
    hidden = """() => [...document.querySelectorAll('main > section')].filter((s) =>
        !s.getBoundingClientRect().height).map((s) => s.id)"""
    assert of(still, hidden) == []
    assert not still.page.locator("nav").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(read: Any, scheme: str) -> None:
    colors = of(read(reduced_motion="reduce", color_scheme=scheme), COLORS)
    for ground in ("--paper", "--panel"):
        for text in ("--ink", "--soft", "--link", "--good", "--bad"):
            assert contrast(colors[text], colors[ground]) >= AA, (scheme, text, ground)


def contrast(one: list[float], other: list[float]) -> float:
    """Contrast ratio of two colors, WCAG 2.1, "relative luminance" and "contrast ratio"."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: list[float]) -> float:
    parts = [c / 255 for c in color]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
