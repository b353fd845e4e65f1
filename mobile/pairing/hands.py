"""What the tablets of a post have in hand, and what two of them have at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.inspection.line import Step, line
from mobile.pairing.session import Peer


def clashes(
    steps: tuple[Step, ...], device: str, facts: Mapping[str, Any], peers: tuple[Peer, ...]
) -> list[tuple[str, str]]:
    """Return what two tablets have in two checks, one of them this one, as plate and who has it there.

    From the line, and by the plate where it was never in line; a check that both have joined is one check.
    """
    found = []
    for one in line(steps):
        if not one.clashes or not any(take.device == device for take in one.takes):
            continue
        others = [take for take in (*one.takes, one.passed) if take is not None and take.device != device]
        found += [(one.plate, take.name) for take in others]
    mine = {one["plate"]: one["inspection"] for one in facts.get("hand", ()) if one["plate"]}
    for peer in peers:
        for other in in_hand(peer):
            if other["plate"] in mine and other["inspection"] != mine[other["plate"]]:
                found.append((other["plate"], peer.name))
    return list(dict.fromkeys(found))


def in_hand(peer: Peer) -> list[dict[str, str]]:
    """Return what another tablet has in hand, as far as it said so in this form."""
    told = peer.facts.get("hand")
    names = ("inspection", "plate", "colour", "since")
    rows = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list | tuple) else []
    return [{name: str(one.get(name) or "") for name in names} for one in rows]
