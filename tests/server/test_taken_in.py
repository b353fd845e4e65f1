"""No shape is read that msgspec may meet for the first time in two threads at once: that ended the whole process."""

import ast
from collections.abc import Iterator
from pathlib import Path

import server

ROOT = Path(server.__file__).parent
PLAIN = {"dict", "str"}
"""Types of the language itself: there is nothing to learn of them."""


def shapes(tree: ast.AST) -> Iterator[ast.expr]:
    """What is read as what: the second argument of `convert`, `type` of `decode`."""
    for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
        name = ast.unparse(call.func)
        if name == "msgspec.convert":
            yield call.args[1]
        elif name == "msgspec.json.decode":
            yield from (one.value for one in call.keywords if one.arg == "type")


def test_every_shape_that_is_read_was_taken_in() -> None:
    told = {
        f"{path.relative_to(ROOT)}: {ast.unparse(one)}"
        for path in ROOT.rglob("*.py")
        for one in shapes(ast.parse(path.read_text("utf-8")))
        if ast.unparse(one).split("(")[0] != "taken_in" and ast.unparse(one).split("[")[0] not in PLAIN
    }
    assert told == set()
