"""What would cure a break, tried on both sides of its number, and the dates to keep."""

import dataclasses
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.forces.reduce import reduced
from detente.scenario.load import load
from detente.treaties.calendar import calendar
from detente.treaties.check import agreement, check, every, misnamed, names
from detente.treaties.dated import months_after, months_before
from detente.treaties.remedies import remedies
from detente.treaties.rule import BROKEN

GENOA = load("genoa-2001", [misnamed])


def cures(world, agreement_name, row, article, subject=None):
    """Return the remedies of a world for the breaks of a clause, by kind."""
    made = world(agreement_name, row)
    found = remedies(made.scenario, made.case, made.forces, made.check())
    return {each.kind: each for each in found if each.article == article and subject in {None, each.subject}}


def forces_of(case):
    return {party: reduced(GENOA.catalog.forces[plan.base], plan) for party, plan in case.forces.items()}


@pytest.mark.parametrize("name", GENOA.cases)
def test_a_remedy_that_was_tried_leaves_no_such_break(name):
    case = every(GENOA.cases[name])
    findings = check(GENOA, case, forces_of(case))
    found = remedies(GENOA, case, forces_of(case), findings)
    broken = {(each.agreement, each.article, each.subject) for each in findings if each.status in BROKEN}
    cured = {(each.agreement, each.article, each.subject) for each in found if each.checked}
    assert cured == broken


def test_the_us_framework_can_move_one_site_and_drop_two_systems():
    case = GENOA.cases["us-framework"]
    found = remedies(GENOA, case, forces_of(case), check(GENOA, case, forces_of(case)))
    said = {(each.article, each.kind): each.change for each in found}
    assert said["III", "move"] == "move alaska to grand-forks"
    assert said["I(2)", "drop"] == "drop alaska, airborne-laser, space-based"
    assert said["I(2)", "move"] == "move alaska to grand-forks, and drop airborne-laser, space-based"
    assert not any(each.kind == "withdraw" for each in found)  # it had ended by 2007


def test_a_slower_target_keeps_the_statements_of_1997(world):
    row = {
        "on": date(2001, 8, 8),
        "state": "as-if-in-force",
        "tests": [
            {
                "strategic": False,
                "basing": "mobile-land",
                "burnout_speed": "2.7 km/s",
                "shot_speed": "5.001 km/s",
                "shot_range": "3500.001 km",
            }
        ],
    }
    made = world("demarcation-1997", row)
    found = remedies(made.scenario, made.case, made.forces, made.check())
    said = {each.kind: each for each in found}
    assert said["slow"].change == "test tested-0 only against targets of at most 5 km/s"
    assert said["shorten"].change == "test tested-0 only against targets of at most 3,500 km range"
    assert said["slow"].checked
    assert said["shorten"].checked


def test_a_shorter_target_keeps_article_vi(world):
    row = {"on": date(2001, 8, 8), "tests": [{"strategic": False, "shot_range": "5500.001 km"}]}
    found = cures(world, "abm-1972", row, "VI(a)")
    assert set(found) == {"drop", "shorten", "agree"}
    assert "5,500 km" in found["shorten"].change


def test_a_shorter_target_keeps_the_text_of_1985(world):
    shot = {"interceptor": "s-300pmu-2", "strategic": False, "basing": "mobile-land", "shot_range": "9000 km"}
    row = {"on": date(2001, 8, 8), "tests": [{"party": "russia", "place": "sary-shagan", **shot}]}
    found = cures(world, "abm-1972", row, "SCC 1985")
    assert found["shorten"].change == "test s-300pmu-2 only against targets of at most 5,500 km range"


def test_an_interceptor_credited_with_less_keeps_the_statements(world):
    row = {
        "on": date(2001, 8, 8),
        "state": "as-if-in-force",
        "deployments": [
            {
                "strategic": False,
                "basing": "mobile-land",
                "burnout_speed": "2.7 km/s",
                "target_speed": "4 km/s",
                "largest_target_range": "4000 km",
            }
        ],
    }
    found = cures(world, "demarcation-1997", row, "First Statement")
    assert found["shorten"].change == "credit and test interceptor-0 only with targets of at most 3,500 km range"


def test_as_many_interceptors_fewer_as_are_too_many(world):
    row = {"on": date(2001, 8, 8), "deployments": [{"count": 68}, {"count": 33}]}
    found = cures(world, "abm-1972", row, "III(a)", "ABM interceptors of russia")
    assert found["fewer"].change == "1 fewer in deployment-0: 67"
    assert found["drop"].change == "drop deployment-1"


def test_as_many_test_launchers_fewer_as_are_too_many(world):
    row = {"on": date(2001, 8, 8), "tests": [{"launchers": 11}, {"launchers": 5, "place": "white-sands"}]}
    assert cures(world, "abm-1972", row, "IV")["fewer"].change == "1 fewer in test test-0: 10"


def test_a_move_that_breaks_something_else_says_so(world):
    row = {
        "on": date(2001, 8, 8),
        "deployments": [
            {"party": "us", "place": "fort-greely", "count": 60},
            {"party": "us", "place": "grand-forks", "count": 60},
        ],
    }
    found = cures(world, "abm-1972", row, "III")
    assert found["move"].brings == ("III(b), ABM interceptors of us",)
    assert "which breaks III(b)" in found["move"].shown()
    assert found["drop"].brings == ()


def test_a_radar_outside_the_area_is_left_out(world):
    status = [{"since": date(2000, 4, 1), "state": "construction"}]
    radars = {"shemya": {"role": "abm", "party": "us", "place": "fort-greely", "use": "sensor", "status": status}}
    found = cures(world, "abm-1972", {"on": date(2001, 8, 8), "radars": radars}, "III")
    assert found["drop"].change == "leave out shemya"


@pytest.mark.parametrize(("count", "left_out"), [(6, None), (7, "leave out a"), (8, "leave out a, b")])
def test_as_few_radars_are_left_out_as_it_takes(world, count, left_out):
    radars = {name: {"role": "abm", "place": "moscow", "use": "rebuilt"} for name in "abcdefgh"[:count]}
    found = cures(world, "abm-1972", {"on": date(2001, 8, 8), "radars": radars}, "III(a)")
    assert (found["drop"].change if found else None) == left_out


@pytest.mark.parametrize(("launchers", "left"), [(1540, None), (1541, 1540)])
def test_a_force_is_cut_to_the_limit(world, launchers, left):
    row = {"on": date(2001, 12, 5), "forces": {"russia": [{"launchers": launchers / 10, "attributed": 10}]}}
    row["forces"]["russia"][0]["heavy"] = True
    found = cures(world, "start-1", row, "II(1)(b)")
    assert bool(left) == ("cut" in found)
    if left:
        assert "to 154" in found["cut"].change
        assert found["cut"].checked


def test_missiles_with_several_warheads_go_where_none_are_allowed(world):
    forces = {"us": [{"launchers": 50, "attributed": 10}, {"launchers": 500, "attributed": 1}]}
    row = {"on": date(2007, 12, 31), "state": "as-if-in-force", "forces": forces}
    found = cures(world, "start-2", row, "I(2) and I(4)")
    assert found["cut"].change.endswith("cut launchers in proportion: class 0 from 50 to 0")
    assert found["cut"].change.startswith("warheads on ICBMs with more than one: ")


def test_a_declared_number_is_brought_to_the_limit(world):
    row = {"on": date(2007, 12, 31), "state": "as-if-in-force", "plans": {"us": {"ceiling": 2501}}}
    assert cures(world, "helsinki-1997", row, "Levels")["cut"].change == "declare 2,500 at most"


def test_withdrawal_names_the_last_day_for_its_notice(world):
    row = {"on": date(2002, 6, 12), "deployments": [{"place": "fort-greely", "party": "us"}]}
    found = cures(world, "abm-1972", row, "XV(2)")["withdraw"]
    assert found.by == date(2001, 12, 12)
    assert "free from 2002-12-12" in found.change
    assert "not tried" in found.shown()


def test_what_the_memorandum_lacks_can_be_released(world):
    row = {"on": date(2001, 8, 8), "state": "as-if-in-force", "sharing": ["us", "russia"]}
    assert "rough direction" in cures(world, "jdec-2000", row, "Data")["share"].change


@given(st.dates(date(1970, 1, 1), date(2030, 12, 31)), st.integers(1, 24))
def test_the_last_day_for_notice_is_the_last(day, months):
    last = months_before(day, months)
    assert months_after(last, months) <= day < months_after(last + timedelta(1), months)


def test_the_notice_of_december_2001_takes_effect_in_june_2002():
    case = GENOA.cases["us-framework"]
    found = calendar(case, check(GENOA, case, forces_of(case)), GENOA.on)
    (notice,) = [each for each in found if each.what == "notice of withdrawal"]
    assert (notice.day, notice.effective) == (date(2001, 12, 13), date(2002, 6, 13))
    assert [each.day for each in found] == sorted(each.day for each in found)


@pytest.mark.parametrize("name", names())
def test_a_notice_of_withdrawal_ends_an_agreement_after_its_months(name):
    known = agreement(name)
    if known.notice:
        (months,) = known.parameters["withdrawal_months"].values
        assert months_after(known.notice, int(months.si)) == known.ended
    else:
        assert "notice of withdrawal" not in known.ended_by


def test_setting_aside_while_it_binds_has_its_last_day_in_the_calendar(world):
    made = world("abm-1972", {"on": date(2002, 6, 12), "state": "set-aside"})
    (due, *_) = calendar(made.case, made.check(), date(2001, 8, 8))
    assert (due.day, due.effective, due.article) == (date(2001, 12, 12), date(2002, 6, 12), "XV(2)")


@pytest.mark.parametrize(("on", "due"), [(date(2001, 4, 1), date(2001, 4, 1)), (date(2001, 4, 2), date(2002, 4, 1))])
def test_yearly_data_are_due_on_the_first_of_april(world, on, due):
    row = {"on": on, "state": "as-if-in-force", "deployments": [{"interceptor": "s-300v", "strategic": False}]}
    made = world("demarcation-1997", row)
    (entry,) = [each for each in calendar(made.case, made.check(), on) if each.article == "Confidence Building I(2)"]
    assert entry.day == due


def test_limits_to_come_are_in_the_calendar_and_later_than_its_start():
    case = GENOA.cases["start-2"]
    found = calendar(case, (), date(2004, 12, 31))
    days = {each.day for each in found if each.agreement == "start-2"}
    assert days == {date(2004, 12, 31), date(2007, 12, 31)}
    assert not [each for each in calendar(case, (), date(2008, 1, 1)) if each.agreement == "start-2"]
    assert not [each for each in found if each.agreement == "abm-1972"]  # read as if in force, it has no end


def test_nothing_unverified_is_proposed_without_saying_so(world):
    row = {"on": date(2001, 8, 8), "deployments": [{"party": "us", "place": "warsaw"}]}
    made = world("abm-1972", row)
    findings = made.check()
    shown = [*remedies(made.scenario, made.case, made.forces, findings), *calendar(made.case, findings, row["on"])]
    assert {each.text_status for each in shown} == {"seen", "quoted", "unverified"}
    assert all(("unverified" in each.shown()) == (each.text_status == "unverified") for each in shown)


def test_all_cases_and_agreements_of_genoa_take_less_than_half_a_second():
    forces = {name: forces_of(case) for name, case in GENOA.cases.items()}
    started = time.process_time()
    for name, case in GENOA.cases.items():
        held = every(dataclasses.replace(case, agreements={**dict.fromkeys(names(), "as-if-in-force")}))
        findings = check(GENOA, held, forces[name])
        remedies(GENOA, held, forces[name], findings)
    assert time.process_time() - started < 0.5
