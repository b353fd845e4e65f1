"""Penalties in words: what is planned or decided for each violation, with the law that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.papers.amounts import money
from server.cases.fields import NONE, UNPROVEN
from server.cases.grouping import Group
from server.cases.money import fine_of
from server.documents.chinese import GROUNDS, KINDS
from server.documents.dossier import Dossier
from server.documents.form import unended
from server.documents.law import PENDING, Ground, Named, grounds, words_of

Rows = Iterable[Mapping[str, Any]]

NAMED_IN_WORDS = ("confiscation", "suspension", "revocation", "closure", "downgrade")
"""Penalties of which a person must say what exactly: the licence, the days, the goods."""


MONEY_TAKEN = "没收违法所得"
"""What a sum is that is confiscated and of which nothing else is said: money, and no goods."""


def penalty_words(one: Mapping[str, Any]) -> str:
    """Return one penalty: 罚款人民币壹万元整（￥10,000元）."""
    if one.get("kind") == "fine":
        return f"罚款{money(100 * int(one.get('amount_cny') or 0))}"
    if one.get("kind") == NONE:
        return f"不予行政处罚（{GROUNDS.get(str(one.get('ground')), '')}：{unended(str(one.get('text') or ''))}）"
    if one.get("amount_cny"):
        return f"{unended(str(one.get('text') or MONEY_TAKEN))}，计{money(100 * int(one['amount_cny']))}"
    return unended(str(one.get("text") or KINDS.get(str(one.get("kind")), "")))


def imposed(penalties: Rows) -> tuple[Mapping[str, Any], ...]:
    """Return the rows that penalise; the others say why a violation gets no penalty."""
    return tuple(one for one in penalties if one.get("kind") != NONE)


def words_of_all(penalties: Rows) -> str:
    """Return what is imposed in one phrase."""
    return "；".join(map(penalty_words, imposed(penalties)))


def total_words(penalties: Rows) -> str:
    """Return the sum of several fines; nothing where there is one at most."""
    held = [one for one in penalties if one.get("kind") == "fine"]
    return f"以上罚款合计{money(100 * fine_of(held))}。" if len(held) > 1 else ""


def lines_of(dossier: Dossier, penalties: Rows, sentence: str, spared: str) -> tuple[str, ...]:
    """Return a sentence for each violation: for those penalised with {title}, {duty}, {basis} and {penalty}.

    `spared` is the one for those that get no penalty, with {whom}, {ground} and {reason}; they come last, and no law
    is named for them. What is not proven is nobody's conduct.
    """
    law, said = _law(dossier), []
    rows = tuple(penalties)
    for code, held in by_violation(imposed(rows)).items():
        ground = law.get(code)
        said.append(
            sentence.format(
                title=ground.title if ground else code,
                duty=_duty(dossier, ground),
                basis=_basis(dossier, ground, held),
                penalty="、".join(penalty_words(one) for one in held),
            )
        )
    for one in rows:
        if one.get("kind") == NONE:
            ground = law.get(str(one.get("violation")))
            title = ground.title if ground else str(one.get("violation"))
            why = GROUNDS.get(str(one.get("ground")), "")
            whom = f"关于{title}" if one.get("ground") == UNPROVEN else f"你（单位）{title}的行为"
            said.append(spared.format(whom=whom, ground=why, reason=unended(str(one.get("text") or ""))))
    return tuple(said)


def duty_lines(dossier: Dossier) -> tuple[str, ...]:
    """Return which duty each violation breaks that stands; where nothing was proven, none is broken."""
    nothing = dossier.case.facts.get("no_penalty") == UNPROVEN
    held = () if nothing else _law(dossier, dossier.standing).values()
    return tuple(f"{one.title}：违反了{_duty(dossier, one)}的规定" for one in held)


def range_lines(dossier: Dossier) -> tuple[str, ...]:
    """Return for each violation the clauses on which a penalty would rest, with the amounts that they set."""
    said = []
    for one in _law(dossier).values():
        told = [f"{words_of(dossier.definitions, [held.basis])}{_amounts(held)}" for held in one.penalty if held.basis]
        said.append(f"{one.title}：{'；'.join(dict.fromkeys(told)) or PENDING}")
    return tuple(said)


def named(dossier: Dossier, penalties: Rows, *, strict: bool) -> tuple[Named, ...]:
    """Return the clauses that a document names; strictly also those that it would have to name and may not.

    Without penalties (a report, an order to correct) they are the duties of the violations that stand.
    """
    law, held = _law(dossier), by_violation(imposed(penalties))
    rows = tuple(row for code, ones in held.items() for row in _rows(law.get(code), ones))
    if not held:
        stand = _law(dossier, dossier.standing).values()
        rows = tuple(row for one in stand for row in one.named(None, penalty=False))
    return rows if strict else tuple(one for one in rows if one.verified)


def by_violation(penalties: Rows) -> dict[str, list[Mapping[str, Any]]]:
    """Return penalties by their violation, in the order given."""
    held: dict[str, list[Mapping[str, Any]]] = {}
    for one in penalties:
        held.setdefault(str(one.get("violation") or ""), []).append(one)
    return held


def _rows(ground: Ground | None, penalties: list[Mapping[str, Any]]) -> tuple[Named, ...]:
    if ground is None:
        return (Named("", "", "", False, "penalty", str(penalties[0].get("violation") or "?")),)
    return tuple(dict.fromkeys(row for one in penalties for row in ground.named(_fine(one), penalty=True)))


def _law(dossier: Dossier, groups: tuple[Group, ...] | None = None) -> dict[str, Ground]:
    held = dossier.groups if groups is None else groups
    return grounds(dossier.definitions, held, dossier.conduct_day, dossier.case.party.role, dossier.load)


def _duty(dossier: Dossier, ground: Ground | None) -> str:
    return words_of(dossier.definitions, ground.duty) if ground else PENDING


def _basis(dossier: Dossier, ground: Ground | None, penalties: list[Mapping[str, Any]]) -> str:
    if ground is None:
        return PENDING
    held = dict.fromkeys(row for one in penalties for row in ground.basis(_fine(one)))
    return words_of(dossier.definitions, held)


def _fine(one: Mapping[str, Any]) -> int | None:
    return int(one.get("amount_cny") or 0) if one.get("kind") == "fine" else None


def _amounts(held: Any) -> str:
    low, high = held.min_cny, held.max_cny
    if low is None and high is None:
        return ""
    if high is None:
        return f"（{low:,}元以上）"
    return f"（{low:,}元至{high:,}元）" if low else f"（{high:,}元以下）"
