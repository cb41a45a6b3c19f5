"""The Moscow Treaty on strategic offensive reductions, signed 24 May 2002, in force 1 June 2003 to 5 February 2011."""
