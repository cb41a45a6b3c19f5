"""The check as a whole: bad names, every bundled case, speed of thought, and what each record says of itself."""

import dataclasses
from datetime import date

import pytest

from detente.catalog.load import force
from detente.problems import BadInputError
from detente.scenario.load import load
from detente.treaties import dated
from detente.treaties.check import agreement, check, misnamed, names
from detente.treaties.count import Holding, count_start_1, start_1
from detente.treaties.dated import months_after

GENOA = load("genoa-2001", [misnamed])


def findings(case, **changes):
    held = dataclasses.replace(GENOA.cases[case], **changes)
    forces = {party: GENOA.catalog.forces[plan.base] for party, plan in held.forces.items()}
    return check(GENOA, held, forces)


def status(found, article, subject):
    (one,) = {each.status for each in found if (each.article, each.subject) == (article, subject)}
    return one


def test_august_2001_keeps_the_abm_treaty():
    kept = [each for each in findings("abm-treaty") if each.agreement == "abm-1972"]
    assert {each.status for each in kept} == {"complies"}


def test_the_us_framework_would_break_it():
    found = findings("us-framework")
    assert status(found, "III", "alaska") == "breaks"
    assert status(found, "V(1)", "space-based") == "breaks"
    assert status(found, "SCC 1978 I(4)", "tests at fort-greely") == "notice owed"
    assert status(found, "IX", "ankara-s-300") == "complies"
    assert not any(each.binding for each in found if each.agreement == "abm-1972")


def test_the_russian_proposal_stays_inside_the_1997_statements():
    found = [each for each in findings("russian-proposal") if each.agreement == "demarcation-1997"]
    assert {each.status for each in found} == {"complies", "notice owed"}


def test_moving_the_interceptors_changes_the_findings_that_it_should():
    case = GENOA.cases["us-framework"]
    moved = tuple(
        dataclasses.replace(each, site="grand-forks") if each.name == "alaska" else each for each in case.defenses
    )
    before, after = findings("us-framework"), findings("us-framework", defenses=moved)
    assert status(after, "III(b)", "alaska") == "complies"
    changed = {(each.article, each.subject) for each in set(before) ^ set(after)}
    counted = ("III(b)", "ABM interceptors of us")
    assert changed == {("III", "alaska"), ("III(b)", "alaska"), counted, ("I(2)", "defense of us")}


def test_more_interceptors_exceed():
    case = GENOA.cases["abm-treaty"]
    more = tuple(
        dataclasses.replace(each, count=dataclasses.replace(each.count, value=each.count.value + 1))
        for each in case.defenses
    )
    assert status(findings("abm-treaty", defenses=more), "III(a)", "ABM interceptors of russia") == "breaks"


def test_every_finding_is_whole():
    for case in GENOA.cases:
        for each in findings(case):
            assert each.because
            assert each.source
            assert each.article in agreement(each.agreement).clauses
            assert (each.limit is None) == (each.value is None) == (each.margin is None) == (each.unit == "")
            assert each.margin is None or each.margin == each.limit - each.value


def test_unknown_agreements_are_told_at_once_with_the_nearest_names():
    with pytest.raises(BadInputError) as error:
        findings("abm-treaty", agreements={"abm-1973": "in-force", "start1": "in-force", "start-1": "in-force"})
    assert len(error.value.problems) == 2
    assert 'Did you mean "abm-1972"' in str(error.value)
    assert '"start-1"' in str(error.value)


def test_an_unknown_agreement_by_itself():
    with pytest.raises(BadInputError, match="sort-2002"):
        agreement("sort")


def test_an_unknown_interceptor_is_told():
    wrong = tuple(dataclasses.replace(each, interceptor="53t7") for each in GENOA.cases["abm-treaty"].defenses)
    with pytest.raises(BadInputError, match="53t6"):
        findings("abm-treaty", defenses=wrong)


def test_the_scenario_loader_is_told_of_names_and_dates():
    agreements = {"abm-1973": "in-force", "abm-1972": "in-force", "start-2": "in-force", "start-1": "in-force"}
    raw = {"cases": {"late": {"on": date(2002, 6, 13), "agreements": agreements}}}
    told = {path[-1]: (found, do) for path, found, _, do in misnamed(raw)}
    assert set(told) == {"abm-1973", "abm-1972", "start-2"}
    assert "ended 2002-06-13" in told["abm-1972"][0]
    assert "never in force" in told["start-2"][0]


@pytest.mark.parametrize(
    "raw", [{}, {"cases": 1}, {"cases": {"a": 1}}, {"cases": {"a": {"agreements": 1}}}, {"cases": {"a": {}}}]
)
def test_a_broken_scenario_is_left_to_the_loader(raw):
    assert list(misnamed(raw)) == []


@pytest.mark.parametrize("name", names())
def test_agreements_read_strictly(name):
    known = agreement(name)
    assert known.name == name
    assert known.in_force is None or known.signed <= known.in_force < (known.ended or date.max)
    assert bool(known.ended_by) == (known.in_force is None or known.ended is not None)


def test_why_not_says_when():
    known = agreement("start-1")
    assert "signed only" in known.why_not(date(1990, 1, 1))
    assert "in force only from" in known.why_not(date(1993, 1, 1))
    assert "fifteen years" in known.why_not(date(2010, 1, 1))


def test_a_date_at_the_end_of_a_month_stays_in_it():
    assert months_after(date(2003, 8, 31), 6) == date(2004, 2, 29)
    assert months_after(date(2001, 12, 31), 0) == date(2001, 12, 31)


def test_a_clause_that_is_lost_is_told():
    known = agreement("sort-2002")
    with pytest.raises(ValueError, match="does not hold"):
        dated._checked(dataclasses.replace(known, withdrawal="XX"), "sort_2002")


def test_values_out_of_order_are_told():
    known = agreement("start-1")
    turned = dataclasses.replace(
        known.parameters["warheads"], values=tuple(reversed(known.parameters["warheads"].values))
    )
    with pytest.raises(ValueError, match="order of time"):
        dated._checked(dataclasses.replace(known, parameters={"warheads": turned}), "start_1")


def test_unknown_equipment_matters_only_beyond_the_flat_rate():
    bombers = Holding(kind="bomber", launchers=150, attributed=10, cruise_missiles=True)
    assert start_1([bombers], "us").warheads == 1500
    assert start_1([dataclasses.replace(bombers, launchers=151)], "us").warheads is None


def test_one_unknown_throw_weight_makes_the_sum_unknown():
    known = force("us-1990")
    assert count_start_1(known, "us").throw_weight is not None
    silent = (dataclasses.replace(known.classes[0], throw_weight=None), *known.classes[1:])
    assert count_start_1(dataclasses.replace(known, classes=silent), "us").throw_weight is None
