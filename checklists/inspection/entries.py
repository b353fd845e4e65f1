"""An inspection in progress: an append-only set of entries by several officers on several tablets, merged by union.

Nothing here changes an entry. What stands is worked out from the set, in any order, any number of times: a later entry
of the same officer supersedes his own earlier one by sequence, never by clock; two officers who differ are both kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from checklists.facts.carried import differs
from checklists.facts.situation import Situation
from checklists.values import frozen
from checklists.wire import from_plain, way

_NO_FACTS = ("at", "sources", "unplaced", "differing")
"""Parts of a situation that nobody states."""
_AHEAD = timedelta(days=1)
"""Two clocks may differ, and a list may be dated by its day. Ours."""

NOT_VERIFIED = "not_verified"
"""The answer of an officer who could not look: nothing is found, and nothing is in order either."""

ANSWERS = ("conforms", "does_not_conform", "does_not_apply", NOT_VERIFIED)
WHY = ("not_shown", "no_data", "not_reachable")
"""Why something could not be verified: nobody showed it, no data tell it, or it cannot be reached here."""


@frozen
class Entry:
    """One thing that one officer put down on one device; `at` is UTC text, `seq` orders, `withdraws` takes back by id.

    `item` is what the entry is about: an item id for answers, a path for facts, a section for a clearing, a rule for an
    override. `value` is plain JSON. Kinds and keys that this version does not know are carried through unchanged.
    """

    id: str
    inspection: str
    device: str
    seq: int
    officer: str
    agency: str
    at: str
    kind: str
    item: str | None = None
    value: Mapping[str, Any] = field(default_factory=dict)
    withdraws: str | None = None

    @property
    def order(self) -> tuple[int, str]:
        """Sequence first, device for ties; never the clock."""
        return self.seq, self.device


@frozen
class Conflict:
    """Two officers say different things about one item or fact; sealing waits until one gives way."""

    kind: str
    item: str
    entries: tuple[Entry, ...]


class Entries(tuple[Entry, ...]):
    """Entries in reading order, each once; what stands among them is worked out once, however often it is asked."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Entries:
        """Return entries in any order as such a set; one that is one already comes back."""
        if isinstance(entries, Entries):
            return entries
        return cls(sorted({entry.id: entry for entry in entries}.values(), key=_reading))

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The ids of those that were taken back: see `withdrawn`."""
        taking = [entry for entry in self if entry.withdraws]
        by_id = {entry.id: entry for entry in self} if taking else {}
        named = ((entry, by_id.get(entry.withdraws or "")) for entry in taking)
        return frozenset(
            entry.withdraws or "" for entry, other in named if other is None or _may_withdraw(entry, other)
        )

    @cached_property
    def left(self) -> Mapping[str, Entries]:
        """By kind those that were not taken back."""
        gone, found = self.withdrawn, dict[str, list[Entry]]()
        for entry in self:
            if entry.id not in gone:
                found.setdefault(entry.kind, []).append(entry)
        return {kind: Entries(some) for kind, some in found.items()}

    def standing(self, kind: str) -> Mapping[str, tuple[Entry, ...]]:
        """Return per item those of a kind that stand: see `standing`."""
        if kind not in self._standing:
            last: dict[tuple[str, str], Entry] = {}
            for entry in self.left.get(kind, ()):
                if entry.item:
                    # Laid anew, it comes after those of others that it came after.
                    last.pop((entry.item, entry.officer), None)
                    last[entry.item, entry.officer] = entry
            found: dict[str, list[Entry]] = {}
            for entry in last.values():
                found.setdefault(entry.item or "", []).append(entry)
            self._standing[kind] = {item: tuple(held) for item, held in found.items()}
        return self._standing[kind]

    @cached_property
    def _standing(self) -> dict[str, Mapping[str, tuple[Entry, ...]]]:
        return {}


def merge(*sets: Iterable[Entry]) -> Entries:
    """Return the union of the sets in reading order; the same entry twice is once."""
    return Entries.of(sets[0] if len(sets) == 1 else (entry for entries in sets for entry in entries))


def _reading(entry: Entry) -> tuple[int, str, str]:
    return entry.seq, entry.device, entry.id


def next_seq(entries: Iterable[Entry]) -> int:
    """Return the highest sequence seen in this inspection plus one."""
    return max((entry.seq for entry in entries), default=0) + 1


PERSONAL = ("officer", "leader")
"""Roles that sign with a PIN of their own: nobody takes back their signature but they themselves."""


def withdrawn(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the ids of the entries that were taken back.

    An officer is his id: of two who are both named 张伟 neither takes back what the other signed. Driver and escort
    sign on an officer's tablet, so that their next signature comes from whoever holds it.
    """
    return Entries.of(entries).withdrawn


def _may_withdraw(entry: Entry, other: Entry) -> bool:
    signed = other.kind == "signature" and other.value.get("role") in PERSONAL
    return not signed or entry.officer == other.officer


def standing(entries: Iterable[Entry], kind: str) -> Mapping[str, tuple[Entry, ...]]:
    """Return per item the entries of that kind that stand: the last of each officer, withdrawn ones gone."""
    return Entries.of(entries).standing(kind)


def all_of(entries: Iterable[Entry], kind: str) -> Entries:
    """Return every entry of a kind that was not withdrawn, in reading order (photos, signatures, notes)."""
    return Entries.of(entries).left.get(kind, Entries())


def lead_of(entries: Iterable[Entry], first: str) -> str:
    """Return the device that leads: the one that took the inspection over last, else the one that opened it."""
    taken = all_of(entries, "takeover")
    return taken[-1].device if taken else first


def conflicts(entries: Iterable[Entry]) -> tuple[Conflict, ...]:
    """Return the answers and observed facts on which officers differ, all of them.

    Who could not verify an item says nothing against who could. What the registries of two tablets say is no word of
    an officer: one of them has merely heard of more, and the last stands.
    """
    held = Entries.of(entries)
    return tuple(
        Conflict(kind, item, rivals)
        for kind, part in (("answer", "result"), ("fact", "data"))
        for item, told in standing(held, kind).items()
        if (rivals := _looked(told))
        and any(rival.value.get(part) != rivals[0].value.get(part) for rival in rivals)
        and not all(rival.value.get("source") == "registry" for rival in rivals)
    )


def answers(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the answer that stands for each item; where officers differ, the one that does not conform.

    An officer who looked stands before one who could not.
    """
    return {
        item: next((one for one in rivals if one.value.get("result") == "does_not_conform"), rivals[-1])
        for item, told in standing(entries, "answer").items()
        for rivals in (_looked(told) or told,)
    }


def _looked(rivals: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(one for one in rivals if one.value.get("result") != NOT_VERIFIED)


def cleared(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return for each item the clearing of its section that covers it. A clearing freezes the items that it answers."""
    return {
        item: entry
        for rivals in standing(entries, "section_clear").values()
        for entry in rivals
        for item in entry.value.get("items", ())
    }


def situation_of(entries: Iterable[Entry], at: str) -> Situation:
    """Return the situation that the fact entries describe, as of `at` (UTC text).

    A fact's `item` is a path such as `trailer.permit` or `seen.panels.left.1`, its value
    `{"data": ..., "source": ..., "as_of": ...}`. Shorter paths are laid first, so that a detail outlives its whole. A
    path that this version has no place for is named in `unplaced` (R22 tells it) and used by nothing.

    Raises WireError where the data of a place are not what it holds.
    """
    return from_plain(Situation, {**facts_tree(entries), "at": at})


def facts_tree(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the facts that stand as one nested mapping, with `sources` beside them.

    `unplaced` and `differing` (what the registry says where a paper says otherwise) are there where any are.
    """
    tree: dict[str, Any] = {"sources": {}}
    facts = standing(entries, "fact")
    placed = {path: keys for path in facts if (keys := keys_of(path)) is not None}
    for path, keys in sorted(placed.items(), key=lambda pair: len(pair[1])):
        fact, last = facts[path][-1].value, facts[path][-1]
        _lay(tree, keys, fact.get("data"))
        source = {"kind": fact.get("source", "officer"), "as_of": fact.get("as_of") or last.at}
        tree["sources"][path] = {**source, "ahead": True} if _is_ahead(str(source["as_of"]), last.at) else source
    if len(placed) < len(facts):
        tree["unplaced"] = sorted(facts.keys() - placed.keys())
    if differing := _differing(facts, placed):
        tree["differing"] = differing
    return tree


@lru_cache(maxsize=256)
def _is_ahead(as_of: str, at: str) -> bool:
    """Whether something is of more than a day later than it was put down, by one clock and another."""
    try:
        return datetime.fromisoformat(as_of) - datetime.fromisoformat(at) > _AHEAD
    except (ValueError, TypeError):
        return False


def _differing(facts: Mapping[str, tuple[Entry, ...]], placed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return by path what the registry says where a paper that was shown says something else."""
    last = {path: facts[path][-1].value for path in placed}
    told: dict[str, Any] = {}
    for path in sorted(placed, key=lambda one: len(placed[one])):
        if last[path].get("source") == "registry":
            _lay(told, placed[path], last[path].get("data"))
    found = {path: _at(told, keys) for path, keys in placed.items() if last[path].get("source") == "papers"}
    return {
        path: _plain_text(one)
        for path, one in found.items()
        if one is not None and differs(last[path].get("data"), one)
    }


def _at(tree: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        tree = tree.get(key) if isinstance(tree, Mapping) else None
    return tree


def _plain_text(data: Any) -> str:
    return "、".join(map(str, data)) if isinstance(data, list | tuple) else str(data)


def keys_of(path: str) -> tuple[str, ...] | None:
    """Return the keys that lead to the place of a fact in a situation, or None where this version has no such place."""
    return None if path.partition(".")[0] in _NO_FACTS else way(Situation, path)


def place(tree: dict[str, Any], path: str, data: Any) -> None:
    """Put data where a path leads, making the mappings on the way; a path that leads nowhere is split at its dots."""
    _lay(tree, keys_of(path) or path.split("."), data)


def _lay(tree: dict[str, Any], keys: Sequence[str], data: Any) -> None:
    *parents, leaf = keys
    for name in parents:
        held = tree.get(name)
        tree[name] = dict(held) if isinstance(held, Mapping) else {}
        tree = tree[name]
    tree[leaf] = data
