"""What the README and the guides show is what happens: commands print what stands below them, code runs."""

import doctest
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONSOLE = runpy.run_path(str(ROOT / "docs/console.py"))
PAGES = CONSOLE["PAGES"]
WRITTEN = [*PAGES, *sorted((ROOT / "docs/methods").glob("*.md"))]


def name(path):
    return path.stem


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "\n$ detente" in page.read_text(encoding="utf-8")], ids=name
)
def test_commands_print_what_the_page_shows(page):
    text = page.read_text(encoding="utf-8")
    now = CONSOLE["refreshed"](text)
    before, after = ([line.rstrip() for line in one.splitlines()] for one in (text, now))
    changed = [pair for pair in zip(before, after, strict=False) if not CONSOLE["same"](*pair)]
    assert CONSOLE["same"](text, now), f"run `make pages`; the first lines that differ: {changed[:3]}"


def test_numbers_agree_to_six_figures_and_words_exactly():
    same = CONSOLE["same"]
    assert same("4.0000000001 km", "4.0 km")
    assert not same("4.0001 km", "4.0 km")
    assert not same("4.0 km", "4.0 m")
    assert not same("one 1", "one 1 2")


@pytest.mark.parametrize("page", [page for page in WRITTEN if ">>>" in page.read_text(encoding="utf-8")], ids=name)
def test_sessions_answer_what_the_page_shows(page):
    text = re.sub(r"^```.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    session = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(session)
    assert runner.tries > 0
    assert runner.failures == 0


def python_blocks(page):
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [block for block in blocks if ">>>" not in block]


@pytest.mark.parametrize("page", [page for page in WRITTEN if python_blocks(page)], ids=name)
def test_code_on_a_page_runs(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in python_blocks(page):
        exec(compile(block, str(page), "exec"), names)  # noqa: S102 (our own pages)
    assert capsys.readouterr().out.strip()


def test_the_readme_has_a_five_line_example_that_prints_a_finding(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (block,) = python_blocks(ROOT / "README.md")
    assert len([line for line in block.splitlines() if line.strip()]) <= 5
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 (our own page)
    said = capsys.readouterr().out
    assert "Seattle" in said
    assert "%" in said


def test_the_readme_says_how_to_start_and_how_to_test():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for word in ("make briefing", "make test", "pip install .", "detente brief genoa-2001", "detente validate", "MIT"):
        assert word in text
    assert "](docs/pictures/briefing.png)" in text


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_links_lead_to_files_that_exist(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert [link for link in missing if link != "docs/pictures/briefing.png"] == []
    assert links
