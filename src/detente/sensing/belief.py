"""How far reports move the belief that an attack is under way, and what trust in the other side's word changes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.sources import Cited, Interval

Range = Cited | Interval
"""A probability with low and high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What one kind of sensor says within the time in which it would have to see an attack.

    Parameters
    ----------
    reports : bool
        Whether it reports an attack.
    detection : Cited or Interval
        Probability that it reports if there is an attack, 0 to 1.
    false_alarm : Cited or Interval
        Probability that it reports if there is none, 0 to 1.
    """

    reports: bool
    detection: Range
    false_alarm: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """How a pre-launch notice is weighed.

    Parameters
    ----------
    explained : bool
        Whether a notice matches what was seen (see `detente.sensing.notice.match`).
    kept : Cited or Interval
        Probability that a harmless launch was announced, in a notice that reached those who assess.
    misused : Cited or Interval
        Probability that an attack hides behind a notice that matches it.
    """

    explained: bool
    kept: Range
    misused: Range


def update(prior: float, if_attack: float, if_none: float) -> float:
    """Return the probability of an attack after something that was seen (Bayes' theorem).

    Parameters
    ----------
    prior : float
        Before, 0 to 1.
    if_attack, if_none : float
        Probability of what was seen with and without an attack, 0 to 1.

    Raises
    ------
    ValueError
        Both states of the world are excluded by what was seen.
    """
    attack, none = prior * if_attack, (1.0 - prior) * if_none
    if attack + none <= 0.0:
        raise ValueError(
            "what was seen is impossible with and without an attack: a probability of 0 or 1 excludes too much; "
            "give the prior, detection and false alarm values between 0 and 1"
        )
    return attack / (attack + none)


def belief(
    prior: Range,
    own: Sequence[Witness],
    peer: Sequence[Witness] = (),
    trust: Range | None = None,
    regime: Regime | None = None,
) -> Interval:
    """Return the belief that an attack is under way, after notice, own sensors and the other side's word.

    The notice changes the prior, then each own witness, all independent given the truth. The other side's witnesses
    are taken at their word with the probability `trust` and else not heard: the belief is the mean of both, weighted
    by trust (Jeffrey's rule). Trust of 0 is as if nothing was said.

    Parameters
    ----------
    prior : Cited or Interval
        Probability of an attack before anything was seen, 0 to 1.
    own, peer : sequence of Witness
        What each kind of sensor says.
    trust : Cited or Interval, optional
        Probability that the other side's word is taken, 0 to 1; needed where there is one.
    regime : Regime, optional
        Of notices; without one, none was expected and its absence says nothing.

    Returns
    -------
    Interval
        The belief moves one way in each input alone, so that low and high are the extremes over all ranges at once.

    Raises
    ------
    ValueError
        A probability outside 0 to 1, a peer without trust, or inputs that exclude what was seen.

    References
    ----------
    Jeffrey (1983), The Logic of Decision, 2nd ed., ch. 11.
    """
    if peer and trust is None:
        raise ValueError("the other side's word needs a trust in it, 0 to 1: give `trust`")
    inputs = [prior, trust if trust is not None else Interval(value=0.0, low=0.0, high=0.0)]
    inputs += [each for witness in (*own, *peer) for each in (witness.detection, witness.false_alarm)]
    inputs += [regime.kept, regime.misused] if regime else []
    for each in inputs:
        if not 0.0 <= each.low <= each.value <= each.high <= 1.0:
            raise ValueError(f"a probability is {each.low:g} to {each.high:g}; allowed: in order, within 0 to 1")
    said = [witness.reports for witness in (*own, *peer)]

    def at(values: Sequence[float]) -> float:
        return _belief(values, said, len(own), regime.explained if regime else None)

    return _extremes(at, inputs)


def _belief(values: Sequence[float], said: Sequence[bool], own: int, explained: bool | None) -> float:
    """Return the belief at single values: prior, trust, then two for each witness, then two of the regime."""
    prior, trust, *rest = values
    pairs = list(zip(rest[: 2 * len(said) : 2], rest[1 : 2 * len(said) : 2], strict=True))
    known = prior if explained is None else _noticed(prior, explained, *rest[-2:])
    for reports, (detection, false_alarm) in zip(said[:own], pairs[:own], strict=True):
        known = _heard(known, reports, detection, false_alarm)
    told = known
    for reports, (detection, false_alarm) in zip(said[own:], pairs[own:], strict=True):
        told = _heard(told, reports, detection, false_alarm)
    return trust * told + (1.0 - trust) * known


def _heard(prior: float, reports: bool, detection: float, false_alarm: float) -> float:
    return update(prior, detection, false_alarm) if reports else update(prior, 1.0 - detection, 1.0 - false_alarm)


def _noticed(prior: float, explained: bool, kept: float, misused: float) -> float:
    """Return the prior after the notices were looked at; a regime that is misused more than kept says nothing."""
    if misused >= kept:
        return prior
    return update(prior, misused, kept) if explained else update(prior, 1.0 - misused, 1.0 - kept)


def _extremes(function: Callable[[Sequence[float]], float], inputs: Sequence[Range]) -> Interval:
    """Return a function's value, and its extremes over the corners of its inputs' ranges."""
    ends = [tuple(dict.fromkeys((each.low, each.high))) for each in inputs]
    if math.prod(len(each) for each in ends) > 65_536:
        raise ValueError("too many witnesses with ranges: 16 ranges at most; give some as single values")
    found = [function(corner) for corner in itertools.product(*ends)]
    value = function([each.value for each in inputs])
    return Interval(value=value, low=min(*found, value), high=max(*found, value))
