"""Track accuracy: errors of looks, the family of flights while the missile burns, ellipses, and bad input."""

import math
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.earth import WGS84, ecef_from_geodetic, look_angles
from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.sensing import errors
from detente.sensing.batch import batch_of
from detente.sensing.boost import PACE, SIZE, TIME, boost_of, burning, cut_off, state, still_to_come
from detente.sensing.looks import infrared_looks, looks, radar_looks, sight
from detente.sensing.prior import PRIOR
from detente.sensing.track import LIMIT, accuracy, known_when
from detente.sensing.track_kernels import carry, coast, ground, pull

SMALL = np.array([10.0, 10.0, 0.01, 1e-6, 1e-6, 1e-6, 0.01, 0.01, 0.01])


@pytest.fixture(scope="module")
def flown():
    known = catalog()
    return fly(known.missiles["minuteman-iii"], known.places["malmstrom"], known.places["moscow"], MinimumEnergy())


@pytest.fixture(scope="module")
def boost(flown):
    return boost_of(flown)


def radar(flown, start=600.0, end=1500.0, step=10.0, **more):
    site = ecef_from_geodetic(math.radians(68.1), math.radians(33.9), 0.0)
    return looks("radar", np.arange(start, end, step), site, [30.0, 1e-3, 1e-3], **more)


def plume(flown, longitude=-37.0, **more):
    place = ecef_from_geodetic(0.0, math.radians(longitude), 35.786e6)
    return looks("satellite", np.arange(40.0, flown.burnout_time, 10.0), place, [np.inf, 6e-5, 6e-5], **more)


def test_gravity_and_its_gradient_agree_with_the_flight_engine(flown, boost):
    end, _ = cut_off(boost)
    times = np.arange(boost.end, flown.flight_time - 120.0, 60.0)
    fallen = coast(end, boost.end, times, boost.nature)
    assert np.abs(fallen[:, :3] - flown.at(times)[0]).max() < 100.0
    for y in fallen[::5]:
        here, gradient, scratch = np.empty(3), np.empty((3, 3)), np.empty((3, 3))
        pull(y, boost.nature, here, gradient)
        for axis in range(3):
            ahead, back = np.empty(3), np.empty(3)
            step = np.zeros(6)
            step[axis] = 100.0
            pull(y + step, boost.nature, ahead, scratch)
            pull(y - step, boost.nature, back, scratch)
            assert (ahead - back) / 200.0 == pytest.approx(gradient[:, axis], abs=1e-14)


def test_the_transition_matrix_is_what_differences_of_flights_say(boost):
    end, _ = cut_off(boost)
    times = np.array([400.0, 1000.0, 1700.0])
    exact = carry(end, boost.end, times, boost.nature)
    assert exact[:, :, 0] == pytest.approx(coast(end, boost.end, times, boost.nature), abs=1e-6)
    for column, step in enumerate([10.0, 10.0, 10.0, 0.01, 0.01, 0.01]):
        off = step * np.eye(6)[column]
        apart = coast(end + off, boost.end, times, boost.nature) - coast(end - off, boost.end, times, boost.nature)
        assert apart / (2 * step) == pytest.approx(exact[:, :, 1 + column], rel=1e-5, abs=1e-4)


def test_derivatives_of_the_burning_missile_are_those_of_the_family(boost):
    times = np.array([20.0, 60.0, 130.0, 180.0])
    exact = burning(boost, times)
    for number in range(SIZE):
        off = SMALL[number] * np.eye(SIZE)[number]
        apart = state(boost, off, times)[0] - state(boost, -off, times)[0]
        assert apart / (2 * SMALL[number]) == pytest.approx(
            exact[:, :, number], rel=1e-3, abs=20.0 * (number in {2, 4})
        )


def test_derivatives_at_cut_off_hold_for_a_missile_launched_later_or_flown_slower(boost):
    _, exact = cut_off(boost)
    for number in range(SIZE):
        ends = []
        for sign in (1.0, -1.0):
            _, cut, after = state(boost, sign * SMALL[number] * np.eye(SIZE)[number], np.zeros(1))
            ends.append(coast(after, cut, np.array([boost.end]), boost.nature)[0])
        apart = (ends[0] - ends[1]) / (2 * SMALL[number])
        assert apart == pytest.approx(exact[:, number], rel=1e-4, abs=1e-4)


def test_a_missile_launched_later_comes_down_later_at_the_same_point(boost):
    batch = batch_of(boost, [looks("one", [300.0], [7e6, 0.0, 0.0], [1.0, 1.0, 1.0])])
    time, place = batch.landing(np.zeros(SIZE))
    later, same = batch.landing(30.0 * np.eye(SIZE)[TIME])
    assert later - time == pytest.approx(30.0, abs=1e-3)
    assert np.linalg.norm(same - place) < 0.1


def test_velocity_still_to_come_never_grows_and_bounds_what_comes(boost):
    times = np.linspace(0.0, boost.end + 50.0, 60)
    bound = still_to_come(boost, times)
    shrunk = np.linalg.eigvalsh(bound[:-1] - bound[1:]).min(axis=-1)
    assert (shrunk >= -1e-6 * np.trace(bound[0])).all()
    gained = boost.velocity[-1] @ boost.axes
    assert np.linalg.eigvalsh(bound[0] - np.outer(gained, gained)).min() > -1e-6 * np.trace(bound[0])
    assert bound[-1] == pytest.approx(0.0)


def test_lines_of_sight_are_azimuth_and_elevation_and_survive_the_zenith():
    site = ecef_from_geodetic(0.7, 0.3, 0.0)
    targets = ecef_from_geodetic([0.75, 0.7], [0.35, 0.3], [400e3, 400e3])
    distance, axes = sight(np.broadcast_to(site, (2, 3)), targets)
    assert np.einsum("nij,nkj->nik", axes, axes) == pytest.approx(np.broadcast_to(np.eye(3), (2, 3, 3)), abs=1e-12)
    assert distance[0] == pytest.approx(look_angles(0.7, 0.3, 0.0, targets[0])[2])
    upward = site / np.linalg.norm(site)
    assert axes[0, 1] @ upward == pytest.approx(0.0, abs=1e-12)
    straight = sight(site[None], (site + 1e5 * upward)[None])[1][0]
    assert abs(np.linalg.det(straight)) == pytest.approx(1.0)


def test_errors_grow_with_the_square_of_the_distance_down_to_a_part_of_the_beam():
    given = errors.BY_BAND["UHF"]
    far, near, close = errors.look_errors(given, np.array([4e6, 2e6, 1e5]), 4e6)
    assert far[1] == pytest.approx(given.beam_azimuth.value / 1.6 / math.sqrt(40.0))
    assert near == pytest.approx(far / 4.0)
    assert close[1] == pytest.approx(given.beam_azimuth.value / 50.0)
    assert far[0] == pytest.approx(0.5 * errors.LIGHT / 1e6 / math.sqrt(40.0))


def test_assumed_errors_of_a_uhf_radar_hold_those_of_the_published_range_radar_between_near_and_far():
    far, near = errors.look_errors(errors.BY_BAND["UHF"], np.array([4e6, 1.5e6]), 4e6)
    assert near[1] < 2 * errors.KAENA_POINT.azimuth.value < far[1]


def test_a_radar_has_its_own_beam_where_one_is_known():
    known = catalog().radars
    assert math.degrees(errors.errors_of(known["cavalier"]).beam_azimuth.value) == pytest.approx(1.2)
    dnepr = known["olenegorsk-dnepr"]
    assert errors.errors_of(dnepr) == errors.BY_BAND["VHF"]
    own = errors.errors_of(dnepr, 2500.0).beam_azimuth
    assert own.value == pytest.approx(0.886 * errors.LIGHT / dnepr.frequency.value / 50.0)
    assert own.low < own.value < own.high
    with pytest.raises(ValueError, match="aperture of 0"):
        errors.errors_of(dnepr, 0.0)


def test_looks_come_from_spans_of_sight_and_from_what_satellites_see(flown):
    known = catalog()
    seen = radar_looks(known.radars["cavalier"], ((200.0, 300.0), (400.0, 410.0)), 5e6, flown)
    assert seen.time.tolist() == [*np.arange(200.0, 301.0, 5.0), 400.0, 405.0, 410.0]
    assert radar_looks(known.radars["cavalier"], (), 5e6, flown).time.size == 0
    time = np.array([40.0, 50.0])
    place = np.broadcast_to([4.2e7, 0.0, 0.0], (2, 2, 3))
    found = infrared_looks(known.constellations["dsp"], time, place, np.array([[False, True], [False, False]]))
    assert [(each.sensor, each.time.tolist()) for each in found] == [("dsp 1", [50.0])]


def test_what_is_known_grows_from_nothing_to_a_small_ellipse(flown):
    nothing = accuracy(flown, [])
    assert np.isinf(nothing.impact_major).all()
    assert np.isinf(nothing.launch_major).all()
    assert (nothing.looks == 0).all()
    track = accuracy(flown, [plume(flown), radar(flown)])
    for name in ("impact_major", "impact_minor", "launch_major", "launch_minor", "impact_time", "launch_time"):
        values = getattr(track, name)
        assert not np.isnan(values).any(), name
        assert (values > 0.0).all(), name
        finite = values[np.isfinite(values)]
        assert (np.diff(finite) <= 1e-6 * finite[:-1]).all(), name
    assert (track.impact_minor <= track.impact_major).all()
    assert ((track.impact_orientation >= 0.0) & (track.impact_orientation <= math.pi)).all()
    assert track.time[-1] == flown.flight_time
    assert track.impact_major[-1] < 50e3
    assert track.looks[-1] == 90 + plume(flown).time.size


def test_a_plume_tells_where_from_long_before_a_radar_tells_where_to(flown):
    track = accuracy(flown, [plume(flown), plume(flown, -165.0), radar(flown)])
    assert known_when(track, 20e3, point="launch") < flown.burnout_time
    assert known_when(track, 50e3) > 600.0
    assert math.isinf(known_when(track, 1.0))


def test_a_shared_look_counts_when_it_arrives(flown):
    at_once, late = accuracy(flown, [radar(flown)]), accuracy(flown, [radar(flown, delay=120.0)])
    assert late.impact_covariance[96] == pytest.approx(at_once.impact_covariance[84])


def test_a_bias_does_not_average_out(flown):
    place = ecef_from_geodetic(0.0, math.radians(-100.0), 35.786e6)
    often = np.arange(40.0, flown.burnout_time, 0.1)
    pair = [
        accuracy(flown, [looks("satellite", often, place, [np.inf, 6e-5, 6e-5], bias=(0.0, bias, bias))])
        for bias in (0.0, 5e-5)
    ]
    sizes = [each.launch_minor[-1] for each in pair]
    assert sizes[0] < 1e3
    assert sizes[1] > 2.0 * 5e-5 * 36e6


def test_looks_after_re_entry_are_left_out(flown):
    track = accuracy(flown, [radar(flown, 600.0, flown.flight_time, 1.0)])
    edge = flown.event("100-km-down").time
    assert track.looks[-1] == pytest.approx(edge - 600.0, abs=11.0)


def test_short_arcs_are_not_known_rather_than_no_number(flown):
    for count in (1, 2):
        track = accuracy(flown, [radar(flown, 600.0, 600.0 + count, 1.0)])
        assert not np.isnan(track.impact_covariance).any()
        assert np.isinf(track.impact_major[-1]) or track.impact_major[-1] <= LIMIT
    narrow = replace(PRIOR, launch_point=replace(PRIOR.launch_point, value=1e12), launch_time=PRIOR.launch_time)
    assert not np.isnan(accuracy(flown, [], prior=narrow).launch_covariance).any()


def test_bad_looks_are_told_with_the_sensor():
    with pytest.raises(ValueError, match="north: times and places"):
        looks("north", [2.0, 1.0], [7e6, 0.0, 0.0], [1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="north: a spread"):
        looks("north", [1.0], [7e6, 0.0, 0.0], [0.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="north: a spread"):
        looks("north", [1.0], [7e6, 0.0, 0.0], [np.nan, 1.0, 1.0])
    with pytest.raises(ValueError, match=r"north: bias .* delay"):
        looks("north", [1.0], [7e6, 0.0, 0.0], [1.0, 1.0, 1.0], delay=-1.0)
    with pytest.raises(ValueError, match=r"allowed: \(n,\)"):
        looks("north", [1.0, 2.0], [[7e6, 0.0, 0.0]], [1.0, 1.0, 1.0])


def test_flights_that_cannot_be_tracked_are_told(flown, boost):
    with pytest.raises(ValueError, match="burns out at 0 s"):
        accuracy(replace(flown, burnout_time=0.0), [])
    with pytest.raises(ValueError, match="no look"):
        batch_of(boost, [])
    orbit = np.array([7e6, 0.0, 0.0, 0.0, 7546.0 - 7e6 * WGS84.rotation_rate, 0.0])
    assert math.isinf(ground(orbit, 0.0, boost.nature, WGS84.flattening)[0])


def test_pace_of_the_family_shortens_the_burn(boost):
    _, cut, _ = state(boost, 0.1 * np.eye(SIZE)[PACE], np.zeros(1))
    assert cut == pytest.approx(boost.end / 1.1)
