"""Law as dated data: citations, violations and who is competent, by the day of the conduct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from checklists.values import frozen


@frozen
class Citation:
    """One clause of one version of one law.

    `verified` belongs to this citation of this version: unverified shows as 待核 and is never printed as a basis.
    `clause` is empty where the number is not known; it is then shown as missing, never guessed. It is written
    `109¶1(4)`: article, paragraph, item. `confidence` says how it was read (see CONFIDENCE); empty: not rated.
    `confirmed` says when and by whom an office confirmed it (`law.confirmations`); empty: the data alone say so.
    """

    law: str
    version: str
    clause: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    verified: bool = False
    source: str = ""
    note: str = ""
    confidence: str = ""
    confirmed: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the clause applies to conduct on that day, both ends included; an unknown end is open."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or day <= self.in_force_to
        )


@frozen
class LawVersion:
    """One version of a law by its days in force, both included; unknown ends are open.

    `verified` says that the text of this version was read at the source, not that a given clause of it fits.
    """

    version: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    source: str = ""
    verified: bool = False
    note: str = ""
    confidence: str = ""


CONFIDENCE = ("F3", "F2", "F1", "P", "X", "N")
"""How a text was read: in full in so many copies (F), in part on an official page, second hand, or not found."""

READ = ("", "F3", "F2", "F1")
"""What a verified citation may have been rated: empty is from before there were ratings."""

Conditions = Mapping[str, tuple[str, ...]]
"""Derived facts (`definition.FACTS`) with their allowed values, all of which must hold."""


@frozen
class Law:
    """A law or standard by its key, with the titles that are printed; `short` is its usual name on a screen.

    `applies_when` is the law's own scope where it covers some loads only: the Law on hazardous chemicals says nothing
    of other dangerous goods. Outside of it none of its clauses is a basis.
    """

    id: str
    title: Mapping[str, str]
    short: str = ""
    versions: tuple[LawVersion, ...] = ()
    applies_when: Conditions = field(default_factory=dict)

    def version(self, name: str) -> LawVersion | None:
        """Return the version of that name, or None."""
        return next((one for one in self.versions if one.version == name), None)


@frozen
class Penalty:
    """One penalty range in yuan, both ends included; an unknown amount stays None and is shown as missing.

    `subject` is who is fined where that is not the one who answers for the violation: the manager beside the company.
    `kind` is one of PENALTIES: a clause that only gives a measure (a vehicle is held) is no basis of a fine.
    """

    basis: Citation | None = None
    min_cny: int | None = None
    max_cny: int | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    kind: str = "penalty"


PENALTIES = ("penalty", "measure")


def bases(penalties: Iterable[Penalty], kind: str = "penalty") -> tuple[Citation, ...]:
    """Return the clauses on which whoever answers for a violation may be fined, or (`measure`) stopped or ordered."""
    return tuple(one.basis for one in penalties if one.basis and one.kind == kind and not one.subject)


@frozen
class Violation:
    """Conduct that breaks a cited duty, as the law stood between two days, for the loads of `applies_when`.

    Where the law depends on the load, a code has several rows on one day; the situation decides (`law.cases`).

    `duty` says what had to be done, `penalty` what may follow. `agency` lists the competent agencies, the one that gets
    the case first. `simple` is yes, no, partly or unknown. `subject` is who answers for it (carrier, driver, ...).
    `severity` and `measures` are given where the regime grades the infringement itself; empty: the item's hold.
    `evidence` names the kinds that a case of this sort needs (ours, not law), `powers` the measures for which the
    violation's own clauses give the power: a seizure without it has no basis of its own.
    """

    code: str
    title: Mapping[str, str]
    duty: tuple[Citation, ...] = ()
    penalty: tuple[Penalty, ...] = ()
    subject: str = ""
    agency: tuple[str, ...] = ()
    simple: str = "unknown"
    points: str = ""
    evidence: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    superseded_by: str = ""
    verified: bool = False
    source: str = ""
    note: str = ""
    severity: str = ""
    measures: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    applies_when: Conditions = field(default_factory=dict)

    def effective(self, day: date) -> bool:
        """Whether this row is the one for conduct on that day, both ends included."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


SUBJECTS = (
    *("carrier", "company", "driver", "owner", "person", "officer"),
    *("consignor", "loader", "filler", "user", "maker", "unit", "manager"),
)
"""Who may answer for a duty. `company` is the carrier as employer, `unit` whichever enterprise holds the waste.

`manager` are those in charge of an enterprise and others directly responsible (直接负责的主管人员和其他直接责任人员).
"""

SIMPLE = ("yes", "no", "partly", "unknown")
"""Whether the on-the-spot procedure may be used; `partly` depends on the amount or on who is fined."""


@frozen
class Measure:
    """What an officer may order at the roadside, by its code, and the clauses that say how.

    `outcome` is the one of `outcome.OUTCOMES` that the measure alone asks for; empty: none. `regime` has its own codes.
    `approval`: a leader approves it before it is carried out. `done_by`: the outcomes that amount to this measure.
    `tracks` gives by agency the clauses that only hold for it, such as its own rules of procedure.
    """

    code: str
    text: Mapping[str, str]
    outcome: str = ""
    basis: tuple[Citation, ...] = ()
    regime: str = "CN"
    approval: bool = False
    done_by: tuple[str, ...] = ()
    tracks: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)

    def basis_for(self, agency: str) -> tuple[Citation, ...]:
        """Return the clauses by which that agency orders the measure."""
        return (*self.tracks.get(agency, ()), *self.basis)


EVIDENCE_BY = ("photo", "statement", "signature", "fact", "office")
"""What in a record provides a kind of evidence."""


@frozen
class Evidence:
    """A kind of evidence that a case may need, and what in the record provides it. The kinds are ours, not law.

    `by` is photo (of the finding's item), statement, signature (of at least `least` people in the role `who`), fact
    (one of `paths` is known) or office (got later, never on the road).
    """

    code: str
    text: Mapping[str, str]
    by: str
    paths: tuple[str, ...] = ()
    who: str = ""
    least: int = 1


UNITS = ("working_days", "days", "hours", "months", "years")
SENSES = ("within", "before", "after")
START_DAYS = ("not_counted",)
ROLLS_TO = ("next_workday",)


@frozen
class Term:
    """A statutory term: how many of which unit, counted from which event, and the clause that sets it.

    `unit` is one of UNITS; without an amount the law names none (`promptly`, `by the date in the order`). `starts`
    names the event. `sense`: to act within the term, at the latest so long before the event, or only after it has run.
    `track` is T, P or empty for both. `extends` names the term by which this one may be lengthened once.

    How it is counted: `start_day` is `not_counted` where a clause of the basis says that of the day of the event, and
    `rolls_to` is `next_workday` where one says that a last day on which nobody works moves the end there; empty: no
    clause that was read says it.
    """

    id: str
    text: Mapping[str, str]
    amount: int | None = None
    unit: str = ""
    starts: str = ""
    sense: str = "within"
    track: str = ""
    extends: str = ""
    basis: tuple[Citation, ...] = ()
    source: str = ""
    note: str = ""
    start_day: str = ""
    rolls_to: str = ""

    @property
    def verified(self) -> bool:
        """Whether every clause that sets the term was read; without a clause it is not."""
        return bool(self.basis) and all(one.verified and one.clause for one in self.basis)


@frozen
class GeneralRule(Citation):
    """A clause that holds for every case, found by what it is used for (`order_correction`, `two_officers`).

    `limits_cny` are the amounts in yuan that it sets, for a `person` and for a `unit` (a legal person or organisation).
    `agency` names the agencies for which they hold (none: all), `instead_of` the use in whose place it stands for them.
    """

    use: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    limits_cny: Mapping[str, int] = field(default_factory=dict)
    agency: tuple[str, ...] = ()
    instead_of: str = ""


def rows_on(rows: Iterable[Violation], code: str, day: date) -> tuple[Violation, ...]:
    """Return the rows of a code for conduct on that day: one for each kind of load on which the law depends."""
    return tuple(row for row in rows if row.code == code and row.effective(day))


def violation_on(rows: Iterable[Violation], code: str, day: date) -> Violation | None:
    """Return the first row of a code for that day, good for its title only; None where the data have none."""
    return next(iter(rows_on(rows, code, day)), None)


def printable(citations: Iterable[Citation], day: date) -> tuple[Citation, ...]:
    """Return the citations that may be printed as a legal basis: verified, numbered, in force on that day."""
    return tuple(c for c in citations if c.verified and c.clause and c.in_force(day))
