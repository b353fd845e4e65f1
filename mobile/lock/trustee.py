"""To whom a vault is entrusted beside its officers. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entrusted:
    """The office that can open this vault without a PIN, and who it is that may be asked for receipts.

    `wrapped` is the key of the columns, sealed for `sealing_key`; after `tries` wrong PINs in a row the PINs are spent.
    """

    office: str
    device: str
    prefix: str
    server_key: str
    sealing_key: str
    wrapped: str
    tries: int
