"""What an assumption is called in plain words."""

from __future__ import annotations

_WORDS = {
    "interceptors.sspk": "the interceptors' single-shot probability of kill",
    "interceptors.reliability": "the defenses' common reliability",
    "interceptors.discrimination": "the chance of telling a warhead from a decoy",
    "interceptors.shots_per_target": "the shots fired at each target",
    "interceptors.constellation": "the satellites needed for one shot at any booster",
    "defenses.count": "the number of interceptors",
    "forces.ceiling": "the warhead ceiling",
    "forces.accuracy": "the accuracy of the attacker's warheads",
    "forces.weapon_yield": "the yield of the attacker's warheads",
    "forces.hardness": "the hardness of silos",
    "forces.reliability": "the reliability of missiles",
    "forces.alert_day": "the share at sea, dispersed or on alert on an ordinary day",
    "forces.alert_generated": "the share at sea, dispersed or on alert in a crisis",
    "forces.overhaul": "the share of boats in overhaul",
    "forces.dispersal_area": "the area over which mobile missiles disperse",
    "forces.dispersed_hardness": "the hardness of dispersed launchers",
    "forces.launchers": "the number of launchers",
    "forces.loaded": "the warheads that each launcher carries",
    "procedures.assessment": "the time that assessment takes",
    "procedures.conference": "the time that the conference takes",
    "procedures.decision": "the time that the leader takes",
    "procedures.order": "the time that the order takes",
    "procedures.execution": "the time that execution takes",
    "procedures.report_delay": "the delay from sensor to center",
    "sharing.delay": "the delay of shared data",
    "sharing.trust": "the trust in the other side's data",
    "assumptions.radar_track_time": "the time a radar needs for a track",
    "assumptions.decision_floor": "the least time a leader needs",
    "assumptions.required_retaliation": "the retaliation held to be enough",
}


def said(assumption: str) -> str:
    """Return an assumption in words; an unknown one by its field's name.

    Examples
    --------
    >>> said("forces.hardness")
    'the hardness of silos'
    """
    return _WORDS.get(assumption, assumption.rsplit(".", 1)[-1].replace("_", " "))
