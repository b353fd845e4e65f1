"""What a clerk reads of documents: names of values that a case gives, and warnings. Ids of the catalogue."""

from __future__ import annotations

from server.documents.form import Form


def _(words: str) -> str:
    return words


NAMES: dict[str, str] = {
    "answer_text": _("opinion on the statement"),
    "answers": _("answers of the legal review"),
    "cause": _("cause of the case"),
    "decided_lines": _("penalty decided"),
    "decided_on": _("day of the decision on the spot"),
    "decision_number": _("number of the decision"),
    "demand_day": _("day on which payment was demanded"),
    "demand_number": _("number of the demand"),
    "discussed_at": _("time of the discussion"),
    "discussion": _("result of the discussion"),
    "duty_lines": _("a violation that stands"),
    "extended_until": _("extended until"),
    "extension_reason": _("reason of the extension"),
    "fine": _("a fine"),
    "granted_until": _("granted until"),
    "ground": _("ground for no penalty"),
    "hearing_at": _("time of the hearing"),
    "hearing_held_at": _("when the hearing was held"),
    "hearing_host": _("host of the hearing"),
    "hearing_place": _("place of the hearing"),
    "investigators": _("investigators"),
    "office_address": _("address of the office"),
    "office_court": _("court for a suit"),
    "office_name": _("full name of the office"),
    "office_phone": _("telephone of the office"),
    "office_review_body": _("body for administrative review"),
    "officers": _("officers with their cards"),
    "owed_words": _("what is owed"),
    "papers": _("documents of the case"),
    "party_known": _("name of the party"),
    "payments": _("payments"),
    "planned_lines": _("penalty planned"),
    "review_text": _("text of the legal review"),
    "revocation_reason": _("reason of the revocation"),
    "sent_day": _("day on which the case was handed over"),
    "served_day": _("day on which the decision was served"),
    "side_day": _("day on which the measure began"),
    "side_object": _("what the measure is about"),
    "side_until": _("last day of the measure"),
    "statement_text": _("statement of the party"),
    "told_moment": _("when the person was told"),
    "withdrawal_reason": _("reason of the withdrawal"),
}
"""Value that a document needs from the case (`Form.needs`) → its name."""

WARNINGS: dict[str, str] = {
    "glyph_missing": _("The PDF lacks these characters: they are written by hand"),
    "penalty_vague": _("Say in words what exactly is taken or stopped"),
}
"""Code of a warning of a draft → what a clerk reads; the detail stands beside it."""


def label_of(form: Form, name: str) -> str:
    """Return the name of a value as a clerk reads it: that of its blank, or of what the case gives."""
    return next((one.label for one in form.blanks if one.name == name), NAMES.get(name, name))
