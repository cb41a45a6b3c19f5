"""What a deployment knows of a flight, and when: its party's own sensors, and those of a party that shares."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.scenario.scenario import Case, Commit, Deployment, Scenario, Threat
from detente.sensing.network import peers
from detente.sensing.observe import Corridor

NEVER = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One state of knowledge about a flight.

    Parameters
    ----------
    share : float
        Probability of this state: over the launch time of day, and over whether shared data are trusted, 0 to 1.
    mode : {"own", "shared"}
        Whose sensors count.
    track_time : float
        When a radar that can be fired on has a track [s after launch], infinity where none gets one.
    alert_time : float
        When the fire unit's radar is first told where to look [s after launch], infinity where nothing tells it.
    radar : str
        Name of the radar of the track, empty where there is none.
    """

    share: float
    mode: Literal["own", "shared"]
    track_time: float
    alert_time: float
    radar: str = ""


def cues(scenario: Scenario, case: Case, deployment: Deployment, threat: Threat, corridor: Corridor) -> tuple[Cue, ...]:
    """Return the states of knowledge of a deployment about one flight; their shares sum to 1.

    On what an interceptor may be fired is the deployment's `commit`. By default those outside the air may be fired on
    the track of any warning radar of the party; others need a track of the radar of their own fire unit or of one named
    in `cue`, and are only told where to look by the rest. "alert" fires on the first report of a launch. With
    shared data both parties' sensors count, the other's later by the delay, with the probability `trust`; they may be
    fired on the other's track only where the track itself is released.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Assumptions, sharing and catalog.
    deployment : Deployment
        Who is to be told.
    threat : Threat
        Whose launch it is: nobody reports its own attack, though an accident is reported.
    corridor : Corridor
        What the sensors of the case see of the flight.
    """
    silent = threat.by if threat.kind in {"limited", "theater"} else None
    others = tuple(party for party in peers(case, deployment.party) if party != silent)
    trust = case.sharing.trust.value if case.sharing and others else 0.0
    found = _states(scenario, case, deployment, corridor, ()) if trust < 1.0 else ()
    states = [replace(state, share=state.share * (1.0 - trust)) for state in found]
    if trust > 0.0:
        states += [
            replace(state, share=state.share * trust) for state in _states(scenario, case, deployment, corridor, others)
        ]
    return tuple(state for state in states if state.share > 0.0)


def commit_of(scenario: Scenario, deployment: Deployment) -> Commit:
    """Return on what a deployment may fire: what it states, or what its layer asks for."""
    terminal = scenario.catalog.interceptors[deployment.interceptor].layer == "terminal"
    return deployment.commit or ("own-track" if terminal else "any-track")


def _states(
    scenario: Scenario, case: Case, deployment: Deployment, corridor: Corridor, others: Collection[str]
) -> tuple[Cue, ...]:
    """Return the states with satellites that saw the launch, and without, for one choice of whose sensors count.

    The alert is the day's earliest: reports differ by a few scans, fire units see their targets minutes later.
    """
    wait = scenario.assumptions.radar_track_time.value
    releases = {party: case.sharing.releases[party] for party in others} if case.sharing else {}
    told = {party: (corridor.track((party,), wait), release) for party, release in releases.items()}
    own = corridor.track((deployment.party,), wait, deployment.cue)
    heard = [(found[0] + release.delay.value, found[1]) for found, release in told.values()]
    passed = [(found[0] + release.delay.value, found[1]) for found, release in told.values() if release.track]
    warned, _ = min([own, *heard], key=lambda pair: pair[0])
    track, tracker = min([own, *passed], key=lambda pair: pair[0])
    commit = commit_of(scenario, deployment)
    if commit == "own-track":
        track, tracker = corridor.track((), wait, deployment.cue)
    seen = corridor.launch_seen((deployment.party,))
    for party, release in releases.items():
        seen = np.minimum(seen, corridor.launch_seen((party,)) + release.delay.value)
    mode: Literal["own", "shared"] = "shared" if others else "own"
    finite = seen[np.isfinite(seen)]
    share = finite.size / seen.size
    states = []
    if share > 0.0:
        alert = min(float(np.min(finite)), warned)
        if commit == "alert" and alert < track:
            states.append(Cue(share=share, mode=mode, track_time=alert, alert_time=alert))
        else:
            states.append(Cue(share=share, mode=mode, track_time=track, alert_time=alert, radar=tracker))
    if share < 1.0:
        states.append(Cue(share=1.0 - share, mode=mode, track_time=track, alert_time=warned, radar=tracker))
    return tuple(states)
