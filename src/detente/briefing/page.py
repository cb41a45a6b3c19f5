"""The page: one self-contained HTML file that opens from disk and asks nothing of anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from detente.briefing.chapters import Chapter, chapters, sure, turns
from detente.briefing.charts import Chart
from detente.briefing.findings import Claim, findings
from detente.briefing.globe import fragment
from detente.briefing.glossary import Linker, terms
from detente.briefing.side import side_by_side
from detente.briefing.sourcing import bibliography, held, unmet, validation
from detente.briefing.tables import Table, inputs, intervals
from detente.briefing.words import day, listed
from detente.study.record import Answer
from detente.study.validate import Published, by_engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the page is made of, so that the same tables and charts can stand beside it as files."""

    claims: tuple[Claim, ...]
    side: Table
    chapters: tuple[Chapter, ...]
    sure: tuple[str, ...]
    turns: Table
    unmet: Table
    intervals: Table
    inputs: Table
    bibliography: Table
    validation: Table

    @classmethod
    def of(cls, answer: Answer, rows: Published = by_engine) -> Parts:
        """Make all parts of an answer's page; `rows` gives the published cases beside ours."""
        published = validation(rows)
        return cls(
            claims=tuple(findings(answer)),
            side=side_by_side(answer),
            chapters=chapters(answer),
            sure=sure(answer, published),
            turns=turns(answer),
            unmet=unmet(published),
            intervals=intervals(answer),
            inputs=inputs(answer),
            bibliography=bibliography(answer),
            validation=published,
        )

    def tables(self) -> Iterator[Table]:
        """Yield every table of the page."""
        yield from (self.side, self.turns, self.intervals, self.inputs, self.bibliography, self.validation)
        for chapter in self.chapters:
            yield from chapter.tables
            if chapter.drivers.rows:
                yield chapter.drivers
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

    known = terms()
    linked = Linker(known)
    html: str = _template().render(
        made=made,
        scenario=answer.scenario,
        answer=answer,
        missing=[name for name in CHAPTERS if name not in {chapter.name for chapter in made.chapters}],
        version=__version__,
        cases=[one.case for one in answer.cases.values()],
        css=_asset("page.css"),
        globe=fragment(drawn),
        numeric=numeric,
        unbroken=unbroken,
        sharing=any(one.case.sharing for one in answer.cases.values()),
        listed=listed,
        day=day,
        held=held,
        linked=linked,
        terms=known,
    )
    return html


CHAPTERS = ("protection", "warning", "stability", "law", "cooperation")


_NUMBER = re.compile(r"^(under |over )?[-−]?[\d.,]+( ?(%|min|h|s|km|km²|warheads))?( \([\d.,–%−\- ]+\))?$|^–$")


def numeric(text: str) -> bool:
    """Return whether a cell holds a number and so stands to the right.

    Examples
    --------
    >>> numeric("83 % (60–95)"), numeric("kept")
    (True, False)
    """
    return bool(_NUMBER.match(text))


def unbroken(text: str) -> Markup:
    """Return a cell's text as HTML with short brackets kept on one line.

    Examples
    --------
    >>> unbroken("19 (18–20) shared")
    Markup('19 <span class="k">(18–20)</span> shared')
    """
    parts = _BRACKETS.split(text)
    made = [Markup('<span class="k">{}</span>').format(part) if k % 2 else escape(part) for k, part in enumerate(parts)]
    return Markup("").join(made)


_BRACKETS = re.compile(r"(\([^() ]{1,16}(?: %)?\))")


def _asset(name: str) -> str:
    return (files("detente.briefing") / "assets" / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    return environment.from_string(_asset("page.html.j2"))
