"""Gaps that officials and reporters told of, opened and closed by the radars that they named.

The lack of a radar after Skrunda left the western flank open (news.lt, "New early-warning radar", about 2000).
Lekhtusi was the first and Armavir the second radar to close the gap on the western borders after Skrunda was lost in
1998, and Mukachevo and Sevastopol after it (Space Forces commander, RIA Novosti, 29 September 2010, as reprinted).
"""

import math
from dataclasses import replace

import pytest

from detente.scenario.load import load
from detente.sensing.gaps import APPROACHES, gaps

SKRUNDA, UKRAINE = "skrunda-dnepr", ("mukachevo-dnepr", "sevastopol-dnepr")
NORTHWEST, SOUTHWEST = 290, 240
"""Azimuths [deg] in the middle of what the lost radars looked at."""


@pytest.mark.parametrize(
    ("without", "with_", "azimuth", "seen"),
    [
        ((), (SKRUNDA,), NORTHWEST, True),
        ((), (), NORTHWEST, False),
        ((), ("lekhtusi-voronezh",), NORTHWEST, True),
        ((), (), SOUTHWEST, True),
        (UKRAINE, (), SOUTHWEST, False),
        (UKRAINE, ("armavir-voronezh",), SOUTHWEST, True),
    ],
)
def test_gaps_on_the_western_borders(without, with_, azimuth, seen):
    scenario = load("genoa-2001")
    case = scenario.cases["abm-treaty"]
    own = case.sensors["russia"]
    radars = tuple(name for name in own.radars if name not in without)
    changed = replace(case, sensors={"russia": replace(own, radars=radars, rebuilt=with_)})
    for sweep in gaps(scenario, changed, "russia", threats=APPROACHES, least_warning=300.0):
        inside = [
            (math.radians(azimuth) - gap.azimuth_from) % (2.0 * math.pi)
            <= (gap.azimuth_to - gap.azimuth_from) % (2.0 * math.pi)
            for gap in sweep.gaps
        ]
        assert any(inside) != seen
