"""Write a briefing into a folder: the page, results, tables, charts, the globe as CZML."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from detente.problems import BadInputError, Problem
from detente.study.record import Answer
from detente.study.validate import Published, beside, by_engine

MANIFEST = ".detente"
"""File in a folder of ours that lists what we put there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was written: the folder, the page, and the sentences of the answer."""

    folder: Path
    page: Path
    answer: tuple[str, ...]


def brief(scenario: str | Path, out: str | Path | None = None, samples: int = 64, force: bool = False) -> Made:
    """Run a scenario and write its briefing.

    Parameters
    ----------
    scenario : str or Path
        A TOML file, or the name of a bundled example.
    out : str or Path, optional
        Folder to write; by default ``out/NAME`` in the working directory.
    samples : int
        Draws for the intervals.
    force : bool
        Whether to write into a folder that holds something else already.

    Raises
    ------
    BadInputError
        Anything wrong with the scenario or the folder; nothing is written then.
    """
    from detente.study.load import load
    from detente.study.run import run

    folder = folder_for(scenario, None if out is None else Path(out), force)
    loaded = load(scenario)
    with beside() as published:
        return write(run(loaded, samples=samples), folder, published)


def folder_for(scenario: str | Path, out: Path | None, force: bool) -> Path:
    """Return the folder to write to.

    Raises
    ------
    BadInputError
        It is a file, or it holds something that this command did not make and `force` is not set.
    """
    folder = out if out is not None else Path("out") / Path(scenario).name.removesuffix(".toml")
    if folder.exists() and not folder.is_dir():
        raise _bad(folder, "a file", "a folder", "Give another path with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists() and not force:
        raise _bad(
            folder,
            "a folder with files that this command did not make",
            "a new or empty folder, or one that an earlier briefing made",
            "Give another folder with --out, or --force to write into this one; other files in it are kept.",
        )
    return folder


def _bad(folder: Path, found: str, allowed: str, do: str) -> BadInputError:
    return BadInputError([Problem(file=str(folder), key="--out", found=found, allowed=allowed, do=do)])


def write(answer: Answer, folder: Path, published: Published = by_engine) -> Made:
    """Write the briefing of an answer; each file of a folder of ours is replaced whole, and other files stay.

    `published` gives the published cases beside ours (see `detente.study.validate.beside`).

    Raises
    ------
    BadInputError
        The folder cannot be written to, or the disk is full; an earlier briefing in it is then left as it was.
    """
    from detente.briefing.findings import findings

    files = _contents(answer, published)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder, ignore_cleanup_errors=True) as stage:
            _put(files, Path(stage))
            _forget(folder, set(files))
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(Path(stage) / name, folder / name)
        _put({MANIFEST: "\n".join(sorted(files)) + "\n"}, folder)
    except OSError as error:
        allowed, do = (
            "a folder that can be written, on a disk with room",
            "Check the path and the disk, then try again.",
        )
        raise _bad(folder, error.strerror or str(error), allowed, do) from error
    return Made(folder=folder, page=folder / "briefing.html", answer=tuple(claim.text for claim in findings(answer)))


def _put(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _forget(folder: Path, kept: set[str]) -> None:
    """Delete what an earlier briefing put here and this one does not make."""
    manifest = folder / MANIFEST
    for name in manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else ():
        path = (folder / name).resolve()
        if name not in kept and path.is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)


def _contents(answer: Answer, published: Published) -> dict[str, str]:
    from detente.briefing.page import Parts, page
    from detente.briefing.results import summary
    from detente.briefing.scene import scene

    made = Parts.of(answer, published)
    drawn = scene(answer)
    files = {"briefing.html": page(answer, made, drawn), "results.json": _json(summary(answer), indent=1)}
    files |= _czml(answer, drawn)
    files |= {f"tables/{table.name}.csv": table.csv() for table in made.tables()}
    files |= {f"charts/{chart.name}.svg": chart.svg for chart in made.charts()}
    return files


def _czml(answer: Answer, drawn: dict[str, Any]) -> dict[str, str]:
    """Return one CZML file for each case and threat, which starts at midnight UTC of the scenario's date."""
    from detente.briefing.globe import czml_of_all

    start = datetime.combine(answer.scenario.on, time(), tzinfo=UTC)
    return {
        f"czml/{case}--{threat}.czml": _json(packets) for (case, threat), packets in czml_of_all(drawn, start).items()
    }


def _json(value: object, indent: int | None = None) -> str:
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators, default=_plain)
    return text + "\n"


def _plain(value: object) -> object:
    return value.tolist() if hasattr(value, "tolist") else str(value)
