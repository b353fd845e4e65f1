"""Rows as plain values: the stubs know only whole models, so this is where their types end."""

from __future__ import annotations

from typing import Any


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """Return what a query selects as tuples."""
    return list(query.tuples())


def dicts(query: Any) -> list[dict[str, Any]]:
    """Return what a query selects as mappings by column."""
    return list(query.dicts())
