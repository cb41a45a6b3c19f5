"""START I, signed 31 July 1991, in force 5 December 1994 to 5 December 2009."""
