"""Whether another tablet belongs to our office. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checklists.crypto import verify_mapping
from mobile.refusals import Refusal

Revoked = Callable[[str], bool]
"""`revoked(device)`: whether the office has told this tablet that a device counts no more."""


def check(certificate: Any, server_key: str, revoked: Revoked) -> str:
    """Return the device of a certificate. Raises Refusal `pair_other_office` or `pair_revoked`."""
    if not isinstance(certificate, Mapping) or certificate.get("server_key") != server_key:
        raise Refusal("pair_other_office")
    if not verify_mapping(server_key, certificate):
        raise Refusal("pair_other_office")
    device = str(certificate.get("device"))
    if revoked(device):
        raise Refusal("pair_revoked", device)
    return device
