"""The headline numbers of a case, by key, from what the engines returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.defense.raid import RaidOutcome
    from detente.forces.exchange_model import Drawdown
    from detente.sensing.timeline import Timeline


def headlines(
    timelines: Iterable[Timeline], outcomes: Mapping[str, RaidOutcome], drawdowns: Iterable[Drawdown]
) -> dict[str, float]:
    """Return the headline numbers of one run of the cheap engines.

    Keys are ``protection.THREAT.(p_no_leak|expected_leakers)``, ``warning.THREAT.MODE.(warning_time|decision_time)``
    (the worst aim counts) and ``stability.ATTACKER-first.(surviving|arriving)`` for the victim's retaliation.
    """
    found: dict[str, float] = {}
    for line in timelines:
        for name in ("warning_time", "decision_time"):
            key = f"warning.{line.threat}.{line.mode}.{name}"
            value = float(getattr(line, name))
            found[key] = min(value, found.get(key, value))
    for threat, outcome in outcomes.items():
        found[f"protection.{threat}.p_no_leak"] = float(outcome.p_no_leak)
        found[f"protection.{threat}.expected_leakers"] = float(outcome.expected_leakers)
    for drawdown in drawdowns:
        key = f"stability.{drawdown.attacker}-first.{drawdown.posture}"
        found[f"{key}.surviving"] = float(drawdown.surviving)
        found[f"{key}.arriving"] = float(drawdown.through)
    return found
