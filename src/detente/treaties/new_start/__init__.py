"""New START, signed 8 April 2010, in force 5 February 2011 to 4 February 2026."""
