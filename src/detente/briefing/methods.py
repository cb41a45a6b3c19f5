"""How each chapter was computed and what the whole leaves out: prose, kept as text in `assets/methods.toml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from detente.files import read_toml


@cache
def _text() -> dict[str, Any]:
    return read_toml(files("detente.briefing") / "assets" / "methods.toml").data


def method(chapter: str) -> tuple[str, ...]:
    """Return how a chapter's numbers were computed.

    Examples
    --------
    >>> len(method("law"))
    2
    """
    found = next(item for item in _text()["chapter"] if item["name"] == chapter)
    return tuple(" ".join(text.split()) for text in found["sentences"])


def left_out() -> tuple[str, ...]:
    """Return what the model leaves out."""
    return tuple(" ".join(text.split()) for text in _text()["left_out"])
