"""What all tests share: no deadline for an example, because a first call may compile and a busy machine is slow."""

from hypothesis import settings

settings.register_profile("detente", deadline=None)
settings.load_profile("detente")
