"""What a team did about a task: taken once, kept for ever, and the task closed when all its duties are done."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from falcon.asgi import Request, Response

from checklists.inspection.tasks import DUTIES, act_holds
from checklists.records import hub
from server import clock
from server.api import reading
from server.office import Office
from server.refusals import REFUSALS, Refused
from server.store import alerts, devices, hub_outbox, registry, tasks
from server.store.models import Device
from server.store.office_models import TaskAct

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
    device: Annotated[str, msgspec.Meta(max_length=100, pattern=r"^[0-9A-Za-z-]*$")] = ""
    """Who did it, where a hub passes it on."""


class TaskActs:
    """`POST /v1/tasks/{task}/acts`."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate

    async def on_post(self, req: Request, resp: Response, task: str) -> None:
        """Take what was done and say whether the task is closed by it; the same id again is answered the same.

        It counts if the device signed it, is of the task's agency or was told of the alert, and the office knows the
        officer there. A hub holds it for its parent.
        """
        device = await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds, 16 * 1024)
        sent: Act = reading.decode(content, Act)
        _check(task, sent)
        device = await self._office.store.read(_doer, device, sent)
        _check_signature(device, task, sent)
        if self._office.hub is not None:
            resp.media = await self._office.store.write(partial(_hold, device, task, sent))
            return
        closed = await self._office.store.write(partial(_take, device, task, sent))
        resp.media = await self._office.store.read(_answer, self._office, sent.id, closed)


def _doer(sender: Device, sent: Act) -> Device:
    """Return the device that did it: the sender, or whom a hub names. Raises Refused device_mismatch."""
    if sender.kind != devices.HUB:
        return sender
    found = devices.by_id(sent.device)
    if found is None or found.kind == devices.HUB:
        raise Refused("device_mismatch", "no device of this office did it")
    return found


def _hold(device: Device, task: str, sent: Act) -> dict[str, Any]:
    """Hold an act for the parent in a writing job, and answer with what the parent said, once it has."""
    name = str(device.id)
    body = msgspec.json.encode(msgspec.structs.replace(sent, device=name))
    key, path = hub_outbox.act_key(name, sent.id), f"/v1/tasks/{quote(task, safe='')}/acts"
    post = hub_outbox.hold_post(hub_outbox.ACT, key, device=name, path=path, body=body)
    if post.state == hub_outbox.REFUSED:
        raise Refused(str(post.code) if post.code in REFUSALS else "malformed", "the office refused it")
    return dict(hub_outbox.answer_of(post)) or {"at": clock.now(), "id": sent.id, "closed": False, "held": True}


def _answer(office: Office, act: str, closed: bool) -> dict[str, Any]:
    kept = TaskAct.get_by_id(act)
    told = {"act": act, "task": str(kept.task), "device": str(kept.device), "received_at": str(kept.received_at)}
    return {"at": clock.now(), "id": act, "closed": closed, "receipt": hub.act_receipt(office.key, **told)}


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
