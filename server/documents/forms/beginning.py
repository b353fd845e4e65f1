"""How a case begins, and how it goes to another agency."""

from __future__ import annotations

from server.documents.form import SHEET, SHOWN, Blank, Form, code, grid, label, lines, note, para, rows, seal, sign, to
from server.documents.forms.shared import (
    CONTACT,
    COUNT,
    FACTS,
    LEGAL,
    MATERIALS,
    OURS,
    PARTY,
    REMARK,
    S21_S22,
    THING,
    TWO_COPIES,
)


def _(words: str) -> str:
    return words


OPENING = Form(
    "opening_form",
    {"": "立案登记表", "P": "受案登记表"},
    (
        grid(("案件来源", "{source}", "受案时间", "{accepted_day}"), ("案由", "{cause}"), ("案发地点", "{place}")),
        *PARTY,
        label("案件基本情况"),
        lines("facts"),
        label("立案依据"),
        para("{by_open_case}予以立案。", agency="-P"),
        para("{by_police_open_case}予以受案。", agency="P"),
        lines("duty_lines"),
        grid(
            ("承办人意见", "{opinion}\n承办人：{proposed_by}    {proposed_day}"),
            ("负责人审批意见", "同意立案，由{investigators}调查处理。\n负责人：{approved_by}    {opened_day}"),
            ("备注", "{remark}"),
        ),
    ),
    (FACTS, LEGAL, Blank("opinion", _("opinion of the handler"), "long"), REMARK),
    needs=("cause", "party_known", "investigators"),
    law=SHOWN,
    look=SHEET,
    source=f"{S21_S22} 立案登记表; 受案登记表 for the police",
)

NO_PENALTY_NOTE = Form(
    "no_penalty_note",
    {"": "轻微违法不予处罚记录"},
    (
        grid(("案由", "{cause}"), ("时间", "{found_day}", "地点", "{place}")),
        *PARTY,
        label("违法事实"),
        lines("facts"),
        label("改正情况和不予处罚的理由"),
        lines("minor_reason"),
        para("上述违法行为轻微并已改正，没有造成危害后果。{by_minor_no_penalty}不予行政处罚，已对当事人进行教育。"),
        sign("当事人或其代理人签名", "执法人员签名", "执法人员签名"),
        seal(),
    ),
    (FACTS, LEGAL, Blank("minor_reason", _("why no penalty is given"), "long", needed=True)),
    needs=("party_known",),
    look=SHEET,
    source=OURS,
)

HANDOVER_LETTER = Form(
    "handover_letter",
    {"": "案件移送函"},
    (
        to("{handed_to}："),
        para(
            "本单位于{found_day}对{party_name}{cause}一案进行调查，在调查中发现下列情形，此案不属于本单位管辖范围。"
            "{by_hand_over}现将该案移送你单位处理，请将处理结果函告本单位。"
        ),
        lines("facts"),
        label("移送材料"),
        rows("materials", ("序号", "材料名称", "份数"), (12, 70, 18)),
        *CONTACT,
        seal(),
        note("（本文书一式两份：一份存根，一份交受移送机关。）"),
    ),
    (
        Blank("handed_to", _("receiving agency"), needed=True),
        FACTS,
        MATERIALS,
    ),
    law=SHOWN,
    source=f"{S21_S22} 案件移送函",
)

HANDOVER_NOTICE = Form(
    "handover_notice",
    {"": "案件移送告知书"},
    (
        to("{party_name}："),
        para(
            "本单位已于{sent_day}将你（单位）{cause}一案依法移送{handed_to}处理（联系电话：{receiver_phone}）。"
            "请你（单位）及时前往接受调查处理，可以向该机关陈述和申辩。"
        ),
        para("特此告知。"),
        seal(),
        TWO_COPIES,
    ),
    (
        Blank("handed_to", _("receiving agency"), needed=True),
        Blank("receiver_phone", _("telephone of the receiving agency")),
    ),
    needs=("party_known", "sent_day"),
    source=f"{S21_S22} 案件移送告知书",
)

HANDOVER_LIST = Form(
    "handover_list",
    {"": "移送案件材料清单"},
    (
        grid(("案由", "{cause}"), ("移送单位", "{office}", "接收单位", "{handed_to}")),
        rows("materials", ("序号", "材料名称", "份数", "备注"), (10, 55, 12, 23)),
        sign("移送人签名", "接收人签名"),
    ),
    (
        Blank("handed_to", _("receiving agency"), needed=True),
        Blank(
            "materials",
            _("materials"),
            "rows",
            needed=True,
            columns=(THING, COUNT, ("remark", _("remark"))),
        ),
    ),
    look=SHEET,
    source=f"{S21_S22} 案件移送函 (附件清单)",
)

HANDOVER_RECEIPT = Form(
    "handover_receipt",
    {"": "移送案件回执"},
    (
        to("{sender}："),
        para("你单位移送的{party_name}{cause}一案及有关材料，我单位已于{receipt_day}收到。"),
        para("处理情况：{result}", when="result"),
        seal(),
        code(),
    ),
    (
        Blank("sender", _("agency that handed over"), needed=True),
        Blank("receipt_day", _("day of receipt"), "day"),
        Blank("result", _("result"), "long"),
    ),
    version="2",
    source=OURS,
)

FORMS = (OPENING, NO_PENALTY_NOTE, HANDOVER_LETTER, HANDOVER_NOTICE, HANDOVER_LIST, HANDOVER_RECEIPT)
