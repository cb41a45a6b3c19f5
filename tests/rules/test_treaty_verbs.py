"""`detente treaty check` and `show` as they are typed."""

import json

import pytest
from typer.testing import CliRunner

from detente.cli.main import app

RUN = CliRunner()


def typed(line):
    ran = RUN.invoke(app, ["treaty", *line.split("|")])
    return ran.exit_code, ran.stdout


def test_json_has_findings_remedies_and_dates_of_each_case():
    code, out = typed("check|genoa-2001|--json")
    found = json.loads(out)
    assert code == 1
    assert {"cases", "remedies", "calendar"} <= set(found)
    assert set(found["cases"]) == set(found["remedies"]) == set(found["calendar"])
    assert {"kind", "change", "checked", "brings", "by", "shown"} <= set(found["remedies"]["us-framework"][0])
    notices = [each for each in found["calendar"]["us-framework"] if each["what"] == "notice of withdrawal"]
    assert [(each["day"], each["effective"]) for each in notices] == [("2001-12-13", "2002-06-13")]


def test_agreements_in_force_are_read_whether_a_case_names_them_or_not():
    _, out = typed("check|genoa-2001|--case|abm-treaty|--json")
    read = {each["agreement"] for each in json.loads(out)["cases"]["abm-treaty"]}
    assert read >= {"abm-1972", "start-1"}
    _, out = typed("check|genoa-2001|--case|us-framework|--json")
    assert "accidents-1971" in {each["agreement"] for each in json.loads(out)["cases"]["us-framework"]}


@pytest.mark.parametrize(("on", "status"), [("2002-06-12", "breaks"), ("2002-06-13", "not in force")])
def test_the_date_decides(on, status):
    code, out = typed(f"check|minimal|--treaty|abm-1972|--on|{on}|--json")
    assert code == (status == "breaks")
    assert status in {each["status"] for each in json.loads(out)["cases"]["alaska"]}


def test_an_agreement_that_was_asked_for_is_read_even_if_it_never_bound():
    _, out = typed("check|minimal|--treaty|start-2|--json")
    (only,) = json.loads(out)["cases"]["alaska"]
    assert only["status"] == "not in force"


def test_show_marks_what_was_recalled():
    code, out = typed("show|abm-1972|IX")
    assert code == 0
    assert "unverified: recalled, its text was not seen" in " ".join(out.split())


def test_show_as_json():
    _, out = typed("show|sort-2002|I|--json")
    found = json.loads(out)
    assert found["in_force"] == "2003-06-01"
    (clause,) = found["articles"]
    assert clause["parameters"][0]["values"][0]["since"] == "2012-12-31"
