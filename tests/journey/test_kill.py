"""Nothing that was acknowledged is lost when the tablet's process is killed, at whatever moment."""

import random
import signal
import subprocess
import sys

import pytest

from mobile.lock.vault import Vault
from mobile.store import photo_files, store

TABLET = """
import sys
from pathlib import Path
from checklists.crypto import SigningKey
from checklists.inspection.entries import Entry
from checklists.wire import uuid7
from mobile.store import store
from mobile.lock.vault import Vault

AT = "2026-11-21T01:30:00.000Z"
held = store.open_store(Path(sys.argv[1]), Vault(b"k" * 32))

def say(*words):
    print(*words, flush=True)

def part(seq, previous):
    return {"kind": "inspection", "inspection": inspection, "device_seq": seq, "previous": previous}

while True:
    inspection = uuid7()
    store.open_inspection(held, inspection, "officer", AT)
    for first in (1, 3, 5, 7):
        act = [
            Entry(uuid7(), inspection, "dev", seq, "officer", "T", AT, "answer", "EQP-14", {"note": "x" * 300})
            for seq in (first, first + 1)
        ]
        store.append(held, *act)
        for entry in act:
            say("entry", inspection, entry.id)
    store.remember_view(held, {"inspection": inspection})
    say("view", inspection)
    say("sealed", store.seal_inspection(held, inspection, part, SigningKey(b"d" * 32)).digest)
    say("paper", store.next_paper_number(held, "record"))
"""

CAMERA = """
import io, sys
from pathlib import Path
from PIL import Image
from mobile.inspecting import evidence
from mobile.store import store
from mobile.lock.vault import Vault

held = store.open_store(Path(sys.argv[1]), Vault(b"k" * 32))
number = 0
while True:
    number += 1
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), (number % 256, number // 256, 7)).save(buffer, "PNG")
    value = evidence.capture(held, buffer.getvalue(), evidence.Stamp("09:30"))
    print(value["sha256"], value["working"]["sha256"], flush=True)
"""


def killed(script, folder, lines):
    """Run a tablet, kill it right after (or in the middle of what follows) that many acknowledgements."""
    child = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    told = [child.stdout.readline() for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    told += child.stdout.readlines()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return [line.split() for line in told if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_twenty_kills_lose_no_entry_no_seal_and_no_view(tmp_path):
    chance = random.Random(5)
    told = []
    for _ in range(20):
        told += killed(TABLET, tmp_path, chance.randint(1, 60))
    held = store.open_store(tmp_path, Vault(b"k" * 32))
    assert store.notice(held) is None
    for inspection in {words[1] for words in told if words[0] == "entry"}:
        kept = {one.id for one in store.entries(held, inspection)}
        assert {words[2] for words in told if words[:2] == ["entry", inspection]} <= kept
        assert len(kept) % 2 == 0, "half of an act was kept"
    parts = [store.sealed(held, one.digest).part for one in reversed(store.deliveries(held))]
    assert {words[1] for words in told if words[0] == "sealed"} <= {one.digest for one in store.deliveries(held)}
    assert [part["device_seq"] for part in parts] == list(range(1, len(parts) + 1))
    sealed = {one.digest: one for one in store.deliveries(held)}
    assert all(part["previous"] in sealed for part in parts[1:]) and parts[0]["previous"] is None
    papers = [int(words[1]) for words in told if words[0] == "paper"]
    assert len(papers) == len(set(papers))
    assert store.view(held)["inspection"] >= max(words[1] for words in told if words[0] == "view")
    store.release(held)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_photos_that_were_acknowledged_survive_a_kill_whole(tmp_path):
    chance = random.Random(7)
    told = []
    for _ in range(5):
        told += killed(CAMERA, tmp_path, chance.randint(1, 12))
    held = store.open_store(tmp_path, Vault(b"k" * 32))
    for original, working in told:
        assert photo_files.read(held, original).startswith(b"\x89PNG")
        assert photo_files.read(held, working).startswith(b"\xff\xd8")
    store.release(held)
