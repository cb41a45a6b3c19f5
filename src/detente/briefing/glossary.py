"""Terms of the field, linked at their first use on a page to a glossary in the page itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files

from markupsafe import Markup, escape

from detente.files import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term: its name, how it stands in prose, and what it means."""

    name: str
    match: tuple[str, ...]
    text: str

    @property
    def anchor(self) -> str:
        """Return the identifier of the term's entry in the page."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.name)


def terms() -> tuple[Term, ...]:
    """Return the terms by name, from `assets/glossary.toml`."""
    raw = read_toml(files("detente.briefing") / "assets" / "glossary.toml").data["term"]
    found = (Term(name=item["name"], match=tuple(item["match"]), text=item["text"]) for item in raw)
    return tuple(sorted(found, key=lambda item: item.name))


@dataclass(slots=True)
class Linker:
    """Links each term where a page first uses it; asked in the order of the page."""

    terms: tuple[Term, ...]
    seen: set[str] = field(default_factory=set)

    def __call__(self, text: str) -> Markup:
        """Return a text as HTML, escaped, with a link at the first use of each term not used before.

        Examples
        --------
        >>> Linker(terms())("No decoys & no decoys")
        Markup('No <a class="term" href="#term-decoys">decoys</a> &amp; no decoys')
        """
        owners = {word: term for term in self.terms for word in term.match}
        words = sorted(owners, key=len, reverse=True)
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
        made, end = Markup(), 0
        for found in pattern.finditer(text):
            term = owners[found[1].lower()]
            if term.name in self.seen:
                continue
            self.seen.add(term.name)
            made += escape(text[end : found.start()])
            made += Markup('<a class="term" href="#{}">{}</a>').format(term.anchor, found[1])
            end = found.end()
        return made + escape(text[end:])
