"""The words of a package as its sources mark them, and which of them have no Chinese yet: `python -m tools.words`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("checklists", "mobile", "server")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_mark": None,
    "N_": None,
    "n_": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
}
TEMPLATES = (".html", ".xml", ".txt")

Message = str | tuple[str, ...]


def messages(package: str) -> dict[Message, str]:
    """Return every message that the package marks, with one place where it stands."""
    return {message: place for path in sorted((ROOT / package).rglob("*")) for message, place in _read(path)}


def catalogue(package: str) -> Catalog:
    """Return the package's Chinese catalogue as it is written; an empty one where there is no file."""
    path = ROOT / package / "locale" / "zh_CN" / "LC_MESSAGES" / f"{package}.po"
    if not path.exists():
        return Catalog("zh_CN")
    with path.open("rb") as file:
        return read_po(file, "zh_CN")


def missing(package: str) -> list[str]:
    """Return what has no sure Chinese words, with its place; the kernel's catalogue stands behind the others."""
    held = [catalogue(one) for one in dict.fromkeys((package, "checklists"))]
    return [f"{place}: {message!r}" for message, place in messages(package).items() if not _said(held, message)]


def unused(package: str) -> list[str]:
    """Return what the catalogue translates although nothing in the package says it any more."""
    ids = {one if isinstance(one, str) else one[0] for one in messages(package)}
    return sorted(str(one.id) for one in catalogue(package) if one.id and _first(one.id) not in ids)


def _said(catalogues: list[Catalog], message: Message) -> bool:
    found = [one for held in catalogues if (one := held.get(_first(message)))]
    return any(_whole(one.string) and not one.fuzzy for one in found)


def _whole(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _first(message: object) -> str:
    return str(message[0] if isinstance(message, list | tuple) else message)


def _read(path: Path) -> Iterator[tuple[Message, str]]:
    if "locale" in path.parts:
        return
    for line, message in _marked(path):
        yield message, f"{path.relative_to(ROOT)}:{line}"


def _marked(path: Path) -> Iterator[tuple[int, Message]]:
    if path.suffix == ".py":
        yield from _in_python(ast.parse(path.read_text()))
    elif path.suffix == ".kv":
        # Read as Python: the expressions are, and the tokens around them do no harm.
        yield from _by_babel(path, "python")
    elif path.suffix in TEMPLATES:
        from jinja2.ext import babel_extract

        yield from _by_babel(path, babel_extract)


def _in_python(tree: ast.AST) -> Iterator[tuple[int, Message]]:
    """By the syntax tree, because before Python 3.12 Babel does not look into f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS:
            wanted = KEYWORDS[_name(node.func)] or (1,)
            given = [str(one.value) for one in node.args[: len(wanted)] if isinstance(one, ast.Constant)]
            if given and all(given):
                yield node.lineno, given[0] if len(wanted) == 1 else tuple(given)


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _by_babel(path: Path, method: Any) -> Iterator[tuple[int, Message]]:
    with path.open("rb") as file:
        for line, found, _comments, _context in extract(method, file, KEYWORDS):
            message = tuple(filter(None, found)) if isinstance(found, tuple) else found
            if message:
                yield line, message


def main() -> int:
    """List what is missing and what is unused; the exit code says whether anything is missing."""
    lacking = [line for package in PACKAGES for line in missing(package)]
    print("\n".join([*lacking, *(f"unused in {one}: {text!r}" for one in PACKAGES for text in unused(one))]))
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
