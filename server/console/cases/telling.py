"""What is missing, said to a clerk: a code's words, and its detail as words of the case, not as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.definitions.definition import Definitions
from server.accounts import ROLES
from server.cases.asking import Missing
from server.cases.clock_rules import BY_NAME
from server.cases.documents import DOCUMENTS
from server.cases.fields import FIELDS
from server.cases.states import MAIN
from server.cases.words import CLOCKS, CODES, EVENTS
from server.console.cases import words
from server.documents.forms import FORMS
from server.documents.words import label_of

Text = Mapping[str, str]


@dataclass(frozen=True)
class Bit:
    """A piece of a sentence.

    `say` is an id of the catalogue, `pick` a text by language, `when` a day or UTC text, `fen` money; `plain` stands as
    it is.
    """

    kind: str
    value: Any


@dataclass(frozen=True)
class Told:
    """What is missing: its code, its words, what exactly, and the event that would mend it (with its query)."""

    code: str
    words: str
    bits: tuple[Bit, ...] = ()
    field: str = ""
    event: str = ""
    query: Mapping[str, str] | None = None


class Teller:
    """Knows the words behind codes: of violations, evidence and agencies by the law, of people by their logins."""

    def __init__(self, definitions: Definitions, names: Mapping[str, str] | None = None) -> None:
        self._titles: dict[str, Text] = {one.code: one.title for one in definitions.violations}
        self._evidence = {code: one.text for code, one in definitions.evidence.items()}
        self._agencies = {
            code: {lang: one.get(f"short_{lang}") or one.get(lang) or code for lang in ("zh", "en")}
            for code, one in definitions.agencies.items()
        }
        self._names = names or {}

    def title(self, code: str) -> Text:
        """Return the title of a violation, its code where that is not known."""
        return self._titles.get(code) or {"zh": code, "en": code}

    def evidence(self, kind: str) -> Text:
        """Return the name of a kind of evidence."""
        return self._evidence.get(kind) or {"zh": kind, "en": kind}

    def agency(self, code: str) -> Text:
        """Return the short name of an agency."""
        return self._agencies.get(code) or {"zh": code, "en": code}

    def name(self, login: str) -> str:
        """Return the name of somebody, else the login."""
        return self._names.get(login) or login

    def told(self, missing: Missing, event: str, fields: Iterable[str] = ()) -> Told:
        """Return something that is missing for an event as it is said; `fields` are those of its form."""
        code, detail = missing
        mend, query = _mend(code, detail)
        bits = tuple(self._bits(code, detail, event))
        said = MONEY.get(code) or CODES.get(code) or OWN[code]
        return Told(code, said, bits, _field(code, detail, tuple(fields)), mend, query)

    def _bits(self, code: str, detail: str, event: str) -> Iterable[Bit]:
        if code in MONEY:
            yield Bit("fen", int(detail))
            return
        if code == "stale":
            yield from self._since(detail)
            return
        if code.startswith("blank_"):
            yield Bit("say", _blank(detail))
            return
        if code == FILE_WRONG:
            return
        if code == "file_unknown":
            yield Bit("plain", detail[:12])
            return
        for token in detail.split():
            yield self._bit(code, token, event)

    def _since(self, detail: str) -> Iterable[Bit]:
        parts = detail.split()
        if len(parts) == 4:
            yield Bit("say", EVENTS.get(parts[1], parts[1]))
            yield Bit("plain", self.name(parts[2]))
            yield Bit("when", parts[3])

    def _bit(self, code: str, token: str, event: str) -> Bit:
        first, _dot, name = token.rpartition(".")
        if code == "not_in_state":
            return Bit("say", MAIN.get(token, token))
        if code == "role":
            return Bit("say", ROLES.get(token) or words.ROLES.get(token, token))
        if code in ("agency", "not_competent", "same_agency", "other_track"):
            return Bit("pick", self.agency(token))
        if code in (*_OF_A_FIELD, "field_unknown", "earlier_than") and (token in FIELDS or name in PARTS):
            return Bit("say", words.label(event, token) if token in FIELDS else PARTS[name])
        if first in FIELDS and name.isdecimal():
            return Bit("plain", name)
        for table in (PEOPLE, EVENTS, PARTS):
            if token in table and code in ("four_eyes", "party_missing"):
                return Bit("say", table[token])
        return self._named(token)

    def _named(self, token: str) -> Bit:
        if token in BY_NAME:
            return Bit("say", CLOCKS[token])
        if token in DOCUMENTS:
            return Bit("say", DOCUMENTS[token].title)
        if token in words.TRACKS:
            return Bit("say", words.TRACKS[token])
        if token in self._titles:
            return Bit("pick", self._titles[token])
        if token in self._evidence:
            return Bit("pick", self._evidence[token])
        if _is_time(token):
            return Bit("when", token)
        return Bit("plain", self.name(token) if not _is_id(token) else "")


def _(words_: str) -> str:
    return words_


def _blank(name: str) -> str:
    """Return the name of what a document lacks: forms share the names of their blanks."""
    return next((label for form in FORMS.values() if (label := label_of(form, name)) != name), name)


PEOPLE = {
    "investigator": _("who has investigated the case"),
    "issuing_officer": _("who found, investigated or filed it"),
}
PARTS = {
    "name": _("name"),
    "number": _("number"),
    "kind": _("person or enterprise"),
    "address": _("address"),
    "phone": _("phone"),
    "role": _("role"),
    "electronic": _("agrees to electronic service"),
    "unknown": _("nobody knows who"),
}
"""Parts of a party → their words."""

MONEY: Mapping[str, str] = {
    "owed": _("Money is still owed"),
    "overpaid": _("Money must be given back first"),
    "not_overpaid": _("What was paid too much and may be given back"),
    "plan_sum": _("The instalments are not together what is owed"),
}
"""What is told with a sum, which pages say in yuan → its words."""

FILE_WRONG = "file_wrong"
OWN: Mapping[str, str] = {FILE_WRONG: _("Only PDF, JPEG and PNG are taken, by what the file holds")}
"""What only a form can miss → its words."""

_MENDS: Mapping[str, str] = {
    "party_missing": "party_corrected",
    "party_not_heard": "party_heard",
    "penalty_not_planned": "penalty_planned",
    "statement_unanswered": "statement_answered",
    "hearing_not_set": "hearing_set",
    "hearing_not_told": "hearing_notice_served",
    "hearing_unreviewed": "hearing_reviewed",
    "not_discussed": "collective_held",
    "not_told": "person_told",
    "owed": "payment_received",
    "cash_not_in": "cash_handed_in",
    "receipt_missing": "receipt_in",
    "accept_first": "accept",
    "two_investigators": "investigators_named",
    "no_suspicion": "crime_suspected",
    "supplement_open": "supplement_answered",
    "decision_stands": "decision_revoked",
    "not_asked": "instalments_asked",
    "evidence_missing": "evidence_added",
    "link_undecided": "link_decided",
    "several_acts": "split",
    "not_carried_out": "part_carried_out",
    "paper_missing": "document_issued",
    "paper_due": "document_issued",
    "hearing_was_set": "hearing_set",
    "no_decision": "decide",
}
"""Code → the event that would mend it."""


def _mend(code: str, detail: str) -> tuple[str, dict[str, str] | None]:
    event, tokens = _MENDS.get(code, ""), detail.split()
    if code == "evidence_missing" and len(tokens) == 2:
        return event, {"violation": tokens[0], "kind": tokens[1]}
    if code == "link_undecided" and len(tokens) == 2:
        return event, {"one": tokens[0], "other": tokens[1]}
    if event == "document_issued" and tokens:
        return event, {"kind": tokens[0]}
    return event, None


_OF_A_FIELD = ("field_missing", "field_wrong", "in_future", "too_early", "not_so")
"""Codes whose detail begins with the name of a field."""

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "proof_missing": ("proof", "proof_reason"),
    "two_officers": ("officers",),
    "two_investigators": ("investigators",),
    "card_missing": ("officers", "investigators"),
    "four_eyes": ("investigators",),
    "host_investigated": ("host",),
    "owner_unknown": ("owner",),
    "simple_too_much": ("amount_cny",),
    "not_simple": ("amount_cny",),
    "load_not_detained": ("object",),
    "law_unverified": ("penalties",),
    "range_unknown": ("penalties",),
    "amount_above": ("penalties",),
    "amount_outside": ("penalties", "amount_cny"),
    "violation_foreign": ("penalties",),
    "fined_twice": ("penalties",),
    "violation_unanswered": ("penalties",),
    "answered_twice": ("penalties",),
    "nothing_imposed": ("penalties",),
    "not_same_act": ("penalties",),
    "answers_other": ("penalties",),
    "load_settles_nothing": ("load",),
    "plan_sum": ("plan",),
    "fined_elsewhere": ("penalties",),
    "heavier": ("penalties",),
    "heavier_on_appeal": ("penalties",),
    "hearing_right_missing": ("hearing_right",),
    "notice_says_other": ("hearing_right", "statement_until"),
    "hearing_limit_unknown": ("reason", "hearing_right"),
    "window_unknown": ("reason",),
    "consent_missing": ("method",),
    "answers_missing": ("answers",),
    "merge_target_wrong": ("into",),
    "evidence_empty": ("evidence",),
    "same_agency": ("to",),
    "too_late": ("late_reason", "served_at", "applied_at"),
    "party_missing": ("party_unknown",),
    "no_clock": ("clock", "method"),
    "receipt_missing": ("reason",),
    "file_unknown": ("proof", "waiver", "pdf", "evidence"),
    "paper_not_due": ("kind",),
    "paper_exists": ("kind",),
    "paper_not_now": ("kind",),
    "paper_by_event": ("kind", "paper"),
    "not_yet": ("waiver",),
    "earlier_than": ("served_at", "sent_at", "received_at", "paid_at", "tried_at", "applied_at"),
}
"""Code → the field beside which it stands: the first that the form has."""


def _field(code: str, detail: str, fields: tuple[str, ...]) -> str:
    first = detail.split(maxsplit=1)[0].partition(".")[0] if detail.split() else ""
    if first in fields and code in (FILE_WRONG, *_OF_A_FIELD):
        return first
    return next((one for one in _BESIDE.get(code, ()) if one in fields), "")


def _is_time(token: str) -> bool:
    return len(token) >= 10 and token[:4].isdigit() and token[4:5] == "-" and token[7:8] == "-"


def _is_id(token: str) -> bool:
    return len(token) == 36 and token.count("-") == 4
