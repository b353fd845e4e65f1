"""A thin and lossy line between two network namespaces: real packets of the kernel's own TCP, late, slow and lost.

It does to packets what `tc qdisc … netem rate 64kbit loss 20% delay 50ms` does, on each end of a line: a packet is lost
by chance before it waits for its turn, so that what is lost takes no time of the line. It passes them on between two
TUN devices itself, because netem is a module that many kernels lack. Needs Linux and root.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

NEAR, FAR = "10.77.0.1", "10.77.0.2"
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of <sched.h>
_SET_DEVICE, _TUN_PLAIN = 0x400454CA, 0x1001  # TUNSETIFF; IFF_TUN | IFF_NO_PI, of <linux/if_tun.h>
MTU, HEADERS = 1500, 52
"""Of a whole packet; its headers are 20 bytes of IP and 32 of TCP, 12 of them the timestamps that Linux sends."""

CONGESTION = Path("/proc/sys/net/ipv4/tcp_congestion_control")
"""Of the network in which the thread that opens it is."""

_TCP, _SYN = 6, 2
_QUEUE_BYTES = 64 * 1024
"""What waits for its turn; more is dropped, as in a modem."""


def enter(address: str, congestion: str = "") -> int:
    """Move this thread into a network of its own and return the TUN device that is its only way out. Raises OSError.

    `congestion` is how TCP meets congestion there (`tcp_available_congestion_control`); empty is the system's own way.
    """
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "no network namespace: this needs Linux and root")
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _SET_DEVICE, struct.pack("16sH22x", b"line", _TUN_PLAIN))
    for words in ("link set lo up", f"addr add {address}/24 dev line", f"link set line mtu {MTU} up"):
        subprocess.run(["ip", *words.split()], check=True)
    if congestion:
        CONGESTION.write_text(congestion)
    return device


@dataclass
class Counted:
    """Of what packets were made, in bytes: headers of IP and TCP, content, and how much of it was there before."""

    headers: int = 0
    content: int = 0
    repeated: int = 0
    connections: int = 0
    _seen: dict[tuple[int, int], tuple[int, bytearray]] = field(default_factory=dict)

    def add(self, packet: bytes) -> None:
        """Count an IPv4 packet of TCP; another is headers as a whole."""
        ip = (packet[0] & 15) * 4
        if packet[0] >> 4 != 4 or packet[9] != _TCP:
            self.headers += len(packet)
            return
        near, far, seq, _ack, offset, flags = struct.unpack_from("!HHIIBB", packet, ip)
        begin = ip + (offset >> 4) * 4
        self.headers, self.content = self.headers + begin, self.content + len(packet) - begin
        if flags & _SYN:
            self.connections += 1
            self._seen[near, far] = seq + 1, bytearray()
        if len(packet) > begin and (near, far) in self._seen:
            self._see((near, far), seq, len(packet) - begin)

    def _see(self, ports: tuple[int, int], seq: int, size: int) -> None:
        first, seen = self._seen[ports]
        at = (seq - first) % 2**32
        seen.extend(bytes(max(0, at + size - len(seen))))
        self.repeated += seen.count(1, at, at + size)
        seen[at : at + size] = b"\1" * size


@dataclass
class Way:
    """One direction: packets wait for their turn, then for the delay; `arrived` counts bytes of whole IP packets."""

    bits_per_s: float
    loss: float
    delay_s: float
    chance: random.Random
    packets: int = 0
    lost: int = 0
    arrived: int = 0
    counted: Counted = field(default_factory=Counted)
    _free_at: float = 0.0
    _on_the_way: deque[tuple[float, bytes]] = field(default_factory=deque)

    def take(self, packet: bytes, now: float) -> None:
        """Take a packet in, or lose it."""
        self.packets += 1
        waiting = max(0.0, self._free_at - now) * self.bits_per_s / 8
        if self.chance.random() < self.loss or waiting + len(packet) > _QUEUE_BYTES:
            self.lost += 1
            return
        self._free_at = max(now, self._free_at) + len(packet) * 8 / self.bits_per_s
        self._on_the_way.append((self._free_at + self.delay_s, packet))

    def due(self, now: float) -> list[bytes]:
        """Return the packets that have arrived by now."""
        there = []
        while self._on_the_way and self._on_the_way[0][0] <= now:
            there.append(self._on_the_way.popleft()[1])
        self.arrived += sum(map(len, there))
        for packet in there:
            self.counted.add(packet)
        return there

    def next_at(self) -> float:
        """Return when the next packet arrives."""
        return self._on_the_way[0][0] if self._on_the_way else float("inf")


class ThinLine:
    """The line between two TUN devices; `up` goes from `far` to `near`."""

    def __init__(self, near: int, far: int, *, kbit_s: float, loss: float, delay_s: float, seed: int) -> None:
        self.up, self.down = (
            Way(kbit_s * 1000, loss, delay_s, random.Random(f"{seed} {way}")) for way in ("up", "down")
        )
        self._ways = ((far, near, self.up), (near, far, self.down))
        threading.Thread(target=self._carry, name="thin-line", daemon=True).start()

    def _carry(self) -> None:
        while True:
            first = min(way.next_at() for _source, _sink, way in self._ways)
            wait = max(0.0, first - time.monotonic()) if first < float("inf") else None
            ready, _, _ = select.select([source for source, _sink, _way in self._ways], [], [], wait)
            for source, sink, way in self._ways:
                if source in ready:
                    way.take(os.read(source, 65536), time.monotonic())
                for packet in way.due(time.monotonic()):
                    os.write(sink, packet)
