"""The photos of an inspection as its sealed part names them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.inspection.entries import Entry, all_of, merge, withdrawn


def manifest(entries: Iterable[Entry], device: str = "") -> list[dict[str, Any]]:
    """Return the photo manifest of a sealed part: every photo that stands or was taken back, with its files.

    What an officer took back stays in the record; one that was marked or stamped anew is named as it was last. With a
    device named, only what was taken on it: what another tablet took, that tablet sends.
    """
    held = tuple(entries)
    photos = (*all_of(held, "photo"), *all_of(held, "control_photo"), *taken_back(held))
    return [_named(one) for one in photos if "sha256" in one.value and one.device == (device or one.device)]


def taken_back(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the photos that somebody took back with a reason, in reading order."""
    held = tuple(entries)
    gone = withdrawn(held)
    told = {one.withdraws for one in held if one.kind == "withdrawn"}
    photos = (one for one in held if one.kind in ("photo", "control_photo"))
    return merge(one for one in photos if one.id in gone and one.id in told)


def _named(entry: Entry) -> dict[str, Any]:
    copies = {role: _file(entry.value[role]) for role in ("working", "thumbnail") if entry.value.get(role)}
    return {"entry": entry.id, "original": _file(entry.value), **copies}


def _file(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in ("sha256", "bytes", "type")}
