"""Reading TOML: positions of keys, and what a reader is told when a file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from detente.catalog.records import Force, Interceptor, Missile, Place, Region
from detente.files import Document, describe, problems_from_pydantic, read_text, read_toml
from detente.lines import locate
from detente.problems import BadInputError, Problem

TEXT = '''# a comment with = and [brackets]
plain = 1
dotted.key = "x # no comment, ] no end"
"quoted name".s = """
several ] } lines
of text"""
[table.inner]
items = [
  { k = 1, deep = [1,
     2] },  # a comment ]
  { k = 2 },
]
when = 2001-08-01 12:00:00
[[many]]
x = 1
[many.sub]
y = 2
[[many]]
x = { a = '#', b = """a"""" }
z = 3
[[many.deep]]
n = 1
[[many.deep]]
n = 2
'''

PLACES = {
    ("plain",): 2,
    ("dotted", "key"): 3,
    ("quoted name", "s"): 4,
    ("table", "inner"): 7,
    ("table", "inner", "items", "0", "k"): 9,
    ("table", "inner", "items", "0", "deep", "1"): 10,
    ("table", "inner", "items", "1", "k"): 11,
    ("table", "inner", "when"): 13,
    ("many",): 14,
    ("many", "0"): 14,
    ("many", "0", "sub", "y"): 17,
    ("many", "1"): 18,
    ("many", "1", "x", "b"): 19,
    ("many", "1", "z"): 20,
    ("many", "1", "deep", "0", "n"): 22,
    ("many", "1", "deep", "1", "n"): 24,
}


def problem(raised: pytest.ExceptionInfo[BadInputError]) -> Problem:
    (only,) = raised.value.problems
    return only


@pytest.mark.parametrize(("path", "line"), PLACES.items(), ids=map(".".join, PLACES))
def test_each_key_is_found_on_its_line(path: tuple[str, ...], line: int) -> None:
    assert locate(TEXT)[path] == line


def test_lines_do_not_depend_on_the_line_ends() -> None:
    assert locate(TEXT.replace("\n", "\r\n")) == locate(TEXT)


def test_an_absent_key_has_the_line_of_the_table_around_it() -> None:
    document = read_text(TEXT)
    assert document.line("many", 1, "deep", 1, "absent") == 23
    assert document.line("table.inner.absent") == 7
    assert document.line("absent") is None


def every_path(data: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [found for key, item in inner for found in every_path(item, (*path, str(key)))]


def test_every_key_of_the_packaged_files_has_a_line() -> None:
    package = Path(__file__).parents[2] / "src" / "detente"
    files = sorted(package.rglob("*.toml"))
    assert files
    for file in files:
        document = read_toml(file)
        known = locate(document.text)
        assert not [path for path in every_path(document.data) if path not in known], file


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(file).data == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "line", "found", "do"),
    [
        (b"", None, "an empty file", "Write it"),
        (b" \n\n", None, "an empty file", "Write it"),
        (b"# only this\n", None, "nothing but comments", "Write it"),
        (b'a = 1\nb = "caf\xe9"\n', 2, "byte 0xe9 at position 14, which is not UTF-8", "Save the file as UTF-8."),
        ("a = 1".encode("utf-16"), None, "UTF-16 text", "Save the file as UTF-8."),
        (b'a = 1\nb = "x', 2, "unterminated string at the end of the file", "if the file was cut off"),
        (b"a = 1\n[b\nc = 2\n", 2, "expected ']'", "Correct this line"),
        (b"a = 1\nb = 5 km\n", 2, "expected newline", 'key = "5500 km"'),
        (b"a = 1\na = 2\nb = 3", 2, "cannot overwrite a value", "Correct this line"),
        (b"a = " + b"[" * 20_000, None, "nested too deep", "Flatten"),
        (b"a = " + b"9" * 5_000, None, "4300 digits", "Correct it."),
    ],
)
def test_a_bad_file_says_where_and_what_to_do(
    tmp_path: Path, raw: bytes, line: int | None, found: str, do: str
) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(raw)
    with pytest.raises(BadInputError) as raised:
        read_toml(file)
    told = problem(raised)
    assert (told.file, told.line) == (str(file), line)
    assert found in told.found
    assert do in told.do


def test_a_missing_file_offers_its_neighbors(tmp_path: Path) -> None:
    (tmp_path / "genoa-2001.toml").write_text("a = 1")
    with pytest.raises(BadInputError, match="no such file") as raised:
        read_toml(tmp_path / "genoa-2011.toml")
    assert 'Did you mean "genoa-2001.toml"?' in problem(raised).do
    with pytest.raises(BadInputError, match="its folder does not exist"):
        read_toml(tmp_path / "nowhere" / "a.toml")


def test_a_folder_is_answered_with_the_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("a = 1")
    with pytest.raises(BadInputError, match=r"a folder.*a\.toml"):
        read_toml(tmp_path)


def test_a_device_is_not_read() -> None:
    with pytest.raises(BadInputError, match="a device or pipe"):
        read_toml(Path("/dev/zero"))


def mistakes(model: object, text: str) -> dict[str, Problem]:
    document: Document = read_text(text, "f.toml")
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(model).validate_python(document.data["a"])
    return {item.key: item for item in problems_from_pydantic(document, raised.value, model, ("a",))}


def test_every_mistake_of_a_place_is_told_at_once_with_its_line() -> None:
    told = mistakes(
        Place,
        """[a]
name = "a"
title = 3
latitude = { value = "91 deg", source = "s" }
longitude = { value = "12.5 km" }
altitude = { value = "2 km", low = "3 km", high = "-1 km", source = "s", seen = "maybe", sorce = "s" }
longitud = 5
""",
    )
    assert {key: item.line for key, item in told.items()} == {
        "a.title": 3,
        "a.latitude.value": 4,
        "a.longitude.source": 5,
        "a.longitude.value": 5,
        "a.altitude.low": 6,
        "a.altitude.high": 6,
        "a.altitude.seen": 6,
        "a.altitude.sorce": 6,
        "a.longitud": 7,
    }
    assert told["a.title"].allowed == "text in quotes"
    assert told["a.latitude.value"].allowed == "-90 to 90, in deg"
    assert told["a.longitude.source"].do.startswith("Add source")
    assert told["a.longitude.value"].found == '"12.5 km" is not a quantity in rad'
    assert told["a.altitude.low"].do == "Lower it."
    assert told["a.altitude.high"].allowed == "0 or more, in m"
    assert told["a.longitud"].do == 'Did you mean "longitude" or "latitude" or "altitude"?'


def test_a_negative_mass_deep_in_a_list_is_told_with_its_line() -> None:
    told = mistakes(
        Missile,
        """[a]
name = "a"
[[a.stages]]
propellant_mass = { value = "-5 kg", source = "s" }
[[a.stages]]
burn_time = 3
""",
    )
    assert told["a.stages.0.propellant_mass.value"].line == 4
    assert told["a.stages.0.propellant_mass.value"].found == "-5 kg is impossible"
    assert told["a.stages.1.burn_time"].line == 6
    assert told["a.stages.1.diameter"].found == "nothing"
    assert told["a.stages.1.diameter"].line == 5
    assert told["a.kind"].allowed == '"srbm", "mrbm", "irbm", "icbm", "slbm", "sounding-rocket"'


@pytest.mark.parametrize(
    ("model", "line", "key", "allowed", "do"),
    [
        (Interceptor, 'layer = "midcurse"', "a.layer", '"boost", "midcourse", "terminal"', 'Did you mean "midcourse"?'),
        (Interceptor, "layer = 1", "a.layer", '"boost", "midcourse", "terminal"', "Write one of these."),
        (Interceptor, 'strategic = "maybe"', "a.strategic", "true or false", "Replace it."),
        (Interceptor, 'first_available = "soon"', "a.first_available", "2001-08-01", "Replace it."),
        (Interceptor, 'sspk = { value = 2, source = "s" }', "a.sspk.value", "0 to 1", "Correct it."),
        (Interceptor, 'sspk = { value = nan, source = "s" }', "a.sspk.value", "0 to 1", "Correct it."),
        (
            Interceptor,
            'shots_per_target = { value = inf, source = "s" }',
            "a.shots_per_target.value",
            "0 or more",
            "Correct",
        ),
        (Interceptor, "greatest_range = 100", "a.greatest_range", "a table {", "Write {"),
        (Interceptor, 'greatest_range = { value = 100, source = "s" }', "a.greatest_range.value", "km", '"100 km"'),
        (Interceptor, 'burn_time = { value = "", source = "s" }', "a.burn_time.value", "1.5 s", "Write it in s"),
        (Interceptor, 'burn_time = { value = true, source = "s" }', "a.burn_time.value", "1.5 s", "Write it as"),
        (Region, 'points = [[1, "x"]]', "a.points.0.1", "a number", "Replace it."),
        (Region, "points = [[1]]", "a.points.0.1", "a number", "Add the item."),
        (Region, "points = 3", "a.points", "a list, each item: a list of 2 items", "Replace it."),
        (Force, "classes = { b = 1 }", "a.classes", "a list, each item: a table with name", "Replace it."),
        (Force, "classes = [1]", "a.classes.0", "a table with name, title, basing", "Replace it."),
    ],
)
def test_what_is_allowed_is_told_in_plain_words(model: object, line: str, key: str, allowed: str, do: str) -> None:
    told = mistakes(model, f"[a]\n{line}\n")[key]
    assert told.line == 2
    assert allowed in told.allowed
    assert do in told.do


def test_no_words_of_the_machine_reach_the_reader() -> None:
    told = mistakes(Interceptor, '[a]\nlayer = 1\nstrategic = "x"\nunknown = [1]\nfirst_available = "x"\nsspk = 1\n')
    text = "\n".join(map(str, told.values())).lower()
    assert not [word for word in ("input should", "valid string", "dict", "tuple", "pydantic", "none") if word in text]


def test_types_are_described_in_plain_words() -> None:
    assert describe(int) == "a whole number"
    assert describe(dict[str, bool]) == "a table, each entry: true or false"
    assert describe(str | None) == "text in quotes"
