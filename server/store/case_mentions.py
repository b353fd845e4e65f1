"""Which files a case names: its evidence, its documents, and what was said with its events."""

from __future__ import annotations

from server.store.case_models import CaseDocument, CaseEvent, CaseEvidence
from server.store.way_back_models import WayBackFile, WayBackSent


def mentions(case: str, sha256: str) -> bool:
    """Whether a case names a file by its digest."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        return False
    told = CaseEvent.select(CaseEvent.id).where(CaseEvent.case == case, CaseEvent.data.contains(sha256))
    files = (CaseDocument.pdf == sha256) | (CaseDocument.docx == sha256)
    sent = WayBackFile.select().join(WayBackSent, on=(WayBackSent.id == WayBackFile.sent))
    return bool(
        CaseEvidence.select().where(CaseEvidence.case == case, CaseEvidence.file == sha256).exists()
        or CaseDocument.select().where(CaseDocument.case == case, files).exists()
        or sent.where(WayBackSent.case == case, WayBackFile.sha256 == sha256).exists()
        or told.exists()
    )
