"""Reads at one moment agree, whatever is written meanwhile, and may write nothing away from others."""

from __future__ import annotations

import threading

from server.office import Office
from server.store import meta
from server.store.moment import at_once


def test_what_is_written_meanwhile_is_not_seen_and_nobody_waits(office: Office) -> None:
    office.store.write_now(lambda: meta.put("told", "before"))

    def reads() -> tuple[str | None, str | None]:
        first = meta.held("told")
        writer = threading.Thread(target=lambda: office.store.write_now(lambda: meta.put("told", "after")))
        writer.start()
        writer.join()
        return first, meta.held("told")

    assert office.store.read_now(at_once, reads) == ("before", "before")
    assert office.store.read_now(meta.held, "told") == "after"
