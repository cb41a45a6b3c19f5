"""What agreements say of counting bombers and of taking warheads off missiles, as records; and the bomber rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from detente.sources import Numbers

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BomberRule:
    """How bombers equipped for long-range nuclear cruise missiles count.

    The first `first` of them count `flat` warheads each, every further one what it is equipped for, `most` at most.
    """

    __pydantic_config__: ClassVar = _STRICT
    first: Numbers
    flat: Numbers
    most: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLimits:
    """How many warheads may be taken off missiles that stay deployed. Heavy missiles are never downloaded.

    `named` are the beginnings of the names of force classes with a limit of their own, `named_per_missile`; what was
    taken off them before counts as `done`. A number that is absent sets no limit.
    """

    __pydantic_config__: ClassVar = _STRICT
    in_all: Numbers | None = None
    """Warheads taken off all missiles together."""
    others: Numbers | None = None
    """Warheads taken off missiles that are not named."""
    per_missile: Numbers
    """Warheads taken off one missile that is not named."""
    named: tuple[str, ...]
    named_per_missile: Numbers
    done: Numbers | None = None
    deeper: Numbers | None = None
    """ICBMs of one type that may be downloaded by `deeper_per_missile` instead."""
    deeper_per_missile: Numbers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """What one agreement says to the sides of one kind."""

    __pydantic_config__: ClassVar = _STRICT
    name: str
    title: str
    agreement: str
    """Name of the agreement."""
    parties: tuple[str, ...]
    """Names of the parties that it speaks of."""
    bombers: BomberRule | None = None
    downloads: DownloadLimits | None = None
    note: str = ""


def rule_for(rules: Iterable[CountingRule], agreement: str, party: str) -> CountingRule | None:
    """Return what an agreement says to a party, None where it says nothing."""
    return next((each for each in rules if each.agreement == agreement and party in each.parties), None)


def count_bombers(
    bombers: Iterable[tuple[float, float | None]], first: float, flat: float, most: float
) -> float | None:
    """Return what bombers with cruise missiles count under the rule of START I.

    Parameters
    ----------
    bombers : iterable of (bombers, equipped)
        How many there are, and the cruise missiles that each is equipped for (None where it is not known). Which of
        them are the first is not said: here those that are equipped for most.
    first, flat, most : float
        As in `BomberRule`.

    Returns
    -------
    float or None
        Warheads; None where equipment that matters is not known.

    References
    ----------
    START (1991), Art. III(4).

    Examples
    --------
    >>> count_bombers([(189.0, 12.0)], 150.0, 10.0, 20.0)
    1968.0
    """
    total, left = 0.0, first
    for number, equipped in sorted(bombers, key=lambda each: -(each[1] or 0.0)):
        inside = min(left, number)
        beyond = number - inside
        if beyond and equipped is None:
            return None
        total += inside * flat + beyond * min(equipped or 0.0, most)
        left -= inside
    return total
