"""The list of photos as evidence (视听资料（电子数据）证据记录单): what each proves, and its digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.findings.finding import Assessment
from checklists.inspection.entries import Entry, all_of
from checklists.inspection.recheck import CORRECTED, SHORT
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import Facts, fact, form_of, head, notice, sentence
from checklists.values import frozen


def _(message: str) -> str:
    return message


@frozen
class Exhibit:
    """One photo: the item and kind of evidence it was taken for, when, by whom, and the digest of its original."""

    item: str
    evidence: str
    at: str
    by: str
    digest: str


def exhibits(entries: Iterable[Entry], names: Mapping[str, str]) -> tuple[Exhibit, ...]:
    """Return the photos that stand, in the order they were taken; `names` gives officers by id."""
    held = tuple(entries)
    photos = sorted((*all_of(held, "photo"), *all_of(held, "control_photo")), key=lambda one: (*one.order, one.id))
    return tuple(
        Exhibit(
            one.item or "",
            "control" if one.kind == "control_photo" else str(one.value.get("evidence") or ""),
            one.at,
            names.get(one.officer, one.officer),
            str(one.value["sha256"]),
        )
        for one in photos
        if "sha256" in one.value
    )


def evidence_list(
    definitions: Definitions,
    assessment: Assessment,
    facts: Facts,
    held: Iterable[Exhibit],
    checklist: str,
    lang: str = "zh_CN",
) -> Notice:
    """Return the list; the place of all of them is the place of the check."""
    say = words.say(lang)
    form = form_of(definitions, "evidence", facts)
    top = tuple(say(one) for one in (_("No."), _("What it proves"), _("Time and collector"), _("Digest")))
    rows = [
        (str(number), _proves(definitions, assessment, one, checklist, lang), _taken(one), one.digest[:SHORT])
        for number, one in enumerate(held, start=1)
    ]
    blocks = [
        Block("table", rows=head(assessment.situation, facts, lang)),
        Block("heading", say(_("Evidence"))),
        Block("table", rows=(top, *rows), widths=(10, 80, 42, 38)),
        Block("text", sentence(form, "original", lang)),
        Block("heading", sentence(form, "opinion", lang)),
        Block("text", facts.statement or say(_("Nothing was stated."))),
        *(signature(one, say) for one in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def _proves(definitions: Definitions, assessment: Assessment, one: Exhibit, checklist: str, lang: str) -> str:
    """Return what a photo shows: the finding of its item, else the item, with the kind of evidence that it serves."""
    say = words.say(lang)
    found = next((fact(each, lang) for each in assessment.findings if one.item in each.items), "")
    item = definitions.checklists[checklist].item(one.item) if checklist in definitions.checklists else None
    about = found or (words.pick(item.text, lang) if item else "")
    kind = definitions.evidence.get(one.evidence)
    told = {CORRECTED: say(_("looked at again after correction")), "control": say(_("control photo"))}
    what = words.pick(kind.text, lang) if kind else told.get(one.evidence, "")
    return "\n".join(part for part in (f"{about}（{one.item}）" if about else one.item, what) if part)


def _taken(one: Exhibit) -> str:
    at = datetime.fromisoformat(one.at).astimezone(LAW_ZONE)
    return f"{at.strftime('%Y-%m-%d %H:%M')}\n{one.by}"
