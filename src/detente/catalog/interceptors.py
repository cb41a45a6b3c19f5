"""What intercepts, as published: missiles, lasers and interceptors in orbit, and what in a record cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from detente.catalog.consistent import Contradiction, contradictions
from detente.catalog.sensors import STRICT
from detente.sources import Angles, Dollars, Fractions, Kilograms, Lengths, Metres, Numbers, Seconds, Speeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Interceptor:
    """A missile-defense interceptor (or laser) by type.

    `layer` is the part of the threat's flight it works in. `strategic` says whether it was built to counter
    strategic ballistic missiles (the test of ABM Treaty Art. II); `target_speed` is the fastest target it was tested
    or is credited against (1997 statements). `laser_*` hold for lasers only; `constellation`, `orbit_altitude` and
    `inclination` for interceptors in orbit only.
    """

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    layer: Literal["boost", "midcourse", "terminal"]
    basing: Literal["fixed-land", "mobile-land", "sea", "air", "space"]
    strategic: bool
    burnout_speed: Speeds | None = None
    """Speed when its last stage stops; absent for lasers."""
    burn_time: Seconds | None = None
    """Of all stages together; absent for lasers."""
    stages: Numbers | None = None
    """Stages of its booster; by default as many as its speed asks for."""
    launch_mass: Kilograms | None = None
    """With its booster; with `diameter` it tells how much the air slows it."""
    diameter: Lengths | None = None
    """Of its booster."""
    divert: Speeds | None = None
    """Change of speed that a kill vehicle outside the air can make to come to its target."""
    lateral_limit: Numbers | None = None
    """Greatest sideways acceleration of a missile steered in the air, in standard gravities."""
    lowest_intercept: Metres
    """Least altitude of an intercept."""
    highest_intercept: Metres
    """Greatest altitude of an intercept."""
    greatest_range: Metres
    """Slant range from launcher to intercept, at most [m]."""
    reaction_time: Seconds
    """From a usable track to launch [s]."""
    minimum_warning: Seconds | None = None
    """From the first word of an attack to readiness for launch; absent where it is always ready."""
    assessment_time: Seconds | None = None
    """From an intercept to knowing whether it worked, before the next shot is decided; absent where it is instant."""
    reload_time: Seconds | None = None
    """From an empty launcher to one that is ready again; absent where none is reloaded in action."""
    sspk: Fractions
    """Single-shot probability of kill against an object it engages, given that it engages the right one."""
    reliability: Fractions
    """Common to all shots of one engagement: launch control, sensors, communications."""
    discrimination: Fractions
    """Probability that a decoy is told from a warhead, where there are decoys: the rest of them draw fire too."""
    shots_per_target: Numbers
    """Shots at one target, at most, by its doctrine."""
    largest_target_range: Metres | None = None
    """Greatest range of a missile it is credited against [m]."""
    target_speed: Speeds | None = None
    laser_range_liquid: Metres | None = None
    laser_range_solid: Metres | None = None
    laser_dwell: Seconds | None = None
    """How long the beam must rest on a booster at those ranges."""
    constellation: Numbers | None = None
    """Satellites needed for one shot at one booster anywhere, from the source."""
    orbit_altitude: Metres | None = None
    """Of the circular orbits of its constellation."""
    inclination: Angles | None = None
    """Of these orbits to the equator."""
    first_available: date | None = None
    """The first day on which it could be deployed."""
    unit_cost: Dollars | None = None
    note: str = ""


@contradictions.register
def _interceptor(record: Interceptor) -> Iterator[Contradiction]:
    low, high = record.lowest_intercept.value, record.highest_intercept.value
    if low >= high:
        yield Contradiction(
            path="lowest_intercept",
            found=f"{low / 1000:g} km, not below highest_intercept, {high / 1000:g} km",
            allowed=f"0 to below {high / 1000:g} km",
            do="Correct one of the two.",
        )
    beam = ("laser_range_liquid", "laser_range_solid", "laser_dwell")
    orbit = ("constellation", "orbit_altitude", "inclination")
    laser = any(getattr(record, name) is not None for name in beam)
    flies = ("burnout_speed", "burn_time")
    yield from _together(record, beam if laser else flies, "the range of a laser" if laser else "a fly-out")
    if record.basing == "space":
        yield from _together(record, orbit, "an orbit")
    wrong = [name for name in orbit if record.basing != "space"] + [name for name in flies if laser]
    for name in wrong:
        if getattr(record, name) is not None:
            because = "a laser" if laser and name in flies else f'basing = "{record.basing}"'
            yield Contradiction(path=name, found=f"{name} of {because}", allowed="none", do="Delete the line.")
    for name in (
        "burnout_speed",
        "burn_time",
        "greatest_range",
        "launch_mass",
        "diameter",
        "laser_dwell",
        "reload_time",
    ):
        number = getattr(record, name)
        if number is not None and number.low <= 0.0:
            yield Contradiction(path=name, found="0", allowed="more than 0", do="Correct it, or delete the line.")
    stages = record.stages
    if stages is not None and stages.value not in {1.0, 2.0, 3.0, 4.0}:
        yield Contradiction(path="stages", found=f"{stages.value:g}", allowed="1, 2, 3 or 4", do="Correct it.")


def _together(record: Interceptor, names: tuple[str, ...], what: str) -> Iterator[Contradiction]:
    """Yield what is missing of the numbers that say one thing together."""
    for name in names:
        if getattr(record, name) is None:
            yield Contradiction(
                path=name,
                found=f"no {name}, so {what} cannot be computed",
                allowed="a number with unit, range and source",
                do=f"Add {name} = {{ value = …, source = … }}.",
            )
