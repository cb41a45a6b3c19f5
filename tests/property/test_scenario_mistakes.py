"""Whatever a person does to a scenario file, the loader reads it or says what is wrong; it never breaks."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.problems import BadInputError
from detente.scenario.load import examples
from detente.study.load import load

TEXT = examples()["minimal"].read_text(encoding="utf-8")
LINES = TEXT.split("\n")
SET = [index for index, line in enumerate(LINES) if "=" in line and not line.startswith("#")]
HEADS = [index for index, line in enumerate(LINES) if line.startswith("[")]
WORDS = sorted(set(re.findall(r"[\w-]+", TEXT)))
VALUES = [
    '""',
    '"x"',
    "0",
    "-1",
    "1e400",
    "nan",
    "true",
    "[]",
    "{}",
    "[1]",
    '["x"]',
    "[[]]",
    "2001-08-08",
    "1979-05-27T07:32:00Z",
    '"1 km"',
    '"us"',
    '["us"]',
    "{ value = 1 }",
    '{ value = "1 km", source = "assumed" }',
    '{ value = 0, source = "assumed" }',
    "{ a = { b = {} } }",
    '{ value = "1e308 km", source = "assumed" }',
    "99999999999999999999",
    '"\\u0000"',
]

values = st.tuples(st.sampled_from(SET), st.sampled_from(VALUES))
lines = st.integers(0, len(LINES) - 1)


def with_value(text, index, value):
    found = text.split("\n")
    return "\n".join([*found[:index], f"{found[index].split('=')[0]}= {value}", *found[index + 1 :]])


mistakes = st.one_of(
    values.map(lambda one: with_value(TEXT, *one)),
    st.tuples(values, values).map(lambda two: with_value(with_value(TEXT, *two[0]), *two[1])),
    lines.map(lambda index: "\n".join(LINES[:index] + LINES[index + 1 :])),
    st.tuples(lines, lines).map(lambda two: "\n".join([*LINES[: two[0]], LINES[two[1]], *LINES[two[0] :]])),
    st.integers(0, len(TEXT)).map(lambda end: TEXT[:end]),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(lambda two: TEXT.replace(*two)),
    st.tuples(
        st.sampled_from(HEADS), st.sampled_from(["[x]", "[[parties]]", "[cases]", "[a.b.c]", "[cases.alaska.x]"])
    ).map(lambda one: "\n".join([*LINES[: one[0]], one[1], *LINES[one[0] + 1 :]])),
)


def told(path):
    """Return what the loader says of a file: nothing where it reads it."""
    try:
        load(path)
    except BadInputError as error:
        return error.problems
    return ()


@given(text=mistakes)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mistaken_file_is_read_or_told(text, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    problems = told(path)
    assert all(one.file == str(path) and one.found and one.allowed and one.do for one in problems)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('title = "Alaska site"', 'title = "Alaska site"\nname = "hawaii"', "Delete the line"),
        ('title = "Alaska site"', 'title = "Alaska site"\nbased_on = { a = 1 }', "stands above"),
        ("on = 2001-08-08\nagreements", "on = 2001-08-08T10:00:00Z\nagreements", "a date without quotes"),
    ],
)
def test_mistakes_that_once_broke_it(tmp_path, old, new, word):
    path = tmp_path / "mine.toml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError, match=word):
        load(path)
