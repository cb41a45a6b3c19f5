"""What would cure a break: the smallest changes to a case, tried by reading the rules again, and changes of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from detente.catalog.records import Force
from detente.scenario.scenario import Case, Scenario
from detente.treaties.check import agreement, check
from detente.treaties.dated import TextStatus, months_after, months_before
from detente.treaties.edits import Edit, edits, key
from detente.treaties.rule import BROKEN, Finding

Kind = Literal["drop", "move", "fewer", "slow", "shorten", "cut", "share", "amend", "agree", "withdraw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One change that would cure a break.

    Parameters
    ----------
    kind : str
        "drop" or "move" an element; "fewer" of them; "slow" or "shorten" the target of tests; "cut" a force; "share"
        what is left out; "amend" the agreement; "agree" in its commission; "withdraw".
    agreement, title, article, party, subject : str
        The finding that it cures; "all" is every break of the agreement.
    change : str
        What to do, as a sentence without its full stop.
    checked : bool
        Whether the rules of the agreement were read again on the changed case, and the break was gone. A change of the
        law leaves nothing to read again.
    brings : tuple of str
        Clauses and elements that the changed case breaks and the case did not.
    by : date or None
        Last day on which it can be begun to hold on the date of the case.
    text_status : {"seen", "quoted", "unverified"}
        How the text of the clause that it rests on is known.
    """

    kind: Kind
    agreement: str
    title: str
    article: str
    party: str
    subject: str
    change: str
    checked: bool
    brings: tuple[str, ...] = ()
    by: date | None = None
    text_status: TextStatus

    def shown(self) -> str:
        """Return the remedy as one line, with its doubt: what a reader is shown."""
        said = f"{self.title}, {self.article}, {self.subject}: {self.kind}: {self.change}"
        said += f" (which breaks {'; '.join(self.brings)})" if self.brings else ""
        said += "" if self.checked else " [not tried: no rule can be read again]"
        return said + (" [unverified: the text was not seen]" if self.text_status == "unverified" else "")


def remedies(
    scenario: Scenario, case: Case, forces: Mapping[str, Force], findings: Iterable[Finding]
) -> tuple[Remedy, ...]:
    """Return what would cure each break among the findings of a case.

    A change of the case is proposed only if the rules of the agreement, read again on the changed case, no longer find
    the break, and find nothing new of the same element.

    Parameters
    ----------
    scenario, case, forces
        As for `check.check`.
    findings : iterable of Finding
        What it found.

    Returns
    -------
    tuple of Remedy
        By finding, the changes of the case first; then, for each agreement that is broken, those of the law.
    """
    broken = [each for each in findings if each.status in BROKEN]
    found: list[Remedy] = []
    for finding in broken:
        before = {key(each) for each in broken if each.agreement == finding.agreement}
        for edit in edits(scenario, case, forces, finding):
            found += _tried(edit, finding, before)
        found += _agreed(finding)
    for name in dict.fromkeys(each.agreement for each in broken):
        found += _law(name, case)
    return tuple(found)


def _tried(edit: Edit, finding: Finding, before: set[tuple[str, str, str, str]]) -> Iterator[Remedy]:
    """Yield an edit as a remedy if the break is gone when the rules are read on the changed case."""
    case = _only(edit.case, finding.agreement)
    after = {key(each) for each in check(edit.scenario, case, edit.forces) if each.status in BROKEN}
    new = after - before
    if key(finding) in after or any(each[1:3] == key(finding)[1:3] for each in new):
        return
    yield _remedy(
        finding,
        edit.kind,
        edit.change,
        checked=True,
        brings=tuple(f"{article}, {subject}" for article, _, subject in sorted({each[:3] for each in new})),
    )


def _only(case: Case, name: str) -> Case:
    return replace(case, agreements={name: case.agreements[name]})


def _remedy(
    finding: Finding, kind: Kind, change: str, *, checked: bool = False, brings: tuple[str, ...] = ()
) -> Remedy:
    return Remedy(
        kind=kind,
        agreement=finding.agreement,
        title=finding.title,
        article=finding.article,
        party=finding.party,
        subject=finding.subject,
        change=change,
        checked=checked,
        brings=brings,
        text_status=finding.text_status,
    )


def _agreed(finding: Finding) -> Iterator[Remedy]:
    """Yield what the commission may settle: only what its own texts are about."""
    known = agreement(finding.agreement)
    if known.commission and finding.article in known.lists["commission"]:
        said = f"bring the question before the commission ({known.commission}), whose texts are about this clause"
        yield _remedy(finding, "agree", said)
    if finding.agreement == "jdec-2000":
        yield _remedy(finding, "share", f"share what is missing; now the party {finding.because}")


def _law(name: str, case: Case) -> Iterator[Remedy]:
    """Yield amendment of a broken agreement, and withdrawal from it, with the last day for its notice."""
    known = agreement(name)

    def made(kind: Kind, article: str, change: str, by: date | None = None) -> Remedy:
        return Remedy(
            kind=kind,
            agreement=name,
            title=known.short,
            article=article,
            party="all",
            subject="all that is broken",
            change=change,
            checked=False,
            by=by,
            text_status=known.clauses[article].text_status,
        )

    amended = known.amendment or "Entry into force"
    said = "both sides agree to amend it" + ("" if known.amendment else " (no clause on amendment was read)")
    yield made("amend", amended, said)
    held = case.agreements[name] == "as-if-in-force" or known.binds_on(case.on)
    if known.withdrawal and held and "withdrawal_months" in known.parameters:
        (months,) = (int(each.si) for each in known.parameters["withdrawal_months"].values)
        by = months_before(case.on, months)
        said = (
            f"a side gives {months} months' notice: by {by} to be free on {case.on}; given on {case.on}, it is free "
            f"from {months_after(case.on, months)}"
        )
        yield made("withdraw", known.withdrawal, said, by)
