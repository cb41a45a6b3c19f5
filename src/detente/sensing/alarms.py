"""False alarms: how often each level comes, how much of it was real launches, and what a second kind of sensor does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy import special

from detente.sources import Interval

if TYPE_CHECKING:
    from detente.catalog.alarms import Alarm, AlarmRate
    from detente.sensing.timeline import Timeline

YEAR = 31_557_600.0
"""Julian year [s]."""
_ENDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often something happens, itself uncertain: gamma-distributed.

    Parameters
    ----------
    shape : float
        Of the gamma distribution [-], > 0; 1/√shape is the relative scatter of the rate.
    exposure : float
        Its rate parameter [s], > 0: mean rate is ``shape / exposure``.
    """

    shape: float
    exposure: float

    @property
    def mean(self) -> float:
        """Mean rate [1/s]."""
        return self.shape / self.exposure

    def interval(self) -> Interval:
        """Return the mean rate with the 5 % and 95 % point [1/s]; the low end is never above the mean."""
        low, high = (float(special.gammaincinv(self.shape, end)) / self.exposure for end in _ENDS)
        return Interval(value=self.mean, low=min(low, self.mean), high=max(high, self.mean))


def rate(record: AlarmRate) -> Rate:
    """Return how often reports of a level came, as counted: noise and real launches together.

    Yearly counts scatter far more than chance alone allows (43 to 255 conferences a year), so a year has a rate of its
    own: gamma-distributed, with the mean and the extra variance of the counts (method of moments). A single count, or
    counts that scatter no more than chance, give the posterior of one constant rate with Jeffreys' prior.

    References
    ----------
    Greenwood and Yule (1920), An inquiry into the nature of frequency distributions, J. R. Stat. Soc. 83, 255-279.
    Jeffreys (1961), Theory of Probability, 3rd ed., section 3.1.
    """
    counts = [number.value for number in record.counts]
    part = record.years.value * YEAR / len(counts)
    mean = math.fsum(counts) / len(counts)
    spread = math.fsum((each - mean) ** 2 for each in counts) / max(len(counts) - 1, 1)
    if spread <= mean:
        return Rate(shape=math.fsum(counts) + 0.5, exposure=part * len(counts))
    shape = mean * mean / (spread - mean)
    return Rate(shape=shape, exposure=part * shape / mean)


def dispersion(record: AlarmRate) -> float:
    """Return the variance of the counts over their mean [-]: 1 for pure chance at a constant rate; 0 for one count."""
    counts = [number.value for number in record.counts]
    mean = math.fsum(counts) / len(counts)
    return math.fsum((each - mean) ** 2 for each in counts) / max(len(counts) - 1, 1) / mean if mean > 0.0 else 0.0


def launches(record: AlarmRate) -> Interval:
    """Return the real launches among the reports [1/s], low and high ends of the record taken together."""
    seen, share = record.launches, record.launches_counted
    return Interval(
        value=seen.value * share.value / YEAR, low=seen.low * share.low / YEAR, high=seen.high * share.high / YEAR
    )


def noise(record: AlarmRate) -> Interval:
    """Return the reports with no real launch behind them [1/s]: those counted less the launches among them."""
    counted, real = record.counts, launches(record)
    most, least = (math.fsum(getattr(each, end) for each in counted) for end in ("high", "low"))
    span = record.years
    value = math.fsum(each.value for each in counted) / span.value / YEAR - real.value
    return Interval(
        value=max(value, 0.0),
        low=max(least / span.high / YEAR - real.high, 0.0),
        high=max(most / span.low / YEAR - real.low, 0.0),
    )


def chance(often: Rate, duration: float) -> Interval:
    """Return the probability of at least one report in a crisis of some length.

    The value averages over the uncertain rate, ``1 - (1 + T/exposure)**-shape``; low and high are those of its 5 % and
    95 % points, ``1 - exp(-rate T)``, stretched to hold the value. A crisis is taken to be as noisy as other times,
    which no source supports or denies.

    Parameters
    ----------
    often : Rate
        From `rate`.
    duration : float
        T [s], ≥ 0.
    """
    if not (math.isfinite(duration) and duration >= 0.0):
        raise ValueError(f"duration is {duration:g} s; allowed: 0 or more")
    value = -math.expm1(-often.shape * math.log1p(duration / often.exposure))
    ends = often.interval()
    low, high = (-math.expm1(-end * duration) for end in (ends.low, ends.high))
    return Interval(value=value, low=min(low, value), high=max(high, value))


def coincidences(first: float, second: float, window: float) -> float:
    """Return how often two kinds of sensor that know nothing of each other report falsely together by accident [1/s].

    A report of the rarer kind counts if one of the other kind falls within the window before or after it:
    ``a (1 - exp(-2 b τ))``, for rare reports the accidental coincidence rate ``2 a b τ``.

    Parameters
    ----------
    first, second : float
        Rates of false reports [1/s], ≥ 0.
    window : float
        τ: greatest time between two reports that are taken for one event [s], ≥ 0.

    References
    ----------
    Knoll (2010), Radiation Detection and Measurement, 4th ed., ch. 17, on chance coincidences.
    """
    rare, other = sorted((first, second))
    return -rare * math.expm1(-2.0 * other * window)


def agreeing(first: float, second: float, window: float, common: float) -> float:
    """Return how often two kinds of sensor report falsely together, by accident or by a cause that they share [1/s].

    A share β of the reports of the rarer kind comes from where all data meet and so shows as both (beta-factor model);
    the rest are independent.

    Parameters
    ----------
    first, second, window : float
        As in `coincidences`.
    common : float
        β, 0 to 1; see `common_cause`.

    References
    ----------
    Fleming (1975), A reliability model for common mode failures, General Atomic report GA-A13284.
    Mosleh and others (1988), Procedures for treating common cause failures, NUREG/CR-4780.
    """
    if not 0.0 <= common <= 1.0:
        raise ValueError(f"share of common causes is {common:g}; allowed: 0 to 1")
    apart = 1.0 - common
    return common * min(first, second) + coincidences(apart * first, apart * second, window)


def common_cause(alarms: Iterable[Alarm]) -> Interval:
    """Return the share of false reports that arose where all data meet: a display, a line, the center's computer.

    Among incidents with no real object behind them, Jeffreys' prior: mean, 5 % and 95 % points of Beta(k+½, n-k+½). The
    incidents are those made public, so that the share is no better than the choice that history made.

    References
    ----------
    Jeffreys (1961), Theory of Probability, 3rd ed., section 3.1.
    """
    origins = [each.origin for each in alarms if not each.real]
    shared = sum(origin in {"center", "link"} for origin in origins)
    a, b = shared + 0.5, len(origins) - shared + 0.5
    low, high = (float(special.betaincinv(a, b, end)) for end in _ENDS)
    return Interval(value=a / (a + b), low=low, high=high)


def second_kind_cost(line: Timeline) -> float | None:
    """Return the warning that is lost by waiting for the second kind of sensor [s], median; None if it never reports.

    Parameters
    ----------
    line : Timeline
        With its events.
    """
    first = line.events[-1].time - line.warning_time
    both = next((event for event in line.events if event.event == "second kind of sensor"), None)
    return None if both is None or line.seen_share == 0.0 else max(both.time - first, 0.0)
