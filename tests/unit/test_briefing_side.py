"""The cases side by side: what is shared, what differs, what is left out."""

import re

import pytest

from detente.briefing.chapters import chapters
from detente.briefing.side import side_by_side
from detente.briefing.tables import Cell, Table
from detente.study.load import load
from detente.study.record import Answer
from detente.study.run import run


@pytest.fixture(scope="module")
def answer() -> Answer:
    return run(load("genoa-2001"), samples=0)


@pytest.fixture(scope="module")
def side(answer: Answer) -> Table:
    return side_by_side(answer)


def row(side: Table, label: str) -> list[Cell]:
    return next(list(cells[1:]) for cells in side.rows if cells[0].text == label)


def part(side: Table, heading: str) -> list[str]:
    starts = [*sorted(side.sections), len(side.rows)]
    first = next(index for index, text in side.sections.items() if text.startswith(heading))
    last = starts[starts.index(first) + 1]
    return [cells[0].text for cells in side.rows[first:last]]


def test_shared_data_show_only_where_they_add(side: Table) -> None:
    own, shared, *_ = row(side, "Russia: North Atlantic to Moscow")
    assert re.fullmatch(r"\d+ min", own.text)
    assert re.fullmatch(r"\d+ min → \d+ shared", shared.text)
    assert all("→" not in cell.text for cell in row(side, "The United States: Russian missile fields to Washington"))


def test_only_another_meaning_stands_out(side: Table) -> None:
    assert [cell.differs for cell in row(side, "ABM Treaty")] == [False, True, False, False]
    assert row(side, "ABM Treaty")[0].text != row(side, "ABM Treaty")[2].text
    for cells in side.rows:
        assert not cells[1].differs


def test_bars_that_are_alike_are_not_drawn(side: Table) -> None:
    for cells in side.rows:
        shares = {cell.share for cell in cells[1:]}
        assert shares == {None} or len(shares) > 1


def test_a_region_that_is_always_watched_has_no_row(side: Table) -> None:
    assert not any(label.startswith("The United States") for label in part(side, "Hours a day"))


def test_measures_stand_with_their_published_cost(side: Table) -> None:
    cells = row(side, "Purchase of S-300 battalions from Russia, each")
    assert cells[0].text == "–"
    assert cells[1].text == "250 million dollars (160–250)"


def test_claims_over_chapters_are_short(answer: Answer) -> None:
    made = chapters(answer)
    assert [one.name for one in made] == ["protection", "warning", "stability", "law", "cooperation"]
    assert all(3 <= len(one.claim.split()) <= 15 for one in made)


def test_no_table_of_a_chapter_shows_a_name_for_a_title(answer: Answer) -> None:
    names = {item.name for one in answer.cases.values() for item in one.case.defenses if "-" in item.name}
    names |= {name for name in answer.scenario.threats if "-" in name}
    names |= {"us", "third-party", "rostov-on-don", "don-2n", "p_no_leak"}
    shown = [
        cell.text
        for chapter in chapters(answer)
        for table in (*chapter.tables, chapter.drivers)
        for cells in table.rows
        for cell in cells
    ]
    assert not names & set(shown)
    assert not [text for text in shown if re.search(r"\b(moscow|alaska|rostov|dsp|oko-us)\b", text)]
