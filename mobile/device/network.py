"""The networks of this tablet: its addresses, for a colleague's tablet to reach it, and whether its line is metered."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct
import sys

_SIOCGIFADDR = 0x8915


def local_addresses() -> tuple[str, ...]:
    """Return the private IPv4 addresses of this device, those of a hotspot of its own too; empty without a network."""
    found = dict.fromkeys((*_by_interface(), *_by_name()))
    return tuple(one for one in found if _is_near(one))


def metered() -> bool | None:
    """Whether the line in use is paid for by what goes over it, as Android knows it; None where nobody says."""
    if not hasattr(sys, "getandroidapilevel"):
        return None
    from jnius import autoclass

    activity = autoclass("org.kivy.android.PythonActivity").mActivity
    context = autoclass("android.content.Context")
    return bool(activity.getSystemService(context.CONNECTIVITY_SERVICE).isActiveNetworkMetered())


def _is_near(address: str) -> bool:
    held = ipaddress.ip_address(address)
    return held.is_private and not held.is_loopback


def _by_interface() -> list[str]:
    """Ask the kernel for each interface (Linux and Android)."""
    try:
        import fcntl
    except ImportError:
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _index, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                told = fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, struct.pack("256s", name[:15].encode()))
                found.append(socket.inet_ntoa(told[20:24]))
    return found


def _by_name() -> list[str]:
    """Ask what this device's name stands for; it does not leave the device."""
    with contextlib.suppress(OSError):
        return [str(told[4][0]) for told in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []
