"""What every verb shares: JSON or tables on stdout, progress and notes on stderr, exit codes."""

from __future__ import annotations

import json
import math
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

DONE, NO, BAD_INPUT = 0, 1, 2
"""Exit codes: done; the answer is no or a check failed; bad input."""

Tell = Callable[[str, float], None]


def console(stderr: bool = False) -> Console:
    """Return a rich console on stdout, or on stderr for notes."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=stderr)


def emit(value: Any) -> None:
    """Print one JSON object on stdout; a number that is not finite is an error of ours and raises ValueError."""
    sys.stdout.write(text(value))


def text(value: Any) -> str:
    """Return a JSON object as `emit` prints it."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> None:
    """Print a table; cells that look like numbers stand to the right."""
    from rich.table import Table
    from rich.text import Text

    listed = [[cell(item) for item in row] for row in rows]
    made = Table(title=title, title_justify="left", title_style="bold", caption=note or None, caption_justify="left")
    out = console()
    widths = _widths([heads, *listed], out.width)
    for index, head in enumerate(heads):
        right = bool(listed) and all(_numeric(row[index]) for row in listed)
        made.add_column(head, justify="right" if right else "left", overflow="fold", width=widths[index])
    for row in listed:
        made.add_row(*(Text(item) for item in row))
    out.print(made)


def _widths(rows: Sequence[Sequence[str]], total: int) -> Sequence[int | None]:
    """Return the widths of columns that break no word, the room left shared by need; None where rich may choose."""
    columns = list(zip(*rows, strict=True))
    most = [max(len(each) for each in column) for column in columns]
    least = [max(len(word) for each in column for word in each.split() or [""]) for column in columns]
    room = total - 3 * len(columns) - 1
    if sum(most) <= room or sum(least) > room:
        return [None] * len(columns)
    share = (room - sum(least)) / (sum(most) - sum(least))
    return [low + int(share * (high - low)) for low, high in zip(least, most, strict=True)]


def bullet(text: str) -> str:
    """Return a sentence as a point of a list, broken to the width of the terminal."""
    return _broken(text, "• ", "  ", shutil.get_terminal_size().columns)


def complaint(text: str) -> str:
    """Return a problem as an item of a list, broken to the width of the terminal; one line where there is none."""
    return _broken(text, "  ", "      ", shutil.get_terminal_size(fallback=(0, 0)).columns)


def _broken(text: str, first: str, rest: str, columns: int) -> str:
    width = min(columns, 120) or len(first + text)
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )


def cell(value: object) -> str:
    """Return a value as a person reads it: two or three significant figures, no float noise."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if not math.isfinite(value):
            return "–"
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value)


def _numeric(text: str) -> bool:
    head = text.replace(",", "").replace("–", "").strip().split(" ")[0]
    return head in {"", "-"} or head.lstrip("-<>").replace(".", "", 1).replace("%", "").isdigit()


@contextmanager
def progress(quiet: bool) -> Iterator[Tell]:
    """Show a progress bar on stderr while something long runs; nothing where stderr is no terminal or `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield lambda _text, _share: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda text, share: bar.update(task, description=text, completed=share)
