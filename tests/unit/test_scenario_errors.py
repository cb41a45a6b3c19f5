"""Bad scenarios: every mistake at once, each with file, key, line, what was found, what is allowed, what to do."""

import pytest

from detente.problems import BadInputError
from detente.scenario.load import examples
from detente.study.load import load

MINIMAL = examples()["minimal"].read_text(encoding="utf-8")


def problems(tmp_path, text, name="mine.toml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(BadInputError) as caught:
        load(path)
    return caught.value.problems


def changed(*pairs):
    text = MINIMAL
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize("name", sorted(examples()))
def test_bundled_examples_load_by_name(name):
    scenario = load(name)
    assert scenario.name == name
    assert scenario.cases


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known(tmp_path):
    text = changed(('summary = "Twenty', 'sumary = "Twenty'))
    found = problems(tmp_path, text)
    one = next(item for item in found if "sumary" in item.key)
    assert one.line == text.splitlines().index(next(li for li in text.splitlines() if li.startswith("sumary"))) + 1
    assert "summary" in one.do


def test_many_mistakes_are_told_at_once(tmp_path):
    text = changed(
        ('missile = "generic-liquid-icbm"', 'missile = "generic-liqiud-icbm"'),
        ('launch = "musudan-ri"', 'launch = "musudanri"'),
        ('kind = "limited"', 'kind = "huge"'),
        ('value = "60 s"', 'value = "60 km"'),
        ('low = "1 min"', 'low = "-1 min"'),
        ("count = { value = 20, low = 20, high = 100, source", "count = { value = 20, low = 20, high = 100, sauce"),
        ('constellations = ["dsp"]', 'constellations = ["dps"]'),
    )
    found = problems(tmp_path, text)
    said = "\n".join(str(item) for item in found)
    for word in ("generic-liquid-icbm", "musudan-ri", "huge", "60 km", "-1 min", "sauce", '"dsp"'):
        assert word in said
    assert all(item.file.endswith("mine.toml") and item.do and item.allowed for item in found)
    assert all(item.line for item in found)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("count = { value = 20, low = 20", "count = { value = -20, low = -20", "impossible"),
        ("count = { value = 20, low = 20", "count = { value = 20, low = 30", "above the value"),
        ('source = "president-minutes"', 'source = "nobody-1999"', "nobody-1999"),
        ('source = "president-minutes"', 'source = ""', "Add source"),
        ("on = 2001-08-08\nagreements", "on = 2001-13-08\nagreements", ""),
        ('abm-1972 = "in-force"', 'abm-1972 = "sort of"', "set-aside"),
        ('abm-1972 = "in-force"', 'abm-1979 = "in-force"', "abm-1972"),
        ("on = 2001-08-08\nagreements", "on = 2004-08-08\nagreements", "as-if-in-force"),
        ('aims = ["seattle"]', "aims = []", ""),
        ('protects = ["us"]', 'protects = ["usa"]', '"us"'),
        ('aims = ["seattle"]', 'missiles = 0\naims = ["seattle"]', ""),
    ],
)
def test_one_mistake_is_told_with_the_way_out(tmp_path, old, new, word):
    found = problems(tmp_path, changed((old, new)))
    assert found
    assert word in "\n".join(str(item) for item in found)


def test_latitude_91_is_impossible(tmp_path):
    text = MINIMAL + (
        '\n[places.nowhere]\ntitle = "Nowhere"\n'
        'latitude = { value = "91 deg", source = "assumed" }\nlongitude = { value = "0 deg", source = "assumed" }\n'
    )
    (one,) = problems(tmp_path, text)
    assert one.key == "places.nowhere.latitude.value"
    assert "-90 to 90" in str(one)
    assert one.line


def test_a_scenario_without_a_case(tmp_path):
    head, tail = MINIMAL.split("[cases.alaska]")
    text = head + "[assumptions]" + tail.split("[assumptions]")[1]
    said = "\n".join(map(str, problems(tmp_path, text)))
    assert "at least one case" in said


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (MINIMAL.partition('"gbi"')[0].encode() + b'"gb', "end of the file"),
        (MINIMAL.encode("utf-16"), "UTF-16"),
        (MINIMAL.replace("One warhead", "Un mis\u00e9rable").encode("latin-1"), "UTF-8"),
        (b"\x00\x01\x02", ""),
        (b'[a]\nb = "x"\n', "cases"),
    ],
)
def test_files_that_are_no_scenario(tmp_path, content, word):
    assert word in "\n".join(map(str, problems(tmp_path, content)))


def test_unknown_scenario_names_offer_the_nearest():
    with pytest.raises(BadInputError, match="genoa-2001"):
        load("genova-2001")


def test_a_case_based_on_nothing(tmp_path):
    text = changed(('title = "Alaska site"', 'title = "Alaska site"\nbased_on = "hawaii"'))
    assert any("based_on" in item.key for item in problems(tmp_path, text))


def test_a_case_takes_over_what_it_does_not_change(tmp_path):
    text = (
        MINIMAL
        + '\n[cases.more]\nbased_on = "alaska"\ntitle = "More"\n'
        + 'summary = "The same with nothing to fire."\ndefenses = []\n'
    )
    path = tmp_path / "two.toml"
    path.write_text(text, encoding="utf-8")
    scenario = load(path)
    assert scenario.cases["more"].defenses == ()
    assert scenario.cases["more"].sensors == scenario.cases["alaska"].sensors
    assert scenario.cases["more"].title == "More"
