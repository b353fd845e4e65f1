"""The other tablets at the vehicle: who works with each, and how the exchange with it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from checklists.definitions.citation import agency_short
from mobile.inspecting.inspection import Held
from mobile.pairing.session import Peer
from mobile.screens.shared.ages import age_words
from mobile.screens.shared.trouble import code_words
from mobile.words import _, n_, words

NEAR = timedelta(seconds=12)
"""Who was heard within this time is near: four tries."""

Tone = str


@dataclass(frozen=True)
class PeerCard:
    """Another tablet: who works with it, and how the exchange with it stands."""

    device: str
    name: str
    agency: str
    agency_name: str
    role: str
    words: str
    tone: Tone


@dataclass(frozen=True)
class Runs:
    """What only the running pairing knows: when each was heard, why not, where we answer, and the code on offer."""

    heard: Mapping[str, datetime] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    code: str = ""
    until: str = ""


def peer_card(held: Held, peer: Peer, runs: Runs, now: datetime) -> PeerCard:
    """Return the card of another tablet."""
    words_, tone = _standing(held, peer, runs, now)
    agency = str(peer.officer.get("agency") or peer.certificate.get("agency") or "")
    return PeerCard(
        device=peer.device,
        name=peer.name or _("a tablet"),
        agency=agency,
        agency_name=agency_short(held.kit.definitions, agency, words.lang) if agency else "",
        role=_("leads") if peer.device == held.lead else _("joined"),
        words=words_,
        tone=tone,
    )


def _standing(held: Held, peer: Peer, runs: Runs, now: datetime) -> tuple[str, Tone]:
    """Return how the exchange with a tablet stands: what came and went, how long ago, or why not."""
    both = peer.entries + peer.holds.get(held.device, 0)
    count = n_("{n} entry exchanged", "{n} entries exchanged", both)
    heard, trouble = runs.heard.get(peer.device), runs.troubles.get(peer.device, "")
    if peer.sealed:
        return " · ".join((_("has sealed"), count)), "good"
    if trouble and trouble != "pair_unreachable":
        return " ".join((code_words(trouble), count)), "danger"
    if heard is not None and abs(now - heard) <= NEAR:
        seconds = max(0, int((now - heard).total_seconds()))
        return " · ".join((count, n_("{n} s ago", "{n} s ago", seconds))), "good"
    since = age_words(peer.heard_at, now)
    return " · ".join(one for one in (_("not reachable: use QR codes"), count, since) if one), "unknown"
