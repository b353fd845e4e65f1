"""Delivery over a thin and lossy line: `python -m benchmarks.line` (target: 80 % of what the line carries).

A tablet's store with real sealed records and photos delivers to a served office by the link that the app uses, over a
line of 64 kbit/s that loses every fifth packet each way (`benchmarks.thin_line`: the kernel's own TCP, no model of it).
Before it, on the same line, one POST by `requests` takes as many bytes to a bare HTTP server. Originals wait, as on
every metered line. Told is what was of use, a record packed by itself and a photo's file as they are, against what the
line carries in that time; of what the rest of it was made; and the bytes of IP packets that crossed it until the last
record's receipt was there.

A lost packet is lost before it takes time of the line, as netem has it, so that the line carries its 64 kbit/s whatever
is lost, and 96.5 % of them may be of use: 1448 bytes of each packet of 1500. Were packets lost behind the line, no more
than 80 % of that, 77 %, could ever be.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks import frames, thin_line
from benchmarks.thin_line import ThinLine
from benchmarks.timing import heading, tell
from demo.office import OfficeProcess

_PICTURE = (2400, 1800)


class Office(OfficeProcess):
    """An office that is reached from elsewhere too, which is nobody but the other end of the line."""

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "LUJIAN_HOST": "0.0.0.0"}


class Tablet(frames.Tablet):
    """The tablet of `benchmarks.frames`, whose camera sees less noise: a working copy has some 140 kB."""

    def _photo(self, number: int) -> None:
        from PIL import Image

        from mobile.inspecting import acts, evidence

        grain, file = random.Random(number).randbytes(32 * 24 * 3), io.BytesIO()
        Image.frombytes("RGB", (32, 24), grain).resize(_PICTURE).save(file, "JPEG", quality=80)
        kept = evidence.capture(self.desk.open_store, file.getvalue(), evidence.Stamp(str(number)))
        self.desk.put(acts.photo(kept, "LOD-02"))


@dataclass
class Delivery:
    """What a delivery took: seconds from its begin, how many runs, and bytes that crossed until the last record."""

    records_s: float = 0
    photos_s: float = 0
    runs: int = 0
    troubles: list[str] = field(default_factory=list)
    up: int = 0
    down: int = 0


def deliver(held: Any, line: ThinLine, records: int) -> Delivery:
    """Run as the app's courier does, with its waits, until nothing waits that may go over this line."""
    from mobile.link import sync
    from mobile.store import store

    done, begun, delivered, failures = Delivery(), time.monotonic(), set[str](), 0
    up, down = line.up.arrived, line.down.arrived

    def tell(report: Any) -> None:
        delivered.update(report.delivered)
        if len(delivered) == records and not done.records_s:
            done.records_s = time.monotonic() - begun
            done.up, done.down = line.up.arrived - up, line.down.arrived - down

    while store.unsent(held)[0] or any(one.role != "original" for one in store.waiting_photos(held)):
        report = sync.run_once(held, failures=failures, tell=tell)
        done.runs, failures = done.runs + 1, failures + 1 if report.code else 0
        done.photos_s = time.monotonic() - begun
        if report.code:
            done.troubles.append(report.code)
            time.sleep(report.retry_s)
    return done


class _Sink(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Take everything and answer."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def bare(port: int, content: bytes) -> float:
    """Return the seconds of one POST."""
    import requests

    begun = time.monotonic()
    requests.post(f"http://{thin_line.NEAR}:{port}", data=content, timeout=None)
    return time.monotonic() - begun


def waiting(held: Any) -> tuple[list[bytes], list[bytes]]:
    """Return what is to be delivered: each record packed by itself, and the files of photos that may go."""
    from mobile.store import photo_files, store
    from mobile.store.models import PhotoRow

    records = [store.sealed(held, one.digest).body for one in store.waiting_records(held)]
    print(f"\nrecords of {min(map(len, records))} to {max(map(len, records))} bytes")
    rows = PhotoRow.select().where(PhotoRow.role != "original").execute(held.db)
    return [gzip.compress(one, 6) for one in records], [photo_files.read(held, row.sha256) for row in rows]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10)
    parser.add_argument("--photos", type=int, default=2, help="of each record (default 2)")
    parser.add_argument("--kbit", type=float, default=64)
    parser.add_argument("--loss", type=float, default=0.2)
    parser.add_argument("--delay", type=float, default=0.05, help="each way, in seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--congestion", default="", help="how TCP meets congestion, cubic or bbr (default: the system's)"
    )
    parser.add_argument("--bare", type=int, help="bytes of the bare upload (default: as many; that takes an hour)")
    options = parser.parse_args()
    near = thin_line.enter(thin_line.NEAR, options.congestion)
    sink = ThreadingHTTPServer((thin_line.NEAR, 0), _Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name, frames.serving(Path(name) / "office", Office) as (office, code):
        tablet = Tablet(Path(name) / "tablet", office.url, code)
        tablet.fill(options.records, options.photos)
        held = tablet.desk.open_store
        far = thin_line.enter(thin_line.FAR, options.congestion)
        way = {"kbit_s": options.kbit, "loss": options.loss, "delay_s": options.delay, "seed": options.seed}
        line = ThinLine(near, far, **way)
        _move(held, office.port)
        measure(held, line, options, sink.server_port)
        tablet.app.on_stop()


def _move(held: Any, port: int) -> None:
    """Let the tablet reach its office over the line from now on; the line is metered."""
    from mobile.link import line
    from mobile.store import store

    store.keep_setting(
        held, "enrolment", {**store.setting(held, "enrolment"), "url": f"http://{thin_line.NEAR}:{port}"}
    )
    line.let_originals(held, wait=True)


def measure(held: Any, line: ThinLine, options: argparse.Namespace, sink: int) -> None:
    """Deliver both ways and print it."""
    records, photos = waiting(held)
    packed, useful = sum(map(len, records)), sum(map(len, records)) + sum(map(len, photos))
    carries = options.kbit * 1000 / 8
    heading(f"{options.kbit:g} kbit/s, {options.loss:.0%} of packets lost, {options.delay * 1000:g} ms each way")
    print(f"{len(records)} records of {packed} bytes packed, {len(photos)} files of photos, {useful} bytes in all")
    size = options.bare or useful
    plain = bare(sink, random.Random(0).randbytes(size))
    tell(f"one bare POST of {size} bytes", 1, "the bare POST", took_s=plain, line_pct=size / plain / carries * 100)
    line.up.counted, begun = thin_line.Counted(), line.up.arrived
    done = deliver(held, line, len(records))
    took = done.photos_s
    spent = {"last_record_s": done.records_s, "last_photo_s": took, "line_pct": useful / took / carries * 100}
    tell("the link", useful / took / (size / plain), "the bare POST", **spent)
    print(f"for a record {done.up / packed:.2f} × its gzip up, {done.down / packed:.2f} × down, until the last receipt")
    print(f"runs {done.runs}, troubles {done.troubles or 'none'}")
    crossed, made = line.up.arrived - begun, line.up.counted
    other = made.content - made.repeated - useful
    shares = {"headers of IP and TCP": made.headers, "sent twice by TCP": made.repeated, "HTTP, and given up": other}
    told = ", ".join(f"{name} {count / took / carries:.1%}" for name, count in shares.items())
    print(f"crossed up: {crossed / took / carries:.0%} of the line, over {made.connections} connections")
    print(f"besides what was of use: {told}")
    most = (thin_line.MTU - thin_line.HEADERS) / thin_line.MTU
    print(f"it could be {most:.1%} of use; TCP by {thin_line.CONGESTION.read_text().strip()}")
    print(f"packets up {line.up.packets}, lost {line.up.lost}, down {line.down.packets}, lost {line.down.lost}")


if __name__ == "__main__":
    main()
