"""The list of photos as evidence (视听资料（电子数据）证据记录单): what each proves, and its digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.findings.fault import fault
from checklists.findings.finding import Assessment
from checklists.inspection.capture import taken_of
from checklists.inspection.entries import Entry, all_of
from checklists.inspection.recheck import CORRECTED, SHORT
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import Facts, form_of, head, notice, sentence, stated, told_apart
from checklists.values import frozen


def _(message: str) -> str:
    return message


@frozen
class Exhibit:
    """One photo: the item and kind of evidence it was taken for, when, by whom, and the digest of its original.

    `fault` names the fault of the item, on a photo of how it is after it was put right.
    """

    item: str
    evidence: str
    at: str
    by: str
    digest: str
    fault: str = ""


def exhibits(entries: Iterable[Entry], names: Mapping[str, str]) -> tuple[Exhibit, ...]:
    """Return the photos that stand, in the order they were taken; `names` gives officers by id."""
    held = tuple(entries)
    photos = sorted((*all_of(held, "photo"), *all_of(held, "control_photo")), key=lambda one: (*one.order, one.id))
    return tuple(
        Exhibit(
            one.item or "",
            "control" if one.kind == "control_photo" else str(one.value.get("evidence") or ""),
            _when(one),
            names.get(one.officer, one.officer),
            str(one.value["sha256"]),
            str(one.value.get("fault") or ""),
        )
        for one in photos
        if "sha256" in one.value
    )


def _when(entry: Entry) -> str:
    """Return when a photo was taken; parts of before only say when it was taken into the record."""
    taken = taken_of(entry.value)
    return taken.at if taken else entry.at


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
        Block("text", stated(facts, lang)),
        *(signature(one, say) for one in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def _proves(definitions: Definitions, assessment: Assessment, one: Exhibit, checklist: str, lang: str) -> str:
    """Return what a photo shows: the finding of its item, else the item, with the kind of evidence that it serves.

    Of several faults of an item it is the one that the photo names; nobody said which of them another photo shows.
    """
    say = words.say(lang)
    of_item = [each for each in assessment.findings if one.item in each.items]
    shown = [each for each in of_item if fault(each) == one.fault] or of_item
    found = told_apart(shown[0], of_item, lang) if len(shown) == 1 else ""
    item = definitions.checklists[checklist].item(one.item) if checklist in definitions.checklists else None
    about = found or (words.pick(item.text, lang) if item else "")
    kind = definitions.evidence.get(one.evidence)
    told = {CORRECTED: say(_("looked at again after correction")), "control": say(_("control photo"))}
    what = words.pick(kind.text, lang) if kind else told.get(one.evidence, "")
    return "\n".join(part for part in (f"{about}（{one.item}）" if about else one.item, what) if part)


def _taken(one: Exhibit) -> str:
    at = datetime.fromisoformat(one.at).astimezone(LAW_ZONE)
    return f"{at.strftime('%Y-%m-%d %H:%M')}\n{one.by}"
