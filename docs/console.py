"""Outputs on the pages are real: `make pages` runs every command on them and writes what it prints.

A block of kind `console` holds commands after `$ ` and what each prints. Commands that begin with `detente` are run,
from top to bottom of a page, in an empty folder of their own; others, as for installing, are for the reader. A line
`…` stands for lines that are left out: as many are kept before and after it as stand there. A block after `<!-- file:
NAME from EXAMPLE -->` is saved in that folder first: the bundled example with the block added to it, or, where the
block is of kind `diff`, changed as it says. `tests/unit/test_guides.py` holds pages and outputs together.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from detente.scenario.load import examples

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs/guides").glob("*.md"))]
LEFT_OUT = "…"
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) from (?P<base>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL
)
_CHANGE = re.compile(r"((?:^-.*\n)+)((?:^\+.*\n)*)", re.MULTILINE)
_NUMBER = re.compile(r"-?\d[\d,]*\.?\d*(?:e[-+]?\d+)?")


def refreshed(text: str) -> str:
    """Return the text of a page with every output as it is now."""
    with tempfile.TemporaryDirectory() as folder:

        def block(match: re.Match[str]) -> str:
            if match["file"]:
                text = _based(examples()[match["base"]].read_text(encoding="utf-8"), match["kind"], match["body"])
                (Path(folder) / match["file"]).write_text(text, encoding="utf-8")
            if match["kind"] != "console":
                return match[0]
            return match[0].replace(match["body"], "".join(_answered(match["body"], Path(folder))))

        return _BLOCK.sub(block, text)


def _based(text: str, kind: str, body: str) -> str:
    if kind != "diff":
        return f"{text}\n{body}"
    for old, new in _CHANGE.findall(body):
        before, after = (re.sub(r"^[-+]", "", part, flags=re.MULTILINE) for part in (old, new))
        if before not in text:
            raise ValueError(f"the example does not hold these lines: {before}")
        text = text.replace(before, after)
    return text


def _answered(body: str, folder: Path) -> Iterator[str]:
    for command, shown in _commands(body):
        yield f"$ {command}\n"
        printed = _printed(command, folder) if command.startswith("detente") else shown
        yield "".join(f"{line}\n" for line in _kept(printed, shown))


def _commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block with the lines that stand below it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, shown


def _printed(command: str, folder: Path) -> list[str]:
    words = [sys.executable, "-m", "detente", *shlex.split(command)[1:]]
    env = {**os.environ, "COLUMNS": "100"}
    ran = subprocess.run(  # noqa: S603 (our own pages)
        words, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return [line.rstrip() for line in ran.stdout.rstrip("\n").split("\n")] if ran.stdout else []


def _kept(printed: list[str], shown: list[str]) -> list[str]:
    """Return the lines to show: all, or as many before and after the gap as were shown."""
    if LEFT_OUT not in shown:
        return printed
    before = shown.index(LEFT_OUT)
    after = len(shown) - before - 1
    if before + after >= len(printed):
        return printed
    return [*printed[:before], LEFT_OUT, *printed[len(printed) - after :]]


def same(once: str, again: str) -> bool:
    """Return whether two texts agree: words exactly, numbers to six figures, which is what machines agree on."""
    if _NUMBER.sub("#", once) != _NUMBER.sub("#", again):
        return False
    pairs = zip(_NUMBER.findall(once), _NUMBER.findall(again), strict=True)
    return all(abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-9) for a, b in (map(_value, pair) for pair in pairs))


def _value(text: str) -> float:
    return float(text.replace(",", "").rstrip("."))


def main() -> None:
    """Bring every page up to date and say which changed."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        now = refreshed(text)
        if not same(text, now):
            page.write_text(now, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)} brought up to date\n")


if __name__ == "__main__":
    main()
