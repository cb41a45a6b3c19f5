"""The agreement on measures against accidental nuclear war, signed and in force on 30 September 1971."""
