"""Every form, by the kind of its document."""

from __future__ import annotations

from collections.abc import Mapping

from server.documents.form import Form
from server.documents.forms import beginning, decision, ending, investigation, measures, notice

FORMS: Mapping[str, Form] = {
    form.kind: form for room in (beginning, investigation, measures, notice, decision, ending) for form in room.FORMS
}
"""Kind (`server.cases.documents.DOCUMENTS`) → form."""
