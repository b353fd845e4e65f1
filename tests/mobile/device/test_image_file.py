"""No picture is opened in the product without a list of the kinds that may be decoded."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCES = [path for side in ("mobile", "checklists", "server") for path in sorted((ROOT / side).rglob("*.py"))]


def opens(path):
    """The calls in a source that let Pillow open something."""
    source = path.read_text("utf-8")
    if "Image" not in source:  # nor can a call of it be; to parse every source takes seconds
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Image.open", "PIL.Image.open"):
            yield node


OPENING = [path for path in SOURCES if any(opens(path))]


@pytest.mark.parametrize("path", OPENING, ids=lambda path: path.name)
def test_what_may_be_decoded_is_named(path):
    for call in opens(path):
        assert "formats" in {one.arg for one in call.keywords}, f"{path}:{call.lineno}"


def test_the_search_finds_the_places_that_there_are():
    assert {"image_file.py", "thumbs.py", "verify_paper.py"} <= {path.name for path in OPENING}
