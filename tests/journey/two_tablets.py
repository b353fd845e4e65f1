"""One tablet in a process of its own: `python -m tests.journey.two_tablets FOLDER OFFICER`.

Each line is a JSON list, a word and what belongs to it; the answer is one JSON line. Between lines the tablet goes on.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from checklists.inspection.entries import conflicts
from demo.colleague import Colleague
from mobile.device import network
from mobile.inspecting import acts
from mobile.pairing import exchange, frames, hands, invite
from mobile.pairing.pairings import Pairings
from mobile.screens.line import flow as line_flow
from mobile.store import store as stores
from tests import cheap


class Tablet:
    """What a line can ask for."""

    def __init__(self, folder: Path, officer: str) -> None:
        self.it = Colleague(folder, "", "", officer)

    def begin(self, plate: str) -> str:
        self.it.desk.begin()
        self.it.put(acts.identify(plate, "yellow"))
        return self.it.desk.held.inspection

    def take_up(self, inspection: str) -> None:
        self.it.take_up(inspection)

    def invite(self) -> str:
        return self.it.near.invite()

    def join(self, code: str) -> None:
        self.it.join(code)

    def answer(self, item: str, result: str) -> None:
        self.it.put(acts.answer(item, result))

    def held(self) -> Any:
        self.it.desk.merge()
        held = self.it.desk.held
        return {
            "ids": [one.id for one in held.entries],
            "own": [one.id for one in held.entries if one.device == held.device],
            "conflicts": [one.item for one in conflicts(held.entries)],
            "state": stores.inspection_state(self.it.desk.open_store, held.inspection),
            "signed": len(held.all_of("signature")),
        }

    def near(self) -> Any:
        near, told = self.it.near, self.it.near.session
        return {
            "troubles": dict(near.troubles),
            "peers": [one.name for one in told.peers] if told else [],
            "late": [one.late for one in told.peers] if told else [],
            "sealed": near.lead_sealed,
            "told": self.it.told,
        }

    def check(self, plate: str) -> None:
        self.it.finish(plate)

    def conclude(self) -> None:
        self.it.conclude()

    def confirm(self) -> None:
        self.it.confirm()

    def cosign(self) -> None:
        self.it.cosign()

    def seal(self) -> str:
        return self.it.seal()

    def codes(self) -> list[str]:
        told = self.it.near.session
        letter = self.it.near.letter(told.peers[-1].device) if told and told.peers else self.it.near.first_letter()
        return list(frames.split(letter))

    def read(self, codes: list[str]) -> int:
        held = frames.Collected()
        for code in codes:
            held = frames.collect(held, code)
        assert held.whole is not None
        return self.it.near.take(held.whole).added

    def post(self) -> str:
        return self.it.desk.pairings.open_post().invite()

    def join_post(self, code: str) -> None:
        desk = self.it.desk
        key = desk.access.enrolled.server_key
        told = invite.read(code, key, lambda device: exchange.revoked(desk.open_store, device), invite.POST_START)
        desk.pairings.join_post(told)

    def wait(self, vehicle: str, plate: str) -> None:
        line_flow.put(self.it.desk, vehicle, "came", {"plate": plate, "colour": "yellow"})

    def take(self, vehicle: str) -> None:
        line_flow.take(self.it.desk, vehicle)

    def line(self) -> Any:
        desk, beside = self.it.desk, self.it.desk.pairings.beside
        found = line_flow.vehicles(desk)
        return {
            "states": {one.id: one.state for one in found},
            "takers": {one.id: sorted(take.name for take in one.takes) for one in found},
            "others": [len(hands.in_hand(one)) for one in beside.peers] if beside else [],
            "troubles": sorted(beside.troubles.values()) if beside else [],
            "clashes": line_flow.clashes(desk),
            "told": self.it.told,
        }

    def contribute(self) -> None:
        self.it.near.contribute()

    def deliver(self) -> list[list[str]]:
        self.it.desk.start_sync()
        self.it.delivered()
        sent = stores.deliveries(self.it.desk.open_store)
        return [
            [one.digest, one.state, stores.sealed(self.it.desk.open_store, one.digest).part["kind"]] for one in sent
        ]


def main() -> None:
    if "--loopback" in sys.argv:
        Pairings.addresses = staticmethod(lambda: ("127.0.0.1",))
    tablet, lines = Tablet(Path(sys.argv[1]), sys.argv[2]), Queue[str]()
    threading.Thread(target=lambda: [lines.put(line) for line in sys.stdin], daemon=True).start()
    print(json.dumps(list(network.local_addresses())), flush=True)
    while True:
        try:
            name, *said = json.loads(lines.get(timeout=0.05))
        except Empty:
            tablet.it.step()
            continue
        try:
            answer = {"ok": getattr(tablet, name)(*said)}
        except Exception as problem:
            answer = {"refused": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    cheap.pins()
    main()
