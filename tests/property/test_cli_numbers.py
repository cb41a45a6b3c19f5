"""Any numbers on the command line give an answer or a message, never a traceback."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.cli.main import main

NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(min_value=-200.0, max_value=20_000.0),
    st.sampled_from([0.0, -0.0, 90.0, -90.0, 180.0, 1e-300, 1e300]),
)
PLACES = st.tuples(NUMBERS, NUMBERS).map(lambda at: f"{at[0]!r},{at[1]!r}")
SETTINGS = settings(max_examples=40, deadline=None)


def answered(*line):
    """Run a verb in this process; return its exit code, and hold what it prints to what it promises."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["detente", *map(str, line), "--json"])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
    assert code in {0, 1, 2}
    assert "Traceback" not in err.getvalue()
    if code != 2:
        json.loads(out.getvalue(), parse_constant=lambda name: pytest.fail(f"{name} in the answer"))
    return code


@SETTINGS
@given(NUMBERS, NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
def test_infer(apogee, ground_range, boost, time):
    extra = [f"--{name}={value!r}" for name, value in (("boost", boost), ("time", time)) if value is not None]
    answered("infer", f"--apogee={apogee!r}", f"--range={ground_range!r}", *extra)


@SETTINGS
@given(PLACES, PLACES, st.sampled_from(["minimum-energy", "lofted", "depressed"]) | NUMBERS.map(repr))
def test_fly(start, aim, trajectory):
    answered("fly", "scud-b", f"--from={start}", f"--to={aim}", f"--trajectory={trajectory}")


@SETTINGS
@given(NUMBERS, PLACES)
def test_range(payload, start):
    answered("range", "scud-b", f"--payload={payload!r}", f"--from={start}")


@SETTINGS
@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_propagate(tmp_path_factory, latitude, altitude, time, every, velocity):
    path = tmp_path_factory.getbasetemp() / "state.toml"
    path.write_text(
        "[body]\nballistic_coefficient = '5000 kg/m^2'\n[start]\nframe = 'geodetic-ned'\n"
        f"latitude = '{latitude!r} deg'\nlongitude = '0 deg'\naltitude = '{altitude!r} m'\n"
        f"velocity = [{', '.join(repr(f'{each!r} m/s') for each in velocity)}]\n"
        f"[stop]\ntime = '{time!r} s'\n[output]\nevery = '{every!r} s'\n",
        encoding="utf-8",
    )
    answered("propagate", path)
