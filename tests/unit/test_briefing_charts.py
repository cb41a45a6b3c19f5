"""The charts: each finding in words, one mark for each number, nothing from outside, the same bytes again."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from detente.briefing import charts, charts_warning, charts_watch
from detente.briefing.charts import Chart
from detente.briefing.charts_layout import fit, lay, ticks
from detente.defense.battle import Battle
from detente.defense.raid import LayerOutcome, RaidOutcome
from detente.forces.exchange_model import Stability
from detente.forces.strike import Drawdown
from detente.scenario.load import load
from detente.scenario.scenario import Scenario
from detente.sensing.coverage import Coverage
from detente.sensing.timeline import Timeline, TimelineEvent
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer, Digest, Driver
from detente.treaties.rule import Finding

CHAPTERS = ("protection", "warning", "stability", "law", "cooperation")


def line(mode: str, warning: float, decision: float, sensor: str) -> Timeline:
    """Thirty minutes of flight; three minutes each for assessment, conference, and order with execution."""
    report = 1800 - warning
    steps = {"satellite report": report, "conference done": report + 360, "last moment to decide": 1620, "impact": 1800}
    events = tuple(
        TimelineEvent(event=name, time=at, low=at, high=at, share=1.0, sensor=sensor if "report" in name else "")
        for name, at in steps.items()
        if at <= 1800
    )
    return Timeline(
        party="russia",
        threat="atlantic-to-moscow",
        aim="moscow",
        mode=mode,
        events=events,
        warning_time=warning,
        warning_time_low=warning - 60,
        warning_time_high=warning,
        decision_time=decision,
        decision_time_low=decision,
        decision_time_high=decision,
        shortfall=0.0,
        seen_share=1.0,
        satellite_share=1.0,
    )


def watch(mode: str, blind: int) -> Coverage:
    strip = np.arange(1440) >= blind
    hours = float(strip.mean() * 24)
    return Coverage(
        party="russia", region="us-missile-fields", mode=mode, hours_per_day=hours, hours_any=hours, strip=strip
    )


def strike(attacker: str, victim: str, posture: Any, through: float) -> Drawdown:
    steps = {"start": 6000.0, "alert": 3000.0, "surviving": 800.0, "arriving": 700.0, "through": through}
    return Drawdown(
        attacker=attacker,
        victim=victim,
        posture=posture,
        launched_under_attack=False,
        attacking=5000.0,
        spent=2000.0,
        by_class=(),
        **steps,
    )


def outcome(leaving: float | None) -> RaidOutcome:
    """Four warheads against a boost and a midcourse layer; None where nothing can meet them."""
    layers = (
        LayerOutcome(layer="boost", deployments=("space-based",), entering=4.0, leaving=3.0),
        LayerOutcome(layer="midcourse", deployments=("alaska",), entering=3.0, leaving=leaving or 0.0),
    )
    used = {} if leaving is None else {"space-based": 3.0, "alaska": 12.0}
    return RaidOutcome(
        threat="limited",
        warheads=4,
        decoys=0,
        layers=() if leaving is None else layers,
        expected_leakers=4.0 if leaving is None else leaving,
        p_no_leak=0.0 if leaving is None else 0.6,
        interceptors_used=used,
    )


def finding(status: Any, article: str, state: Any = "in-force") -> Finding:
    return Finding(
        status=status,
        state=state,
        agreement="abm-1972",
        title="ABM Treaty",
        article=article,
        party="us",
        subject="alaska",
        because="counted",
        source="text",
        text_status="seen",
    )


def answered(scenario: Scenario, name: str, shares: bool, through: float, leaving: float | None) -> CaseAnswer:
    """A case in which shared data, defenses and law differ with what is asked for."""
    drawdowns = tuple(
        strike(*pair, posture, through + extra)
        for pair in (("us", "russia"), ("russia", "us"))
        for posture, extra in (("day-to-day", 0.0), ("generated", 500.0))
    )
    heads = {
        "protection.limited.p_no_leak": Interval(value=0.6 if leaving else 0.0, low=0.0, high=0.8 if leaving else 0.0),
        "protection.limited.expected_leakers": Interval(value=leaving or 4.0, low=leaving or 4.0, high=4.0),
        "warning.atlantic-to-moscow.own.warning_time": Interval(value=600.0, low=500.0, high=650.0),
    }
    for item in drawdowns:
        key = f"stability.{item.attacker}-first.{item.posture}"
        heads[f"{key}.arriving"] = Interval(value=item.through, low=item.through - 90, high=item.through + 90)
    driver = Driver(assumption="interceptors.sspk", at_low=0.1, at_high=0.9, unverified=True)
    return CaseAnswer(
        case=scenario.cases[name],
        forces={},
        sightings=None,  # type: ignore[arg-type]
        timelines=(line("own", 600.0, 60.0, "don-2n"), *((line("shared", 1500.0, 960.0, "dsp"),) if shares else ())),
        coverage=(watch("own", 480), *((watch("shared", 0),) if shares else ())),
        battle=Battle(engagements=()),
        outcomes={"limited": outcome(leaving)},
        footprints=(),
        stability=Stability(
            forces={}, drawdowns=drawdowns, measures={}, posture="day-to-day", required=400.0, margin={}, stable=None
        ),
        findings=(finding("breaks", "III", "set-aside") if shares else finding("complies", "III"),),
        headlines=heads,
        drivers=dict.fromkeys(heads, (driver,)),
    )


def only(scenario: Scenario, *threats: str) -> Scenario:
    return replace(scenario, threats={name: scenario.threats[name] for name in threats})


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return only(load("genoa-2001"), "limited", "atlantic-to-moscow")


@pytest.fixture(scope="module")
def answer(scenario: Scenario) -> Answer:
    cases = {
        "abm-treaty": answered(scenario, "abm-treaty", False, 300.0, None),
        "us-framework": answered(scenario, "us-framework", True, 500.0, 1.0),
    }
    return Answer(scenario=scenario, digest=Digest(inputs="a", data="b", code="c"), samples=8, flights={}, cases=cases)


@pytest.fixture(scope="module")
def drawn(answer: Answer) -> dict[str, Chart]:
    return {chart.name: chart for chapter in CHAPTERS for chart in getattr(charts, chapter)(answer)}


def text_of(chart: Chart) -> str:
    return " ".join(" ".join(ElementTree.fromstring(chart.svg).itertext()).split())  # noqa: S314


def cells(chart: Chart) -> list[list[str]]:
    return [[cell.text for cell in row] for row in chart.table.rows]


def test_every_chapter_has_its_pictures_the_main_one_first(answer: Answer, drawn: dict[str, Chart]) -> None:
    assert [getattr(charts, chapter)(answer)[0].name for chapter in CHAPTERS] == [
        "protection-chance",
        "warning-timelines",
        "stability-drawdown",
        "law-matrix",
        "cooperation-warning",
    ]
    assert set(drawn) == {
        "protection-chance",
        "protection-layers",
        "protection-tornado",
        "warning-timelines",
        "warning-blind-hours",
        "stability-drawdown",
        "stability-retaliation",
        "stability-map",
        "stability-tornado",
        "law-matrix",
        "cooperation-warning",
        "cooperation-watch",
    }


def test_pictures_ask_nothing_of_anywhere_and_do_not_clash_in_one_page(drawn: dict[str, Chart]) -> None:
    for name, chart in drawn.items():
        assert "<script" not in chart.svg
        assert "<image" not in chart.svg
        outside = re.findall(r'(?:href|src)="([^"]*)"|https?://[^"\s]*', chart.svg.replace("http://www.w3.org/", ""))
        assert not [address for address in outside if not address.startswith("#")]
        assert all(item.startswith(f"{name}-") for item in re.findall(r'\bid="([^"]+)"', chart.svg))


def test_title_and_numbers_stand_in_the_picture_and_in_the_table(drawn: dict[str, Chart]) -> None:
    for chart in drawn.values():
        assert chart.title in text_of(chart)
        assert chart.table.name == chart.name
        assert chart.table.rows
        assert all(len(row) == len(chart.table.heads) for row in chart.table.rows)
        assert chart.caption.endswith(".")


def test_pictures_fit_a_page_column(drawn: dict[str, Chart]) -> None:
    widths = {name: int(ElementTree.fromstring(chart.svg).attrib["width"]) for name, chart in drawn.items()}  # noqa: S314
    assert not {name: width for name, width in widths.items() if width > 760}


def test_the_same_answer_gives_the_same_bytes(answer: Answer, drawn: dict[str, Chart]) -> None:
    again = {chart.name: chart for chapter in CHAPTERS for chart in getattr(charts, chapter)(answer)}
    assert again == drawn


def test_nothing_is_drawn_of_nothing(scenario: Scenario, answer: Answer) -> None:
    bare = replace(
        answer.cases["abm-treaty"],
        timelines=(),
        coverage=(),
        outcomes={},
        stability=None,
        findings=(),
        headlines={},
        drivers={},
    )
    empty = replace(answer, scenario=only(scenario), cases={"abm-treaty": bare})
    assert [getattr(charts, chapter)(empty) for chapter in CHAPTERS] == [()] * 5


def test_one_case_alone_is_drawn(answer: Answer) -> None:
    single = replace(answer, cases={"abm-treaty": answer.cases["abm-treaty"]})
    names = {chart.name for chapter in CHAPTERS for chart in getattr(charts, chapter)(single)}
    assert "protection-layers" not in names
    assert not {name for name in names if name.startswith("cooperation")}
    assert "No raid of this scenario meets a defense" in charts.protection(single)[0].title


def test_long_names_stay_inside(scenario: Scenario, answer: Answer) -> None:
    long = "A very long name of a case that nobody would want to read aloud in one breath " * 2
    one = answer.cases["us-framework"]
    named = replace(answer, cases={"us-framework": replace(one, case=replace(one.case, title=long))})
    for chapter in CHAPTERS:
        for chart in getattr(charts, chapter)(named):
            assert int(ElementTree.fromstring(chart.svg).attrib["width"]) < 900  # noqa: S314


def test_cases_that_meet_no_raid_share_a_row_in_the_picture_and_not_in_the_table(drawn: dict[str, Chart]) -> None:
    chart = drawn["protection-chance"]
    assert [row[2] for row in cells(chart)] == ["not engaged", "60 % (under 1 % to 80 %)"]
    assert "60 %" in chart.title


def test_a_timeline_is_whole_from_launch_to_impact(answer: Answer) -> None:
    (bars,) = charts_warning._groups(answer).values()
    assert [(bar.line.mode, len(bar.cases)) for bar in bars] == [("own", 2), ("shared", 1)]
    for bar in bars:
        parts = charts_warning._phases(bar, 0.0, "#000000")
        assert parts[0]["x"] == -30
        assert parts[-1]["x2"] == 0
        assert all(one["x2"] == two["x"] for one, two in pairwise(parts))
    assert [part["x2"] - part["x"] for part in charts_warning._phases(bars[1], 0.0, "#000000")] == [5, 6, 16, 3]


def test_a_party_that_is_never_told_has_one_unseen_bar() -> None:
    unseen = replace(line("own", 0.0, 0.0, ""), events=(line("own", 0.0, 0.0, "").events[-1],))
    bar = charts_warning._Bar("russia", "path", unseen, ("case",))
    assert [(part["x"], part["x2"]) for part in charts_warning._phases(bar, 0.0, "#000000")] == [(-30, 0)]
    assert (bar.warned, bar.left, bar.sensor) == ("none", "none", "")


def test_dark_stretches_add_up_to_the_blind_hours(answer: Answer) -> None:
    (strips,) = charts_watch._strips(answer).values()
    assert [(strip.coverage.mode, strip.told) for strip in strips] == [("own", "8 h"), ("shared", "never")]
    for strip in strips:
        assert sum(end - start for start, end in strip.runs) == pytest.approx(strip.blind)


def test_verdicts_follow_the_whole_interval(drawn: dict[str, Chart]) -> None:
    found = {(row[0], row[3]): row[5] for row in cells(drawn["stability-retaliation"]) if row[1] == "Russia"}
    assert set(found.values()) == {"none of the interval", "all of the interval"}
    assert found["US framework", "day-to-day"] == "all of the interval"  # 410 to 590 against 400
    assert "less than the required 400 warheads" in drawn["stability-drawdown"].title


def test_law_says_its_status_in_a_word_and_a_mark(drawn: dict[str, Chart]) -> None:
    text = text_of(drawn["law-matrix"])
    assert "✗ would break" in text
    assert "✓ complies" in text
    assert "set aside" in text


def test_sharing_that_adds_names_the_most(drawn: dict[str, Chart]) -> None:
    assert "15 min" in drawn["cooperation-warning"].title
    assert "8 blind hours" in drawn["cooperation-watch"].title


def test_rows_do_not_overlap() -> None:
    plan = lay([("One", ["short", "a label that needs a second line"]), ("", ["third"])])
    assert plan.places[1] - plan.places[0] >= 22
    assert plan.height >= plan.ends[-1]
    assert plan.starts[1] > plan.ends[0]


@pytest.mark.parametrize("high", [0.3, 1.0, 7.0, 99.0, 4064.0, 5000.0, 123456.0])
def test_ticks_reach_beyond_the_highest_in_few_steps(high: float) -> None:
    marks = ticks(high)
    assert marks[0] == 0
    assert marks[-1] >= high
    assert 2 <= len(marks) <= 7


def test_labels_are_cut_only_where_they_do_not_fit() -> None:
    assert fit("no more than this", 20) == "no more than this"
    assert fit("word " * 40, 20).endswith("…")
    assert fit("word " * 40, 20).count("\n") == 2
