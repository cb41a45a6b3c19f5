"""The 1972 ABM Treaty, with the 1974 Protocol, the agreed statements, and the commission's texts of 1978 and 1985."""
