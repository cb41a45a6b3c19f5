"""Draws of a missile's numbers from their published ranges."""

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.flight.draws import within_ranges
from detente.flight.missiles import stream_missiles
from detente.flight.vehicle import KICK_TIME, vehicle

SITE, CONTROL = [0.6, 0.9, 0.0], [0.8, 0.35, 0.55, 118.0, 3.0, KICK_TIME]


def test_draws_stay_in_their_ranges_and_center_on_the_values():
    missile = catalog().missiles["ss-20"]
    made = within_ranges(missile, SITE, CONTROL)(np.random.default_rng(1), 4_000)
    for number, stage in enumerate(missile.stages):
        for column, each in ((0, stage.propellant_mass), (1, stage.inert_mass), (2, stage.burn_time)):
            drawn = made.stages[:, number, column]
            assert each.low <= drawn.min() < each.value < drawn.max() <= each.high
            assert np.mean(drawn < each.value) == pytest.approx(0.5, abs=0.05)
    assert missile.payload.low <= made.payload.min() <= made.payload.max() <= missile.payload.high
    beta = made.ballistic_coefficient
    assert missile.reentry_beta.low <= beta.min() <= beta.max() <= missile.reentry_beta.high


def test_a_small_share_is_nearly_the_vehicle_itself():
    missile = catalog().missiles["minuteman-iii"]
    made = within_ranges(missile, SITE, CONTROL, share=1e-9)(np.random.default_rng(1), 3)
    for stages in made.stages:
        np.testing.assert_allclose(stages, vehicle(missile).stages, rtol=1e-8)
    np.testing.assert_allclose(made.payload, missile.payload.value)


def test_less_of_the_ranges_scatters_less():
    missile = catalog().missiles["ss-20"]
    spread = []
    for share in (0.1, 0.01):
        draw = within_ranges(missile, SITE, CONTROL, share=share)
        parts = [part.latitude.values for part in stream_missiles(draw, 400, seed=2, part=250)]
        spread.append(np.concatenate(parts).std())
    assert spread[1] == pytest.approx(0.1 * spread[0], rel=0.15)


@pytest.mark.parametrize("share", [0.0, 1.1, float("nan")])
def test_a_share_out_of_range_is_told(share):
    with pytest.raises(ValueError, match="share is"):
        within_ranges(catalog().missiles["ss-20"], SITE, CONTROL, share=share)
