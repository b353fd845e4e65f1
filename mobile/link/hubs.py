"""The hub at the post: where it is, that the office certified it, and how a tablet shows itself to it.

A hub holds and passes on. Nothing that it says ends this tablet's duty to keep and send: only the office's receipt
does.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.records import hub as kernel
from checklists.wire import read_json
from mobile.device.disk import write_durably
from mobile.link.enrolment import Enrolment
from mobile.link.office import Link
from mobile.refusals import Refusal
from mobile.store.feed import revoked
from mobile.store.store import Store, drop_setting, keep_setting, setting

_SETTING = "hub"
_CA = "hub-ca.pem"


@dataclass(frozen=True)
class Hub:
    """A hub as its invitation tells of it; `ca_file` is trusted for its address alone, empty is the system's."""

    url: str
    certificate: Mapping[str, Any]
    ca_file: str = ""

    @property
    def id(self) -> str:
        """Which hub it is."""
        return str(self.certificate["hub"])

    @property
    def label(self) -> str:
        """What stands on it."""
        return str(self.certificate.get("label") or "")

    def link(self, made: Enrolment) -> Link:
        """How it is reached; it never learns the tablet's token."""
        return Link(self.url, kernel.bearer(made.token, self.id), self.ca_file, is_hub=True)


def keep(held: Store, made: Enrolment, text: str, now: str) -> Hub:
    """Keep the hub whose invitation was read, in place of another one.

    Raises Refusal `hub_not_ours` where it is no invitation of a hub, and `hub_unproven` where this office did not
    certify it, its time is over, or it was revoked.
    """
    try:
        told = read_json(text)
        url, ca, paper = str(told["url"]), str(told["ca"]), dict(told["certificate"])
    except (ValueError, KeyError, TypeError) as fault:
        raise Refusal("hub_not_ours") from fault
    if told.get("lujian") != kernel.KIND or not url.startswith(("http://", "https://")):
        raise Refusal("hub_not_ours")
    if not kernel.holds(paper, made.server_key, now=now, revoked=revoked(held)):
        raise Refusal("hub_unproven")
    file = held.folder / _CA
    if ca:
        write_durably(file, ca.encode())
    keep_setting(held, _SETTING, {"url": url, "certificate": paper, "ca_file": str(file) if ca else ""})
    return Hub(url, paper, str(file) if ca else "")


def known(held: Store) -> Hub | None:
    """Return the hub of this post, or None; one that the office has revoked is none."""
    told = setting(held, _SETTING)
    if told is None or str(told["certificate"]["hub"]) in revoked(held):
        return None
    return Hub(**told)


def forget(held: Store) -> None:
    """Go by no hub any more; what one holds is sent to the office all the same."""
    drop_setting(held, _SETTING)


def proved(refusal: Refusal, made: Enrolment) -> bool:
    """Whether a hub's word that this tablet is revoked is the office's."""
    headers = refusal.facts.get("headers") or {}
    try:
        said = read_json(base64.b64decode(str(headers.get("Lujian-Revocation", "")), validate=True))
    except ValueError:
        return False
    return kernel.is_revoked(said, made.device, made.server_key)
