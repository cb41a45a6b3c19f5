"""The claim of each chapter: one short sentence from the computed numbers."""

from __future__ import annotations

from collections.abc import Callable

from detente.briefing.names import capital, owner, short
from detente.briefing.results import added
from detente.briefing.words import counted, figures, minutes, percent, times
from detente.study.record import Answer, CaseAnswer


def heading(answer: Answer, chapter: str) -> str:
    """Return the claim of a chapter in at most some fifteen words, empty where the scenario has nothing for it."""
    return _HEADINGS[chapter](answer)


def _protection(answer: Answer) -> str:
    """Say the best chance that none of a raid gets through, of the first raid that anything meets."""
    raids = [threat for threat in answer.scenario.threats.values() if threat.kind != "corridor"]
    for threat in raids:
        met = [one for one in answer.cases.values() if one.outcomes[threat.name].interceptors_used]
        if not met:
            continue
        best = max(met, key=lambda one: _chance(one, threat.name))
        chance = percent(_chance(best, threat.name))
        return f"{short(threat.title)}: {chance} chance to stop all under the {best.case.title}"
    return (
        "No defense meets any of the raids" if raids and any(one.case.defenses for one in answer.cases.values()) else ""
    )


def _chance(one: CaseAnswer, threat: str) -> float:
    return one.headlines[f"protection.{threat}.p_no_leak"].value


def _warning(answer: Answer) -> str:
    """Say where the warning is shortest in the first case."""
    if not any(one.case.sensors for one in answer.cases.values()):
        return ""
    kinds = {threat.kind for threat in answer.scenario.threats.values()}
    lines = [
        line
        for line in answer.first.timelines
        if line.mode == "own" and ("corridor" not in kinds or answer.scenario.threats[line.threat].kind == "corridor")
    ]
    if not lines:
        return ""
    line = min(lines, key=lambda item: item.warning_time)
    who, path = answer.scenario.parties[line.party].title, answer.scenario.threats[line.threat].title
    if line.warning_time < 30:
        return f"{capital(who)} has no warning: {path}"
    return f"{capital(owner(who))} own warning is as short as {minutes(line.warning_time)}: {path}"


def _stability(answer: Answer) -> str:
    """Say in how many cases both sides meet the requirement."""
    made = [one.stability for one in answer.cases.values() if one.stability]
    if not made:
        return ""
    required = figures(made[0].required)
    met = sum(bool(item.stable) for item in made)
    if len(made) == 1:
        return f"Both sides {'keep' if met else 'do not both keep'} {required} arriving warheads after a first strike"
    kept = f"keep {required} arriving warheads after a first strike"
    if not met:
        return f"In no case do both sides {kept}"
    which = "every case" if met == len(made) else f"{counted(met)} of {counted(len(made))} cases"
    return f"In {which} both sides {kept}"


def _law(answer: Answer) -> str:
    """Say which case breaks most, how often, and what the others do."""
    if not any(one.findings for one in answer.cases.values()):
        return ""
    broken = {
        name: [item for item in one.findings if item.status in {"breaks", "exceeds"}]
        for name, one in answer.cases.items()
    }
    name = max(broken, key=lambda item: len(broken[item]))
    found = broken[name]
    if not found:
        return "No clause of the agreements named is broken"
    titles = list(dict.fromkeys(item.title for item in found))
    what = f"the {titles[0]}" if len(titles) == 1 else f"{counted(len(titles))} agreements"
    verb = "breaks" if any(item.binding for item in found) else "would break"
    alone = len(answer.cases) > 1 and sum(map(bool, broken.values())) == 1
    tail = "; no other case does" if alone else ""
    return f"{capital(answer.cases[name].case.title)} {verb} {what} {times(len(found))}{tail}"


def _cooperation(answer: Answer) -> str:
    """Say what shared data adds where it adds most."""
    gains = [row for one in answer.cases.values() for row in added(one)]
    if not gains:
        measures = {name for one in answer.cases.values() for name in one.case.measures}
        plural = "s" if len(measures) > 1 else ""
        return (
            f"{capital(counted(len(measures)))} cooperative measure{plural}; no warning data shared" if measures else ""
        )
    best = max(gains, key=lambda row: float(row["added_s"]))
    who, path = answer.scenario.parties[best["party"]].title, answer.scenario.threats[best["threat"]].title
    if best["added_s"] < 30:
        return "Shared data adds under a minute to any warning"
    return f"Shared data adds {minutes(best['added_s'])} to {owner(who)} warning of {path}"


_HEADINGS: dict[str, Callable[[Answer], str]] = {
    "protection": _protection,
    "warning": _warning,
    "stability": _stability,
    "law": _law,
    "cooperation": _cooperation,
}
