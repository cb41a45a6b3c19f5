"""Drawing of the charts: marks on a frame with an honest axis, words beside them, and the finished SVG.

Rows are laid out from the top in pixels; the horizontal axis carries the numbers. Labels stand outside the frame at
fixed distances from it, so that every picture is read like a line of text: who, how much, in words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.briefing.palette import PARTY_COLORS
from detente.briefing.tables import Table, table
from detente.study.record import Answer

INK, SOFT, RULE = "#16191d", "#4d5560", "#d5d9de"
FONT = "system-ui, DejaVu Sans, sans-serif"
LABELS = 190
"""Width [px] of the column of labels to the left of a frame."""
LINE = 15
"""Height [px] of a line of words."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of a briefing.

    Parameters
    ----------
    name : str
        Name of its file.
    title : str
        What it shows, as a finding.
    caption : str
        How to read it.
    svg : str
        The picture; its ids begin with its name, so that several can stand in one page.
    table : Table
        The numbers in it.
    """

    name: str
    title: str
    caption: str
    svg: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where marks stand: a box in pixels, with the numbers from `low` to `high` across it.

    Parameters
    ----------
    width, height : int
        Of the box [px].
    low, high : float
        Ends of the horizontal axis.
    axis : str
        What the axis counts, and its unit; no axis is drawn where it is empty.
    ticks : tuple of float
        Where it is labeled; chosen by the drawing where it is empty.
    labels : str
        Vega expression of a label; the number itself where it is empty.
    """

    width: int
    height: int
    low: float
    high: float
    axis: str = ""
    ticks: tuple[float, ...] = ()
    labels: str = ""

    def bars(self, rows: Sequence[Row], thick: float = 12) -> Any:
        """Return bars from ``x`` to ``x2`` at height ``y`` in ``color``."""
        return self._marks(rows).mark_bar(height=thick).encode(x=self._x(), x2="x2:Q", y=self._y(), color=_color())

    def spans(self, rows: Sequence[Row], thick: float = 2) -> Any:
        """Return lines from ``x`` to ``x2`` at height ``y`` in ``color``: the range of a number."""
        mark = self._marks(rows).mark_rule(strokeWidth=thick, strokeCap="round")
        return mark.encode(x=self._x(), x2="x2:Q", y=self._y(), color=_color())

    def uprights(self, rows: Sequence[Row], dash: Sequence[int] = (4, 3)) -> Any:
        """Return upright lines at ``x`` from height ``y`` to ``y2`` in ``color``."""
        mark = self._marks(rows).mark_rule(strokeWidth=1.5, strokeDash=list(dash))
        return mark.encode(x=self._x(), y=self._y(), y2="y2:Q", color=_color())

    def dots(self, rows: Sequence[Row], size: int = 90) -> Any:
        """Return dots at ``x`` and height ``y``, outlined in ``color`` and filled with ``fill``."""
        import altair as alt

        fill = alt.Fill("fill:N", scale=None, legend=None)
        stroke = alt.Stroke("color:N", scale=None, legend=None)
        mark = self._marks(rows).mark_point(size=size, strokeWidth=2, opacity=1)
        return mark.encode(x=self._x(), y=self._y(), fill=fill, stroke=stroke)

    def words(
        self, rows: Sequence[Row], at: float | None = None, align: str = "left", bold: bool = False, dx: float = 0
    ) -> Any:
        """Return ``text`` at height ``y`` in ``color``: at a distance `at` [px] from the left edge, or at ``x``."""
        import altair as alt

        mark = self._marks(rows).mark_text(
            align=align,
            baseline="middle",
            fontWeight="bold" if bold else "normal",
            dx=dx,
            lineBreak="\n",
            lineHeight=14,
        )
        x = self._x() if at is None else alt.value(at)
        return mark.encode(x=x, y=self._y(), text="text:N", color=_color())

    def beside(self, plan: Layout) -> list[Any]:
        """Return the headings and labels of rows, in the column to the left."""
        return [self.words(plan.heads, at=-LABELS, bold=True), self.words(plan.labels, at=10 - LABELS)]

    def column(self, at: float, head: str, texts: Sequence[tuple[float, str, str]]) -> Any:
        """Return a column of words under a head, at a distance from the left edge; each height, text, color."""
        rows: list[Row] = [{"y": 9, "text": head, "color": SOFT}]
        return self.words(rows + [{"y": y, "text": text, "color": color} for y, text, color in texts], at=at)

    def _marks(self, rows: Sequence[Row]) -> Any:
        import altair as alt

        return alt.Chart(alt.Data(values=list(rows)))

    def _x(self) -> Any:
        import altair as alt

        axis = None
        if self.axis:
            chosen: Row = {"values": list(self.ticks)} if self.ticks else {"tickCount": 6}
            chosen |= {"labelExpr": self.labels} if self.labels else {}
            axis = alt.Axis(title=self.axis, **chosen)
        return alt.X("x:Q", scale=alt.Scale(domain=[self.low, self.high], nice=False, zero=False), axis=axis)

    def _y(self) -> Any:
        import altair as alt

        return alt.Y("y:Q", scale=alt.Scale(domain=[self.height, 0], nice=False, zero=False), axis=None)


def _color() -> Any:
    import altair as alt

    return alt.Color("color:N", scale=None, legend=None)


def panel(frame: Frame, layers: Sequence[Any], title: str = "") -> Any:
    """Return the layers on their frame, the first at the back; those without rows are left out."""
    import altair as alt

    drawn = [layer for layer in layers if layer.data.values]
    made = alt.layer(*drawn).properties(width=frame.width, height=frame.height)
    return made.properties(title=alt.Title(title, fontSize=12, frame="group", offset=4)) if title else made


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a chart says: name of its file, the finding, what is plotted with its unit, and how to read it."""

    name: str
    title: str
    subtitle: str
    caption: str


def finish(words: Words, drawn: Any, heads: list[str], rows: list[list[object]]) -> Chart:
    """Return the finished chart.

    Parameters
    ----------
    words : Words
        What it says.
    drawn : altair chart
        A panel, or several beside each other.
    heads, rows : list
        The numbers in it, as a table.
    """
    import altair as alt
    import vl_convert

    head = alt.Title(
        textwrap.wrap(words.title, 76),
        subtitle=textwrap.wrap(words.subtitle, 104),
        anchor="start",
        frame="bounds",
        offset=14,
    )
    specification = drawn.properties(title=head, background="white", padding=8).to_dict(validate=False)
    specification["config"] = CONFIG
    svg = _own(vl_convert.vegalite_to_svg(specification), words.name)
    numbers = table(words.name, words.title, heads, rows)
    return Chart(name=words.name, title=words.title, caption=words.caption, svg=svg, table=numbers)


CONFIG: dict[str, Any] = {
    "aria": False,
    "font": FONT,
    "view": {"stroke": None},
    "concat": {"spacing": 18},
    "text": {"fontSize": 12},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": SOFT,
        "labelColor": SOFT,
        "gridColor": "#e7eaee",
        "domainColor": RULE,
        "tickColor": RULE,
        "titlePadding": 8,
    },
    "title": {
        "fontSize": 15,
        "color": INK,
        "subtitleFontSize": 12,
        "subtitleColor": SOFT,
        "subtitlePadding": 6,
        "lineHeight": 19,
        "subtitleLineHeight": 16,
    },
}


def _own(svg: str, name: str) -> str:
    """Return an SVG whose ids begin with the chart's name."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    return re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)


def color_of(answer: Answer, party: str) -> str:
    """Return the color of a party, the same in every picture."""
    return PARTY_COLORS[list(answer.scenario.parties).index(party) % len(PARTY_COLORS)]


def tint(color: str, strength: float) -> str:
    """Return a color mixed with white.

    Examples
    --------
    >>> tint("#0072B2", 1.0), tint("#0072B2", 0.0)
    ('#0072b2', '#ffffff')
    """
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)


def fit(text: str, most: int = 27, lines: int = 2) -> str:
    """Return a label broken into lines, with an ellipsis where it is longer than they hold.

    Examples
    --------
    >>> fit("START II"), fit("one two three", 7), fit("one two three", 7, 1)
    ('START II', 'one two\\nthree', 'one…')
    """
    return "\n".join(textwrap.wrap(text, most, max_lines=lines, placeholder="…"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows under headings, laid out from the top.

    Parameters
    ----------
    heads, labels : list of dict
        Words of the headings and of the rows, with their height.
    places : tuple of float
        Height of the middle of each row [px], in order.
    starts, ends : tuple of float
        Top and bottom of each group's rows [px].
    height : int
        Of all [px].
    """

    heads: list[Row]
    labels: list[Row]
    places: tuple[float, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    height: int


def lay(groups: Sequence[tuple[str, Sequence[str]]], top: int = 24, least: int = 22, most: int = 27) -> Layout:
    """Lay out rows with labels under headings.

    Parameters
    ----------
    groups : sequence of (str, sequence of str)
        Heading and labels of its rows; no line is kept for an empty heading.
    top : int
        Room above the first heading [px], for the heads of columns.
    least : int
        Least height of a row [px].
    most : int
        Characters of a label on one line.
    """
    heads: list[Row] = []
    labels: list[Row] = []
    starts, ends = [], []
    y = float(top)
    for heading, names in groups:
        if heading:
            heads.append({"y": y + 9, "text": fit(heading, 92, 1), "color": INK})
            y += 21
        starts.append(y)
        for name in names:
            text = fit(name, most)
            tall = max(least, LINE * (text.count("\n") + 1) + 7)
            labels.append({"y": y + tall / 2, "text": text, "color": INK})
            y += tall
        ends.append(y)
        y += 9
    places = tuple(float(row["y"]) for row in labels)
    return Layout(
        heads=heads, labels=labels, places=places, starts=tuple(starts), ends=tuple(ends), height=round(y - 4)
    )
