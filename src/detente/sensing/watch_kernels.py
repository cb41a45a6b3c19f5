"""The viewing rules of infrared satellites over whole days and many points, compiled.

The rule itself is that of `kernels`; here it runs in loops whose innermost one goes over the minutes of a day, so that
the processor tests several minutes at once. numba notices an edit of this file, not one of `kernels`: delete the
compiled files (``__pycache__/watch_kernels*.nb?``) after changing the rule there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from numba import njit

from detente.sensing.kernels import between, in_cone

if TYPE_CHECKING:
    from detente.sensing.kernels import Array, Flags

jit = njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"})


@jit
def mark(
    seen: Flags,
    satellites: Array,
    axes: Array,
    cosine: float,
    working: Flags,
    plumes: Array,
    ups: Array,
    limits: Array,
) -> None:
    """Mark the minutes in which some satellite of a constellation sees a plume over each of many points.

    Parameters
    ----------
    seen : array of bool, shape (points, minutes)
        Marked in place; what was marked stays.
    satellites, axes : array, shape (3, satellites, minutes)
        Earth-fixed positions [m], and unit vectors along which the telescopes look.
    cosine : float
        Of half the angle of the field of view around that axis; -2 for satellites that sweep all they see.
    working : array of bool, shape (satellites, minutes)
        Whether the telescopes work.
    plumes, ups : array, shape (points, 3)
        Earth-fixed positions of the plumes [m], and unit vectors that point up there.
    limits : array, shape (2, points)
        Lower and upper limit of the sine of the satellite's elevation over the plume's horizontal: the viewing rule.
    """
    for point in range(seen.shape[0]):
        x, y, z = plumes[point, 0], plumes[point, 1], plumes[point, 2]
        u, v, w = ups[point, 0], ups[point, 1], ups[point, 2]
        least, most = limits[0, point], limits[1, point]
        if least > 1.0:
            continue
        row = seen[point]
        for satellite in range(working.shape[0]):
            sx, sy, sz = satellites[0, satellite], satellites[1, satellite], satellites[2, satellite]
            ax, ay, az = axes[0, satellite], axes[1, satellite], axes[2, satellite]
            on = working[satellite]
            for minute in range(row.size):
                dx, dy, dz = sx[minute] - x, sy[minute] - y, sz[minute] - z
                length = math.sqrt(dx * dx + dy * dy + dz * dz)
                toward = -(ax[minute] * dx + ay[minute] * dy + az[minute] * dz)
                above = between(dx * u + dy * v + dz * w, length, least, most)
                row[minute] |= above & in_cone(toward, length, cosine) & on[minute]
