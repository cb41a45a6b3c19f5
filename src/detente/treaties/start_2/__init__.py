"""START II, signed 3 January 1993, with its Protocol of 1997; never in force."""
