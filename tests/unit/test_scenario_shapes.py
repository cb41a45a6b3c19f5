"""A scenario names the shape of a trajectory as detente fly does: a name, an apogee, a re-entry angle."""

import re

import jsonschema
import pytest

from detente.flight.shape import Apogee, Depressed, Lofted, MinimumEnergy, ReentryAngle, shape
from detente.problems import BadInputError
from detente.scenario.load import examples, load
from detente.scenario.shapes import PATTERN, parsed
from detente.study.run import flown
from detente.study.schema import schema

GOOD = {
    "minimum-energy": MinimumEnergy(),
    "lofted": Lofted(),
    "depressed": Depressed(),
    "1200 km": Apogee(1.2e6),
    "1450.5km": Apogee(1_450_500.0),
    "900": Apogee(9e5),
    "25 deg": ReentryAngle(0.4363323129985824),
    "25deg": ReentryAngle(0.4363323129985824),
}
BAD = ["high", "Lofted", "-5 km", "0 km", "nan", "inf", "1e99", "95 deg", "0 deg", "deg", "", "1200 miles", "25 deg\n"]


def written(folder, value):
    text = examples()["minimal"].read_text(encoding="utf-8")
    text = re.sub(r"(\[threats\.[^\]]*\]\n)", rf"\1trajectory = {value}\n", text, count=1)
    path = folder / "shaped.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("text", "found"), GOOD.items())
def test_a_shape_that_can_be_written(text, found):
    assert shape(text) == found
    assert re.fullmatch(PATTERN, text)


@pytest.mark.parametrize("text", BAD)
def test_a_shape_that_is_none(text):
    with pytest.raises(ValueError, match='an apogee such as "1200 km", or a re-entry angle such as "25 deg"'):
        parsed(text)


@pytest.mark.parametrize(("text", "said"), [("1500 km", "apogee 1500 km"), ("28 deg", "re-entry at 28.0 deg")])
def test_the_flights_of_a_scenario_have_it(tmp_path, text, said):
    (flights,) = flown(load(written(tmp_path, f'"{text}"'))).values()
    assert [each.shape for each in flights] == [said]


@pytest.mark.parametrize("value", ['"high"', '"0 km"', '"95 deg"', "1200", "true"])
def test_a_scenario_with_another_is_refused_with_its_line(tmp_path, value):
    with pytest.raises(BadInputError) as error:
        load(written(tmp_path, value))
    (problem,) = error.value.problems
    assert problem.key.endswith(".trajectory")
    assert problem.line is not None
    assert problem.found == value
    assert '"25 deg"' in problem.allowed


def test_the_schema_tells_the_form():
    field = schema("scenario")["$defs"]["Threat"]["properties"]["trajectory"]
    assert 're-entry angle such as "25 deg"' in field["description"]
    for text in GOOD:
        jsonschema.validate(text, {key: field[key] for key in ("type", "pattern")})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate("high", {key: field[key] for key in ("type", "pattern")})
