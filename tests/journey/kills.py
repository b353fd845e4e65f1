"""A tablet that is killed again and again: one warmed process forks a tablet for each kill, so that a start is cheap.

`python -m tests.journey.kills FOLDER SEED COUNT` takes the tablet in FOLDER through inspections on its real screens
and kills it COUNT times, then another at steps of a seal; it prints a line of JSON for what was done, or what was
lost. A tablet tells through a pipe what its screen showed after each touch, before it makes the next one: that is what
counts as acknowledged.
"""

from __future__ import annotations

import gc
import json
import os
import random
import select
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from demo import county, pictures
from demo.officer import see
from demo.stage import Stage
from mobile.inspecting import control_photos
from mobile.sealing.shift import Shift
from mobile.store import photo_files
from tests import cheap

PIN, POLICE_PIN = "683947", "957264"
MOST_TOUCHES = 5
"""Between two kills; a killed tablet is started anew, so that many starts are seen."""


class Tablet(Stage):
    """The stage's tablet without an office; each touch is told before it is made, and what the screen shows after."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "mock", lambda words: None)
        self.pipe = -1
        self.screens: dict[str, Any] = {}
        self.before_seal: Callable[[], None] = lambda: None
        self.waybill = _drawn(partial(pictures.waybill, county.waybill_text(self.now)), folder / "waybill.jpg")
        self.panel = _drawn(partial(pictures.panel, "80", "1832"), folder / "panel.jpg")
        self.chance = random.Random(0)

    def begin(self, pipe: int, seed: int) -> None:
        """Start the app as after a kill and unlock it; one in ten by touches, and with every screen built anew."""
        self.pipe, self.chance = pipe, random.Random(seed)
        by_touch = not self.screens or self.chance.random() < 0.1
        if not by_touch:
            _reuse(self.screens)
        self.power_on()
        self.app.desk.start_sync = lambda: None
        tap = self.driver.tap

        def told(widget: Any) -> None:
            self.say_line("touch", self.app.desk.screen)
            tap(widget)
            self.say_line("shown", shown(self.app))

        self.driver.tap = told
        if by_touch:
            self.tap("officer:t-wang")
            self.keys("pin", PIN)
        else:
            self.app.desk.unlock("t-wang", PIN)
        self.at_rest()

    def at_rest(self) -> None:
        """Let what was touched take effect, and tell what the screen shows."""
        self.driver.step(3)
        self.say_line("shown", shown(self.app))

    def say_line(self, kind: str, what: Any) -> None:
        """Tell the parent; a line is written whole or not at all."""
        os.write(self.pipe, json.dumps([kind, what]).encode() + b"\n")

    def go_on(self) -> None:
        """Make the next act of the inspection, whatever screen is in front."""
        getattr(self, f"_on_{self.app.desk.screen}")()
        self.at_rest()
        time.sleep(self.chance.random() * 0.02)

    def snap(self, draw: Callable[[Path], None]) -> None:
        """Let the camera take a picture under a name that no tablet before this one has used."""
        time.sleep(0.02)
        draw(self.camera / f"IMG_{time.time_ns()}.jpg")

    def _on_queue(self) -> None:
        self.tap("new_check")

    def _on_identify(self) -> None:
        desk = self.app.desk
        if desk.plate:
            self.tap("next")
            return
        self.say_line("touch", "identify")
        self.snap(self.waybill)
        # The picture is read by itself; that is as good as a touch.
        self.driver.step_until(lambda: desk.screen != "identify" or desk.plate)

    def _on_snapshot(self) -> None:
        self.tap("start_walk")

    def _on_walk(self) -> None:
        held = self.app.desk.held
        wanted = [one.section for one in held.assessment.open]
        sections = held.kit.definitions.checklists[held.checklist].sections
        wanted += [one.id for one in sections if control_photos.pending(held, one.id)]
        if wanted:
            self.tap(f"open:{wanted[0]}")
        else:
            self.tap(self.chance.choice(("outcome", "outcome", "compare")))

    def _on_compare(self) -> None:
        self.tap("back_to_walk")

    def _on_section(self) -> None:
        section = self.app.desk.where["section"]
        rows = [one for one in self.app.desk.held.assessment.open if one.section == section]
        if control_photos.pending(self.app.desk.held, section):
            self.snap(self.panel)
            self.tap("clear")
        elif not rows or self.chance.random() < 0.2:
            self.tap("clear")
        else:
            one = rows[0]
            self.answer(one.item.id, "does_not_conform" if one.state == "does_not_conform" else "conforms")

    def _on_deviation(self) -> None:
        if not self.app.desk.held.all_of("photo") or self.chance.random() < 0.4:
            self.snap(self.panel)
            self.tap("photo")
        else:
            self.tap("record")

    def _on_outcome(self) -> None:
        # Who shows his card beside us is chosen before the driver has the tablet.
        if any(self._find.is_shown(one) and not one.active for one in self._find.by_id("second:p-li")):
            self.tap("second:p-li")
        self.tap("to_signing")

    def _on_sign(self) -> None:
        if self.app.desk.where.get("stage") != "officers":
            see(self.driver, "told")
            pad = self.driver.find_id("area")
            self.say_line("touch", "sign")
            self.driver.drag(pad, ((0.2, 0.5), (0.3, 0.8), (0.35, 0.3)))
            self.say_line("shown", shown(self.app))
            self.tap("hand_back")
            return
        signed = {one.officer for one in self.app.desk.held.all_of("signature") if one.value.get("role") == "officer"}
        if "t-wang" not in signed:
            self.keys("pin", PIN)
        else:
            self.before_seal()
            self.say_line("sealing", None)
            self.confirm_second("p-li", POLICE_PIN)

    def _on_papers(self) -> None:
        self.tap("next_vehicle")


def _drawn(draw: Callable[[Path], None], path: Path) -> Callable[[Path], None]:
    """Draw a picture once and return what copies it; each copy is another photo, as phones append what they like."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draw(path)
    content = path.read_bytes()

    def copied(copy: Path) -> None:
        copy.write_bytes(content + os.urandom(8))

    return copied


def shown(app: Any) -> dict[str, Any]:
    """Return what stands on the screen, by the very state that it draws: entries, records, papers, and the view."""
    from mobile.store import store

    desk = app.desk
    if desk.store is None:
        return {"screen": desk.screen}
    held = desk.held if desk.has_inspection else None
    return {
        "screen": desk.screen,
        "inspection": held.inspection if held else "",
        "entries": [one.id for one in held.entries] if held else [],
        "sealed": [one.digest for one in store.deliveries(desk.open_store)],
    }


class Acknowledged:
    """All that any screen has shown, and whether the tablet was at rest when it was killed."""

    def __init__(self) -> None:
        self.entries: dict[str, set[str]] = {}
        self.sealed: set[str] = set()
        self.last: dict[str, Any] = {}
        self.at_rest = True

    def hear(self, kind: str, what: Any) -> None:
        """Take a line of the tablet."""
        self.at_rest = kind == "shown"
        if kind == "shown" and "inspection" in what:
            self.last = what
            self.entries.setdefault(what["inspection"], set()).update(what["entries"])
            self.sealed.update(what["sealed"])

    def check(self, now: dict[str, Any]) -> None:
        """Compare what the tablet shows after its start with what was acknowledged before."""
        if not self.last:
            return
        assert self.sealed <= set(now["sealed"]), "a sealed record is gone"
        before, inspection = self.last, self.last["inspection"]
        if self.at_rest:
            stands = (now["screen"], now["inspection"])
            assert stands == (before["screen"], inspection), f"{before} became {now}"
        if now["inspection"] == inspection:
            assert set(before["entries"]) <= set(now["entries"]), "entries are gone"


def check_store(folder: Path, told: Acknowledged) -> dict[str, int]:
    """Look at the whole store at the end: every acknowledged entry, an unbroken chain, papers numbered once."""
    from mobile.lock import vault
    from mobile.store import store

    held = store.open_store(folder, vault.unlock(folder / "keys.json", "t-wang", PIN, datetime.now(UTC)))
    assert store.notice(held) is None, "the store had to be salvaged"
    for inspection, ids in told.entries.items():
        if inspection:
            assert ids <= {one.id for one in store.entries(held, inspection)}, "entries are gone"
    sent = sorted(store.deliveries(held), key=lambda one: one.device_seq)
    assert [one.device_seq for one in sent] == list(range(1, len(sent) + 1)), "the chain has a hole"
    parts = [store.sealed(held, one.digest).part for one in sent]
    assert [part["previous"] for part in parts] == [None, *(one.digest for one in sent[:-1])][: len(parts)]
    numbers = [paper["number"] for part in parts for paper in part["papers"]]
    assert len(numbers) == len(set(numbers)), "a number was given twice"
    for part in parts:
        for photo in part["photos"]:
            photo_files.read(held, photo["original"]["sha256"])
    store.release(held)
    return {"inspections": len(told.entries), "sealed": len(sent), "entries": sum(map(len, told.entries.values()))}


def run(stage: Tablet, seed: int, kills: int) -> dict[str, Any]:
    """Kill the tablet that many times and return what was seen. Raises AssertionError where something is lost."""
    chance, told = random.Random(seed), Acknowledged()
    while_sealing = at_rest = 0
    for number in range(kills):
        reading, writing = os.pipe()
        its_seed = chance.randrange(2**30)
        child = os.fork()
        if child == 0:
            os.close(reading)
            _be_a_tablet(stage, writing, its_seed)
        os.close(writing)
        sealing = _watch(child, reading, told, chance)
        while_sealing += sealing
        at_rest += told.at_rest
        if number % 25 == 24:
            check_store(stage.tablet, told)
    return {"kills": kills, "while_sealing": while_sealing, "at_rest": at_rest, **check_store(stage.tablet, told)}


def _be_a_tablet(stage: Tablet, pipe: int, seed: int) -> None:
    """What a forked child does until it is killed; a mistake is told, and ends it."""
    try:
        stage.begin(pipe, seed)
        stage.say_line("ready", shown(stage.app))
        while True:
            stage.go_on()
    except BaseException:
        stage.say_line("failed", traceback.format_exc())
    finally:
        os._exit(1)


def _watch(child: int, reading: int, told: Acknowledged, chance: random.Random) -> bool:
    """Hear a tablet until its hour has come, kill it, and take what it still said. Returns whether it was sealing."""
    touches, sealing, kill_at = chance.randint(0, MOST_TOUCHES), False, None
    buffer, ready = b"", False
    while True:
        wait = 20.0 if kill_at is None else max(0.0, kill_at - time.monotonic())
        if not select.select([reading], [], [], wait)[0]:
            if kill_at is None:
                raise AssertionError("a tablet stands still")
            break
        buffer += (piece := os.read(reading, 65536))
        if not piece:
            break
        *lines, buffer = buffer.split(b"\n")
        for kind, what in map(json.loads, lines):
            if kind == "failed":
                raise AssertionError(what)
            if kind == "ready":
                told.check(what)
                ready = True
            if not ready:
                continue
            sealing = kind == "sealing" or (sealing and not (kind == "shown" and what.get("screen") == "papers"))
            told.hear("shown" if kind == "ready" else kind, what)
            touches -= kind == "shown" and what["screen"] != "sign"
            if kind == "sealing" and chance.random() < 0.8:
                touches, kill_at = 99, time.monotonic() + chance.random() * 0.2
            elif touches < 0 and kill_at is None:
                kill_at = time.monotonic() + chance.random() * 0.05
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        buffer += piece
    os.close(reading)
    for line in buffer.split(b"\n")[:-1]:
        told.hear(*json.loads(line))
    assert os.WIFSIGNALED(status), "the tablet ended by itself"
    return sealing


def run_seal(stage: Tablet, first: int) -> dict[str, int]:
    """Kill the tablet at every fifth step of the sealing transaction from that one on, each from the same folder.

    Each time it is sealed with its papers or not sealed at all; and the next start goes on to the seal.
    """
    template = stage.folder / "before-seal"
    _fork(stage, before_seal=lambda: os.kill(os.getpid(), signal.SIGKILL))
    shutil.copytree(stage.tablet, template)
    seen = {"open": 0, "sealed": 0}
    for step in count(first, 5):
        shutil.rmtree(stage.tablet)
        shutil.copytree(template, stage.tablet)
        if not _fork(stage, before_seal=partial(_kill_at_statement, stage, step)):
            break
        seen[_sealed_or_not(stage.tablet)] += 1
        if sum(seen.values()) % 4 == 0:
            assert not _fork(stage), "the next start does not go on to the papers"
            assert _sealed_or_not(stage.tablet) == "sealed"
    return {"steps": sum(seen.values()), **seen}


def _fork(stage: Tablet, before_seal: Callable[[], None] = lambda: None) -> bool:
    """Let a tablet go on until it shows papers. Returns whether it was killed before."""
    child = os.fork()
    if child == 0:
        stage.before_seal = before_seal
        try:
            stage.begin(os.open(os.devnull, os.O_WRONLY), 3)
            while stage.app.desk.screen != "papers":
                stage.go_on()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the tablet failed"
    return os.WIFSIGNALED(status)


def _kill_at_statement(stage: Tablet, number: int) -> None:
    """From now on, kill this process as the database begins its so many-th statement inside a transaction."""
    connection = stage.app.desk.open_store.db.connection()
    left = number

    def trace(statement: str) -> None:
        nonlocal left
        left -= connection.in_transaction or statement.startswith(("BEGIN", "COMMIT"))
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(trace)


def _sealed_or_not(folder: Path) -> str:
    """Say which of the two it is, and that it is one of them wholly."""
    from mobile.lock import vault
    from mobile.sealing import seal as sealing
    from mobile.store import store
    from mobile.store.base import many
    from mobile.store.models import PaperCounter

    held = store.open_store(folder, vault.unlock(folder / "keys.json", "t-wang", PIN, datetime.now(UTC)))
    sent, (check,) = store.deliveries(held), store.inspections(held)
    given = sum(row.last for row in many(held, PaperCounter.select()))
    digest, made = sealing.papers(held, check.id)
    wanted = [one.state for one in store.photos(held, check.id)]
    store.release(held)
    if not sent:
        assert (check.state, given, digest, made) == ("in_progress", 0, "", ()), "half a seal"
        assert "wanted" not in wanted
        return "open"
    assert (check.state, digest) == ("sealed", sent[0].digest), "half a seal"
    assert given == len(made) > 0 and "local" not in wanted
    return "sealed"


def prepare(stage: Tablet) -> None:
    """Make an enrolled tablet with its packages and two officers, and warm the process that tablets are forked from."""
    from checklists.authoring.loader import load_all
    from checklists.definitions.publication import publish
    from checklists.goods.listing import load_tables
    from mobile.inspecting import kit as kits
    from mobile.link import enrolment as enrol
    from mobile.lock import lock_status, vault
    from mobile.sealing import shifts
    from mobile.store import store
    from tests.mobile.field import AT, offer, rows_page
    from tests.mobile.tablet import HEARD, enrolment

    # What is looked for here is not in scrypt, which would take most of the time.
    vault.stretch = lambda pin, salt, _cost: (pin.encode() + salt).ljust(32, b"x")[:32]
    folder = stage.tablet
    folder.mkdir(parents=True)
    made = replace(enrolment(), officers=tuple(dict(one) for one in county.OFFICERS))
    key = vault.create(folder / "keys.json", "t-wang", PIN, "王志强")
    vault.add_officer(folder / "keys.json", key, "p-li", POLICE_PIN, "李海峰")
    held = store.open_store(folder, key)
    enrol.keep(held, made)
    store.keep_setting(held, "site", county.SITE)
    shifts.begin(held, Shift("shift-1", AT, county.SITE, officers=("t-wang", "p-li")))
    plain = {"definitions": publish(load_all()), "reference": load_tables().to_plain()}
    for name, content in plain.items():
        body = json.dumps(content, ensure_ascii=False).encode()
        store.apply_package(held, offer(name, body), body, AT)
    store.lay(held, rows_page(county.registry(stage.now), at=HEARD), "", HEARD)
    lock_status.keep(
        folder, {one.name: one.applied_at for one in store.packages(held)}, store.unsent(held), made.office
    )
    kit = kits.load(held)
    store.release(held)
    kits.load = lambda opened: replace(kit, lookup=partial(store.lookup, opened))


def warm(stage: Tablet) -> None:
    """Take a tablet of its own through a whole inspection before the first fork: everything is loaded then."""
    folder, tap = stage.folder, stage.driver.tap
    stage.folder = folder / "warm"
    prepare(stage)
    stage.begin(os.open(os.devnull, os.O_WRONLY), 1)
    while stage.app.desk.screen != "papers":
        stage.go_on()
    stage.screens = dict(stage.app._screens)
    for screen, _own in stage.screens.values():
        if screen.parent is not None:
            screen.parent.remove_widget(screen)
    stage.app.on_stop()
    for widget in list(stage.driver.window.children):
        stage.driver.window.remove_widget(widget)
    os.close(stage.pipe)
    stage.folder, stage.driver.tap = folder, tap
    while threading.active_count() > 1:
        time.sleep(0.01)
    gc.collect()
    gc.freeze()


def _reuse(screens: dict[str, Any]) -> None:
    """Let the app take screens that were built before the fork: building them is most of what a start costs."""
    from mobile.app import LujianApp

    build = LujianApp._build

    def found(app: LujianApp, name: str) -> Any:
        if name in screens and name != "unlock":
            app._screens[name] = screens[name]
            return screens[name]
        return build(app, name)

    LujianApp._build = found


def main(folder: Path, seed: int, kills: int) -> None:
    """Prepare, kill and tell."""
    stage = Tablet(folder)
    warm(stage)
    prepare(stage)
    told = run(stage, seed, kills)
    shutil.rmtree(stage.tablet)
    prepare(stage)
    sys.stdout.write(json.dumps({"seed": seed, **told, "seal": run_seal(stage, 1 + seed % 5)}) + "\n")


if __name__ == "__main__":
    cheap.pins()
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
