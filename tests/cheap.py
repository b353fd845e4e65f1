"""What a test need not pay for: a PIN that costs what it costs on a tablet takes a third of a second of a core."""

from checklists.crypto import Cost
from mobile.lock import vault

PAID = vault.COST


def pins() -> None:
    """Let a PIN cost little in this process; `tests/mobile/lock/test_vault.py` pays what is paid."""
    vault.COST = Cost(2**8, 8, 1)
