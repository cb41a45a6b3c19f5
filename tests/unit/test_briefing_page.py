"""The page of odd scenarios: what is not asked leaves no gap, what is written stays text."""

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from detente.briefing.brief import write
from detente.briefing.page import Parts, page
from detente.briefing.scene import scene
from detente.study.load import load
from detente.study.record import Answer
from detente.study.run import run

MINIMAL = (files("detente.scenario") / "examples" / "minimal.toml").read_text(encoding="utf-8")
NO_DEFENSES = re.sub(r"\[\[cases\.alaska\.defenses\]\].*?\n\n", "", MINIMAL, flags=re.DOTALL)
CORRIDOR = MINIMAL.replace('kind = "limited"', 'kind = "corridor"')
NOTHING_ASKED = (
    NO_DEFENSES.replace('agreements = { abm-1972 = "in-force" }', "agreements = {}")
    .replace('sensors.us = { radars = ["clear", "cobra-dane", "beale"], constellations = ["dsp"] }', "sensors = {}")
    .replace('[coverage_regions]\nus = ["middle-east"]', "[coverage_regions]")
)
QUOTED = (
    MINIMAL.replace('"One interceptor site against one missile class"', "'</title><script>alert(1)</script> & \"so\"'")
    .replace('"One warhead to Seattle"', "'One <b>\"warhead\"</b> & more'")
    .replace('"Alaska site"', "'Site </script> {{ 7 * 7 }}'")
    .replace('"the United States"', "'the <i>States</i>'")
)
FORCES = MINIMAL.replace(
    "forces = {}", 'forces = { us = { base = "us-2001" }, third-party = { base = "russia-2001" } }'
)
ODD = {
    "minimal": (MINIMAL, {"protection", "warning", "law"}),
    "no defenses": (NO_DEFENSES, {"warning"}),
    "a corridor alone": (CORRIDOR, {"warning", "law"}),
    "nothing asked": (NOTHING_ASKED, set()),
    "quotes and angle brackets": (QUOTED, {"protection", "warning", "law"}),
    "forces": (FORCES, {"protection", "warning", "stability", "law"}),
}


class Text(HTMLParser):
    """What a reader of the page reads, and the elements it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.text: list[str] = []
        self.tags: list[str] = []
        self.names: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = dict(attrs)
        self.names.append(named.get("id") or "")
        self.links.append((named.get("href") or "") if tag == "a" else "")
        if tag in {"script", "style"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"} and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.text.append(data)


def answered(folder: Path, text: str, samples: int = 2) -> Answer:
    path = folder / "odd.toml"
    path.write_text(text, encoding="utf-8")
    return run(load(path), samples=samples)


def read(html: str) -> Text:
    parser = Text()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("name", ODD)
def test_an_odd_scenario_gives_a_sane_page(tmp_path: Path, name: str) -> None:
    text, chapters = ODD[name]
    answer = answered(tmp_path, text)
    made = Parts.of(answer)
    html = page(answer, made, scene(answer))
    found = read(html)
    read_text = " ".join(found.text)
    assert {link.removeprefix("#") for link in found.links} <= set(found.names)
    assert {chapter.name for chapter in made.chapters} == chapters
    assert all(chapter.tables or chapter.charts or chapter.sentences for chapter in made.chapters)
    assert not re.search(r"\b(None|nan|inf|undefined)\b", read_text)
    assert "Nothing in this scenario" not in read_text
    assert all(row for table in made.tables() for row in table.rows)
    missing = {"protection", "warning", "stability", "law", "cooperation"} - chapters
    assert ("no chapter." in read_text) is bool(missing)


def test_what_people_write_stays_text(tmp_path: Path) -> None:
    answer = answered(tmp_path, QUOTED)
    html = page(answer, Parts.of(answer), scene(answer))
    plain_answer = answered(tmp_path, MINIMAL)
    plain = read(page(plain_answer, Parts.of(plain_answer), scene(plain_answer)))
    found = read(html)
    assert {tag: found.tags.count(tag) for tag in ("script", "b", "i")} == {
        tag: plain.tags.count(tag) for tag in ("script", "b", "i")
    }
    assert "<i>States" not in re.sub(r"(?s)<script.*?</script>", "", html)
    assert 'One <b>"warhead"</b> & more' in " ".join(found.text)
    assert "{{ 7 * 7 }}" in " ".join(found.text)


def test_without_draws_no_interval_is_claimed(tmp_path: Path) -> None:
    answer = answered(tmp_path, MINIMAL, samples=0)
    text = " ".join(read(page(answer, Parts.of(answer), scene(answer))).text)
    assert "90 % intervals" not in text
    assert not re.search(r"\b0 draws", text)


def test_files_beside_the_page_are_complete(tmp_path: Path) -> None:
    answer = answered(tmp_path, MINIMAL)
    made = write(answer, tmp_path / "out")
    results = json.loads((made.folder / "results.json").read_text(encoding="utf-8"))
    assert {"scenario", "digest", "findings", "cases"} <= set(results)
    keys = {"text", "value", "low", "high", "unit", "case", "source"}
    assert all(keys <= set(finding) for finding in results["findings"])
    parts = {"name", "protection", "warning", "stability", "law", "cooperation"}
    assert all(parts <= set(case) for case in results["cases"])
    packets = json.loads((made.folder / "czml" / "alaska--one-missile.czml").read_text(encoding="utf-8"))
    assert packets[0]["clock"]["interval"].startswith("2001-08-08T00:00:00Z/")
    assert (made.folder / "tables" / "cases.csv").read_text(encoding="utf-8").startswith("part,")
