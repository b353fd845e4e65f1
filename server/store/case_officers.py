"""Which officers wrote in the sealed records of stops, for what only somebody else may decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.store import records, registry


def of(inspections: Iterable[str]) -> tuple[dict[str, str], ...]:
    """Return each officer once by name and card, as the record says and as the registry knows him."""
    found: dict[tuple[str, str], None] = {}
    for inspection in inspections:
        for part in records.parts_of(inspection).values():
            for entry in part.get("entries") or ():
                found |= dict.fromkeys(_named(entry))
    return tuple({"login": "", "name": name, "card": card} for name, card in found if name)


def _named(entry: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    value, officer = entry.get("value") or {}, str(entry.get("officer") or "")
    if entry.get("kind") == "signature" and value.get("role") in ("officer", "leader"):
        yield str(value.get("name") or "").strip(), str(value.get("card") or "")
    if officer:
        data = (registry.lookup("officer", officer) or {}).get("data") or {}
        yield str(data.get("name") or officer).strip(), str(data.get("card") or "")
