"""Sphinx configuration: MyST pages, numpydoc docstrings, citations from the catalog's bibliography."""

from pathlib import Path

project = "Détente"
author = "The Détente authors"
copyright = "2026, the Détente authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "numpydoc", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["dollarmath", "deflist", "attrs_inline"]
myst_heading_anchors = 3
bibtex_bibfiles = sorted(
    f"../src/detente/catalog/data/{path.name}"
    for path in (Path(__file__).parents[1] / "src/detente/catalog/data").glob("*.bib")
)
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
