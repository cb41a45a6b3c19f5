"""Read the file of `detente propagate`; every mistake in it is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from detente.files import Document, problems_from_pydantic, read_toml
from detente.flight.state import StateFile
from detente.problems import BadInputError, Problem, nearest


def examples() -> dict[str, Traversable]:
    """Return the bundled state files by name."""
    folder = files("detente.flight") / "examples"
    return {path.name.removesuffix(".toml"): path for path in folder.iterdir() if path.name.endswith(".toml")}


def load(file: str | Path) -> StateFile:
    """Read a state file.

    Parameters
    ----------
    file : str or Path
        A TOML file, or the name of a bundled example.

    Raises
    ------
    BadInputError
        Every problem of the file, each with key, line, what was found, what is allowed and what to do.

    Examples
    --------
    >>> load("nesc-9").stop.time
    30.0
    """
    path = Path(file)
    known = examples()
    if not path.exists() and path.suffix != ".toml" and str(file) not in known:
        allowed = "a TOML file, or one of " + ", ".join(sorted(known))
        do = nearest(str(file), known)
        raise BadInputError([Problem(file=str(file), found="no such file or example", allowed=allowed, do=do)])
    document = read_toml(path if path.exists() or str(file) not in known else known[str(file)])
    problems = list(_together(document))
    try:
        made = TypeAdapter(StateFile).validate_python(document.data)
    except ValidationError as error:
        raise BadInputError([*problems_from_pydantic(document, error, StateFile), *problems]) from None
    if problems:
        raise BadInputError(problems)
    return made


def _together(document: Document) -> Iterator[Problem]:
    """Yield what no single table can tell: whether air, wind and body go together."""
    data = document.data
    air = data.get("atmosphere", {})
    model = air.get("model", "us1976") if isinstance(air, dict) else None
    if model != "none" and "body" not in data:
        allowed = "a table with mass, reference_area and drag_coefficient, or with ballistic_coefficient"
        do = 'Add [body], or write model = "none" in [atmosphere].'
        yield Problem(file=document.file, key="body", found="nothing, though there is air", allowed=allowed, do=do)
    if model == "none" and "wind" in data:
        line, do = document.line("wind"), "Delete [wind], or choose an atmosphere."
        yield Problem(
            file=document.file, key="wind", line=line, found="a wind without air", allowed="neither or both", do=do
        )
    body = data.get("body")
    if model == "exponential" and isinstance(body, dict) and isinstance(body.get("drag_coefficient"), dict):
        yield Problem(
            file=document.file,
            key="body.drag_coefficient",
            line=document.line("body", "drag_coefficient"),
            found="a table against Mach in an exponential atmosphere, which has no speed of sound",
            allowed="a number",
            do='Write a number, or model = "us1976" in [atmosphere].',
        )
