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

from detente.briefing.charts_layout import GRID, INK, LINE, RULE, SOFT, Layout, Row
from detente.briefing.names import capital
from detente.briefing.tables import Table, table

FONT = "system-ui, DejaVu Sans, sans-serif"


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
        What the axis counts, and its unit.
    ticks : tuple of float
        Where it is labeled and has grid lines; without them no axis is drawn.
    labels : str
        Vega expression of a label; the number itself where it is empty.
    margin : int
        Width of the column of labels to the left [px].
    """

    width: int
    height: int
    low: float
    high: float
    axis: str = ""
    ticks: tuple[float, ...] = ()
    labels: str = ""
    margin: int = 175

    def bars(self, rows: Sequence[Row], thick: float = 13) -> Any:
        """Return bars from ``x`` to ``x2`` at height ``y`` in ``color``."""
        import altair as alt

        mark = self._marks(rows).mark_bar(height=thick)
        return mark.encode(x=self._x(), x2=alt.X2("x2"), y=self._y(), color=self._ink())

    def spans(self, rows: Sequence[Row], thick: float = 2) -> Any:
        """Return lines from ``x`` to ``x2`` at height ``y`` in ``color``: the range of a number."""
        import altair as alt

        mark = self._marks(rows).mark_rule(strokeWidth=thick, strokeCap="round")
        return mark.encode(x=self._x(), x2=alt.X2("x2"), y=self._y(), color=self._ink())

    def uprights(self, rows: Sequence[Row], dash: Sequence[int] = (), thick: float = 1.5) -> Any:
        """Return upright lines at ``x`` from height ``y`` to ``y2`` in ``color``."""
        import altair as alt

        mark = self._marks(rows).mark_rule(strokeWidth=thick, strokeDash=list(dash))
        return mark.encode(x=self._x(), y=self._y(), y2=alt.Y2("y2"), color=self._ink())

    def dots(self, rows: Sequence[Row], size: int = 90) -> Any:
        """Return dots at ``x`` and height ``y``, outlined in ``color`` and filled with ``fill``."""
        import altair as alt

        fill = alt.Fill("fill", type="nominal", scale=None, legend=None)
        stroke = alt.Stroke("color", type="nominal", scale=None, legend=None)
        mark = self._marks(rows).mark_point(size=size, strokeWidth=2, opacity=1)
        return mark.encode(x=self._x(), y=self._y(), fill=fill, stroke=stroke)

    def words(
        self, rows: Sequence[Row], at: float | None = None, align: str = "left", bold: bool = False, dx: float = 0
    ) -> Any:
        """Return ``text`` at height ``y`` in ``color``: at a distance `at` [px] from the left edge, or at ``x``."""
        import altair as alt

        placed = [{**row, "y": row["y"] - LINE / 2 * row["text"].count("\n")} for row in rows]
        weight = "bold" if bold else "normal"
        mark = self._marks(placed).mark_text(
            align=align, baseline="middle", fontWeight=weight, dx=dx, lineBreak="\n", lineHeight=LINE
        )
        x = self._x() if at is None else alt.XValue(at)
        return mark.encode(x=x, y=self._y(), text=alt.Text("text", type="nominal"), color=self._ink())

    def around(self, plan: Layout) -> list[Any]:
        """Return what stands behind and beside the rows: grid lines, headings and labels."""
        grid: list[Row] = [
            {"x": x, "y": start, "y2": end, "color": GRID}
            for x in self.ticks
            for start, end in zip(plan.starts, plan.ends, strict=True)
        ]
        heads = self.words(plan.heads, at=-self.margin, bold=True)
        indent = 10 if plan.heads else 0
        return [self.uprights(grid, thick=1), heads, self.words(plan.labels, at=indent - self.margin)]

    def column(self, at: float, head: str, texts: Sequence[tuple[float, str, str]]) -> Any:
        """Return a column of words under a head, at a distance from the left edge; each height, text, color."""
        rows: list[Row] = [{"y": 9, "text": head, "color": SOFT}]
        return self.words(rows + [{"y": y, "text": text, "color": color} for y, text, color in texts], at=at)

    def key(self, parts: Sequence[tuple[float, str, str]]) -> list[Any]:
        """Return what colors mean, in a line above all rows; each distance from the left edge, color, words."""
        import altair as alt

        drawn = []
        for at, color, text in parts:
            swatch = self._marks([{"y": 9, "color": color}]).mark_point(
                shape="square", size=120, filled=True, opacity=1
            )
            drawn.append(swatch.encode(x=alt.XValue(at + 6), y=self._y(), color=self._ink()))
            drawn.append(self.words([{"y": 9, "text": text, "color": SOFT}], at=at + 17))
        return drawn

    def _marks(self, rows: Sequence[Row]) -> Any:
        import altair as alt

        return alt.Chart(alt.InlineData(values=tuple(rows)))

    def _x(self) -> Any:
        import altair as alt

        axis = None
        if self.ticks:
            own = {"labelExpr": self.labels} if self.labels else {}
            axis = alt.Axis(title=self.axis, values=list(self.ticks), grid=False, labelFlush=False, **own)
        scale = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        return alt.X("x", type="quantitative", scale=scale, axis=axis)

    def _y(self) -> Any:
        import altair as alt

        scale = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        return alt.Y("y", type="quantitative", scale=scale, axis=None)

    def _ink(self) -> Any:
        import altair as alt

        return alt.Color("color", type="nominal", scale=None, legend=None)


def panel(frame: Frame, layers: Sequence[Any], title: str = "") -> Any:
    """Return the layers on their frame, the first at the back; those without rows are left out."""
    import altair as alt

    drawn = [layer for layer in layers if layer.data.values]
    made = alt.layer(*drawn).properties(width=frame.width, height=frame.height)
    if not title:
        return made
    head = alt.Title(title.split("\n"), fontSize=12, lineHeight=LINE, frame="group", anchor="start", offset=4)
    return made.properties(title=head)


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

    title = capital(words.title)
    head = alt.Title(
        _balanced(title, 70),
        subtitle=_balanced(words.subtitle, 98),
        anchor="start",
        frame="bounds",
        offset=14,
    )
    specification = drawn.properties(title=head, background="white", padding=8).to_dict(validate=False)
    specification["config"] = CONFIG
    svg = _own(_readable(vl_convert.vegalite_to_svg(specification)), words.name)
    numbers = table(words.name, title, heads, rows)
    return Chart(name=words.name, title=title, caption=words.caption, svg=svg, table=numbers)


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


def _balanced(text: str, most: int) -> list[str]:
    """Return a text in as few lines as `most` characters allow, the last of them as long as it can be."""
    tried = [textwrap.wrap(text, width) for width in range(most, 2 * most // 3, -1)]
    least = len(tried[0])
    return max((lines for lines in tried if len(lines) == least), key=lambda lines: len(lines[-1]) if lines else 0)


def _readable(svg: str) -> str:
    """Return an SVG that a narrow page scrolls rather than shrinks until its words cannot be read."""
    width = re.search(r'width="(\d+)', svg)
    least = round(0.85 * int(width[1])) if width else 0
    return svg.replace("<svg ", f'<svg style="min-width:{least}px" ', 1)


def _own(svg: str, name: str) -> str:
    """Return an SVG whose ids begin with the chart's name."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    return re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)
