"""Other sensors from the terminal: which constellation a number counts, which radar works, and what is refused."""

import re
from dataclasses import replace

import pytest

from detente.problems import BadInputError
from detente.scenario.load import load
from detente.sensing import network
from detente.study.what_if import WhatIf, changed, working_radars


@pytest.fixture(scope="module")
def genoa():
    return load("genoa-2001")


def asked(scenario, *cases, **options):
    made = changed(scenario, WhatIf(**options), cases or ("abm-treaty",))
    return made.cases[(cases or ("abm-treaty",))[0]]


def refused(scenario, *cases, **options):
    with pytest.raises(BadInputError) as error:
        asked(scenario, *cases, **options)
    return [str(problem) for problem in error.value.problems]


def on_station(scenario, case, party):
    return {record.name: count for record, count in network.constellations(scenario, case, party)}


def test_nothing_asked_is_nothing_changed(genoa):
    assert changed(genoa, WhatIf(), list(genoa.cases)) == genoa
    assert WhatIf().told() == ""


@pytest.mark.parametrize("text", ["4", "oko-us-ks=4", "russia/oko-us-ks=4", " russia/oko-us-ks = 4"])
def test_a_bare_number_counts_the_constellation_that_the_scenario_counts(genoa, text):
    case = asked(genoa, satellites=(text,))
    assert on_station(genoa, case, "russia") == {"oko-us-ks": 4}
    number = case.sensors["russia"].satellites["oko-us-ks"]
    assert (number.low, number.high) == (4, 4)


def test_with_one_constellation_a_bare_number_counts_it():
    minimal = load("minimal")
    case = asked(minimal, "alaska", satellites=("3",))
    assert on_station(minimal, case, "us") == {"dsp": 3}


def test_satellites_may_be_given_to_a_party_that_had_none(genoa):
    case = asked(genoa, satellites=("oko-us-kmo=1", "russia/oko-us-ks=9"))
    assert on_station(genoa, case, "russia") == {"oko-us-kmo": 1, "oko-us-ks": 9}
    europe = asked(genoa, satellites=("europe/dsp=2",))
    assert on_station(genoa, europe, "europe") == {"dsp": 2}


def test_no_satellites_is_a_number_too(genoa):
    assert on_station(genoa, asked(genoa, satellites=("dsp=0",)), "us") == {}


def test_radars_go_and_come(genoa):
    case = asked(genoa, without=("don-2n", "pechora-daryal"), added=("skrunda-dnepr", "krasnoyarsk-daryal-u"))
    working = working_radars(genoa, case)
    assert {"skrunda-dnepr", "krasnoyarsk-daryal-u"} <= working
    assert not {"don-2n", "pechora-daryal"} & working


def test_a_radar_rebuilt_in_the_case_can_be_taken_away(genoa):
    before = working_radars(genoa, genoa.cases["us-framework"])
    case = asked(genoa, "us-framework", without=("mishelevka-daryal-u",))
    assert before - working_radars(genoa, case) == {"mishelevka-daryal-u"}


def test_only_the_cases_that_are_asked_about_change(genoa):
    made = changed(genoa, WhatIf(without=("don-2n",)), ["abm-treaty"])
    assert made.cases["start-2"] == genoa.cases["start-2"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"satellites": ("ten",)}, '"ten"; allowed: a whole number of satellites, 0 or more'),
        ({"satellites": ("-1",)}, "a whole number of satellites, 0 or more"),
        ({"satellites": ("4.5",)}, "a whole number of satellites"),
        ({"satellites": ("",)}, "a whole number of satellites"),
        ({"satellites": ("99",)}, "for oko-us-ks 0 to 9"),
        ({"satellites": ("oko=4",)}, 'Did you mean "oko-us-ks"'),
        ({"satellites": ("rusia/oko-us-ks=4",)}, 'Did you mean "russia"'),
        ({"satellites": ("3", "oko-us-ks=4")}, "russia/oko-us-ks twice"),
        ({"without": ("don2n",)}, 'unknown radar "don2n".*Did you mean "don-2n"'),
        (
            {"without": ("skrunda-dnepr",)},
            "which does not work in case abm-treaty; allowed: a radar that works there: ",
        ),
        ({"added": ("skrunda",)}, 'Did you mean "skrunda-dnepr"'),
        ({"added": ("don-2n",)}, "works already"),
        ({"added": ("skrunda-dnepr",), "without": ("skrunda-dnepr",)}, "with and without"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_move(genoa, options, said):
    (problem,) = refused(genoa, **options)
    assert problem.startswith("command line: --")
    assert re.search(said, problem)


def test_a_bare_number_that_could_count_several_is_refused(genoa):
    case = genoa.cases["abm-treaty"]
    bare = {party: replace(sensors, satellites={}) for party, sensors in case.sensors.items()}
    several = replace(genoa, cases={"abm-treaty": replace(case, sensors=bare)})
    (problem,) = refused(several, satellites=("4",))
    assert "where 2 constellations could be meant; allowed: us/dsp=N, russia/oko-us-ks=N" in problem


def test_a_radar_of_nobody_in_the_scenario_cannot_be_added():
    (problem,) = refused(load("minimal"), "alaska", added=("skrunda-dnepr",))
    assert "which is no party of the scenario; allowed: a radar of us, third-party" in problem


def test_everything_wrong_is_told_at_once(genoa):
    assert len(refused(genoa, satellites=("ten", "oko=3"), without=("don2n",), added=("skrunda",))) == 4
