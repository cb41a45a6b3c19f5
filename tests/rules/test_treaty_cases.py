"""Every rule on both sides of its numbers and dates: the cases that stand beside it."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest

from detente.treaties.check import agreement, names, rules

NO_THRESHOLD = {"withdrawal_months", "flat_us", "flat_russia"}
"""Parameters that are a period or a rate: nothing is just above or below them."""


def cases(name):
    folder = files("detente.treaties") / name.replace("-", "_")
    return tomllib.loads((folder / "cases.toml").read_text("utf-8"))["case"]


ALL = [(name, row) for name in names() for row in cases(name)]


def meant(finding, expect):
    """Whether a finding is the one that a case speaks of."""
    fields = ("article", "party", "subject", "unit")
    same = all(getattr(finding, field) == expect[field] for field in fields if field in expect)
    return same and (finding.because.startswith(expect["what"] + ":") if "what" in expect else True)


@pytest.mark.parametrize(("name", "row"), ALL, ids=[f"{name}: {row['name']}" for name, row in ALL])
def test_case(world, name, row):
    expect = row["expect"]
    found = world(name, row).check()
    if "article" in expect:
        spoken = [finding for finding in found if meant(finding, expect)]
        assert {finding.status for finding in spoken} == {expect["status"]}, [each.shown() for each in found]
        assert all(getattr(each, key) == expect[key] for each in spoken for key in ("margin", "value") if key in expect)
        assert all(str(expect.get("says", "")) in finding.because for finding in spoken)
    assert expect.get("absent") not in {finding.article for finding in found}


@pytest.mark.parametrize("name", names())
def test_case_names_are_told_apart(name):
    titles = [row["name"] for row in cases(name)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", names())
def test_every_number_has_cases_just_below_at_and_just_above(name):
    rows = cases(name)
    for key, parameter in agreement(name).parameters.items():
        own = [row for row in rows if row.get("parameter") == key]
        assert own, f"{name}: no case names {key}"
        for value in parameter.values if key not in NO_THRESHOLD else ():
            held = [row for row in own if parameter.at(row["on"]) is value]
            wanted = {"at", "above"} if value.si == 0 else {"below", "at", "above"}
            if value is parameter.values[-1] or any("side" in row for row in held):
                assert {row["side"] for row in held if "side" in row} == wanted, f"{name}: {key} from {value.since}"


@pytest.mark.parametrize("name", names())
def test_every_date_has_the_last_day_and_the_next(name):
    known, rows = agreement(name), cases(name)
    for key in ("in_force", "ended"):
        day = getattr(known, key)
        assert day is None or {row["on"] for row in rows if row.get("date") == key} == {day - timedelta(1), day}
    started = {known.signed, known.in_force}
    for key, parameter in known.parameters.items():
        for value in parameter.values:
            if value.since in started:
                continue
            days = {row["on"] for row in rows if row.get("parameter") == key and row.get("date") == str(value.since)}
            assert days == {value.since - timedelta(1), value.since}, f"{name}: {key} from {value.since}"


@pytest.mark.parametrize("name", names())
def test_every_clause_of_a_rule_exists_and_is_reached(name, world):
    known = agreement(name)
    claimed = {article for rule in rules(name) for article in rule.articles}
    assert claimed <= set(known.clauses)
    reached = {finding.article for row in cases(name) for finding in world(name, row).check()}
    assert claimed <= reached, f"no case reaches {claimed - reached}"


@pytest.mark.parametrize("name", names())
def test_every_clause_stands_in_the_text(name):
    text = (files("detente.treaties") / name.replace("-", "_") / "text.md").read_text("utf-8")
    for article, clause in agreement(name).clauses.items():
        heading = next((line for line in text.splitlines() if line.startswith(f"## {article}: ")), "")
        assert heading, f"{name}/text.md has no heading for {article}"
        assert heading.endswith(f"[{clause.text_status}]"), (
            f"{name}/text.md, {article}: not marked {clause.text_status}"
        )


@pytest.mark.parametrize("name", names())
def test_every_source_is_cited(name):
    known = agreement(name)
    cited = {clause.source for clause in known.clauses.values()}
    cited |= {value.source for parameter in known.parameters.values() for value in parameter.values}
    assert set(known.sources) == cited


def test_no_text_that_was_not_seen_is_shown_as_if_it_were(world):
    shown = {"seen": 0, "quoted": 0, "unverified": 0}
    for name, row in ALL:
        for finding in world(name, row).check():
            shown[finding.text_status] += 1
            assert ("unverified: the text was not seen" in finding.shown()) == (finding.text_status == "unverified")
            assert ("as if in force" in finding.shown()) == (finding.state == "as-if-in-force")
            assert ("set aside" in finding.shown().partition(":")[0]) == (not finding.binding)
    assert all(shown.values())


def test_what_was_recalled_is_marked_so():
    for name in names():
        known = agreement(name)
        texts = [*known.clauses.values(), *(each for item in known.parameters.values() for each in item.values)]
        assert all(each.text_status == "unverified" for each in texts if each.source == "recalled"), name


@pytest.mark.parametrize(("on", "binds"), [(date(1972, 10, 2), False), (date(2002, 6, 12), True)])
def test_the_treaty_binds_from_its_first_day_to_its_last(on, binds):
    assert agreement("abm-1972").binds_on(on) == binds
