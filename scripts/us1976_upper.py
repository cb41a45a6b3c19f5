"""Make src/detente/flight/data/us1976_upper.csv. Needs `pip install ussa1976==0.3.4`, which Détente does not.

Run as: python scripts/us1976_upper.py >> table.csv
"""

import numpy as np
from ussa1976.core import compute

ALTITUDES_KM = np.concatenate(
    [
        np.arange(84, 152, 2.0),
        np.arange(155, 201, 5.0),
        np.arange(210, 301, 10.0),
        np.arange(320, 501, 20.0),
        np.arange(550, 1001, 50.0),
    ]
)
data = compute(z=ALTITUDES_KM * 1e3, variables=["t", "p", "rho"])
for row in zip(ALTITUDES_KM, data.t.values, data.p.values, data.rho.values, strict=True):
    print("{:.0f},{:.6g},{:.6g},{:.6g}".format(*row))
