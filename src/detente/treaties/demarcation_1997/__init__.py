"""The New York statements of 26 September 1997 on theater defenses under the ABM Treaty; never in force."""
