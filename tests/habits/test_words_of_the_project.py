"""What is written here speaks of the project: no machine of ours, no package index, no mailbox, nothing unfinished."""

import re
import tomllib
from pathlib import Path

import pytest

from detente.catalog.load import source_key, sources

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "benchmarks", "changes", "docs", "requirements", "scripts", "src", "tests", "web")
MADE = {"__pycache__", "node_modules", "_build", "generated"}
SUFFIXES = {".py", ".md", ".toml", ".txt", ".in", ".csv", ".bib", ".ts", ".mjs", ".css", ".json", ".j2", ".cfg", ""}
FILES = sorted(
    path
    for path in [*ROOT.glob("*.*"), ROOT / "Makefile", *(item for name in FOLDERS for item in (ROOT / name).rglob("*"))]
    if path.is_file() and path.suffix in SUFFIXES and not MADE & set(path.parts) and path != Path(__file__)
)
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.~:/])/(root|home|tmp|Users|var|mnt)/\w",
    "a package index or its mirror": r"--(extra-)?index-url|//[\w.-]+/simple/?\b|\"resolved\":",
    "a mailbox": r"\b[\w.+-]+@[\w-]+\.(com|org|net|edu|gov|ru|de|uk)\b",
    "something unfinished": r"\b(TODO|FIXME|XXX|HACK)\b|\blorem ipsum\b",
}


def test_there_is_something_to_read():
    names = {str(path.relative_to(ROOT)) for path in FILES}
    assert {"README.md", "Makefile", "pyproject.toml", "docs/conf.py", "src/detente/units.py", ".ci/run"} <= names


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of somebody's machine", "see /home/me/notes"),
        ("a package index or its mirror", "pip install --index-url x"),
        ("a mailbox", "ask me@example.org"),
        ("something unfinished", "# TODO"),
    ],
)
def test_what_is_forbidden_is_recognized(what, text):
    assert re.search(FORBIDDEN[what], text)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}:{number} {match[0]}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert not found


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src/detente/scenario/examples").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_number_and_threat_of_an_example_cites_a_source_that_exists(path):
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    known = set(sources()) | set(raw["sources"])
    cited = list(_sources(raw, ""))
    assert cited
    assert not [where for where, source in cited if not source or source_key(source) not in known]
    used = {source_key(source) for _, source in cited if source}
    assert not set(raw["sources"]) - used


def _sources(raw, path):
    """Yield where each number, threat and region stands, and the source that it names."""
    if isinstance(raw, dict):
        if "value" in raw or re.fullmatch(r"\.(threats|regions)\.[^.]+", path):
            yield path, raw.get("source", "")
        for key, item in raw.items():
            yield from _sources(item, f"{path}.{key}")
    elif isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _sources(item, f"{path}.{index}")
