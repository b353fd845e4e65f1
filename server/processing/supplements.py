"""The answer to a task that a case sent to a team: an amendment that names it moves the case on."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from checklists.inspection.entries import Entry, all_of
from server.cases.casefile import MACHINE
from server.cases.machine import Refusal
from server.parts import entries_of
from server.store import case_apply, cases, tasks

_log = logging.getLogger(__name__)


def answered(inspection: str, digest: str, part: Mapping[str, Any]) -> bool:
    """Let the case hear of the answer, and return whether one did. Must run in a writing job of the store.

    A task is answered by a part of the inspection from which it arose, and by none other, sealed by a tablet of the
    agency whose teams have the task. Where the case waits no longer, the amendment stands with the record all the same.
    """
    task = part.get("task")
    held = tasks.by_id(task) if part.get("kind") == "amendment" and isinstance(task, str) else None
    if held is None or str(held.inspection) != inspection or not _may_answer(part, str(held.agency)):
        return False
    row = json.loads(str(held.row))
    case = cases.by_number(str(row.get("case") or ""))
    event, data = _event(row, str(held.id), digest, words(entries_of(part)))
    if case is None or not event:
        return False
    done = case_apply.apply_event(str(case.id), event, data, MACHINE)
    if isinstance(done, Refusal):
        _log.info("answer to a task that no case waits for", extra={"record": digest, "reason": " ".join(done.codes)})
    tasks.close(held)
    return not isinstance(done, Refusal)


def _may_answer(part: Mapping[str, Any], agency: str) -> bool:
    """Whether the tablet that sealed a part is of an agency, by its certificate, which is the office's own."""
    return not agency or (part.get("certificate") or {}).get("agency") == agency


def _event(row: Mapping[str, Any], task: str, digest: str, said: str) -> tuple[str, dict[str, Any]]:
    """Return what an answer is for the case: an event with its data, none for a kind of task that moves no case."""
    text = {"text": said} if said else {}
    if row.get("kind") == "supplement":
        return "supplement_answered", {"task": task, "amendment": digest, **text}
    if row.get("kind") == "revisit" and row.get("side"):
        told = {"text": said or "复查记录见更正件", "proof_reason": f"更正件 {digest[:12]}"}
        return "rectification_proof", {"side": str(row["side"]), **told}
    return "", {}


def words(entries: Iterable[Entry]) -> str:
    """Return what was said in an answer, statements and corrections, each on a line; no more than a text holds."""
    held = tuple(entries)
    said = [one.value.get("text") for kind in ("statement", "note") for one in all_of(held, kind)]
    return "\n".join(text for one in said if (text := str(one or "").strip()))[:20_000]
