"""Regular expressions are compiled at their first use, and behave as compiled ones do."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import checklists
from checklists.patterns import pattern


def test_a_pattern_answers_as_the_compiled_one():
    found = pattern(r"(?P<un>[0-9]{4})", re.IGNORECASE)
    assert found.search("UN 1830")["un"] == "1830"
    assert (found.fullmatch("x"), found.sub("-", "1830 1203"), found.flags) == (None, "- -", found.flags)
    assert found.pattern == r"(?P<un>[0-9]{4})"


def test_a_broken_pattern_is_told_at_its_first_use():
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.match("")


def test_every_pattern_of_the_kernel_compiles():
    names = [one.name for one in pkgutil.walk_packages(checklists.__path__, "checklists.")]
    modules = [importlib.import_module(one) for one in names if not one.endswith("__main__")]
    held = [one for module in modules for one in vars(module).values() if type(one) is type(pattern(""))]
    assert len(held) > 50
    assert all(one.pattern is not None for one in held)


def test_no_module_of_the_kernel_compiles_when_it_is_imported():
    root = Path(checklists.__file__).parent
    for path in root.rglob("*.py"):
        for statement in ast.parse(path.read_text("utf-8")).body:
            if isinstance(statement, ast.Assign | ast.AnnAssign):
                assert "re.compile" not in ast.unparse(statement), path
