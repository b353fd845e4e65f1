"""What officers add to a record that this tablet sealed, as it stands: what was put down and who has signed it. Pure.

Signatures hold for exactly what was put down when they were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from checklists import words
from checklists.definitions.citation import measure
from checklists.facts.earlier import HOLDING
from checklists.findings import approval as approvals
from checklists.findings import lifting
from checklists.findings.assessment import Assessment
from checklists.findings.finding import Finding
from checklists.inspection.entries import Entry, merge
from checklists.inspection.recheck import looked_again
from checklists.records.check_history import decided, entries_of
from checklists.wire import from_plain, instant
from mobile.inspecting import acts, conclusion, quick_check
from mobile.inspecting.inspection import Held, write
from mobile.sealing import part
from mobile.sealing.part import Device
from mobile.store.draft import draft_digest

CLEARANCE, CORRECTION = "clearance", "correction"
"""What is added: that a vehicle which was held goes on; that something in the record was wrong."""


@dataclass(frozen=True)
class Supplement:
    """What is being added to a sealed inspection: `held` is the inspection as sealed, `what` CLEARANCE or CORRECTION.

    `parts` are (digest, part) of what this tablet sealed of it, the newest first; `put_down` is what was put down.
    """

    held: Held
    device: Device
    what: str
    parts: tuple[tuple[str, Mapping[str, Any]], ...]
    put_down: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """The name under which it is put down."""
        return f"{self.what}:{self.held.inspection}"

    @property
    def amends(self) -> str:
        """The digest of the sealed inspection."""
        return next(digest for digest, part in self.parts if part["kind"] == "inspection")

    @cached_property
    def part(self) -> Mapping[str, Any]:
        """The sealed inspection."""
        return dict(self.parts)[self.amends]

    @cached_property
    def before(self) -> Held:
        """The inspection with what was added to it earlier."""
        added = (part for _digest, part in self.parts if part["kind"] == "amendment")
        return self.held.adding(merge(*map(entries_of, added)))

    @cached_property
    def begun(self) -> tuple[Entry, ...]:
        """What was put down, without signatures."""
        return tuple(one for one in self.put_down if one.kind != "signature")

    @cached_property
    def now(self) -> Held:
        """The inspection with all of it."""
        return self.before.adding(self.begun)

    @cached_property
    def assessment(self) -> Assessment:
        """What the record amounts to, with the findings as they were sealed, whatever the packages say by now."""
        found = tuple(from_plain(Finding, one) for one in self.part.get("findings") or ())
        return replace(self.held.assessment, findings=found)

    @property
    def stands(self) -> str:
        """The outcome that stands now, an earlier amendment counted, as every other tablet is told of it."""
        return decided(self.part, (part for _digest, part in self.parts)).outcome

    @property
    def holds(self) -> bool:
        """Whether the record holds its vehicle still."""
        return self.stands in HOLDING

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings that nobody saw to be put right."""
        return lifting.unmended(self.assessment, looked_again(self.now.entries))

    def looked(self, name: str) -> Entry | None:
        """Return what was said last of a fault on this tablet: who looks again takes it back, whoever he is.

        What was said of the whole item is taken back for its other faults as well: they are looked at again, too.
        """
        last = looked_again(self.now.entries).last(name)
        return last if last is not None and last.device == self.held.device else None

    @property
    def last_day(self) -> str:
        """The last day that the record set for what is put right later, empty where it set none."""
        return str((self.part.get("outcome") or {}).get("correct_by") or "")

    @property
    def ways(self) -> tuple[str, ...]:
        """The outcomes by which the vehicle may go on, the likeliest first."""
        return lifting.ways(self.assessment.findings, self.left, deadline=bool(self.last_day))

    @property
    def decided(self) -> Mapping[str, Any]:
        """The decision that was put down and may still be taken, with its reason; empty without one."""
        drafted = [one.value for one in self.begun if one.kind == "outcome"]
        return drafted[-1] if drafted and drafted[-1].get("decided") in self.ways else {}

    def heard(self, at: datetime) -> Held:
        """Return the inspection by what this tablet has heard until now, for stops that were ordered since."""
        before = replace(self.before, opened_at=instant(at))
        told = acts.look_up(before, self.device.site)
        return before.adding(write(before, told, instant(at), (f"heard-{number}" for number in range(len(told)))))

    def approvals(self, heard: Held) -> tuple[str, ...]:
        """Return what a leader approves before the vehicle goes on; `heard` is what is known by now."""
        if self.what != CLEARANCE:
            return ()
        approved = conclusion.approval_of(self.held).needed
        return lifting.approvals(self.held.kit.definitions, heard.assessment, self.left, approved)

    @property
    def draft(self) -> str:
        """The digest that the officers sign: of what was put down, on the record that it belongs to."""
        return draft_digest(part.amendment(self.held, self.device, self.amends, self.begun, ""))

    @property
    def signatures(self) -> tuple[Entry, ...]:
        """The signatures that hold for what was put down as it is now, the last of each person in each role."""
        draft = self.draft
        drawn = (one for one in self.put_down if one.value.get("digest") == draft)
        return tuple({(one.value.get("role"), one.officer): one for one in drawn if one.kind == "signature"}.values())

    def missing(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Return what keeps it from its seal: nothing (was put down), undecided, officers, leader.

        `asked` is what a leader approves (`approvals`).
        """
        signed = self.signatures
        officers = {one.officer for one in signed if one.value.get("role") == "officer"}
        lacking = {
            "nothing": not self.begun,
            "undecided": self.what == CLEARANCE and not self.decided,
            "officers": len(officers) < self.signers,
            "leader": bool(asked) and self.approved(asked) is None,
        }
        return tuple(code for code, lacks in lacking.items() if lacks)

    @property
    def signers(self) -> int:
        """How many officers sign: two, or one where the record itself was sealed by one (a clean quick check)."""
        return 1 if quick_check.needs_no_driver(self.held) else 2

    def approved(self, asked: tuple[str, ...]) -> Entry | None:
        """Return the leader's signature under exactly this decision, or None."""
        named = approvals.decision(self.decided, asked)
        given = (one for one in self.signatures if one.value.get("role") == approvals.ROLE)
        return next((one for one in given if one.value.get("decision") == named), None)

    def now_since(self, opened_at: str) -> Held:
        """Return the inspection with all of it as if it were opened then: a camera gives it what was taken later."""
        return replace(self.now, opened_at=opened_at)


def lifting_words(held: Held, code: str, lang: str) -> str:
    """Return what a leader approves when a hold is lifted: the end of a measure, or going on against something."""
    say = words.say(lang)
    if code in words.LIFTING:
        return say(words.LIFTING[code])
    return say(words.LIFTING_MEASURE).format(measure=measure(held.kit.definitions, code, lang))
