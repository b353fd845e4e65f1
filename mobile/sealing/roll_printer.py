"""The printer on the belt that this tablet prints to, and how wide its roll is; kept until another is named.

Kept as the setting `belt_printer`: `{"address", "width_mm"}`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from mobile.store import store as stores
from mobile.store.store import Store

_NAME = "belt_printer"
WIDTHS_MM = (58, 80)


@dataclass(frozen=True)
class RollPrinter:
    """Address (see `mobile.device.belt_printer`; empty: none was named) and width of the roll in millimetres."""

    address: str = ""
    width_mm: int = 58


def roll_printer(store: Store) -> RollPrinter:
    """Return the printer that was named last."""
    held = stores.setting(store, _NAME) or {}
    width = int(held.get("width_mm", 58))
    return RollPrinter(str(held.get("address", "")), width if width in WIDTHS_MM else 58)


def keep(store: Store, printer: RollPrinter) -> None:
    """Keep a printer."""
    stores.keep_setting(store, _NAME, asdict(printer))
