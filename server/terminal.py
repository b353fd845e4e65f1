"""What the commands share: words to the terminal, who sits at it, passwords that are typed."""

from __future__ import annotations

import getpass
import sys


def say(words: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{words}\n")


def who() -> str:
    """Return under which name the audit log holds what a command did: the account of the machine."""
    try:
        return f"command:{getpass.getuser()}"
    except (OSError, KeyError, ImportError):
        return "command"


def password() -> str:
    """Return a password, typed unseen or from standard input."""
    return getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
