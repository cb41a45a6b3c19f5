"""Where each key of a TOML text stands; tomllib reads values but keeps no positions."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Generator, Iterator
from functools import cache

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*')[ \t]*(\.?)""")
_SCALAR = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^,\]}\n#]+''',
    re.DOTALL,
)

Path = tuple[str, ...]


@cache
def locate(text: str) -> dict[Path, int]:
    r"""Return the line of every key and list item of a valid TOML text, by its path.

    Examples
    --------
    >>> locate('[[a]]\nb = { c = 1 }\n')[("a", "0", "b", "c")]
    2
    """
    return dict(reversed(list(_Walker(text).walk())))


class _Walker:
    """Walks over valid TOML and says where each key and item stands; the first mention of a path is kept."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        self.position = 0
        self.lengths: dict[Path, int] = {}

    def walk(self) -> Iterator[tuple[Path, int]]:
        table: Path = ()
        self.space()
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = yield from self.header()
            else:
                yield from self.pair(table)
            self.space()

    def space(self) -> None:
        self.position = self.match(_SPACE).end()

    def match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.text, self.position)
        if found is None:
            raise ValueError(f"not TOML at character {self.position}")
        return found

    def line(self) -> int:
        return bisect_right(self.starts, self.position)

    def key(self) -> Path:
        parts: list[str] = []
        dot = "."
        while dot:
            found = self.match(_KEY)
            self.position = found.end()
            raw, dot = found.groups()
            parts.append(raw if raw[0] not in "\"'" else next(iter(tomllib.loads(f"{raw} = 0"))))
        return tuple(parts)

    def header(self) -> Generator[tuple[Path, int], None, Path]:
        many = self.text.startswith("[[", self.position)
        line = self.line()
        self.position += 2 if many else 1
        key = self.key()
        self.position += 2 if many else 1
        path: Path = ()
        for part in key[:-1]:
            path = self.last((*path, part))
            yield path, line
        path = (*path, key[-1])
        if many:
            yield path, line
            self.lengths[path] = self.lengths.get(path, 0) + 1
        path = self.last(path)
        yield path, line
        return path

    def last(self, path: Path) -> Path:
        return (*path, str(self.lengths[path] - 1)) if path in self.lengths else path

    def pair(self, table: Path) -> Iterator[tuple[Path, int]]:
        line = self.line()
        path = table
        for part in self.key():
            path = (*path, part)
            yield path, line
        self.position += 1  # the equals sign
        yield from self.value(path)

    def value(self, path: Path) -> Iterator[tuple[Path, int]]:
        self.space()
        opening = self.text[self.position]
        if opening not in "[{":
            self.position = self.match(_SCALAR).end()
            return
        closing = "]" if opening == "[" else "}"
        count = 0
        self.position += 1
        self.space()
        while self.text[self.position] != closing:
            if opening == "{":
                yield from self.pair(path)
            else:
                yield (*path, str(count)), self.line()
                yield from self.value((*path, str(count)))
            count += 1
            self.space()
            if self.text[self.position] == ",":
                self.position += 1
            self.space()
        self.position += 1
