"""What may go over the line in use: pictures in full size wait where it is metered, unless somebody said otherwise."""

from __future__ import annotations

from mobile.device import network
from mobile.store.store import Store, keep_setting, setting

_SAID = "originals"


def originals_wait(held: Store) -> bool:
    """Whether pictures in full size wait for another line."""
    said = setting(held, _SAID)
    return network.metered() is True if said is None else said == "wait"


def let_originals(held: Store, *, wait: bool) -> None:
    """Have pictures in full size wait, or go over any line, until somebody says otherwise."""
    keep_setting(held, _SAID, "wait" if wait else "send")
