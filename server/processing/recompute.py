"""Computing an inspection again: from the frozen inputs, and with all that the office knows. Pure but for look-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from checklists.definitions.definition import Definitions
from checklists.facts.identifiers.keys import number_key
from checklists.facts.registry import READ_HERE, Lookup, Row, registry_facts, row_key, vehicle_keys
from checklists.facts.situation import Situation
from checklists.findings.assessment import Assessment, judge
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry, facts_tree, merge, situation_of, standing
from checklists.records.check_history import Decided, about, decided, listed
from checklists.records.origin import Judged
from checklists.rules.crosscheck import MAX_AGE
from checklists.wire import WireError, canonical, to_plain
from server.cases.opening import CaseDraft, Finding, cases_for, compare, identity
from server.figures.sums import Looked, looked_of
from server.parts import Part, conduct_at, entries_of, judge_parts, situation_in
from server.processing.unverified import Unverified, unverified

Told = list[tuple[str, Finding]]


class Unknown(Exception):  # noqa: N818 - not an error: the record waits until the version is here
    """Definitions or reference of a version that this office does not have, or a checklist that they do not hold."""


class Bench(NamedTuple):
    """What an assessment works with."""

    definitions: Definitions
    tables: Tables


@dataclass(frozen=True)
class Versions:
    """The published versions by digest, which is empty for what is not here: `exact(name, version)`, `latest(name)`."""

    exact: Callable[[str, str], str]
    latest: Callable[[str], str]
    definitions: Callable[[str], Definitions]
    tables: Callable[[str], Tables]

    def of(self, part: Part) -> Bench:
        """Return what the part was computed with. Raises Unknown where a version, by name and digest, is not here."""
        used = {one.get("name"): one for one in part.get("definitions") or ()}
        return self._bench(lambda name: self._exact(used.get(name) or {}, name))

    def current(self) -> Bench:
        """Return what is in force now; its law holds what applied on every earlier day. Raises Unknown."""
        return self._bench(self.latest)

    def _bench(self, find: Callable[[str], str]) -> Bench:
        found = {name: find(name) for name in ("definitions", "reference")}
        for name, digest in found.items():
            if not digest:
                raise Unknown(name)
        return Bench(self.definitions(found["definitions"]), self.tables(found["reference"]))

    def _exact(self, used: Mapping[str, Any], name: str) -> str:
        found = self.exact(name, str(used.get("version", "")))
        return found if found == used.get("digest") else ""


@dataclass(frozen=True)
class Recomputed:
    """What follows from a part. `frozen` and `fuller` are None where that sense does not apply to it.

    `proposed` is the outcome that the fuller data ask for, `doubts` how many entries are not proven; `warned` is what
    belongs to no item (a stop order, an earlier hold) and the tablet had not been told of. `unverified` is what no
    officer could verify on the spot, `looked` which items were found in order and which failing, `uns` the UN
    numbers of all lines of the waybill. `pass_hours`: for so long the checklists of a seal let a pass be shown.
    """

    columns: Mapping[str, Any]
    frozen: Told | None = None
    fuller: Told | None = None
    cases: tuple[CaseDraft, ...] = ()
    alarm: bool = False
    proposed: str = ""
    doubts: int = 0
    warned: tuple[Finding, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    looked: Looked | None = None
    uns: tuple[str, ...] = ()
    pass_hours: int = 0


def recompute(versions: Versions, lookup: Lookup, part: Part, counted: Iterable[Part], office_key: str) -> Recomputed:
    """Return what follows from a part with all of its inspection that counts, itself among them. Raises Unknown.

    The findings as shown are those of the inspection's seal. Until it is here, a contribution is kept and waits. What
    its device did not prove is left out of what the office finds, and of the cases.
    """
    parts = list(counted)
    sealed = next((one for one in parts if one["kind"] == "inspection"), None)
    used = versions.of(part) if part["kind"] == "inspection" else None
    as_sealed = _judged(used, entries_of(part), situation_in(part), part) if used is not None else None
    frozen = _frozen(as_sealed, part) if as_sealed is not None else None
    if sealed is None:
        return Recomputed(_columns(part, None))
    shown = tuple(one for part_ in parts for one in part_.get("findings") or ())
    judged = judge_parts(parts, lookup, office_key)
    bench = versions.current()
    held = with_registry(judged.entries, lookup, sealed)
    # Where the office knows nothing else than the tablet did, and nothing is in doubt, it was assessed already.
    same = as_sealed is not None and used == bench and held == merge(entries_of(part))
    assessed = as_sealed if as_sealed is not None and same else _assess(bench, held, sealed)
    found = plain_findings(assessed)
    return Recomputed(
        columns=_columns(sealed, assessed, judged.agencies, _stands(sealed, parts, judged)),
        frozen=frozen,
        fuller=compare(shown, found),
        cases=cases_for(_proven(bench, shown, found, judged, lookup, sealed), found),
        alarm=bool(frozen),
        proposed=assessed.proposal.outcome,
        doubts=len(judged.doubts),
        warned=_warned(assessed, sealed),
        unverified=unverified(assessed, judged.entries),
        looked=looked_of(assessed),
        uns=_uns(assessed),
        pass_hours=used.definitions.checked_before.pass_hours if used is not None else 0,
    )


_NUMBERS = frozenset(
    {
        *("plate", "trailer", "trailer_plate", "tank", "tank_number", "number", "vin"),
        *("uscc", "carrier_uscc", "id_number", "driver", "escort"),
    }
)
"""What facts call the numbers by which registries are asked; people of a waybill have theirs inside."""
_PLATES = frozenset({"plate", "trailer", "trailer_plate"})


def named_in(parts: Iterable[Part]) -> frozenset[str]:
    """Return the folded keys of what parts name: what an office is asked for to compute them again, and little else."""
    found = set(vehicles_in(parts))
    for part in parts:
        found.add(str(part.get("site") or ""))
        found.update(entry.officer for entry in entries_of(part))
        for _name, number in _numbers_in(part):
            found.update((number_key(number), row_key("person", number)))
    return frozenset(found - {""})


def vehicles_in(parts: Iterable[Part]) -> frozenset[str]:
    """Return the folded keys of the vehicles that parts name."""
    named = (number for part in parts for name, number in _numbers_in(part) if name in _PLATES)
    return frozenset(key for number in named for key in vehicle_keys(number))


def _numbers_in(part: Part) -> Iterator[tuple[str, str]]:
    facts = (entry for entry in entries_of(part) if entry.kind == "fact")
    return (one for entry in facts for one in _numbers((entry.item or "").rpartition(".")[2], entry.value.get("data")))


def _numbers(name: str, data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for inner, one in data.items():
            if inner in _NUMBERS:
                yield from _numbers(inner, one)
    elif isinstance(data, str) and name in _NUMBERS:
        yield name, data


def _uns(assessed: Assessment) -> tuple[str, ...]:
    bill = assessed.situation.waybill
    return tuple(dict.fromkeys(line.un for line in (bill.lines if bill else None) or () if line.un))


def _warned(assessed: Assessment, sealed: Part) -> tuple[Finding, ...]:
    """Return the warnings that the tablet did not show, each as a finding without item and party."""
    results = [one for one in sealed.get("results") or () if isinstance(one, Mapping)]
    conflicts = [one for one in results if one.get("verdict") == "conflict"]
    shown = {(one.get("rule"), one.get("case"), one.get("subject") or "") for one in conflicts}
    return tuple(
        {
            "rule": one.result.rule,
            "case": one.result.case,
            "severity": one.severity,
            "text": {lang: f"{text}：{one.result.subject}" for lang, text in one.text.items()},
        }
        for one in assessed.alerts
        if (one.result.rule, one.result.case, one.result.subject) not in shown
    )


def _proven(
    bench: Bench, shown: Iterable[Finding], found: Iterable[Finding], judged: Judged, lookup: Lookup, sealed: Part
) -> tuple[Finding, ...]:
    """Return what was shown without what rests on entries that nobody proved: no case is opened from those.

    That is what all entries together give and those that count do not.
    """
    held = tuple(shown)
    if not judged.doubts:
        return held
    everything = merge(judged.entries, (one.entry for one in judged.doubts))
    try:
        all_ = {identity(one) for one in plain_findings(_fuller(bench, lookup, everything, sealed))}
    except WireError:  # what nobody proved does not even fit together
        all_ = {identity(one) for one in held}
    rest_on_doubt = all_ - {identity(one) for one in found}
    out = judged.left_out
    return tuple(one for one in held if identity(one) not in rest_on_doubt and one.get("entry") not in out)


def plain_findings(assessed: Assessment) -> list[Finding]:
    """Return the findings in their wire form."""
    return [to_plain(one) for one in assessed.findings]


def _frozen(assessed: Assessment, part: Part) -> Told:
    """Return every finding that the same entries and versions do not give as it was shown: each is an alarm."""
    found = plain_findings(assessed)
    shown = part.get("findings") or ()
    before = {identity(one): canonical(dict(one)) for one in shown}
    return [
        (difference, one)
        for difference, one in compare(shown, found)
        if difference != "same" or canonical(dict(one)) != before[identity(one)]
    ]


def _fuller(bench: Bench, lookup: Lookup, entries: tuple[Entry, ...], sealed: Part) -> Assessment:
    return _assess(bench, with_registry(entries, lookup, sealed), sealed)


def _assess(bench: Bench, entries: tuple[Entry, ...], part: Part) -> Assessment:
    return _judged(bench, entries, situation_of(entries, conduct_at(part)), part)


def _judged(bench: Bench, entries: tuple[Entry, ...], situation: Situation, part: Part) -> Assessment:
    """Return what entries amount to by the checklist of a part. Raises Unknown where the definitions lack it."""
    checklist = bench.definitions.checklists.get(str(part["checklist"]))
    if checklist is None:
        raise Unknown(str(part["checklist"]))
    return judge(*bench, entries, situation, checklist)


def with_registry(entries: tuple[Entry, ...], lookup: Lookup, sealed: Part) -> tuple[Entry, ...]:
    """Return the entries with the office's registry rows in the place of those that the tablet had.

    What an officer or a paper says at the same path stays: the office's row is not what stood before the vehicle. What
    the tablet had of the registry stays too where the office's row says the same and neither was too old: nothing else
    asks for their age. Of other checks that counts which had happened by then, also what no tablet had heard of.
    """
    if not entries:
        return entries
    tree = facts_tree(entries)
    facts = standing(entries, "fact")
    vehicle = tree.get("vehicle") or {}
    # Whose papers were shown; a number that came with the registry's own row asks nothing new.
    people = {role: str(tree[role]["id_number"]) for role in ("driver", "escort") if f"{role}.id_number" in facts}
    at = conduct_at(sealed)
    rows = registry_facts(
        lookup,
        vehicle.get("plate") or "",
        tree.get("waybill"),
        str(sealed.get("site") or ""),
        colour=vehicle.get("colour") or "",
        people=people,
        read={path: str(facts[path][-1].value.get("data") or "") for path in READ_HERE if path in facts},
        inspection=str(sealed.get("inspection") or ""),
        at=at,
        until=at,
    )
    stays = {path for path, held in facts.items() if any(one.value.get("source") != "registry" for one in held)}
    stays |= {path for path, row in rows.items() if path in facts and _says(facts[path][-1], row, at)}
    replaced = {one.id for path, held in facts.items() if path in rows and path not in stays for one in held}
    like = max(entries, key=lambda one: one.order)
    added = tuple(
        replace(
            like,
            id=f"registry:{path}",
            device="office",
            officer="registry",
            agency="",
            kind="fact",
            item=path,
            value={"data": row["data"], "source": "registry", "as_of": row["as_of"]},
            withdraws=None,
        )
        for path, row in rows.items()
        if path not in stays
    )
    return tuple(one for one in entries if one.id not in replaced) + added


def _says(fact: Entry, row: Row, at: str) -> bool:
    """Whether a fact says what a row of the registry says, and neither was too old at that time."""
    if fact.value.get("data") != row["data"]:
        return False
    limit, moment = MAX_AGE["registry"], datetime.fromisoformat(at)
    times = (str(fact.value.get("as_of") or fact.at), str(row["as_of"]))
    return all(moment - datetime.fromisoformat(one) <= limit for one in times)


def _stands(sealed: Part, parts: Iterable[Part], judged: Judged) -> Decided:
    """Return what stands of the decision, by what was proven; what was amended later goes before what was sealed."""
    return decided(sealed, parts, frozenset(one.id for one in judged.entries))


def _columns(
    part: Part, assessed: Assessment | None, took_part: Iterable[str] = (), stands: Decided | None = None
) -> dict[str, Any]:
    """Return what lists show; without an assessment as far as the part says it itself."""
    held = stands or decided(part)
    columns = {
        "outcome": _text(held.outcome or None),
        "outcome_before": held.before,
        "outcome_at": held.at,
        "inspected_at": conduct_at(part),
        "site": _text(part.get("site")),
        "checklist": _text(part.get("checklist")),
    }
    if assessed is None:
        return columns
    now = assessed.situation
    agencies = sorted(took_part)
    severities = [one.severity for one in assessed.findings if one.severity]
    return {
        **columns,
        **{name: _text(value) for name, value in listed(now).items()},
        "about": canonical(about(now)).decode(),
        "severity": min(severities, default=""),
        "agencies": _text("|" + "|".join(agencies) + "|" if agencies else ""),
        "unverified": canonical([one.item.id for one in assessed.unverified]).decode(),
    }


def _text(value: Any) -> str | None:
    """Return text for a column: PostgreSQL holds no NUL, and a list shows no more than this."""
    return None if value is None else str(value).replace("\0", "")[:200]
