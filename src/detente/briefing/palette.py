"""Colors of the briefing: the Okabe-Ito set, one a party and one a status, the same on every page and picture.

References
----------
M. Okabe and K. Ito, Color Universal Design (2008): eight colors that color-blind readers can tell apart.
"""

BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
SKY, PURPLE, YELLOW, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#6B6B6B"

PARTY_COLORS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
"""In the order in which a scenario names its parties."""

STATUS_COLORS = {
    "complies": GREEN,
    "breaks": VERMILION,
    "exceeds": VERMILION,
    "notice owed": ORANGE,
    "consent needed": ORANGE,
    "not determinable": GREY,
    "not in force": GREY,
    "silent": GREY,
}
"""Status of a treaty finding to its color; a word and a mark always stand beside it."""
