"""Terms that the office sets itself, where the law says nothing or `promptly`. Shown as ours, never as law."""

from __future__ import annotations

from checklists.law.model import Term

_OURS = "the office's own rule"


def _own(id_: str, zh: str, en: str, amount: int | None, unit: str) -> Term:
    return Term(id_, {"zh": zh, "en": en}, amount, unit, source=_OURS)


OWN_TERMS: dict[str, Term] = {
    one.id: one
    for one in (
        _own("accept_high", "受理线索（高风险）", "Take the clue (high tier)", 1, "days"),
        _own("accept_medium", "受理线索（中风险）", "Take the clue (medium tier)", 3, "days"),
        _own("accept_low", "受理线索（低风险）", "Take the clue (low tier)", 7, "days"),
        _own("handover_send", "移送有管辖权的机关", "Hand over to the competent agency", 2, "working_days"),
        _own("handover_receipt", "取得移送回执", "Get the receipt of the hand-over", 5, "working_days"),
        _own("handover_result", "取得处理结果", "Get the result of the hand-over", 60, "days"),
        _own("supplement_high", "补充材料（高风险）", "Supplement from the team (high tier)", 1, "days"),
        _own("supplement_medium", "补充材料（中风险）", "Supplement from the team (medium tier)", 3, "days"),
        _own("supplement_low", "补充材料（低风险）", "Supplement from the team (low tier)", 7, "days"),
        _own("dispute_answer", "答复异议", "Answer the dispute", 5, "working_days"),
        _own("statement", "陈述、申辩期限（告知书载明）", "Statement and defence, by the day in the notice", None, ""),
        _own("decision_extended", "延长后的办案期限（审批表载明）", "Decide by the day of the extension", None, ""),
        _own("instalments", "分期（延期）缴纳期限", "Pay by the day that was granted", None, ""),
        _own("correct_by", "改正期限（责令书载明）", "Correct by the day in the order", None, ""),
        _own("revisit_by", "复查", "Re-visit", None, ""),
        _own("after_appeal", "救济程序终结后申请强制执行", "Apply to the court after the appeal", None, ""),
    )
}
"""Id → term. Without an amount the day stands in a document."""
