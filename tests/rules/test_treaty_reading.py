"""An agreement as it is read: its page has every clause, rule, number and case, each with how its text is known."""

import pytest

from detente.problems import BadInputError
from detente.treaties.check import agreement, names, rules
from detente.treaties.reading import HOW_KNOWN, cases, page, record, texts


@pytest.mark.parametrize("name", names())
def test_the_page_has_everything(name):
    known, text = agreement(name), page(name)
    assert set(texts(name)) == set(known.clauses)
    assert all(f"## {article}: {clause.title}" in text for article, clause in known.clauses.items())
    assert all(f"Rule `{each.name}`: {each.meaning}" in text for each in rules(name))
    assert all(each.title in text for each in known.parameters.values())
    assert all(each["name"] in text for each in cases(name) if "article" in each["expect"])


@pytest.mark.parametrize("name", names())
def test_each_clause_says_how_its_text_is_known(name):
    for article, clause in agreement(name).clauses.items():
        text = page(name, article)
        assert f"*Text: {HOW_KNOWN[clause.text_status]}.*" in text
        (one,) = record(name, article)["articles"]
        statuses = {value["text_status"] for number in one["parameters"] for value in number["values"]}
        doubtful = "unverified" in statuses | {clause.text_status}
        assert not doubtful or "unverified" in text


def test_one_clause_is_that_clause_alone():
    text = page("abm-1972", "V(1)")
    assert text.count("\n## ") == 1
    assert "sea-based, air-based, space-based" in text
    assert [each["article"] for each in record("abm-1972", "V(1)")["articles"]] == ["V(1)"]


def test_what_never_came_into_force_says_so():
    for name in names():
        assert ("never in force" in page(name)) == (agreement(name).in_force is None)


def test_a_clause_that_does_not_exist_is_told_with_the_nearest():
    with pytest.raises(BadInputError, match=r'Did you mean "V\(2\)"'):
        page("abm-1972", "V(3)")
    with pytest.raises(BadInputError, match="abm-1972"):
        record("abm-1973")
