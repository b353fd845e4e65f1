"""A printer for the belt on the loopback interface, and what a printer makes of the bytes that it gets."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

from PIL import Image

READY, PAPER_OUT, COVER_OPEN = 0x12, 0x72, 0x16
ASKED = {b"\x10\x04\x02": "offline", b"\x10\x04\x04": "paper"}


def printed(content: bytes) -> Image.Image:
    """The picture on the roll, read from the commands; anything else than those is a failure."""
    at, bands = 0, []
    while at < len(content):
        if content[at : at + 2] == b"\x1b@":
            at += 2
        elif content[at : at + 3] in ASKED or content[at : at + 2] == b"\x1bd":
            at += 3
        else:
            assert content[at : at + 4] == b"\x1dv0\x00", content[at : at + 8]
            across, rows = struct.unpack_from("<HH", content, at + 4)
            start, at = at + 8, at + 8 + across * rows
            bands.append(Image.frombytes("1", (across * 8, rows), bytes(~one & 0xFF for one in content[start:at])))
    made = Image.new("1", (bands[0].width, sum(one.height for one in bands)), 1)
    for number, band in enumerate(bands):
        made.paste(band, (0, sum(one.height for one in bands[:number])))
    return made


class Printer:
    """It takes what comes, and answers for its state by `answers` (the next one each time); empty: it is mute."""

    def __init__(self, *answers: int, takes: int | None = None) -> None:
        self.answers, self.takes, self.got = list(answers), takes, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _peer = self.server.accept()
                with line, contextlib.suppress(ConnectionError):
                    self._hear(line)

    def _hear(self, line: socket.socket) -> None:
        while content := line.recv(4096):
            self.got += content
            if self.takes is not None and len(self.got) > self.takes:
                # A reset, as from a printer that was switched off.
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if content[-3:] in ASKED and self.answers:
                line.sendall(bytes([self.answers.pop(0)]))

    def end(self) -> None:
        """Take no more."""
        self.server.close()
