"""How many warheads and launchers a force counts under each agreement: the same force, several answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.catalog.records import Force
from detente.treaties.dated import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Deployed launchers of one type, as counting rules see them.

    Parameters
    ----------
    kind : {"icbm", "slbm", "bomber"}
        What they launch, or bombers.
    launchers : float
        How many are deployed, >= 0.
    attributed : float
        Warheads attributed to one missile, or to a bomber without long-range cruise missiles.
    equipped : float or None
        Weapons that one bomber is equipped for; None where it is not known.
    cruise_missiles : bool
        Whether a bomber is equipped for long-range nuclear cruise missiles.
    mobile, heavy : bool
        Of an ICBM: on a mobile launcher (road or rail); heavy.
    throw_weight : float or None
        Of one missile [kg]; None where it is not known.
    """

    kind: str
    launchers: float
    attributed: float
    equipped: float | None = None
    cruise_missiles: bool = False
    mobile: bool = False
    heavy: bool = False
    throw_weight: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A force as START I counts it.

    Parameters
    ----------
    delivery_vehicles : float
        Deployed ICBMs, SLBMs and bombers.
    heavy_icbms : float
        Heavy ICBMs among them.
    warheads : float or None
        All attributed warheads; None where bombers beyond the flat rate have no known equipment.
    ballistic_missile_warheads, heavy_icbm_warheads, mobile_icbm_warheads : float
        Attributed to ICBMs and SLBMs; to heavy, to mobile ICBMs among them.
    cruise_missile_warheads : float or None
        Attributed to bombers equipped for long-range nuclear cruise missiles.
    throw_weight : float or None
        Of all deployed missiles [kg]; None where it is not known for a type.
    """

    delivery_vehicles: float
    heavy_icbms: float
    warheads: float | None
    ballistic_missile_warheads: float
    heavy_icbm_warheads: float
    mobile_icbm_warheads: float
    cruise_missile_warheads: float | None
    throw_weight: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count2:
    """A force as START II counts it: bombers with what they are equipped for, missiles as attributed."""

    warheads: float
    slbm_warheads: float
    mirved_icbm_warheads: float
    heavy_icbm_warheads: float


_KINDS = {"silo": "icbm", "mobile": "icbm", "rail": "icbm", "submarine": "slbm", "bomber": "bomber"}


def holdings(force: Force) -> tuple[Holding, ...]:
    """Return a catalog force as counting rules see it; a bomber is equipped for what it carries."""
    return tuple(
        Holding(
            kind=_KINDS[each.basing],
            launchers=each.launchers.value,
            attributed=each.attributed.value,
            equipped=each.loaded.value if each.basing == "bomber" else None,
            cruise_missiles=each.cruise_missiles,
            mobile=each.basing in {"mobile", "rail"},
            heavy=each.heavy,
            throw_weight=each.throw_weight.value if each.throw_weight else None,
        )
        for each in force.classes
    )


def doubt(force: Force, counted: float | None) -> str:
    """Return in words that a count of a force rests in part on recalled numbers; empty where it does not, or is 0."""
    recalled = any(number.unverified for each in force.classes for number in (each.launchers, each.attributed))
    return ", in part from unverified numbers" if recalled and counted else ""


def count_start_1(force: Force, party: str) -> Count:
    """Return a catalog force as START I counts it.

    Parameters
    ----------
    force : Force
        By class, with attribution and throw-weight.
    party : {"us", "russia"}
        Whose bomber rule holds (Art. III: 150 at 10, then as equipped up to 20; 180 at 8, then up to 16).

    See Also
    --------
    start_1 : the same on holdings.
    """
    return start_1(holdings(force), party)


def start_1(held: Iterable[Holding], party: str) -> Count:
    """Return holdings as START I counts them.

    Parameters
    ----------
    held : iterable of Holding
        Bombers with cruise missiles fill the flat rate in order of what they are equipped for, the most first.
    party : {"us", "russia"}
        Whose bomber rule holds.

    Examples
    --------
    >>> bombers = Holding(kind="bomber", launchers=189, attributed=10, equipped=12, cruise_missiles=True)
    >>> start_1([bombers], "us").cruise_missile_warheads
    1968.0

    References
    ----------
    START, Art. III; US fact sheet on the basic provisions, https://nuke.fas.org/control/start1/news/strtbasi.htm.
    """
    held = tuple(held)
    missiles = [each for each in held if each.kind != "bomber"]
    heavy = [each for each in missiles if each.heavy]
    mobile = [each for each in missiles if each.mobile]
    plain = [each for each in held if each.kind == "bomber" and not each.cruise_missiles]
    cruise = _cruise([each for each in held if each.kind == "bomber" and each.cruise_missiles], party)
    on_missiles = _attributed(missiles)
    return Count(
        delivery_vehicles=float(sum(each.launchers for each in held)),
        heavy_icbms=float(sum(each.launchers for each in heavy)),
        warheads=None if cruise is None else on_missiles + _attributed(plain) + cruise,
        ballistic_missile_warheads=on_missiles,
        heavy_icbm_warheads=_attributed(heavy),
        mobile_icbm_warheads=_attributed(mobile),
        cruise_missile_warheads=cruise,
        throw_weight=_throw_weight(missiles),
    )


def _attributed(held: Iterable[Holding]) -> float:
    return float(sum(each.launchers * each.attributed for each in held))


def _throw_weight(missiles: Iterable[Holding]) -> float | None:
    total = 0.0
    for each in missiles:
        if each.throw_weight is None and each.launchers:
            return None
        total += each.launchers * (each.throw_weight or 0.0)
    return total


def _cruise(bombers: Iterable[Holding], party: str) -> float | None:
    """Return what bombers with cruise missiles count, None where equipment that matters is not known."""
    numbers = {name: each.values[0].si for name, each in read("start_1").parameters.items()}
    left, flat, most = (numbers[f"{name}_{party}"] for name in ("bombers", "flat", "most"))
    total = 0.0
    for each in sorted(bombers, key=lambda held: -(held.equipped or 0.0)):
        at_flat = min(left, each.launchers)
        beyond = each.launchers - at_flat
        if beyond and each.equipped is None:
            return None
        total += at_flat * flat + beyond * min(each.equipped or 0.0, most)
        left -= at_flat
    return total


def count_start_2(force: Force) -> Count2:
    """Return a catalog force as START II counts it.

    References
    ----------
    START II, Art. I, III and IV: missiles as attributed under START I, bombers as equipped.
    """
    held = holdings(force)
    slbms = [each for each in held if each.kind == "slbm"]
    icbms = [each for each in held if each.kind == "icbm"]
    bombers = sum(each.launchers * (each.equipped or 0.0) for each in held if each.kind == "bomber")
    return Count2(
        warheads=_attributed(slbms) + _attributed(icbms) + float(bombers),
        slbm_warheads=_attributed(slbms),
        mirved_icbm_warheads=_attributed(each for each in icbms if each.attributed > 1.0),
        heavy_icbm_warheads=_attributed(each for each in icbms if each.heavy),
    )
