"""Sphinx configuration: MyST pages, numpydoc docstrings, citations from the catalog's bibliography."""

import os
import sys
from pathlib import Path

os.environ["NUMBA_DISABLE_JIT"] = "1"  # kernels are documented as the functions that they are, not as compiled objects
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402
from pybtex.plugin import register_plugin  # noqa: E402
from pybtex.style.formatting.plain import Style as Plain  # noqa: E402
from pybtex.style.formatting.unsrt import toplevel  # noqa: E402
from pybtex.style.labels import BaseLabelStyle  # noqa: E402
from pybtex.style.sorting import BaseSortingStyle  # noqa: E402
from pybtex.style.template import field, optional, optional_field, sentence  # noqa: E402


class KeyLabels(BaseLabelStyle):
    """Label an entry with its key, which is what `source = "…"` says in every file."""

    def format_labels(self, entries):
        return [entry.key for entry in entries]


class KeySorting(BaseSortingStyle):
    def sorting_key(self, entry):
        return entry.key


class ByKey(Plain):
    """Titles as they were written; the publisher where nobody signed."""

    default_label_style = KeyLabels
    default_sorting_style = KeySorting

    def format_title(self, _entry, which_field, as_sentence=True):
        return sentence[field(which_field)] if as_sentence else field(which_field)

    def get_misc_template(self, e):
        return toplevel[
            optional[self.format_names("author")],
            self.format_title(e, "title"),
            sentence[optional_field("organization"), optional_field("year")],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]


register_plugin("pybtex.style.formatting", "bykey", ByKey)
generate.write(HERE / "reference/generated")

project = "Détente"
author = "The Détente authors"
copyright = "2026, the Détente authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "numpydoc", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["dollarmath", "deflist", "attrs_inline"]
myst_heading_anchors = 3
bibtex_bibfiles = sorted(
    f"../src/detente/catalog/data/{path.name}" for path in (HERE.parent / "src/detente/catalog/data").glob("*.bib")
)
bibtex_default_style = "bykey"
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Détente"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
numpydoc_validation_checks = set()
suppress_warnings = ["myst.header"]
nitpick_ignore_regex = [("py:.*", r".*")]  # annotations name types of libraries that publish no inventory offline
