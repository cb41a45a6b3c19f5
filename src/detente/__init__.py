"""Détente: from a framework proposal to a briefing on defense, warning, stability and law."""

__all__ = ["__version__", "brief", "load", "run"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import the main verbs when they are first used, so that `import detente` stays light."""
    if name == "load":
        from detente.study.load import load

        return load
    if name == "run":
        from detente.study.run import run

        return run
    if name == "brief":
        from detente.briefing.brief import brief

        return brief
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
