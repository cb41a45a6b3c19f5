"""How a person writes the shape of a trajectory: a name, an apogee, or a re-entry angle."""

from __future__ import annotations

import re
from typing import Annotated

from detente.files import Form

NAMED = ("minimum-energy", "lofted", "depressed")
"""Shapes with a name."""
_MOST_KM, _STEEPEST_DEG = 1e6, 90.0
"""Bounds of an apogee [km] and of a re-entry angle [deg], both between 0 and that."""
_NUMBER = r"[0-9]+(\.[0-9]+)?"
PATTERN = rf"^({'|'.join(NAMED)}|{_NUMBER} ?(km|deg)?)$"
"""What such a text looks like; a number alone is an apogee in km."""
ALLOWED = 'minimum-energy, lofted, depressed, an apogee such as "1200 km", or a re-entry angle such as "25 deg"'
"""The same in words."""


def parsed(text: str) -> tuple[str, float]:
    """Return the name of a shape, "km" or "deg", and the number that was written with it (0 beside a name).

    Raises
    ------
    ValueError
        Anything else.

    Examples
    --------
    >>> parsed("1200 km"), parsed("25deg"), parsed("lofted")
    (('km', 1200.0), ('deg', 25.0), ('lofted', 0.0))
    """
    if text in NAMED:
        return text, 0.0
    unit = "deg" if text.endswith("deg") else "km"
    number = float(text.removesuffix(unit)) if re.fullmatch(PATTERN, text) else 0.0
    if not 0.0 < number < (_STEEPEST_DEG if unit == "deg" else _MOST_KM):
        raise ValueError(f'trajectory is "{text}"; allowed: {ALLOWED}')
    return unit, number


ShapeText = Annotated[str, Form(allowed=ALLOWED, pattern=PATTERN, read=parsed)]
"""A text in a scenario that names the shape of a trajectory."""
