"""The project's own files, read once, for the tests that look at how the house is kept."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("xieshang", "cms")
CHINESE = "\u3400-\u9fff"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(top: str, pattern: str) -> list[Path]:
    """Files under one folder of the checkout."""
    return sorted(path for path in (ROOT / top).rglob(pattern) if "__pycache__" not in path.parts)


@cache
def text(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(text(path))


def shown(path: Path, line: int = 0) -> str:
    """A place in the project, as an editor opens it."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


def product() -> list[Path]:
    """Python of the product, without migrations."""
    return [path for top in PRODUCT for path in files(top, "*.py") if "migrations" not in path.parts]


def migrations() -> list[Path]:
    """Our own migrations."""
    return [path for top in PRODUCT for path in files(top, "migrations/*.py") if path.name != "__init__.py"]


def apps() -> list[str]:
    """Names of the apps that exist."""
    return sorted(path.parent.name for path in (ROOT / "xieshang").glob("*/apps.py"))


def room(path: Path, name: str) -> bool:
    """Whether a file is that room of an app, or a part of it."""
    return path.stem == name or name in path.parent.parts


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, however deep."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function, from its def."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def public(node: ast.Module | ast.ClassDef) -> Iterator[Function]:
    """Functions and methods that others may call."""
    for child in node.body:
        if isinstance(child, Function) and not child.name.startswith("_"):
            yield child
        elif isinstance(child, ast.ClassDef) and not child.name.startswith("_") and child.name != "Meta":
            yield from public(child)


def docstrings(path: Path) -> set[int]:
    """Ids of the nodes that are docstrings."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, Function | ast.ClassDef | ast.Module) and ast.get_docstring(node, clean=False) is not None:
            found.add(id(node.body[0].value))
    return found


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Strings of a Python file that are not docstrings, with their lines."""
    left_out = docstrings(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def templates() -> list[Path]:
    """Every template."""
    return [path for path in files("templates", "*") if path.is_file()]


def without_comments(path: Path) -> str:
    """A style sheet's or script's text with comments blanked, lines kept; lines marked `extra:` are blanked too."""
    source = re.sub(r"^.*(?:/\*|//) extra:.*$", "", text(path), flags=re.MULTILINE)
    source = re.sub(r"/\*.*?\*/", lambda found: "\n" * found.group().count("\n"), source, flags=re.DOTALL)
    return re.sub(r"(?m)^\s*//.*$", "", source) if path.suffix == ".js" else source


def hits(path: Path, source: str, pattern: str) -> list[str]:
    """Where a pattern occurs in a file's (treated) text."""
    return [
        f"{shown(path, source.count(chr(10), 0, found.start()) + 1)} {found.group().strip()[:40]}"
        for found in re.finditer(pattern, source, flags=re.MULTILINE)
    ]
