"""One-time codes for officers' first PINs: made once, kept as hashes, told to tablets in the officer's own row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.inspection.officer_code import FIELD, code_hash, new_code
from checklists.wire import canonical
from server import clock
from server.store import audit, feed, registry
from server.store.administration_models import OfficerCode
from server.store.feed import Told
from server.store.models import Device

HOURS = 72
_RULE = "first_pin"

_MOST_HOURS = 24 * 14


def _(words: str) -> str:
    return words


OFFICER_UNKNOWN = _("The registry knows no such officer.")
DEVICE_UNKNOWN = _("There is no such tablet, or it is revoked.")
DEVICE_FOREIGN = _("The tablet belongs to another agency.")
HOURS_WRONG = _("A code can be used for 1 to 336 hours.")


class CodeError(ValueError):
    """Why no code is made: every fault at once, as words of the catalogue."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def new(by: str, officer: str, *, device: str = "", hours: int = HOURS) -> tuple[str, OfficerCode]:
    """Make a code and return it with its row; it is never shown again. Earlier ones of the same place end.

    Raises CodeError.
    """
    held = registry.lookup("officer", officer)
    tablet = Device.get_or_none((Device.id == device) | (Device.prefix == device.upper())) if device else None
    agency = str(held["data"].get("agency") or "") if held else ""
    faults = [] if held else [OFFICER_UNKNOWN]
    faults += [DEVICE_UNKNOWN] if device and (tablet is None or tablet.revoked_at is not None) else []
    faults += [DEVICE_FOREIGN] if held and tablet is not None and tablet.agency != agency else []
    faults += [] if 0 < hours <= _MOST_HOURS else [HOURS_WRONG]
    if faults:
        raise CodeError(*faults)
    code, place = new_code(), str(tablet.id) if tablet is not None else ""
    _end(by, (OfficerCode.officer == officer) & (OfficerCode.device == place))
    row = OfficerCode.create(
        officer=officer,
        agency=agency,
        device=place,
        code_hash=code_hash(officer, code),
        made_by=by,
        made_at=clock.now(),
        expires_at=clock.later(hours=hours),
    )
    tell([officer])
    told = {"until": row.expires_at, "device": place}
    audit.note(who=by, action="officer_code.new", subject=f"officer:{officer}", detail=told)
    return code, row


def end(by: str, officer: str) -> int:
    """Withdraw the codes of an officer and return how many could still be used."""
    count = _end(by, OfficerCode.officer == officer)
    if count:
        tell([officer])
        audit.note(who=by, action="officer_code.end", subject=f"officer:{officer}", detail={"ended": count})
    return count


def standing() -> list[OfficerCode]:
    """Return the codes that can be used, the latest first."""
    return list(OfficerCode.select().where(*_stands()).order_by(OfficerCode.id.desc()))


def told() -> dict[str, list[dict[str, Any]]]:
    """Return by officer what his row tells tablets of his codes.

    Nothing stands for him whose codes have ended: a tablet goes on asking, since a code that ran out frees nobody.
    """
    rows: dict[str, list[dict[str, Any]]] = {one.officer: [] for one in OfficerCode.select(OfficerCode.officer)}
    for one in reversed(standing()):
        proof = {"hash": str(one.code_hash), "until": str(one.expires_at), "device": str(one.device)}
        rows[str(one.officer)].append(proof)
    return rows


def tell(officers: Iterable[str]) -> None:
    """Tell every tablet what proves an officer's codes, since teams are joint; the row stays when they have ended."""
    codes = told()
    for officer in officers:
        feed.tell("officer_codes", [Told(officer, canonical({FIELD: codes[officer]}).decode(), clock.now())])


def tell_rule(*, every: bool) -> None:
    """Tell tablets whether whoever has no code needs one too."""
    held = feed.standing("feed", _RULE) or {"every": False}
    if held["every"] is not every:
        feed.tell("feed", [Told(_RULE, canonical({"every": every}).decode(), clock.now())])


def officers(*, every: bool = False) -> list[dict[str, Any]]:
    """Return the officers as a tablet gets them at enrolment, each with what proves his codes.

    `every`: whoever has none needs one too.
    """
    codes = told()
    return [{**one, **_proofs(codes, str(one["id"]), every=every)} for one in registry.officers()]


def _proofs(codes: Mapping[str, Any], officer: str, *, every: bool) -> dict[str, Any]:
    return {FIELD: codes.get(officer, [])} if every or officer in codes else {}


def _end(by: str, which: Any) -> int:
    query = OfficerCode.update(ended_at=clock.now(), ended_by=by).where(which, *_stands())
    return int(query.execute())


def _stands() -> tuple[Any, ...]:
    return OfficerCode.ended_at == "", OfficerCode.expires_at >= clock.now()
