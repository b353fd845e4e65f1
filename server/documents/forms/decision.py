"""Decisions, their service, payment and enforcement."""

from __future__ import annotations

from server.documents.form import (
    SHEET,
    SHOWN,
    STRICT,
    Blank,
    Form,
    grid,
    label,
    lines,
    note,
    para,
    rows,
    seal,
    sign,
    to,
)
from server.documents.forms.shared import (
    BANK,
    CONTACT,
    EVIDENCE,
    FACTS,
    LEGAL,
    OURS,
    PARTY,
    PLACE,
    REMARK,
    REMEDIES,
    S21_S22,
    TWO_COPIES,
)


def _(words: str) -> str:
    return words


_PAY = (
    "处以罚款的，自收到本决定书之日起{term_payment}内缴至{bank}，账号{account}，到期不缴纳罚款的，{by_surcharge}本机关可以"
    "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款本数。"
)
_COURT = "逾期不申请行政复议、不提起行政诉讼又不履行的，本机关将依法申请人民法院强制执行。"

DECISION = Form(
    "decision",
    {"": "行政处罚决定书", "P": "公安交通管理行政处罚决定书"},
    (
        *PARTY,
        grid(("车辆", "{vehicles}"), agency="P"),
        label("违法事实及证据"),
        lines("facts"),
        para("以上事实有下列证据证明：", when="evidence"),
        lines("evidence"),
        para("{heard_line}", when="heard_line"),
        lines("decided_lines"),
        para("{decided_total}", when="decided_total"),
        lines("decision_text"),
        para(_PAY, when="fine"),
        para("其他执行方式和期限：{other_way}", when="other_way"),
        para(REMEDIES + _COURT),
        seal(),
        TWO_COPIES,
    ),
    (
        FACTS,
        EVIDENCE,
        LEGAL,
        Blank("heard_line", _("what was said in defence, and what came of it"), "long"),
        Blank("decision_text", _("reasons and discretion"), "long"),
        *BANK,
        Blank("other_way", _("how and by when other penalties are carried out"), "long"),
    ),
    needs=("party_known", "decided_lines", "office_review_body", "office_court"),
    law=STRICT,
    source=f"{S21_S22} 行政处罚决定书; 违法程序规定 for the police",
)

NO_PENALTY = Form(
    "no_penalty_decision",
    {"": "不予行政处罚决定书"},
    (
        *PARTY,
        label("查明的事实及证据"),
        lines("facts"),
        para("{evidence_head}", when="evidence"),
        lines("evidence"),
        lines("duty_lines", when="is_proven"),
        para("鉴于{ground}，{by_minor_no_penalty}本机关决定不予行政处罚。", when="is_minor"),
        para("鉴于{ground}，本机关决定不予行政处罚。", when="not_minor"),
        lines("decision_reason"),
        para(REMEDIES),
        seal(),
        TWO_COPIES,
    ),
    (FACTS, EVIDENCE, LEGAL, Blank("decision_reason", _("reasons and discretion"), "long")),
    needs=("party_known", "ground", "office_review_body", "office_court"),
    law=SHOWN,
    plan="",
    source=f"{S21_S22} 不予行政处罚决定书",
)

SIMPLE = Form(
    "simple_decision",
    {"": "当场行政处罚决定书", "P": "公安交通管理简易程序处罚决定书"},
    (
        *PARTY,
        grid(("终端文书号", "{paper_number}", "决定日期", "{decided_on}")),
        label("违法事实及依据"),
        lines("facts"),
        lines("decided_lines"),
        para(
            "{by_simple_procedure}本决定当场作出。处罚前已口头告知当事人拟作出处罚的事实、理由和依据，并告知陈述权和申辩权。"
        ),
        para(_PAY, when="to_pay"),
        para("罚款已当场收缴。", when="cash_taken"),
        para(REMEDIES + _COURT),
        sign("当事人或其代理人签名", "执法人员签名", "执法人员签名"),
        seal(),
        note("（现场终端已出具的决定书为正本，本件供归档。）"),
    ),
    (FACTS, LEGAL, *BANK),
    needs=("party_known", "decided_lines", "decided_on"),
    law=STRICT,
    source=f"{S21_S22} 当场行政处罚决定书",
)

RECEIPT = Form(
    "service_receipt",
    {"": "送达回证"},
    (
        grid(
            ("案由", "{cause}"),
            ("送达单位", "{office}", "受送达人", "{party_name}"),
            ("送达地点", "{serve_place}", "代收人", "{proxy}"),
        ),
        rows(
            "served_papers",
            ("送达文书名称、文号", "收件人签名或盖章", "送达日期", "送达方式", "送达人"),
            (34, 19, 17, 13, 17),
        ),
        grid(("备注", "{remark}")),
        seal(),
    ),
    (
        Blank("serve_place", _("where it is served")),
        Blank("proxy", _("who takes it for the party")),
        Blank(
            "served_papers",
            _("documents served"),
            "rows",
            needed=True,
            columns=(
                ("what", _("document and number")),
                ("signed", _("received by")),
                ("day", _("day of service")),
                ("how", _("how it is served")),
                ("by", _("served by")),
            ),
        ),
        REMARK,
    ),
    needs=("party_known",),
    look=SHEET,
    source=f"{S21_S22} 送达回证",
)

PUBLIC_NOTICE = Form(
    "public_notice",
    {"": "送达公告"},
    (
        to("{party_name}："),
        para("因采用其他方式无法送达，现依法向你（单位）公告送达《{paper_title}》（{paper_number}）。"),
        lines("contents"),
        para("自公告之日起，经过{term_public_notice}即视为送达。", agency="-P"),
        para("自公告之日起，经过{term_police_public_notice}即视为送达。", agency="P"),
        para("你（单位）可以到{office_address}领取上述文书，联系电话：{office_phone}。"),
        seal(),
    ),
    (
        Blank("paper_title", _("document"), needed=True),
        Blank("paper_number", _("number of the document"), needed=True),
        Blank("contents", _("main contents of the document"), "long"),
    ),
    needs=("party_known", "office_address", "office_phone"),
    source=OURS,
)

PAYMENT = Form(
    "payment_receipt",
    {"": "罚款缴纳情况记录"},
    (
        grid(
            ("案由", "{cause}"),
            ("当事人", "{party_name}", "决定书文号", "{decision_number}"),
        ),
        grid(("应缴罚款", "{fine}"), when="fine"),
        grid(("应缴没收款", "{confiscated}"), when="confiscated"),
        grid(("已缴合计", "{paid}")),
        grid(("尚未缴纳", "{owed_words}"), when="owed_words"),
        grid(("应退还", "{overpaid}"), when="overpaid"),
        rows("payments", ("缴款日期", "金额"), (30, 70)),
        grid(("票据号", "{receipts}"), ("备注", "{remark}")),
        sign("经办人签名"),
    ),
    (REMARK,),
    needs=("payments",),
    look=SHEET,
    version="3",
    source=OURS,
)

INSTALMENTS = Form(
    "instalment_notice",
    {"": "分期（延期）缴纳罚款通知书"},
    (
        to("{party_name}："),
        para(
            "{served_day}，本机关对你（单位）送达了{decision_number}《{decision_title}》，作出了对你（单位）罚款{fine_made}的行政"
            "处罚决定。{appeals}根据你（单位）的申请，{by_instalments}现决定："
        ),
        para("同意你（单位）延期（分期）缴纳罚款，缴纳期限至{granted_until}。"),
        rows("plan", ("期次", "缴纳期限", "金额（元）"), (20, 40, 40), when="plan"),
        para("批准理由：{granted_reason}"),
        para("代收机构以本通知书为据，办理收款手续。"),
        seal(),
        TWO_COPIES,
    ),
    (Blank("plan", _("instalments"), "rows", columns=(("by", _("by which day")), ("amount", _("amount")))),),
    needs=("granted_until", "fine"),
    source=f"{S21_S22} 分期（延期）缴纳罚款通知书",
)

DEMAND = Form(
    "demand",
    {"": "催告书"},
    (
        to("{party_name}："),
        para(
            "因你（单位）{cause}，本机关于{decided_day}作出了{made_words}的决定，决定书文号为{decision_number}。{appeals}你（单"
            "位）逾期{not_done}义务{done_words}，{by_court_enforcement}现就有关事项催告如下，请你（单位）按要求履行："
        ),
        para("1. 履行标的：{owed_words}"),
        para("2. 履行期限：自收到本催告书之日起{term_demand_wait}内"),
        para("3. 履行方式：缴至{bank}，账号{account}"),
        para("4. 其他事项：{other_way}", when="other_way"),
        para(
            "你（单位）逾期仍不履行的，本机关将依法采取以下措施：到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款；申请"
            "人民法院强制执行。",
            when="surcharge_grows",
        ),
        para("你（单位）逾期仍不履行的，本机关将依法申请人民法院强制执行。", when="surcharge_ends"),
        para("你（单位）可以向本机关进行陈述或者申辩，本机关将依法核实。"),
        *CONTACT,
        seal(),
        TWO_COPIES,
    ),
    (*BANK, Blank("other_way", _("other points"), "long")),
    needs=("party_known", "decision_number", "owed_words"),
    source=f"{S21_S22} 催告书",
)

COURT = Form(
    "court_application",
    {"": "强制执行申请书"},
    (
        grid(
            ("申请人", "{office}", "负责人", "{head}"),
            ("联系地址", "{office_address}", "联系电话", "{office_phone}"),
        ),
        grid(
            ("被申请人", "{party_name}", "法定代表人", "{legal}"),
            ("证件号码", "{party_number}", "联系电话", "{party_phone}"),
            ("联系地址", "{party_address}"),
        ),
        label("请求事项"),
        para("强制执行{decision_number}《{decision_title}》{as_changed}确定的义务：{owed_words}。"),
        label("事实与理由"),
        para(
            "因被申请人{cause}一案，申请人于{served_day}向被申请人送达了{decision_number}《{decision_title}》，被申请人未在法定"
            "的期限内申请行政复议或者提起行政诉讼，又{not_done}该决定书规定的义务{done_words}。申请人于{demand_day}向被申请人"
            "送达{demand_number}《催告书》，被申请人逾期仍{not_done}。",
            when="no_appeal",
        ),
        para(
            "因被申请人{cause}一案，申请人于{served_day}向被申请人送达了{decision_number}《{decision_title}》。{appeals}被申请人"
            "{not_done}该决定书{as_changed}规定的义务{done_words}。申请人于{demand_day}向被申请人送达{demand_number}《催告书》，"
            "被申请人逾期仍{not_done}。",
            when="appeals",
        ),
        lines("facts"),
        para("鉴于上述情况，{by_court_enforcement}特申请贵院依法强制执行。"),
        para("此致"),
        to("{court}"),
        label("附件"),
        para("1. 行政处罚决定书及送达文书；2. 证明材料；3. 催告书及送达文书；4. 申请强制执行标的情况；5. 其他材料。"),
        seal(),
        note("（本文书一式两份：一份存根，一份呈交人民法院。）"),
    ),
    (Blank("head", _("head of the agency"), needed=True), LEGAL, Blank("facts", _("facts"), "long"), PLACE),
    needs=("party_known", "decision_number", "served_day", "demand_number", "demand_day", "owed_words", "office_court"),
    source="[S22] 强制执行申请书",
)

FORMS = (DECISION, NO_PENALTY, SIMPLE, RECEIPT, PUBLIC_NOTICE, PAYMENT, INSTALMENTS, DEMAND, COURT)
