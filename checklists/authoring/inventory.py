"""Which cases the rules can yield, read from their source: a row for another case would never be used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checklists.goods.listing import load_tables
from checklists.patterns import pattern

RULES = Path(__file__).parent.parent / "rules"

_NAME = pattern(r"[a-z][a-z0-9_]*")
_RULE = pattern(r"R\d+")
_FUNCTION = pattern(r"r(\d+)_\w+")


@dataclass(frozen=True)
class Cases:
    """What the source of a rule can yield, as patterns of case names."""

    patterns: tuple[re.Pattern[str], ...]

    def has(self, case: str) -> bool:
        """Whether the rule may yield the case."""
        return any(one.fullmatch(case) for one in self.patterns)


@cache
def cases_by_rule() -> dict[str, Cases]:
    """Return by rule id what each rule module can yield; rules of one module share its cases."""
    found = [(tree, _cases(tree)) for path in sorted(RULES.glob("*.py")) for tree in [_parse(path)]]
    rules: dict[str, Cases] = {}
    for tree, cases in found:
        for rule in _rules(tree):
            rules[rule] = Cases(rules.get(rule, Cases(())).patterns + cases.patterns)
    return rules


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _rules(tree: ast.Module) -> set[str]:
    named = {text for text in _texts(tree) if _RULE.fullmatch(text)}
    functions = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return named | {f"R{found[1]}" for name in functions if (found := _FUNCTION.fullmatch(name))}


def _cases(tree: ast.Module) -> Cases:
    """Return every name and every composed name of the module: what `says` is given is one of them."""
    found = {text for text in _texts(tree) if _NAME.fullmatch(text)}
    names = sorted(found | (_required() if any(map(_is_read, _given(tree))) else set()))
    any_name = "|".join(map(re.escape, names)) or r"(?!)"
    composed = (_pattern(node, any_name) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    patterns = [re.escape(name) for name in names] + [one for one in composed if one]
    return Cases(tuple(re.compile(one) for one in patterns))


def _texts(tree: ast.Module) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _pattern(node: ast.JoinedStr, any_name: str) -> str:
    """Return `{case}_expired` as a pattern whose hole is a name of the module, or nothing where it is no case."""
    parts = [_literal(part) for part in node.values]
    literal = "".join(part for part in parts if part is not None)
    if not re.fullmatch(r"[a-z0-9_]+", literal):
        return ""
    return "".join(f"(?:{any_name})" if part is None else re.escape(part) for part in parts)


def _literal(part: ast.expr) -> str | None:
    return str(part.value) if isinstance(part, ast.Constant) else None


def _given(tree: ast.Module) -> Iterable[ast.expr]:
    """Yield what is given as the case to `look.says(case)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "says":
            yield from node.args[:1]


def _is_read(given: ast.expr) -> bool:
    """Whether a case is read from a thing (`need.key`): the requirements are the one table that gives any."""
    return isinstance(given, ast.Attribute)


def _required() -> set[str]:
    return {row["requirement"] for row in load_tables().equipment}
