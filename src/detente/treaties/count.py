"""How many warheads and launchers a force counts under each agreement: the same force, several answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.catalog.counting import count_bombers
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
    loaded : float or None
        Warheads that are on one missile; None where it is not known.
    nondeployed : float or None
        Launchers, or bombers, of the type that are not deployed; None where it is not known.
    operational : float or None
        Warheads of the type that the side declares as operationally deployed; None where it declares none.
    """

    kind: str
    launchers: float
    attributed: float
    equipped: float | None = None
    cruise_missiles: bool = False
    mobile: bool = False
    heavy: bool = False
    throw_weight: float | None = None
    loaded: float | None = None
    nondeployed: float | None = None
    operational: float | None = None


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
    """A force as START II counts it: bombers with what they are equipped for, missiles as attributed.

    `warheads` is None where a bomber's equipment is not known.
    """

    warheads: float | None
    slbm_warheads: float
    mirved_icbm_warheads: float
    heavy_icbm_warheads: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CountNew:
    """A force as New START counts it: what is on deployed missiles, and one for each deployed bomber.

    `warheads` is None where the loading of a missile is not known, `launchers_total` where it is not known how many
    launchers and bombers are not deployed.
    """

    deployed: float
    warheads: float | None
    launchers_total: float | None


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
            loaded=None if each.basing == "bomber" else each.loaded.value,
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
        throw_weight=_sum((each.launchers, each.throw_weight) for each in missiles),
    )


def _attributed(held: Iterable[Holding]) -> float:
    return float(sum(each.launchers * each.attributed for each in held))


def _cruise(bombers: Iterable[Holding], party: str) -> float | None:
    """Return what bombers with cruise missiles count, None where equipment that matters is not known."""
    numbers = {name: each.values[0].si for name, each in read("start_1").parameters.items()}
    first, flat, most = (numbers[f"{name}_{party}"] for name in ("bombers", "flat", "most"))
    return count_bombers(((each.launchers, each.equipped) for each in bombers), first, flat, most)


def count_start_2(force: Force) -> Count2:
    """Return a catalog force as START II counts it; see `start_2`."""
    return start_2(holdings(force))


def start_2(held: Iterable[Holding]) -> Count2:
    """Return holdings as START II counts them.

    Examples
    --------
    >>> start_2([Holding(kind="bomber", launchers=10, attributed=1, equipped=16)]).warheads
    160.0

    References
    ----------
    START II, Art. I, III and IV: missiles as attributed under START I, bombers as equipped.
    """
    held = tuple(held)
    slbms = [each for each in held if each.kind == "slbm"]
    icbms = [each for each in held if each.kind == "icbm"]
    bombers = _sum((each.launchers, each.equipped) for each in held if each.kind == "bomber")
    return Count2(
        warheads=None if bombers is None else _attributed(slbms) + _attributed(icbms) + bombers,
        slbm_warheads=_attributed(slbms),
        mirved_icbm_warheads=_attributed(each for each in icbms if each.attributed > 1.0),
        heavy_icbm_warheads=_attributed(each for each in icbms if each.heavy),
    )


def count_new_start(force: Force) -> CountNew:
    """Return a catalog force as New START counts it; see `new_start`."""
    return new_start(holdings(force))


def new_start(held: Iterable[Holding]) -> CountNew:
    """Return holdings as New START counts them.

    Examples
    --------
    >>> missiles = Holding(kind="slbm", launchers=230, attributed=8, loaded=4, nondeployed=50)
    >>> bombers = Holding(kind="bomber", launchers=48, attributed=10, nondeployed=18)
    >>> new_start([missiles, bombers])
    CountNew(deployed=278.0, warheads=968.0, launchers_total=346.0)

    References
    ----------
    New START, Art. II and III: reentry vehicles on deployed missiles, one warhead for each deployed bomber.
    """
    held = tuple(held)
    deployed = float(sum(each.launchers for each in held))
    idle = _sum((1.0, each.nondeployed) for each in held)
    return CountNew(
        deployed=deployed,
        warheads=_sum((each.launchers, 1.0 if each.kind == "bomber" else each.loaded) for each in held),
        launchers_total=None if idle is None else deployed + idle,
    )


def sort(held: Iterable[Holding]) -> float | None:
    """Return the warheads that a side declares as operationally deployed, None where it does not for every type.

    References
    ----------
    Moscow Treaty, Art. I, which has no counting rule: the number is the side's own.
    """
    return _sum((1.0, each.operational) for each in held)


def _sum(pairs: Iterable[tuple[float, float | None]]) -> float | None:
    """Return the sum of products, None where a second factor that matters is not known."""
    total = 0.0
    for number, each in pairs:
        if each is None and number:
            return None
        total += number * (each or 0.0)
    return total
