"""A made-up year: checks on the road, the cases that follow, what became of them until today. Same seed, same year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from checklists.facts.campaign import Campaign
from checklists.facts.situation import LAW_ZONE
from checklists.wire import instant
from server import clock
from server.cases.casefile import MACHINE, CaseFile, Party
from server.cases.grouping import Group, grouped, tier_of
from server.cases.machine import NEW
from server.cases.opening import CaseDraft
from server.office import Office
from server.seeding import drives, tablets
from server.seeding.cast import HANDLERS, OVER_ALL, Cast, Staff, staff
from server.seeding.clerks import answer, ended_at, tell
from server.seeding.course import Course
from server.seeding.rows import Sheets, Told
from server.seeding.stops import Road, Stop
from server.seeding.tablets import Tablets
from server.store import audit, bulk, case_files, case_law, case_opening, case_search, figures, registry, users
from server.store.case_law import Bench
from server.store.models import Device, Record
from server.store.steering_models import Campaign as CampaignRow
from server.store.steering_models import CampaignCheck

DAYS = 365
_PER_CHECK = 1.5
"""Cases of a check, about, clean ones counted."""
_CLEAN, _HANDED = 0.12, 0.04
_TO = {"T": ("P", "M"), "P": ("T",), "M": ("T",)}
_CHUNK = 200


class NotEmptyError(ValueError):
    """An office that tablets report to is not filled with what never happened."""


@dataclass(frozen=True)
class Planted:
    """What was planted, and what the machine refused on the way: `event: code`, how often."""

    cases: int
    records: int
    refused: Mapping[str, int]


@dataclass
class Year:
    """A year that is being told to an office."""

    office: Office
    bench: Bench
    cast: Cast
    road: Road
    tablets: Tablets
    staffs: Mapping[str, Staff]
    until: datetime
    campaigns: tuple[Campaign, ...] = ()
    sheets: Sheets = field(default_factory=Sheets)
    refused: Counter[str] = field(default_factory=Counter)
    cases: int = 0

    def plant(self, wanted: int, say: Callable[[str], None]) -> Planted:
        """Tell checks, spread over the year, until there are so many cases or a few more; then write the last."""
        step = timedelta(days=DAYS) * _PER_CHECK / max(wanted, 1)
        number, last = 0, self.until - timedelta(minutes=20)
        while self.cases < wanted:
            at = self.until - timedelta(days=DAYS) + number * step
            self._check(min(at + timedelta(minutes=self.cast.chance.randrange(600)), last))
            number += 1
            if number % _CHUNK == 0:
                self._flush()
                say(f"{self.cases} of {wanted} cases")
        self._flush()
        return Planted(self.cases, self.tablets.sealed, dict(self.refused))

    def _flush(self) -> None:
        self.office.store.write_now(self.sheets.write)

    def _check(self, at: datetime) -> None:
        stop = self.road.stop(at, clean=self.cast.chance.random() < _CLEAN)
        maker, inspection = self.cast.chance.choice(tablets.AGENCIES), self.cast.uuid(int(at.timestamp() * 1000))
        under = drives.of(self.campaigns, stop, tablets.AGENCIES)
        row, place = self.tablets.seal(stop, inspection, maker, under)
        self.sheets.record(row, place, stop.looked)
        self.sheets.rows[CampaignCheck] += drives.rows(under, stop, inspection)
        self.sheets.found(row, stop.findings)
        parts: Counter[tuple[str, str]] = Counter()
        for draft in stop.drafts:
            self._case(stop, inspection, draft, maker, parts)

    def _case(self, stop: Stop, inspection: str, draft: CaseDraft, maker: str, parts: Counter[tuple[str, str]]) -> None:
        keeper = draft.agency if draft.agency in self.staffs else maker
        handed = keeper == draft.agency and self.cast.chance.random() < _HANDED
        course = self._opened(draft, keeper, stop.at, "inspection")
        tell(course, self.staffs[keeper], hand_to=self.cast.chance.choice(_TO[keeper]) if handed else "")
        told = self._told(course, draft, inspection, parts)
        sent = next((one for one in course.steps if one.event == "hand_over"), None)
        if sent is not None and str(sent.data["to"]) in self.staffs:
            self._incoming(course, told, replace(draft, agency=str(sent.data["to"])), parts)
        self._put(course, told)

    def _incoming(self, course: Course, told: Told, draft: CaseDraft, parts: Counter[tuple[str, str]]) -> None:
        """Tell the case that the receiver of a hand-over got, and let the first one hear what became of it."""
        there = self._opened(draft, draft.agency, course.now, "handover")
        tell(there, self.staffs[draft.agency])
        beside = self._told(there, draft, told.inspection, parts)
        beside.origin, told.incoming = course.file.id, there.file.id
        answer(course, *ended_at(there))
        self._put(there, beside)

    def _opened(self, draft: CaseDraft, keeper: str, at: datetime, source: str) -> Course:
        """Return a case as the office opens it."""
        course = Course(self._file(draft, keeper, at, source), at, self.until, self.bench.law, self.cast)
        tier = tier_of(one.severity for one in course.file.violations)
        course.do("opened", MACHINE, what=source, tier=tier, found_at=instant(at), conduct_at=instant(at))
        return course

    def _file(self, draft: CaseDraft, keeper: str, at: datetime, source: str) -> CaseFile:
        groups = grouped((by, finding) for finding, by in draft.findings)
        day = at.astimezone(LAW_ZONE).date()
        number, kind = case_opening.party_known(list(draft.findings))
        return CaseFile(
            id=self.cast.uuid(int(at.timestamp() * 1000)),
            agency=draft.agency,
            keeper=keeper,
            state=NEW,
            party=Party(draft.party_role, draft.party_name, number, kind),
            violations=tuple(case_files.held_of(self.bench, one, day, missing=self._lacking(one)) for one in groups),
            links=case_law.pairs(self.bench, [one.violation for one in groups], ()),
            facts={"source": source},
            around={
                "handlers": tuple(one.login for one in self.staffs[keeper].handlers),
                "agencies": tuple(sorted(self.bench.definitions.agencies)),
            },
        )

    def _lacking(self, group: Group) -> tuple[str, ...]:
        """Return what no made-up record holds: its facts are there, its photos and signatures are not."""
        kinds = self.bench.definitions.evidence
        return tuple(one for one in group.evidence if one in kinds and kinds[one].by != "fact")

    def _told(self, course: Course, draft: CaseDraft, inspection: str, parts: Counter[tuple[str, str]]) -> Told:
        opened = course.steps[0].at
        year = datetime.fromisoformat(opened).astimezone(LAW_ZONE).year
        serial = self.sheets.count(f"case:{draft.agency}:{year}")
        parts[draft.agency, draft.party_key] += 1
        return Told(
            number=f"{draft.agency}-{year}-{serial:05d}",
            inspection=inspection,
            party_key=draft.party_key,
            part=parts[draft.agency, draft.party_key],
            opened_at=opened,
            steps=course.steps,
            findings=draft.findings,
        )

    def _put(self, course: Course, told: Told) -> None:
        self.refused.update(course.refused)
        self.sheets.put(told)
        self.cases += 1


def check_empty(*, force: bool) -> None:
    """Raise NotEmptyError for an office that tablets were enrolled in, unless it is forced."""
    if not force and Device.select(Device.id).exists():
        raise NotEmptyError(
            "tablets are enrolled in this office; what never happened would stand beside what did (--force)"
        )


def begin(office: Office, seed: int, until: date | None, password: str) -> Year:
    """Return a year that ends on the evening of a day, or now; its people and tablets are written.

    Raises ValueError where no law is published here.
    """
    bench, cast = case_law.current(), Cast(seed)
    if bench.tables is None:
        raise ValueError("nothing is published here; run `publish` first")
    now = clock.read(clock.now())
    evening = datetime.combine(until, datetime.min.time(), LAW_ZONE) + timedelta(hours=18) if until else now
    end = min(evening, now)
    begun, staffs = end - timedelta(days=DAYS + 1), {agency: staff(agency, many) for agency, many in HANDLERS.items()}

    def job() -> Tablets:
        for one in (*(who for held in staffs.values() for who in held.everybody), *OVER_ALL):
            told = {"login": one.login, "name": one.name, "role": one.role, "agency": one.agency}
            users.add(**told, password=password, by=one.login)
        registry.put(tablets.officers(begun))
        audit.note(who="office", action="seed", subject=f"a made-up year, seed {seed}")
        return tablets.make(office, cast, begun)

    made = office.store.write_now(job)
    office.store.write_now(case_search.fill_starts)  # whatever comes now has all its beginnings
    planned = drives.made(Cast(seed), end, OVER_ALL[0].login)
    office.store.write_now(lambda: bulk.insert_dicts(CampaignRow, [row for _held, row in planned]))
    held = tuple(one for one, _row in planned)
    return Year(office, bench, cast, Road(bench.definitions, bench.tables, cast), made, staffs, end, held)


def all_read(office: Office) -> None:
    """Note that every record is in the index, and counted, already."""

    def job() -> None:
        last = Record.select(Record.id).order_by(Record.id.desc()).limit(1)
        for one in last:
            case_search.read_to(int(one.id))
            figures.read_to(int(one.id))

    office.store.write_now(job)
