"""The folder of a briefing: what is ours is brought up to date, what is not ours is left alone."""

import csv
import json
import os
from xml.etree import ElementTree

import pytest

from detente import load, run
from detente.briefing import brief as module
from detente.briefing.brief import MANIFEST, brief, folder_for, write
from detente.problems import BadInputError


@pytest.fixture(scope="module")
def answer():
    return run(load("minimal"), samples=0)


@pytest.fixture(scope="module")
def real(answer, tmp_path_factory):
    """Return what one briefing wrote."""
    return write(answer, tmp_path_factory.mktemp("deep") / "and" / "new")


@pytest.fixture
def small(monkeypatch):
    """Put small files in place of a briefing's: the rules of the folder do not depend on them."""
    files = {"briefing.html": "page", "results.json": "{}", "tables/one.csv": "a,b", "charts/one.svg": "<svg/>"}
    monkeypatch.setattr(module, "_contents", lambda _answer, _published: files)


def everything(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ours(folder):
    return set((folder / MANIFEST).read_text(encoding="utf-8").split("\n")) - {""}


def test_a_new_folder_holds_the_page_and_what_lies_beside_it(real):
    made, files = real, everything(real.folder)
    assert made.page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert {"briefing.html", "results.json"} <= set(files)
    assert any(name.startswith("tables/") and name.endswith(".csv") for name in files)
    assert any(name.startswith("charts/") and name.endswith(".svg") for name in files)
    assert "czml/alaska--one-missile.czml" in files
    assert set(files) == ours(made.folder) | {MANIFEST}
    assert made.answer
    assert len(files["briefing.html"]) < 5_000_000


def test_what_lies_beside_the_page_can_be_read(real, answer):
    folder = real.folder
    assert json.loads((folder / "results.json").read_text(encoding="utf-8"))["digest"] == answer.digest.whole
    for path in folder.glob("czml/*.czml"):
        assert json.loads(path.read_text(encoding="utf-8"))[0]["id"] == "document"
    for path in folder.glob("tables/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert len(head) > 1, path.name
        assert {len(row) for row in rows} <= {len(head)}, path.name
    for path in folder.glob("charts/*.svg"):
        root = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 (our own file)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_the_same_answer_writes_the_same_bytes(real, answer, tmp_path):
    assert everything(write(answer, tmp_path).folder) == everything(real.folder)


def test_a_folder_of_ours_is_brought_up_to_date_and_other_files_stay(small, answer, tmp_path):
    folder = write(answer, tmp_path).folder
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "charts" / "mine.svg").write_text("mine", encoding="utf-8")
    (folder / "briefing.html").write_text("old", encoding="utf-8")
    (folder / "charts" / "gone.svg").write_text("old", encoding="utf-8")
    listed = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(listed + "charts/gone.svg\n", encoding="utf-8")
    assert folder_for("minimal", folder, force=False) == folder
    write(answer, folder)
    files = everything(folder)
    assert files["notes.txt"] == b"mine"
    assert files["charts/mine.svg"] == b"mine"
    assert files["briefing.html"] != b"old"
    assert "charts/gone.svg" not in files
    assert not [name for name in files if ".writing" in name]


def test_a_list_that_names_files_elsewhere_deletes_nothing_there(small, answer, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / MANIFEST).write_text(f"../outside.txt\n{outside}\n", encoding="utf-8")
    write(answer, folder)
    assert outside.read_text(encoding="utf-8") == "mine"


def test_a_foreign_folder_is_refused_and_untouched(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(BadInputError, match="--force"):
        brief("minimal", tmp_path, samples=0)
    assert everything(tmp_path) == before


def test_with_force_a_foreign_folder_is_written_and_its_files_kept(small, answer, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert folder_for("minimal", tmp_path, force=True) == tmp_path
    write(answer, tmp_path)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    assert (tmp_path / "briefing.html").exists()


def test_an_empty_folder_is_taken(tmp_path):
    assert folder_for("minimal", tmp_path, force=False) == tmp_path


def test_a_file_is_no_folder(tmp_path):
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(BadInputError, match="a file; allowed: a folder"):
        folder_for("minimal", file, force=True)


def test_a_folder_that_cannot_be_made_is_told(small, answer, tmp_path):
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(BadInputError, match="--out"):
        write(answer, file / "below")
    assert file.read_text(encoding="utf-8") == "x"


def test_without_a_folder_the_name_of_the_scenario_is_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert str(folder_for("minimal", None, force=False)) == os.path.join("out", "minimal")
    assert str(folder_for(tmp_path / "mine.toml", None, force=False)) == os.path.join("out", "mine")


def test_bad_input_writes_nothing(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "x"\n', encoding="utf-8")
    with pytest.raises(BadInputError):
        brief(bad, tmp_path / "made", samples=0)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.toml"]


def test_a_defect_while_composing_writes_nothing(answer, tmp_path, monkeypatch):
    def broken(_answer, _published):
        raise RuntimeError("a defect")

    monkeypatch.setattr(module, "_contents", broken)
    with pytest.raises(RuntimeError, match="a defect"):
        write(answer, tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_full_disk_leaves_the_earlier_briefing_whole(small, answer, tmp_path, monkeypatch):
    folder = write(answer, tmp_path).folder
    before = everything(folder)

    def full(_path, _text, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.Path, "write_text", full)
    with pytest.raises(BadInputError, match="No space left"):
        write(answer, folder)
    monkeypatch.undo()
    assert everything(folder) == before
