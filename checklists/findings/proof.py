"""What evidence a case needs, what of it the record holds, and what is missing while there is time to take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.facts.situation import Situation
from checklists.inspection.entries import Entry, standing
from checklists.law.model import Evidence
from checklists.rules.crosscheck import reach
from checklists.values import frozen


@frozen
class Proof:
    """The evidence of one finding, by codes of `law/evidence.yaml`, in the order needed.

    `later` is got at the office and never counts as missing on the road; a code that the data lack is `later` too.
    """

    item: str
    violation: str = ""
    case: str = ""
    needed: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


@frozen
class Held:
    """What the record holds as evidence, worked out once: people who signed by role, statements, photos by item."""

    situation: Situation
    photos: Mapping[str, tuple[Entry, ...]]
    signed: Mapping[str, frozenset[str]]
    stated: bool = False

    @classmethod
    def of(cls, situation: Situation, entries: tuple[Entry, ...], photos: Iterable[Entry]) -> Held:
        """Return what the entries hold; `photos` are those that stand."""
        by_item: dict[str, tuple[Entry, ...]] = {}
        for photo in photos:
            by_item[photo.item or ""] = (*by_item.get(photo.item or "", ()), photo)
        signed: dict[str, frozenset[str]] = {}
        for one in _stand(entries, "signature"):
            if _holds(one.value):
                role = str(one.value.get("role"))
                signed[role] = signed.get(role, frozenset()) | {str(one.value.get("name"))}
        spoken = [one.value.get("text") for one in _stand(entries, "statement")]
        # Who speaks after another has signed does so in his own signature.
        spoken += [one.value.get("statement") for one in _stand(entries, "signature")]
        stated = any(str(one or "").strip() for one in spoken)
        return cls(situation, by_item, signed, stated)


def prove(
    needed: tuple[str, ...],
    kinds: Mapping[str, Evidence],
    held: Held,
    items: tuple[str, ...],
    violation: str = "",
    case: str = "",
) -> Proof:
    """Return the evidence of a finding on those items, the first its own, present and missing."""
    road = [code for code in needed if code in kinds and kinds[code].by != "office"]
    shown = _shown(
        [code for code in road if kinds[code].by == "photo"],
        tuple(photo for item in items for photo in held.photos.get(item, ())),
    )
    present = tuple(code for code in road if code in shown or _has(kinds[code], held))
    missing = tuple(code for code in road if code not in present)
    return Proof(items[0], violation, case, needed, present, missing, tuple(one for one in needed if one not in road))


def _shown(kinds: list[str], photos: tuple[Entry, ...]) -> frozenset[str]:
    """Which kinds the photos serve: each the one that it names, else one of those left, in the order needed."""
    named = {str(photo.value.get("evidence")) for photo in photos if photo.value.get("evidence") in kinds}
    left = [kind for kind in kinds if kind not in named]
    unnamed = sum(photo.value.get("evidence") not in kinds for photo in photos)
    return frozenset(named) | frozenset(left[:unnamed])


def _has(kind: Evidence, held: Held) -> bool:
    if kind.by == "fact":
        return any(reach(held.situation, path) not in (None, "", (), {}) for path in kind.paths)
    if kind.by == "signature":
        return len(held.signed.get(kind.who, ())) >= kind.least
    return kind.by == "statement" and held.stated


def _holds(value: Mapping[str, Any]) -> bool:
    """A refusal to sign holds with a witness, or where there is none with the recorder that saw it."""
    return bool(value.get("witness") or value.get("recorder")) if value.get("refused") else True


def _stand(entries: Iterable[Entry], kind: str) -> Iterable[Entry]:
    return (one for rivals in standing(entries, kind).values() for one in rivals)
