"""What decays first is what nothing checks: size, documentation, lightness, what the project says of itself."""

import ast
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from detente.study.schema import schema

ROOT = Path(__file__).parents[2]
SOURCE = sorted((ROOT / "src/detente").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def _functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _code_lines(node):
    """Lines of a function without its docstring."""
    lines = node.end_lineno - node.lineno + 1
    doc = node.body[0]
    if isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant) and isinstance(doc.value.value, str):
        lines -= doc.end_lineno - doc.lineno + 1
    return lines


def test_no_file_is_longer_than_400_lines():
    long = {str(path.relative_to(ROOT)): n for path in SOURCE if (n := len(path.read_text().splitlines())) > 400}
    assert not long


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {_code_lines(node)}"
        for path in SOURCE
        for node in _functions(path)
        if _code_lines(node) > 40
    ]
    assert not long


def test_every_public_function_and_class_has_a_docstring():
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCE
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_every_module_says_what_it_is_for():
    silent = [str(path.relative_to(ROOT)) for path in SOURCE if path.read_text().strip() and not _module_doc(path)]
    assert not silent


def _module_doc(path):
    return ast.get_docstring(ast.parse(path.read_text()))


def test_every_module_and_field_is_in_the_reference():
    pages = runpy.run_path(str(ROOT / "docs/generate.py"))["pages"]()
    text = "\n".join(pages.values())
    names = {
        str(path.relative_to(ROOT / "src").with_suffix("")).replace("/", ".")
        for path in SOURCE
        if path.read_text().strip() and not path.name.startswith("__")
    }
    assert not sorted(name for name in names if f"automodule:: {name}\n" not in text)
    for file in ("missiles", "forces", "radars"):
        fields = schema(file)["additionalProperties"]["properties"]
        assert not [name for name in fields if f"| `{name}` |" not in pages["file-catalog"]]
    assert not [name for name in schema("scenario")["properties"] if f"| `{name}` |" not in pages["file-scenario"]]


_CLAIMS = re.compile(r"\bassert|\braises\(|\bwarns\(|\.(?:check|until)\(")


def test_every_test_tests_something():
    quiet = []
    for path in TESTS:
        text = path.read_text(encoding="utf-8")
        bodies = {node.name: ast.get_source_segment(text, node) or "" for node in _functions(path)}
        claiming = [name for name, body in bodies.items() if _CLAIMS.search(body) and not name.startswith("test_")]
        for name, body in bodies.items():
            told = _CLAIMS.search(body) or any(re.search(rf"\b{helper}\(", body) for helper in claiming)
            if name.startswith("test_") and not told:
                quiet.append(f"{path.relative_to(ROOT)} {name}")
    assert not quiet


def test_requirements_and_project_file_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = [
        line.strip()
        for line in (ROOT / "requirements/run.in").read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    assert listed == project["project"]["dependencies"]


@pytest.mark.parametrize("name", ["build", "run", "dev"])
def test_pins_are_hashed_and_name_no_address(name):
    text = (ROOT / f"requirements/{name}.txt").read_text()
    pins = re.findall(r"^[A-Za-z0-9_.-]+==", text, flags=re.MULTILINE)
    assert pins
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index" not in text


def test_the_node_lock_names_no_address():
    lock = (ROOT / "web/package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert not re.search(r"https?://(?!opencollective|github\.com|tidelift|www\.patreon|paypal)[^\"]*\.tgz", lock)


def test_importing_detente_stays_light():
    code = "import sys, detente; print(*sorted(set(sys.modules) & {'numba', 'numpy', 'pydantic', 'pint', 'altair'}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []


def test_help_loads_no_engine():
    code = (
        "import sys\nsys.argv = ['detente', '--help']\n"
        "from detente.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(set(sys.modules) & {'numba', 'numpy', 'pydantic', 'pint', 'altair', 'scipy'}), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "brief" in ran.stdout
    assert ran.stderr.split() == []


def test_changelog_fragments_have_a_known_kind():
    kinds = {
        item["directory"] for item in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["towncrier"]["type"]
    }
    names = [path.name for path in (ROOT / "changes").iterdir() if path.name != ".gitignore"]
    assert names
    assert all(name.split(".")[-2] in kinds and name.endswith(".md") for name in names)
