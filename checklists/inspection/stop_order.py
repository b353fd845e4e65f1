"""A stop order that a leader gives or lifts at a post: what his act says, and what he signs. Pure.

The act is a sealed part of its own (kind `order`), so that it lies in the tablet's chain, travels by every way that a
record does and is answered by the same receipt. Whether it stands the office says; until then it counts on the tablet
that sealed it (ADR 0050).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from checklists.definitions.citation import citable, cite
from checklists.definitions.definition import Definitions
from checklists.facts.identifiers.keys import number_key
from checklists.facts.identifiers.plate_forms import PROVINCES
from checklists.values import frozen
from checklists.wire import canonical, digest

KIND = "order"
"""The kind of the sealed part."""
GIVEN = "order_given"
"""The kind of the feed by which an agency's tablets hear which orders are theirs to lift."""
ANSWER = "order_act"
"""The kind of the feed that says what the office made of an act; its key is the digest of the part."""

GIVE, LIFT = "give", "lift"
ACTS = (GIVE, LIFT)
ON = ("vehicle", "trailer", "tank", "driver", "escort", "carrier")
"""What a stop order may stand against."""
NUMBERS = {
    "vehicle": "vehicle",
    "trailer": "vehicle",
    "tank": "tank",
    "driver": "person",
    "escort": "person",
    "carrier": "carrier",
}
"""Of what an order may stand against: by which kind of number, as `checklists.facts.registry.key_fault` asks for it."""

DAYS = (1, 3, 7, 30)
"""For how many days an order may be given at a post; 0 is until it is lifted. Ours."""
MOST_DAYS = 366
"""The longest that an act may name. Ours."""
MOST_TEXT = 300
"""Signs of a reason or of what has to happen, as in the office."""

STANDS, LIFTED, REFUSED = "stands", "lifted", "refused"
"""What the office made of an act. `lifted` also answers a lift that came after another one."""

REFUSALS = (
    *("missing", "number", "until", "basis", "given", "role"),
    *("reason", "unknown", "lifted", "foreign"),
    *("origin", "revoked"),
)
"""Why the office makes nothing of an act: as of an order typed there, as of a lift there, and by whom it came."""

MEASURES = ("H", "L", "R")
"""Measures whose verified clauses may stand under an order: hold, correct by a deadline, correct. None of detaining:
the data say how that is carried out, and the power to it lies in the rule for the case."""


@frozen
class OrderAct:
    """What a leader does: `do` is one of ACTS, `number` with `authority` names the order.

    `on` and `key` are what it is against, `why` the reason. `text` is what has to happen, `days` for how many days it
    stands (the first one counts, 0: until it is lifted), `basis` a verified clause in words, empty where there is none.
    """

    do: str
    number: str
    authority: str
    on: str
    key: str
    why: str
    text: str = ""
    days: int = 0
    basis: str = ""

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> OrderAct:
        """Return an act from its part; what this version does not know is left out. Raises TypeError."""
        return cls(**{name: plain[name] for name in cls.__dataclass_fields__ if name in plain})

    @property
    def told(self) -> str:
        """Reason and what has to happen in one text, as an order has it."""
        return "；".join(one for one in (self.why.strip(), self.text.strip()) if one)


def fits(on: str, key: str) -> bool:
    """Whether a plate may be that of what an order is against: of those given here, 挂 stands on a trailer's alone."""
    plate = number_key(key)
    marked = plate.endswith("挂")
    return not marked if on == "vehicle" else on != "trailer" or marked or plate[:1] not in PROVINCES


def last_day(act: OrderAct, first: date) -> date | None:
    """Return the last day on which an order stands that begins on `first`; None: until it is lifted."""
    return first + timedelta(days=act.days - 1) if act.days else None


def signed(act: OrderAct, officer: str, at: str) -> str:
    """Return the digest that a leader signs with his PIN: of the act, himself, and the time."""
    return digest(canonical({"order": asdict(act), "officer": officer, "at": at}))


def about(authority: str, number: str) -> str:
    """Return what the parts about one order have as their `inspection`, whoever sealed them."""
    return f"order-{digest(canonical([authority, number]))[:32]}"


def row(act: OrderAct, first: date) -> dict[str, str]:
    """Return the order as a row of the list `orders`, as the office writes it once it stands."""
    last = last_day(act, first)
    held = {
        "number": act.number,
        "kind": "stop",
        "on": act.on,
        "key": act.key,
        "since": first.isoformat(),
        "closed_on": (last + timedelta(days=1)).isoformat() if last else "",
        "authority": act.authority,
        "text": act.told,
    }
    return {name: value for name, value in held.items() if value}


def bases(definitions: Definitions, agency: str, day: date) -> Sequence[str]:
    """Return the clauses that may stand as the basis of an order: verified, numbered, in force on that day."""
    measures = (definitions.measures[one] for one in MEASURES if one in definitions.measures)
    held = [one for measure in measures for one in (*measure.basis, *measure.tracks.get(agency, ()))]
    return list(dict.fromkeys(cite(definitions, one) for one in citable(definitions, held, day)))
