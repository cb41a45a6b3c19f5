"""An agreement for readers: its page with every clause, rule, number, case and text status, from the folder's files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from detente.problems import BadInputError, Problem, nearest
from detente.treaties.check import agreement, rules
from detente.treaties.dated import Agreement, Dated, Parameter, TextStatus

HOW_KNOWN: dict[TextStatus, str] = {
    "seen": "its text was read",
    "quoted": "known from a quotation, a summary or a fact sheet",
    "unverified": "unverified: recalled, its text was not seen",
}
"""Text status in words."""


@cache
def texts(name: str) -> Mapping[str, str]:
    """Return what `text.md` says of each clause of an agreement, without its heading.

    Examples
    --------
    >>> texts("sort-2002")["IV(3)"].split(".")[0]
    "With three months' written notice"
    """
    text = _file(name, "text.md")
    parts = re.split(r"^## (.+?): .*\[\w+\]\n", text, flags=re.MULTILINE)
    return {article: said.strip() for article, said in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def cases(name: str) -> tuple[Mapping[str, Any], ...]:
    """Return the cases that stand beside the rules of an agreement, as written in `cases.toml`."""
    return tuple(tomllib.loads(_file(name, "cases.toml"))["case"])


def _file(name: str, file: str) -> str:
    return (files("detente.treaties") / agreement(name).name.replace("-", "_") / file).read_text("utf-8")


def record(name: str, article: str | None = None) -> dict[str, Any]:
    """Return an agreement, or one clause of it, as plain data for programs.

    Raises
    ------
    BadInputError
        No such agreement or clause; the nearest names are offered.
    """
    known = agreement(name)
    chosen = _chosen(known, article)
    return {
        "agreement": name,
        "title": known.title,
        "parties": sorted(known.parties),
        "signed": known.signed,
        "in_force": known.in_force,
        "ended": known.ended,
        "ended_by": known.ended_by,
        "articles": [_clause(known, each) for each in chosen],
    }


def _chosen(known: Agreement, article: str | None) -> list[str]:
    if article is None:
        return list(known.clauses)
    if article in known.clauses:
        return [article]
    allowed = ", ".join(known.clauses)
    do = nearest(article, known.clauses)
    problem = Problem(file=known.name, key="ARTICLE", found=f'article "{article}"', allowed=allowed, do=do)
    raise BadInputError([problem])


def _clause(known: Agreement, article: str) -> dict[str, Any]:
    clause = known.clauses[article]
    return {
        "article": article,
        "title": clause.title,
        "text": texts(known.name)[article],
        "text_status": clause.text_status,
        "source": known.sources[clause.source],
        "rules": [{"name": each.name, "meaning": each.meaning} for each in _rules(known, article)],
        "parameters": [_number(known, each) for each in known.parameters.values() if each.clause == article],
        "cases": [
            {"name": each["name"], "on": each["on"], "status": each["expect"]["status"]}
            for each in cases(known.name)
            if each["expect"].get("article") == article
        ],
    }


def _rules(known: Agreement, article: str) -> list[Any]:
    return [each for each in rules(known.name) if article in each.articles]


def _number(known: Agreement, parameter: Parameter) -> dict[str, Any]:
    def value(each: Dated) -> dict[str, Any]:
        return {
            "since": each.since,
            "value": each.value,
            "text_status": each.text_status,
            "source": known.sources[each.source],
            "note": each.note,
        }

    return {"title": parameter.title, "values": [value(each) for each in parameter.values]}


def page(name: str, article: str | None = None) -> str:
    """Return an agreement, or one clause of it, as a page in Markdown.

    Parameters
    ----------
    name : str
        Of the agreement.
    article : str, optional
        Key of one clause, for example ``"III(a)"``.

    Raises
    ------
    BadInputError
        No such agreement or clause; the nearest names are offered.
    """
    known = agreement(name)
    chosen = _chosen(known, article)
    parts = [f"# {known.short}", *(_about(known) if article is None else [])]
    for each in chosen:
        parts += _part(_clause(known, each))
    return "\n\n".join(parts) + "\n"


def _about(known: Agreement) -> Iterator[str]:
    yield known.title + "."
    dates = [f"Signed {known.signed}"]
    dates += [f"in force from {known.in_force}" if known.in_force else "never in force"]
    dates += [f"binds no more from {known.ended}"] if known.ended else []
    yield ", ".join(dates) + (f": {known.ended_by}." if known.ended_by else ".")
    yield (
        f"Name in scenario files: `{known.name}`. What each clause says is told in our own words; words in quotation "
        "marks were read. Behind each stands how its text is known."
    )
    if known.in_force is None:
        yield 'A scenario can read it only "as-if-in-force", and every finding says so.'
    heads = "| clause | about | text | rules | cases |\n|---|---|---|---|---|\n"
    yield heads + "\n".join(_row(known, article) for article in known.clauses)


def _row(known: Agreement, article: str) -> str:
    clause = _clause(known, article)
    named = ", ".join(f"`{each['name']}`" for each in clause["rules"]) or "none"
    return f"| {article} | {clause['title']} | {clause['text_status']} | {named} | {len(clause['cases'])} |"


def _part(clause: Mapping[str, Any]) -> Iterator[str]:
    """Yield a clause: text, how it is known, rules, numbers and cases."""
    yield f"## {clause['article']}: {clause['title']}"
    yield clause["text"]
    yield f"*Text: {HOW_KNOWN[clause['text_status']]}.* Source: {clause['source']}."
    if clause["rules"]:
        yield "\n".join(f"- Rule `{each['name']}`: {each['meaning']}" for each in clause["rules"])
    if clause["parameters"]:
        rows = [
            f"| {each['title']} | {value['since']} | {value['value']} | {value['text_status']} | {value['note']} |"
            for each in clause["parameters"]
            for value in each["values"]
        ]
        yield "| number | from | value | text | note |\n|---|---|---|---|---|\n" + "\n".join(rows)
    if clause["cases"]:
        rows = [f"| {each['name']} | {each['on']} | {each['status']} |" for each in clause["cases"]]
        yield "| case | date | found |\n|---|---|---|\n" + "\n".join(rows)
