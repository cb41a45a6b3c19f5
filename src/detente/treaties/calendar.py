"""Dates that a case has to keep: notices with the last day for them, limits that come to bind, and what ends when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from detente.scenario.scenario import Case, TreatyState
from detente.treaties.check import agreement
from detente.treaties.dated import Agreement, TextStatus
from detente.treaties.rule import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A day of the calendar.

    Parameters
    ----------
    day : date or None
        When something is due or happens; None where the case does not decide it.
    agreement, title, article : str
        The agreement, and the clause that it rests on.
    what : str
        What is due or happens, as a sentence without its full stop.
    effective : date or None
        First day on which it has its effect, where that is another.
    text_status : {"seen", "quoted", "unverified"}
        How the text of the clause is known.
    """

    day: date | None
    agreement: str
    title: str
    article: str
    what: str
    effective: date | None = None
    text_status: TextStatus

    def shown(self) -> str:
        """Return the entry as one line, with its doubt: what a reader is shown."""
        said = f"{self.day or 'no day given'}: {self.title}, {self.article}: {self.what}"
        said += f", effective {self.effective}" if self.effective else ""
        return said + (" [unverified: the text was not seen]" if self.text_status == "unverified" else "")


def calendar(case: Case, findings: Iterable[Finding], start: date) -> tuple[Entry, ...]:
    """Return what a case has to keep from a day on, in order of time, entries without a day last.

    An agreement that is set aside has no limits to keep; one that is read as if in force has no end here.

    Parameters
    ----------
    case : Case
        With the agreements that it names.
    findings : iterable of Finding
        What was found of it; each notice that is owed is an entry.
    start : date
        First day of the calendar, for example that of the proposal.
    """
    made = [_notice(each, case.on) for each in findings if each.status == "notice owed" and each.binding]
    for name, state in case.agreements.items():
        known = agreement(name)
        made += [*_limits(known, start, state)] if state != "set-aside" else []
        made += [*_ends(known, start)] if state != "as-if-in-force" else []
    return tuple(sorted(made, key=lambda each: (each.day or date.max, each.agreement, each.article)))


def _notice(finding: Finding, on: date) -> Entry:
    withdrawal = finding.article == agreement(finding.agreement).withdrawal
    return Entry(
        day=finding.due,
        agreement=finding.agreement,
        title=finding.title,
        article=finding.article,
        what=f"{'last day for notice' if finding.due else 'notice'}, {finding.subject}: {finding.because}",
        effective=on if withdrawal else None,
        text_status=finding.text_status,
    )


def _limits(known: Agreement, start: date, state: TreatyState) -> Iterator[Entry]:
    """Yield the days on which a limit comes to bind or changes; an agreement that has ended by then binds no more."""
    for each in known.parameters.values():
        for value in each.values:
            bound = state == "as-if-in-force" or known.binds_on(value.since)
            if value.since >= start and value.since not in {known.signed, known.in_force} and bound:
                yield Entry(
                    day=value.since,
                    agreement=known.name,
                    title=known.short,
                    article=each.clause,
                    what=f"the limit on {each.title} is {each.say(value.si)} from this day",
                    text_status=value.text_status,
                )


def _ends(known: Agreement, start: date) -> Iterator[Entry]:
    """Yield entry into force, notice of withdrawal, and end."""
    days = (
        (known.in_force, "Entry into force", "in force from this day", None),
        (known.notice, known.withdrawal, "notice of withdrawal", known.ended),
        (known.ended, "Entry into force", f"first day on which it binds no more: {known.ended_by}", None),
    )
    for day, article, what, effective in days:
        if day and day >= start:
            yield Entry(
                day=day,
                agreement=known.name,
                title=known.short,
                article=article,
                what=what,
                effective=effective,
                text_status=known.clauses[article].text_status,
            )
