"""TOML files that people write: read with line numbers, and every mistake told in plain words."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from detente.lines import locate
from detente.problems import BadInputError, Problem, nearest
from detente.sources import Quantity
from detente.units import Unit

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PLACE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Annotation of a text that must have a certain form.

    Parameters
    ----------
    allowed : str
        The form in words.
    pattern : str
        The same as a regular expression, for the JSON Schema.
    read : callable
        Raises ValueError where a text is none.
    """

    allowed: str
    pattern: str
    read: Callable[[str], object]

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> Any:
        """Return how pydantic reads such a field: as the text itself."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self._kept, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, _schema: object, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the JSON Schema of such a field."""
        return {"type": "string", "pattern": self.pattern, "description": f"Allowed: {self.allowed}."}

    def _kept(self, text: str) -> str:
        self.read(text)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A TOML file that was read.

    Parameters
    ----------
    file : str
        Its name as it is shown to the reader.
    text : str
        What it holds, as text.
    data : dict
        What it says, as Python values.
    """

    file: str
    text: str
    data: dict[str, Any]

    def line(self, *path: object) -> int | None:
        r"""Return the line, counted from 1, of a key; of the nearest table around it where the key is absent.

        Parameters
        ----------
        *path : object
            Keys and list positions from the top of the file; a single text is read as a dotted key.

        Examples
        --------
        >>> read_text("[a]\nb = [1,\n  2]\n").line("a.b.1")
        3
        """
        parts = tuple(str(part) for part in path)
        if len(parts) == 1:
            parts = tuple(parts[0].split("."))
        known = locate(self.text)
        while parts and parts not in known:
            parts = parts[:-1]
        return known.get(parts)


def read_toml(path: Path | Traversable) -> Document:
    """Read a TOML file.

    Parameters
    ----------
    path : path-like
        The file; a byte-order mark at its start is allowed.

    Raises
    ------
    BadInputError
        No such file, a folder, an empty or unreadable file, not UTF-8, or not TOML.

    See Also
    --------
    read_text : the same for text that is already at hand.
    """
    file = str(path)
    raw = _bytes(path, file)
    if raw.startswith(_UTF16):
        raise _bad(file, "UTF-16 text", "UTF-8 text", "Save the file as UTF-8.")
    raw = raw.removeprefix(_BOM)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x} at position {error.start}, which is not UTF-8"
        raise _bad(file, found, "UTF-8 text", "Save the file as UTF-8.", line) from error
    return read_text(text, file)


def read_text(text: str, file: str = "text") -> Document:
    """Read TOML from a text; `file` is the name that problems carry.

    Raises
    ------
    BadInputError
        The text is empty or not TOML.
    """
    if not text.strip():
        raise _bad(file, "an empty file", "a TOML file", "Write it, or give the path of another file.")
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise _bad(file, "lists or tables nested too deep", "a few levels", "Flatten the file.") from error
    except ValueError as error:
        raise _syntax(file, text, str(error)) from error
    if not data:
        raise _bad(file, "nothing but comments", "at least one key", "Write it, or give the path of another file.")
    return Document(file=file, text=text, data=data)


def _bytes(path: Path | Traversable, file: str) -> bytes:
    try:
        if path.is_dir():
            inside = ", ".join(sorted(item.name for item in path.iterdir() if item.name.endswith(".toml"))[:8])
            raise _bad(file, "a folder", "a TOML file", f"Give a file in it: {inside or 'it holds no .toml file'}.")
        if isinstance(path, Path) and path.exists() and not path.is_file():
            raise _bad(file, "a device or pipe", "a regular TOML file", "Save the text as a file first.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _bad(file, "no such file", "a TOML file", _neighbors(path)) from error
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise _bad(file, found, "a readable TOML file", "Check the path and its permissions.") from error


def _neighbors(path: Path | Traversable) -> str:
    folder = path.parent if isinstance(path, Path) else None
    if folder is None or not folder.is_dir():
        return "Check the path: its folder does not exist either."
    names = [item.name for item in folder.glob("*.toml")]
    return nearest(path.name, names) if names else "Check the path: its folder holds no .toml file."


def _syntax(file: str, text: str, message: str) -> BadInputError:
    place = _PLACE.match(message)
    if place is None:
        return _bad(file, message, "valid TOML", "Correct it.")
    what = place["what"]
    if place["line"] is None:
        last = text.rstrip().count("\n") + 1
        found = f"{what[0].lower()}{what[1:]} at the end of the file"
        return _bad(file, found, "valid TOML", "Finish the last line; if the file was cut off, copy it again.", last)
    found = f"{what[0].lower()}{what[1:]} at column {place['column']}"
    do = 'Correct this line; text and quantities stand in quotes, as in key = "5500 km".'
    return _bad(file, found, "valid TOML", do, int(place["line"]))


def _bad(file: str, found: str, allowed: str, do: str, line: int | None = None) -> BadInputError:
    return BadInputError([Problem(file=file, line=line, found=found, allowed=allowed, do=do)])


def problems_from_pydantic(
    document: Document, error: ValidationError, model: object, prefix: tuple[object, ...] = ()
) -> list[Problem]:
    """Return what pydantic found wrong with a document, in words for who wrote it.

    Parameters
    ----------
    document : Document
        The file that was checked; gives file name and lines.
    error : pydantic.ValidationError
        What pydantic raised.
    model : type
        The record (or annotation) that was asked for; tells which keys and values are allowed.
    prefix : tuple
        Path of the checked table inside the file.
    """
    found = []
    for item in error.errors(include_url=False):
        path = tuple(item["loc"])
        parent, own = _annotation(model, path[:-1]), _annotation(model, path)
        bare = _bare(own)
        if item["type"] == "value_error" and isinstance(bare, Quantity):
            told = [_quantity(str(text), bare) for text in item["ctx"]["error"].args]
        else:
            told = [((), *_explain(item, str(path[-1]) if path else "", parent, own))]
        for inner, said, allowed, do in told:
            place = (*prefix, *path, *inner)
            key = ".".join(str(part) for part in place)
            line = document.line(*place) if place else None
            found.append(Problem(file=document.file, key=key, line=line, found=said, allowed=allowed, do=do))
    return found


def _explain(item: Any, key: str, parent: object, own: object) -> tuple[str, str, str]:
    """Return what was found, what is allowed and what to do for one pydantic error."""
    kind, value = item["type"], item["input"]
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        known = _keys(parent)
        return "an unknown key", ", ".join(known), _closest(key, known, "Delete it.")
    if kind in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        return "nothing", describe(own), f"Add {key} = …" if not key.isdigit() else "Add the item."
    if kind == "value_error" and not isinstance(_bare(own), Form):
        return f"{_short(value)} ({item['ctx']['error']})", describe(own), "Correct it."
    if kind == "literal_error":
        options = [str(option) for option in get_args(_bare(own))]
        return _short(value), describe(own), _closest(str(value), options, "Write one of these.")
    return _short(value), describe(own), "Replace it."


def _quantity(message: str, quantity: Quantity) -> tuple[tuple[str, ...], str, str, str]:
    """Return the inner key, what was found, what is allowed and what to do, from a message of `Quantity.read`."""
    keyed = re.match(r"(\w+): ", message)
    inner = (keyed[1],) if keyed else ()
    said, _, rest = message[keyed.end() if keyed else 0 :].partition("; ")
    if rest.startswith("allowed: "):
        return inner, said, rest.removeprefix("allowed: "), "Correct it."
    allowed = f"such as {_quoted(quantity, '1.5')}" if inner and inner[0] != "source" else describe(quantity)
    return inner, said, allowed, f"{rest[:1].upper()}{rest[1:]}."


def _closest(name: str, names: list[str], otherwise: str) -> str:
    """Return "Did you mean …?" where a name is close to a known one, else what to do otherwise."""
    hint = nearest(name, names)
    return hint if hint.startswith("Did you mean") else otherwise


def _short(value: object) -> str:
    """Return a value as a person would write it, cut where it is long."""
    if isinstance(value, dict):
        return f"a table with {', '.join(str(key) for key in list(value)[:6]) or 'no keys'}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…" + ('"' if isinstance(value, str) else "")


def _quoted(quantity: Quantity, number: str) -> str:
    return number if quantity.si == "1" else f'"{number} {quantity.shown}"'


_PLAIN: dict[object, str] = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date without quotes, such as 2001-08-01",
    datetime: "a moment without quotes, such as 2001-08-01T06:24:00Z",
}


def describe(annotation: object) -> str:
    """Return in plain words what may stand where a field of this type is read.

    Examples
    --------
    >>> describe(tuple[int, ...])
    'a list, each item: a whole number'
    """
    bare = _bare(annotation)
    if isinstance(bare, Unit | Form):
        return _measured(bare) if isinstance(bare, Unit) else bare.allowed
    if get_origin(bare) is Literal:
        return ", ".join(f'"{option}"' for option in get_args(bare))
    if get_origin(bare) is tuple:
        item = get_args(bare)
        return f"a list, each item: {describe(item[0])}" if item[-1] is Ellipsis else f"a list of {len(item)} items"
    if get_origin(bare) is dict:
        return f"a table, each entry: {describe(get_args(bare)[1])}"
    if dataclasses.is_dataclass(bare):
        return f"a table with {', '.join(_keys(bare))}"
    return _PLAIN.get(bare, "a value of another kind")


def _measured(unit: Unit) -> str:
    if isinstance(unit, Quantity):
        return f'a table {{ value = {_quoted(unit, "…")}, low = …, high = …, source = "…" }}'
    return "a number" if unit.si == "1" else f'a text such as "1.5 {unit.shown}"'


def _keys(annotation: object) -> list[str]:
    bare = _bare(annotation)
    if isinstance(bare, Quantity):
        return ["value", "low", "high", "source", "seen", "note"]
    return [item.name for item in dataclasses.fields(bare)] if dataclasses.is_dataclass(bare) else []


def _bare(annotation: object) -> object:
    """Return the annotation without "or None" and, for a number with a unit or a text of a form, that."""
    if get_origin(annotation) is Annotated:
        extras = [extra for extra in get_args(annotation)[1:] if isinstance(extra, Unit | Form)]
        return extras[0] if extras else _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return next(_bare(option) for option in get_args(annotation) if option is not type(None))
    return annotation


def _annotation(model: object, path: tuple[object, ...]) -> object:
    """Return the annotation that a path inside a model leads to; the last known one where the path leaves it."""
    bare = _bare(model)
    if not path:
        return model
    if dataclasses.is_dataclass(bare):
        hints = get_type_hints(bare, include_extras=True)
        return _annotation(hints[str(path[0])], path[1:]) if path[0] in hints else None
    inner = get_args(bare)
    if get_origin(bare) is dict:
        return _annotation(inner[1], path[1:])
    if get_origin(bare) is tuple:
        index = 0 if inner[-1] is Ellipsis else min(int(str(path[0])), len(inner) - 1)
        return _annotation(inner[index], path[1:])
    return None
