"""The draft as the leading tablet will seal it, worked out on a joined one. Pure but for the pairing that it reads."""

from __future__ import annotations

from dataclasses import replace

from mobile.inspecting.inspection import Held
from mobile.pairing.session import Session
from mobile.sealing import part


def in_lead_terms(held: Held, device: part.Device, session: Session | None) -> tuple[Held, part.Device]:
    """Return the inspection and the device as they go into the draft that the lead seals; on the lead as they are.

    Equal entries, checklist and law give the digest that the lead's officers sign; where this tablet judges with other
    packages, it gives another one, and the officer confirms on the leading tablet instead.
    """
    peer = session.peer(held.lead) if session else None
    if held.leads or peer is None:
        return held, device
    used = peer.facts.get("definitions")
    named = tuple(dict(one) for one in used) if isinstance(used, list | tuple) else held.kit.used
    kit = replace(held.kit, used=named)
    theirs = part.Device(peer.certificate, {}, str(peer.facts.get("site") or ""))
    return replace(held, device=peer.device, lead_device=peer.device, kit=kit), theirs
