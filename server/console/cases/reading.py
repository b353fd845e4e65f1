"""What a posted form says, as an event is told it: every field by its kind, and beside which one something is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from server.cases.asking import Missing
from server.cases.casefile import CaseFile
from server.cases.fields import FIELDS
from server.cases.moves import Move
from server.console.cases import words
from server.console.cases.choices import Choices
from server.console.cases.draft import ROWS, Draft, last, rows
from server.console.cases.steps import side_of_paper

ZONE = "+08:00"
"""Times are typed as they stand on the wall: Beijing time is the law's."""

Faults = list[Missing]
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?", re.ASCII)
_MONEY = re.compile(r"\d{1,11}(\.\d{1,2})?", re.ASCII)


class Reader:
    """Reads one form. `faults` fills up while fields are read."""

    def __init__(self, move: Move, file: CaseFile, choices: Choices, draft: Draft) -> None:
        self.move, self.file, self.choices, self.draft = move, file, choices, draft
        self.faults: Faults = []

    def data(self) -> dict[str, Any]:
        """Return what the form says, without what was left empty."""
        said: dict[str, Any] = {}
        for name in (*self.move.needs, *self.move.takes):
            value = _READ[FIELDS[name].kind](self, name)
            if value not in (None, "", [], {}):
                said[name] = value
        return self._completed(said)

    def _completed(self, said: dict[str, Any]) -> dict[str, Any]:
        """Add what follows from what was chosen: the name of a host, the side of a document that is due for one."""
        host = self.choices.person(str(said.get("host") or ""))
        if "host_name" in self.move.needs and host is not None and not said.get("host_name"):
            said["host_name"] = host.name
        if self.move.event in ("document_issued", "document_waived") and not said.get("side"):
            side = side_of_paper(self.file, str(said.get("kind") or ""))
            return {**said, "side": side} if side else said
        return said

    def wrong(self, name: str) -> None:
        """Write down that a field does not fit."""
        self.faults.append(Missing("field_wrong", name))

    def text(self, name: str) -> str:
        """Return what was typed, without spaces around it and with one kind of line end."""
        return last(self.draft, name).replace("\r\n", "\n").strip()

    def moment(self, name: str) -> str:
        """Return a time with its zone, or a day where no time was typed."""
        text = self.text(name)
        if not text:
            return ""
        found = _MOMENT.fullmatch(text)
        if found is None:
            self.wrong(name)
            return ""
        day, minutes, seconds = found.groups()
        return f"{day}T{minutes}{seconds or ':00'}{ZONE}" if minutes else day

    def flag(self, name: str) -> bool | None:
        """Return yes or no; None where the form did not ask or nothing was chosen."""
        return {"yes": True, "no": False}.get(self.text(name))

    def yuan(self, name: str) -> int | None:
        """Return whole yuan."""
        text = self.text(name).replace(",", "").replace("，", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 12):
            self.wrong(name.partition(".")[0])
            return None
        return int(text)

    def fen(self, name: str) -> int | None:
        """Return money that was typed in yuan, with two decimals at most, in fen."""
        text = self.text(name).replace(",", "").replace("，", "")
        if not text:
            return None
        if not _MONEY.fullmatch(text):
            self.wrong(name.partition(".")[0])
            return None
        whole, _dot, part = text.partition(".")
        return 100 * int(whole) + int(part.ljust(2, "0") or 0)

    def codes(self, name: str) -> list[str]:
        """Return what was ticked; of the questions of a review each with its answer."""
        if name == "answers":
            said = ((code, self.text(f"answers.{code}")) for code in words.CHOICES["answers"])
            return [f"{code}:{answer}" for code, answer in said if answer in ("yes", "no")]
        return [one for one in dict.fromkeys(self.draft.get(name, ())) if one]

    def people(self, name: str) -> list[dict[str, str]]:
        """Return who was named: somebody chosen brings name and card along."""
        found = []
        for number in rows(self.draft, name):
            login, typed, card = (self.text(f"{name}.{number}.{key}") for key in ROWS["people"])
            known = self.choices.person(login)
            typed = typed or (known.name if known else "")
            if known is not None and known.name != typed:
                login = ""  # somebody else was typed over the one that was chosen
            if typed:
                found.append({"login": login, "name": typed, "card": card or (known.card if known else "")})
        return found

    def penalties(self, name: str) -> list[dict[str, Any]]:
        """Return the rows for which a kind was chosen."""
        found = []
        for number in rows(self.draft, name):
            told: dict[str, Any] = {key: self.text(f"{name}.{number}.{key}") for key in ("violation", "kind", "text")}
            amount = self.yuan(f"{name}.{number}.amount_cny")
            told["kind"], _colon, told["ground"] = told["kind"].partition(":")
            if not told["kind"]:
                if amount is not None:
                    self.wrong(name)
                continue
            told = {key: one for key, one in told.items() if one}
            found.append(told if amount is None else {**told, "amount_cny": amount})
        return found

    def facts(self, name: str) -> dict[str, str]:
        """Return what was said of each fact of the load."""
        said = {fact: self.text(f"{name}.{fact}") for fact, _words, _values in self.choices.load}
        return {fact: value for fact, value in said.items() if value}

    def party(self, name: str) -> dict[str, Any]:
        """Return what of the party is another than before."""
        changed: dict[str, Any] = {}
        for key, before in vars(self.file.party).items():
            if f"{name}.{key}" not in self.draft:
                continue
            said: Any = self.flag(f"{name}.{key}") is True if isinstance(before, bool) else self.text(f"{name}.{key}")
            if said != before:
                changed[key] = said
        return changed

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return evidence, or a plan of payment; rows of which nothing was said are left out."""
        if "wanted" in self.move.needs:
            pairs = [one.split() for one in self.draft.get(name, ())]
            return [{"violation": one[0], "kind": one[1]} for one in pairs if len(one) == 2]
        if name == "plan":
            held = [
                {"by": self.text(f"plan.{number}.by"), "amount_fen": self.fen(f"plan.{number}.amount_fen")}
                for number in rows(self.draft, name)
            ]
            return [one for one in held if one["by"] or one["amount_fen"]]
        found = []
        for number in rows(self.draft, name) if name == "evidence" else ():
            keys = ("violation", "kind", "entry", "not_obtainable", "text")
            told = {key: self.text(f"evidence.{number}.{key}") for key in keys}
            told["file"] = self.text(f"evidence.{number}.file.kept")
            if told["kind"] or told["file"] or told["entry"] or told["not_obtainable"]:
                found.append({key: one for key, one in told.items() if one})
        return found


_READ: Mapping[str, Callable[[Reader, str], Any]] = {
    "text": Reader.text,
    "login": Reader.text,
    "agency": Reader.text,
    "code": Reader.text,
    "choice": Reader.text,
    "day": Reader.text,
    "file": lambda reader, name: reader.text(f"{name}.kept"),
    "moment": Reader.moment,
    "flag": Reader.flag,
    "yuan": Reader.yuan,
    "fen": Reader.fen,
    "people": Reader.people,
    "penalties": Reader.penalties,
    "party": Reader.party,
    "facts": Reader.facts,
    "codes": Reader.codes,
    "rows": Reader.rows,
    "says": lambda _reader, _name: None,
}
"""Kind of field → what reads it."""
