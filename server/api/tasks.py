"""What a team did about a task: taken once, kept for ever, and the task closed when all its duties are done."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import msgspec
from falcon.asgi import Request, Response

from checklists.inspection.tasks import DUTIES, act_holds
from server import clock
from server.api import reading
from server.office import Office
from server.refusals import Refused
from server.store import alerts, registry, tasks
from server.store.models import Device

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z._:-]+$")]
Note = Annotated[str, msgspec.Meta(max_length=1000, pattern=r"^[^\x00\ud800-\udfff]*$")]

_ACTS = frozenset(act for acts in DUTIES.values() for act in acts)
_DID = msgspec.Meta(extra_json_schema={"enum": sorted(_ACTS)})
_TIME = msgspec.Meta(extra_json_schema={"format": "date-time"})


class Act(msgspec.Struct):
    """What was done: its own id makes a repeat harmless."""

    id: Name
    officer: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\ud800-\udfff]*$")]
    did: Annotated[str, _DID]
    at: Annotated[str, _TIME]
    note: Note = ""
    signature: Annotated[str, msgspec.Meta(max_length=200)] = ""


class TaskActs:
    """`POST /v1/tasks/{task}/acts`."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate

    async def on_post(self, req: Request, resp: Response, task: str) -> None:
        """Take what was done and say whether the task is closed by it; the same id again is answered the same.

        It counts if the device signed it, is of the task's agency or was told of the alert, and the office knows the
        officer there.
        """
        device = await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds, 16 * 1024)
        sent: Act = reading.decode(content, Act)
        _check(task, sent)
        _check_signature(device, task, sent)
        closed = await self._office.store.write(partial(_take, device, task, sent))
        resp.media = {"at": clock.now(), "id": sent.id, "closed": closed}


def _take(device: Device, task: str, sent: Act) -> bool:
    """Keep an act in a writing job. Raises Refused task_foreign, act_officer_unknown."""
    agency, held = str(device.agency), tasks.by_id(task)
    if held is not None and not alerts.may_act(held, agency, str(device.area)):
        raise Refused("task_foreign")
    if not registry.is_officer(sent.officer, agency):
        raise Refused("act_officer_unknown")
    was_open = held is not None and held.state == tasks.OPEN
    closed = tasks.act(
        task,
        id_=sent.id,
        device=str(device.id),
        officer=sent.officer,
        did=sent.did,
        note=sent.note,
        at=sent.at,
        signature=sent.signature,
    )
    alerts.acted(task, closed and was_open)
    return closed


def _check_signature(device: Device, task: str, sent: Act) -> None:
    """An act is the word of a device: its token alone, which anything between may have seen, does not make one."""
    told: dict[str, str] = msgspec.to_builtins(sent)
    if not act_holds(str(device.public_key), told, task=task, device=str(device.id)):
        raise Refused("signature_invalid")


def _check(task: str, sent: Act) -> None:
    if not 0 < len(task) <= 100 or not task.isprintable() or not task.isascii():
        raise Refused("malformed", "the task has no such id")
    if sent.did not in _ACTS:
        raise Refused("malformed", f"did is none of {', '.join(sorted(_ACTS))}")
    try:
        clock.read(sent.at)
    except ValueError as fault:
        raise Refused("malformed", "at is no time") from fault
