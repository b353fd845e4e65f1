"""How a case ends, and what its file holds."""

from __future__ import annotations

from server.documents.form import SHEET, Blank, Form, grid, label, lines, note, para, rows, seal, sign, to
from server.documents.forms.shared import CONTACT, FACTS, LEGAL, MATERIALS, OURS, PARTY, REMARK, S21_S22, TWO_COPIES


def _(words: str) -> str:
    return words


CRIME = Form(
    "crime_transfer",
    {"": "涉嫌犯罪案件移送书"},
    (
        to("{receiver}："),
        para(
            "本机关在办理{party_name}{cause}一案中，发现下列事实涉嫌犯罪。{by_transfer_of_crime}现将该案移送你单位，请依法处理。"
        ),
        lines("facts"),
        lines("crime_reason"),
        label("移送材料"),
        rows("materials", ("序号", "材料名称", "份数"), (12, 70, 18)),
        *CONTACT,
        seal(),
        note("（本文书一式三份：一份存根，一份交受移送机关，一份抄送人民检察院。）"),
    ),
    (
        Blank("receiver", _("receiving organ"), needed=True),
        FACTS,
        MATERIALS,
    ),
    needs=("party_known",),
    source="移送涉嫌犯罪规定, our own wording",
)

REVOCATION = Form(
    "revocation",
    {"": "撤销行政处罚决定书"},
    (
        to("{party_name}："),
        para(
            "本机关于{decided_day}作出{decision_number}《{decision_title}》。{appeals}因{revocation_reason}，现决定自{revoked_day}起撤"
            "销该决定。"
        ),
        para("已缴纳的款项将依法退还。", when="paid_some"),
        seal(),
        TWO_COPIES,
    ),
    needs=("party_known", "decision_number", "revocation_reason"),
    version="2",
    source=OURS,
)

WITHDRAWAL = Form(
    "withdrawal_report",
    {"": "撤销案件报告"},
    (
        grid(("案由", "{cause}"), ("立案时间", "{opened_day}", "立案编号", "{opening_number}")),
        *PARTY,
        label("案件基本情况"),
        lines("facts"),
        label("撤销（终止）理由"),
        lines("withdrawal_reason"),
        sign("承办人签名", "负责人签名"),
    ),
    (FACTS, LEGAL),
    needs=("withdrawal_reason",),
    look=SHEET,
    source=OURS,
)

CLOSING = Form(
    "closing_report",
    {"": "结案报告"},
    (
        grid(("案由", "{cause}"), ("立案时间", "{opened_day}", "决定书文号", "{decision_number}")),
        *PARTY,
        label("处理结果"),
        lines("result"),
        label("执行情况"),
        lines("carried_out"),
        grid(
            ("经办机构负责人意见", "{opinion}"),
            ("备注", "{remark}"),
        ),
        sign("承办人签名", "承办人签名", "负责人签名"),
    ),
    (
        LEGAL,
        Blank("result", _("result"), "long", needed=True),
        Blank("carried_out", _("how it was carried out"), "long", needed=True),
        Blank("opinion", _("opinion of the head"), "long"),
        REMARK,
    ),
    look=SHEET,
    source=f"{S21_S22} 结案报告",
)

INDEX = Form(
    "file_index",
    {"": "卷内目录"},
    (
        grid(("案由", "{cause}"), ("当事人", "{party_name}", "案号", "{case_number}")),
        rows("papers", ("序号", "文书名称", "文号", "日期", "页次"), (8, 34, 28, 22, 8)),
        sign("立卷人签名"),
    ),
    needs=("papers",),
    look=SHEET,
    source="[S22] 卷内目录",
)

OTHER = Form(
    "other",
    {"": "其他文书"},
    (
        to("{receiver}", when="receiver"),
        lines("body"),
        seal(),
    ),
    (
        Blank("heading", _("title of the document")),
        Blank("receiver", _("whom it is for")),
        Blank("body", _("text of the document"), "long", needed=True),
    ),
    source=OURS,
)

FORMS = (CRIME, REVOCATION, WITHDRAWAL, CLOSING, INDEX, OTHER)
