"""A stranger finds every noun of the house in the glossary, and the glossary names nothing that is gone."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
SIDES = ("checklists", "mobile", "server")
PARTS_OF_A_SCREEN = {"view", "state", "flow"}
ROW = re.compile(r"^\| `([a-z_.]+)` \| ([^|]+) \| (.+) \|$", re.MULTILINE)
TERM = re.compile(r"`([A-Z]\w+)\.?(\w*)`")


def nouns():
    """Every module and folder of a screen as (room, noun, path)."""
    for side in SIDES:
        for path in sorted((ROOT / side).rglob("*.py")):
            place = path.relative_to(ROOT)
            room = ".".join(place.parent.parts)
            if place.parts[1] == "screens" and path.stem == "__init__" and len(place.parts) > 3:
                if place.parts[2] != "shared":
                    yield ".".join(place.parent.parent.parts), path.parent.name, path
            elif path.stem.isidentifier() and not path.stem.startswith("__") and path.stem not in PARTS_OF_A_SCREEN:
                yield room, path.stem, path


def listed():
    """The nouns of each room as the glossary has them, each with its Chinese."""
    return {room: dict(re.findall(r"`(\w+)` ([^,`]*)", cell)) for room, _chinese, cell in ROW.findall(GLOSSARY)}


def test_every_module_is_in_the_list_of_its_room():
    there = listed()
    missing = [
        f"{room}: `{noun}` …  ({(ast.get_docstring(ast.parse(path.read_text('utf-8'))) or '').splitlines()[:1]})"
        for room, noun, path in nouns()
        if noun not in there.get(room, {})
    ]
    assert not missing, (
        "say in docs/glossary.md (rooms and their modules) what these are, in Chinese too:\n" + "\n".join(missing)
    )


def test_the_lists_name_nothing_that_is_gone():
    here = {(room, noun) for room, noun, _path in nouns()}
    assert [f"{room}: {noun}" for room, held in listed().items() for noun in held if (room, noun) not in here] == []


def test_every_room_and_every_module_has_a_chinese_name():
    rows = ROW.findall(GLOSSARY)
    assert all(re.search("[一-鿿]", chinese) for _room, chinese, _cell in rows)
    assert [
        f"{room}: {noun}"
        for room, held in listed().items()
        for noun, said in held.items()
        if not re.search("[一-鿿]", said)
    ] == []


@cache
def classes():
    """The names that each class of the product has."""
    held = {}
    for side in SIDES:
        for path in (ROOT / side).rglob("*.py"):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    held.setdefault(node.name, set()).update(
                        one.target.id
                        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                        else getattr(one, "name", "")
                        for one in node.body
                    )
    return held


@pytest.mark.parametrize(("name", "field"), sorted(set(TERM.findall(GLOSSARY))))
def test_a_term_that_is_a_class_is_one(name, field):
    held = classes()
    assert name.isupper() or name in held, f"{name} is no class"
    assert not field or field in held[name], f"{name} has no {field}"
