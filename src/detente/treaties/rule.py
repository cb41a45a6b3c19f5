"""What a rule is, and what it finds: the verdict, the clause it rests on, and how sure the text of the clause is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from detente.scenario.scenario import TreatyState
from detente.sources import Cited
from detente.treaties.dated import Agreement, Dated, TextStatus, least_sure
from detente.treaties.facts import Facts

Status = Literal[
    "complies",
    "breaks",
    "exceeds",
    "notice owed",
    "consent needed",
    "not in force",
    "not determinable",
    "silent",
]

BROKEN = ("breaks", "exceeds")
"""Statuses of what an agreement does not allow."""

_ROUNDING = 1e-9
"""What floating point may add to a number that was brought exactly under a limit, as a share of it."""

_HOW_SURE: dict[TextStatus, str] = {
    "seen": "",
    "quoted": " [text known from a quotation or a fact sheet]",
    "unverified": " [unverified: the text was not seen]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one clause says about one element of a case.

    Parameters
    ----------
    status : str
        "complies"; "breaks" (a prohibition); "exceeds" (a number); "notice owed"; "consent needed" (by the other
        side); "not in force"; "not determinable" (`because` says what is missing); "silent" (the agreement says
        nothing on it).
    state : {"in-force", "as-if-in-force", "set-aside"}
        How the case holds the agreement. What is found under "set-aside" is what the agreement would say.
    agreement, title : str
        Name and title of the agreement.
    article : str
        The clause, for example ``"III(a)"``.
    party : str
        Who is bound by it here.
    subject : str
        The element of the case that is judged.
    because : str
        The reason, as a sentence without its full stop.
    limit, value, margin : float or None
        The limit that holds on the date, what the case has, and ``limit - value`` (negative: over), in `unit`.
    unit : str
        SI unit of the three; "1" for a count.
    binds_from : date or None
        The day from which the limit binds, where there is one.
    due : date or None
        Last day on which a notice that is owed can be given; None where the case does not decide it.
    source : str
        Where the text of the clause stands.
    text_status : {"seen", "quoted", "unverified"}
        Whether that text was read, known from a quotation or a summary, or recalled: the less sure of clause and limit.
    """

    status: Status
    state: TreatyState
    agreement: str
    title: str
    article: str
    party: str
    subject: str
    because: str
    limit: float | None = None
    value: float | None = None
    margin: float | None = None
    unit: str = ""
    binds_from: date | None = None
    due: date | None = None
    source: str
    text_status: TextStatus

    @property
    def binding(self) -> bool:
        """Whether it speaks of an agreement that the case keeps."""
        return self.state != "set-aside"

    def shown(self) -> str:
        """Return the finding as one line, with its doubt: what a reader is shown.

        An unverified text is always called that, an agreement that is only assumed to hold or was set aside too.
        """
        held = {"in-force": "", "as-if-in-force": " (as if in force)", "set-aside": " (set aside)"}[self.state]
        verdict = self.status if self.binding else f"if it still held: {self.status}"
        sure = _HOW_SURE[self.text_status]
        return f"{self.title}{held}, {self.article}, {self.subject}: {verdict}: {self.because}{sure}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """An agreement as it is read in a case: on a date, in a state."""

    agreement: Agreement
    state: TreatyState
    on: date

    def limit(self, parameter: str) -> Dated | None:
        """Return the value of a parameter on the date, None where it does not bind yet."""
        return self.agreement.parameters[parameter].at(self.on)

    def number(self, parameter: str) -> float:
        """Return a parameter that never changed, in SI."""
        (only,) = self.agreement.parameters[parameter].values
        return only.si

    def party(self, name: str | None) -> str | None:
        """Return the party to the agreement that a name of the scenario stands for, None for an outsider."""
        return next((party for party, names in self.agreement.parties.items() if name in names), None)

    def say(self, parameter: str, value: float) -> str:
        """Return a value in words, in the unit that the parameter is written in."""
        return self.agreement.parameters[parameter].say(value)

    def find(
        self,
        article: str,
        status: Status,
        *,
        party: str,
        subject: str,
        because: str,
        limit: tuple[str, Dated, float] | None = None,
        due: date | None = None,
    ) -> Finding:
        """Return a finding under a clause of the agreement.

        Parameters
        ----------
        article : str
            Key of the clause in `parameters.toml`.
        status, party, subject, because : str
            As in `Finding`.
        limit : tuple (parameter, dated value, value found), optional
            The number that decided, with what the case has in SI.
        due : date, optional
            As in `Finding`.
        """
        clause = self.agreement.clauses[article]
        sure, source = clause.text_status, self.agreement.sources[clause.source]
        numbers: dict[str, float] = {}
        if limit:
            _, dated, value = limit
            sure = least_sure(sure, dated.text_status)
            numbers = {"limit": dated.si, "value": value, "margin": dated.si - value}
        return Finding(
            status=status,
            state=self.state,
            agreement=self.agreement.name,
            title=self.agreement.short,
            article=article,
            party=party,
            subject=subject,
            because=because,
            unit=self.agreement.parameters[limit[0]].unit if limit else "",
            binds_from=limit[1].since if limit else None,
            due=due,
            source=source,
            text_status=sure,
            **numbers,
        )

    def at_most(
        self,
        article: str,
        parameter: str,
        value: float | Cited | None,
        *,
        party: str,
        subject: str,
        what: str,
        missing: str = "",
        over: Status = "exceeds",
    ) -> Finding:
        """Return how a number of the case stands to an upper limit on the date.

        Parameters
        ----------
        article, parameter : str
            Keys of the clause and of the limit.
        value : float, Cited or None
            What the case has, in SI; None where it does not say. Of a cited number the reason tells whether it is
            unverified, and whether its range lies on both sides of the limit.
        party, subject : str
            As in `Finding`.
        what : str
            What is counted or measured, for the reason.
        missing : str
            What the user has to add where `value` is None.
        over : str
            Status when the value is above the limit.
        """
        if value is None:
            return self.find(article, "not determinable", party=party, subject=subject, because=missing)
        dated = self.limit(parameter)
        number = value.value if isinstance(value, Cited) else value
        if dated is None:
            return self._not_yet(article, parameter, number, party=party, subject=subject, what=what)
        said = f"{what}: {self.say(parameter, number)}{self._doubt(parameter, value, dated)}"
        said += f", limit {self.say(parameter, dated.si)}"
        later = self.agreement.parameters[parameter].after(self.on)
        if later and number > later.si:
            said += f"; from {later.since} the limit is {self.say(parameter, later.si)}"
        status: Status = "complies" if number <= dated.si * (1.0 + _ROUNDING) else over
        return self.find(article, status, party=party, subject=subject, because=said, limit=(parameter, dated, number))

    def _doubt(self, parameter: str, value: float | Cited, limit: Dated) -> str:
        """Return in brackets what makes a cited number doubtful here; empty where nothing does."""
        if not isinstance(value, Cited):
            return ""
        doubts = ["unverified"] if value.unverified else []
        if value.low <= limit.si < value.high:
            doubts.append(
                f"its range of {self.say(parameter, value.low)} to {self.say(parameter, value.high)} lies on both sides"
            )
        return f" ({'; '.join(doubts)})" if doubts else ""

    def _not_yet(self, article: str, parameter: str, value: float, *, party: str, subject: str, what: str) -> Finding:
        first = self.agreement.parameters[parameter].values[0]
        said = (
            f"{what}: {self.say(parameter, value)}; the limit of {self.say(parameter, first.si)} binds only from "
            f"{first.since}" + (", when this would be over it" if value > first.si else "")
        )
        return self.find(
            article, "complies", party=party, subject=subject, because=said, limit=(parameter, first, value)
        )


Check = Callable[[Law, Facts], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One function with the clauses it carries out; citation and text status stand with the clauses."""

    name: str
    articles: tuple[str, ...]
    check: Check = field(repr=False)
    meaning: str


def rule(*articles: str) -> Callable[[Check], Rule]:
    """Return a decorator that makes a rule of a function.

    Parameters
    ----------
    *articles : str
        Keys of every clause that the function may find under.

    Examples
    --------
    >>> @rule("I(1)")
    ... def nothing(law, facts):
    ...     "Find nothing."
    ...     return ()
    >>> nothing.articles
    ('I(1)',)
    """

    def make(check: Check) -> Rule:
        text = (check.__doc__ or "").strip().partition("\n")[0]
        return Rule(name=getattr(check, "__name__", "rule"), articles=articles, check=check, meaning=text)

    return make
