"""The Joint Statement on future reductions of Helsinki, 21 March 1997: a framework, never a treaty in force."""
