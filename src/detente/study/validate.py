"""Every published case that the engines are held to, in one table."""

from __future__ import annotations

from detente.sources import ValidationRow


def rows() -> list[ValidationRow]:
    """Return the validation rows of all engines, in the order in which data flows."""
    return [row for part in by_engine().values() for row in part]


def by_engine() -> dict[str, list[ValidationRow]]:
    """Return the validation rows of each engine, by its name."""
    from detente.defense.validation import rows as defense
    from detente.flight.validation import rows as flight
    from detente.forces.validation import rows as forces
    from detente.sensing.validation import rows as sensing
    from detente.treaties.validation import rows as treaties

    return {
        "flight": flight(),
        "sensing": sensing(),
        "defense": defense(),
        "forces": forces(),
        "treaties": treaties(),
    }
