"""The page: one self-contained HTML file that opens from disk and asks nothing of anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.briefing.chapters import Chapter, chapters, sure
from detente.briefing.charts import Chart
from detente.briefing.findings import Claim, findings
from detente.briefing.globe import fragment
from detente.briefing.sourcing import bibliography, validation
from detente.briefing.tables import Table, inputs, intervals, side_by_side
from detente.study.record import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the page is made of, so that the same tables and charts can stand beside it as files."""

    claims: tuple[Claim, ...]
    side: Table
    chapters: tuple[Chapter, ...]
    sure: tuple[str, ...]
    intervals: Table
    inputs: Table
    bibliography: Table
    validation: Table

    @classmethod
    def of(cls, answer: Answer) -> Parts:
        """Make all parts of an answer's page."""
        published = validation()
        return cls(
            claims=tuple(findings(answer)),
            side=side_by_side(answer),
            chapters=chapters(answer),
            sure=sure(answer, published),
            intervals=intervals(answer),
            inputs=inputs(answer),
            bibliography=bibliography(answer),
            validation=published,
        )

    def tables(self) -> Iterator[Table]:
        """Yield every table of the page."""
        yield from (self.side, self.intervals, self.inputs, self.bibliography, self.validation)
        for chapter in self.chapters:
            yield from chapter.tables
            yield from (chart.table for chart in chapter.charts)

    def charts(self) -> Iterator[Chart]:
        """Yield every chart of the page."""
        for chapter in self.chapters:
            yield from chapter.charts


def page(answer: Answer, made: Parts, drawn: dict[str, Any]) -> str:
    """Return the HTML of the briefing.

    Parameters
    ----------
    answer : Answer
        What was computed.
    made : Parts
        Its tables, charts and sentences.
    drawn : dict
        The globe data.
    """
    from detente import __version__

    scenario = answer.scenario
    html: str = _template().render(
        title=scenario.title,
        question=scenario.question,
        on=scenario.on.isoformat(),
        name=scenario.name,
        command=f"detente brief {scenario.name}",
        digest=answer.digest.whole,
        parts=answer.digest,
        samples=answer.samples,
        version=__version__,
        cases=[one.case for one in answer.cases.values()],
        css=_asset("page.css"),
        globe=fragment(drawn),
        numeric=numeric,
        claims=made.claims,
        side=made.side,
        chapters=made.chapters,
        sure=made.sure,
        intervals=made.intervals,
        inputs=made.inputs,
        bibliography=made.bibliography,
        validation=made.validation,
    )
    return html


_NUMBER = re.compile(r"^(under |over )?[-−]?[\d.,]+( ?(%|min|h|s|km|km²|warheads))?( \([\d.,–%−\- ]+\))?$|^–$")


def numeric(text: str) -> bool:
    """Return whether a cell holds a number and so stands to the right.

    Examples
    --------
    >>> numeric("83 % (60–95)"), numeric("kept")
    (True, False)
    """
    return bool(_NUMBER.match(text))


def _asset(name: str) -> str:
    return (files("detente.briefing") / "assets" / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    return environment.from_string(_asset("page.html.j2"))
