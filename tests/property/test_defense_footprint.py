"""What never shrinks a footprint: seeing earlier, reacting faster, flying faster, reaching farther or higher."""

import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.records import Interceptor
from detente.defense.bands import Geometry, bands_of
from detente.defense.bands import margins as _margins
from detente.defense.cue import Cue
from detente.defense.draws import table_of as _draws
from detente.sources import Cited

few = settings(max_examples=25, deadline=None)


def cited(value: float, spread: float = 0.0) -> Cited:
    return Cited(value=value, low=value * (1 - spread), high=value * (1 + spread), source="made for a test")


def battery(**given: float) -> Interceptor:
    values = {
        "burnout_speed": 2600.0,
        "burn_time": 20.0,
        "lowest_intercept": 40e3,
        "highest_intercept": 150e3,
        "greatest_range": 200e3,
        "reaction_time": 30.0,
        "target_speed": 8000.0,
    } | given
    return Interceptor(
        name="battery",
        title="Battery",
        layer="terminal",
        basing="fixed-land",
        strategic=False,
        sspk=cited(0.7),
        reliability=cited(0.9),
        discrimination=cited(0.5),
        shots_per_target=cited(2.0),
        **{key: cited(value) for key, value in values.items()},
    )


PLACE = Geometry(
    site=(0.7, 0.4),
    launch=(0.62, 0.9),
    loft=0.0,
    late=70.0,
    burnout_time=100.0,
    longest=3500e3,
    beta=3000.0,
    sight=1.0,
)
AIMS = np.stack(
    np.meshgrid(0.7 + np.linspace(-0.06, 0.06, 15), 0.4 + np.linspace(-0.08, 0.08, 15), indexing="ij"), axis=-1
).reshape(-1, 2)


def margins(interceptor: Interceptor, track_time: float, alert_time: float = math.inf, place: Geometry = PLACE):
    cue = Cue(share=1.0, mode="own", track_time=track_time, alert_time=alert_time)
    return _margins(place, _draws(interceptor, (cue,), 1, place.sight), AIMS)[:, 0]


@few
@given(st.floats(550, 800), st.floats(0, 150))
def test_an_earlier_track_never_loses_ground(track_time: float, earlier: float) -> None:
    assert np.all(margins(battery(), track_time - earlier) >= margins(battery(), track_time) - 1e-9)


@few
@given(st.floats(0, 900), st.floats(0, 300))
def test_being_told_earlier_where_to_look_never_loses_ground(alert_time: float, earlier: float) -> None:
    mobile = replace(battery(), basing="mobile-land")
    late = margins(mobile, math.inf, alert_time)
    assert np.all(margins(mobile, math.inf, max(alert_time - earlier, 0.0)) >= late - 1e-9)
    assert np.all(late >= margins(mobile, math.inf) - 1e-9)


@few
@given(st.sampled_from(["burnout_speed", "greatest_range", "target_speed", "reaction_time"]), st.floats(0.5, 1.0))
def test_a_better_interceptor_never_loses_ground(key: str, worse: float) -> None:
    full = {"burnout_speed": 2600.0, "greatest_range": 200e3, "target_speed": 8000.0, "reaction_time": 30.0}[key]
    poor = full * worse if key != "reaction_time" else full / worse
    defended = margins(battery(**{key: poor}), 720.0) > 1.0
    assert np.all(margins(battery(), 720.0)[defended] > 0.0)


def test_surer_bands_lie_inside_less_sure_ones() -> None:
    uncertain = replace(battery(), burnout_speed=cited(2600.0, 0.3), reaction_time=cited(30.0, 0.8))
    cue = Cue(share=1.0, mode="own", track_time=720.0, alert_time=math.inf)
    areas = [band.area for band in bands_of(uncertain, PLACE, (cue,))]
    assert 0.0 < areas[0] < areas[1] < areas[2]


def test_rings_follow_the_margin() -> None:
    """Just inside a ring there is a margin, just outside none."""
    cue = Cue(share=1.0, mode="own", track_time=720.0, alert_time=math.inf)
    (band,) = bands_of(battery(), PLACE, (cue,), (), (0.5,), 1)
    ring = band.rings[0][:-1]
    center = ring.mean(axis=0)
    table = _draws(battery(), (cue,), 1, 1.0)
    for scale, sign in ((0.97, 1.0), (1.03, -1.0)):
        aims = np.ascontiguousarray((center + scale * (ring - center))[:, ::-1])
        assert np.mean(sign * _margins(PLACE, table, aims)[:, 0] > 0.0) > 0.95
