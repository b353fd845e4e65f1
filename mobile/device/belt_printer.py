"""The printer on the belt: on the local network, as a device or a file, or over Bluetooth on Android.

`192.168.1.60` or `192.168.1.60:9100` is a printer on the local network, `/dev/usb/lp0`, `/dev/rfcomm0` or `COM5` one
that the system has as a device, `00:11:22:33:44:55` one that is paired with Android, and a file whose name ends in
`.prn` takes what would be printed. What is sent is not encrypted, because no such printer can read that: it goes into
the local network alone.
"""

from __future__ import annotations

import ipaddress
import os
import re
import select
import socket
import stat
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mobile.device import escpos, on_android
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from PIL import Image

PORT = 9100
PATIENCE_S = 15.0
"""So long a printer may take no byte: it prints what it has, or has no paper."""
ANSWER_S = 1.0
"""So long an answer is waited for; many cheap printers give none."""

_LINGER_S = 0.3
_one_at_a_time = threading.Lock()

_BLUETOOTH = re.compile(r"[0-9A-F]{2}(:[0-9A-F]{2}){5}")
_WINDOWS_PORT = re.compile(r"(COM|LPT)\d{1,3}")


class Line(Protocol):
    """An open way to a printer. What fails raises OSError."""

    def write(self, content: bytes) -> None:
        """Send bytes; all are taken before this returns."""

    def ask(self, command: bytes) -> int | None:
        """Send a question and return the byte that answers, None where none came."""

    def close(self) -> None:
        """End it; what was written is printed."""


def send(address: str, picture: Image.Image) -> None:
    """Print a picture.

    Raises Refusal `belt_printer_address`, `belt_printer_far`, `belt_printer_silent`, `belt_printer_broke_off` (it had
    begun), or `belt_printer_paper`, `belt_printer_cover`, `belt_printer_fault` where the printer tells.
    """
    with _one_at_a_time:
        _send(address.strip(), picture)


def _send(address: str, picture: Image.Image) -> None:
    line, begun = _open(address), False
    try:
        answers = _look(line)
        line.write(escpos.RESET)
        for band in escpos.bands(picture):
            line.write(band)
            begun = True
        line.write(escpos.FEED)
        if answers:
            _look(line)
    except OSError as problem:
        raise Refusal("belt_printer_broke_off" if begun else "belt_printer_silent", str(problem)) from problem
    finally:
        line.close()


def check(address: str) -> None:
    """Say whether an address can be one. Raises Refusal `belt_printer_address` or `belt_printer_far`."""
    address = address.strip()
    named = _BLUETOOTH.fullmatch(address.upper()) or _WINDOWS_PORT.fullmatch(address.upper())
    if not (named or "/" in address or address.endswith(".prn")):
        _host(address)


def _look(line: Line) -> bool:
    """Return whether the printer answers; one that does not is asked no more, lest a late answer be taken for another.

    Raises Refusal for what it tells.
    """
    for asked in (escpos.ASK_OFFLINE, escpos.ASK_PAPER):
        answer = line.ask(asked)
        if answer is None:
            return False
        if told := escpos.trouble(asked, answer):
            raise Refusal(f"belt_printer_{told}")
    return True


def _open(address: str) -> Line:
    """Return the way to a printer."""
    try:
        if _BLUETOOTH.fullmatch(address.upper()):
            if not on_android.here():
                raise Refusal("belt_printer_address", address)
            return on_android.Bluetooth(address.upper())
        if _WINDOWS_PORT.fullmatch(address.upper()):
            return _File(Path(rf"\\.\{address.upper()}"))
        if address.endswith(".prn"):
            return _File(Path(address))
        if "/" in address:
            return _Device(Path(address))
        return _Socket(*_host(address))
    except OSError as problem:
        raise Refusal("belt_printer_silent", str(problem)) from problem


def _host(address: str) -> tuple[str, int]:
    host, _, port = address.partition(":")
    try:
        held = ipaddress.ip_address(host)
        number = int(port or PORT)
    except ValueError as problem:
        raise Refusal("belt_printer_address", address) from problem
    if not held.is_private:
        raise Refusal("belt_printer_far", address)
    if not 0 < number < 65536:
        raise Refusal("belt_printer_address", address)
    return host, number


class _Socket:
    """A printer of the local network."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), PATIENCE_S / 3)
        self.socket.settimeout(PATIENCE_S)

    def write(self, content: bytes) -> None:
        self.socket.sendall(content)

    def ask(self, command: bytes) -> int | None:
        self.socket.sendall(command)
        self.socket.settimeout(ANSWER_S)
        try:
            answer = self.socket.recv(1)
        except TimeoutError:
            return None
        finally:
            self.socket.settimeout(PATIENCE_S)
        return answer[0] if answer else None

    def close(self) -> None:
        # To close over an answer that nobody read would throw away what the printer has not read yet.
        with suppress(OSError), self.socket:
            self.socket.shutdown(socket.SHUT_WR)
            self.socket.settimeout(_LINGER_S)
            while self.socket.recv(64):
                pass


class _Device:
    """A printer that the system has as a character device; nothing waits for it for ever."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        if not stat.S_ISCHR(os.fstat(self.file).st_mode):
            os.close(self.file)
            raise Refusal("belt_printer_address", str(path))
        if os.isatty(self.file):
            import tty

            # As a terminal it would change what it takes for the end of a line.
            tty.setraw(self.file)

    def write(self, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            if not select.select((), (self.file,), (), PATIENCE_S)[1]:
                raise TimeoutError("the printer takes nothing")
            try:
                rest = rest[os.write(self.file, rest) :]
            except BlockingIOError:
                time.sleep(0.05)

    def ask(self, command: bytes) -> int | None:
        self.write(command)
        if not select.select((self.file,), (), (), ANSWER_S)[0]:
            return None
        answer = os.read(self.file, 1)
        return answer[0] if answer else None

    def close(self) -> None:
        os.close(self.file)


class _File:
    """A file that takes what would be printed, or a port of Windows; neither answers."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("wb", buffering=0)

    def write(self, content: bytes) -> None:
        self.file.write(content)

    def ask(self, command: bytes) -> int | None:
        return None

    def close(self) -> None:
        self.file.close()
