"""Compulsory measures, registered evidence, orders to correct: what belongs to a side track."""

from __future__ import annotations

from server.documents.form import SHEET, SHOWN, STRICT, Blank, Form, grid, label, lines, para, rows, seal, sign, to
from server.documents.forms.shared import COUNT, FACTS, LEGAL, PARTY, PLACE, REMEDIES, S21_S22, THING, TWO_COPIES


def _(words: str) -> str:
    return words


_ITEMS = Blank(
    "side_items",
    _("things"),
    "rows",
    needed=True,
    columns=(THING, ("kind", _("kind or size")), COUNT, ("where", _("where it is"))),
)
_LIST = rows("side_items", ("序号", "名称", "规格", "数量", "地点或备注"), (9, 33, 20, 13, 25))
_SIGNED = sign("当事人或其代理人签名", "执法人员签名", "执法人员签名")

DECISION = Form(
    "measure_decision",
    {"": "行政强制措施决定书"},
    (
        to("{party_name}："),
        para(
            "因你（单位）{cause}，依据{measure_basis}的规定，本机关决定对你（单位）的{side_object}（{side_what}）采取"
            "{measure_name}的行政强制措施，期限自{side_day}至{side_until}。"
        ),
        para("在此期间，未经本机关批准，不得使用、销毁、转移、变卖或者隐匿上述财物。{by_compulsory_measure}特此决定。"),
        para("你（单位）对本决定有权进行陈述和申辩。" + REMEDIES),
        label("清单"),
        _LIST,
        _SIGNED,
        seal(),
        TWO_COPIES,
    ),
    (Blank("measure_name", _("measure, in words"), needed=True), _ITEMS),
    needs=("party_known", "side_object", "side_until"),
    law=STRICT,
    plan="measure",
    source=f"{S21_S22} 行政强制措施决定书",
)

VOUCHER = Form(
    "measure_voucher",
    {"": "公安交通管理行政强制措施凭证"},
    (
        *PARTY,
        grid(("车辆", "{vehicles}"), ("时间", "{side_at}", "地点", "{place}")),
        lines("facts"),
        para("因上述情形，依据{measure_basis}的规定，对{side_object}（{side_what}）采取{measure_name}的行政强制措施。"),
        para("请你自收到本凭证之日起{term_police_appearance}内，到{handling_place}接受处理。"),
        para("你对本凭证有权进行陈述和申辩。" + REMEDIES),
        _SIGNED,
        seal(),
    ),
    (
        LEGAL,
        FACTS,
        PLACE,
        Blank("measure_name", _("measure, in words"), needed=True),
        Blank("handling_place", _("where it is dealt with"), needed=True),
    ),
    needs=("party_known",),
    law=STRICT,
    plan="measure",
    source="违法程序规定, our own wording",
)

EXTENSION = Form(
    "measure_extension",
    {"": "延长行政强制措施期限通知书"},
    (
        to("{party_name}："),
        para(
            "因你（单位）{cause}，本机关依法于{side_day}对你（单位）的{side_object}（{side_what}）采取了行政强制措施，行政强制"
            "措施决定书文号：{side_number}。"
        ),
        para("现因{extension_why}，{by_seizure_term}决定延长行政强制措施期限至{side_until}。"),
        seal(),
        TWO_COPIES,
    ),
    (Blank("extension_why", _("why it is extended"), "long", needed=True),),
    needs=("side_until",),
    source=f"{S21_S22} 延长行政强制措施期限通知书",
)

LIFTING = Form(
    "measure_lifting",
    {"": "解除行政强制措施决定书"},
    (
        to("{party_name}："),
        para(
            "因你（单位）{cause}，本机关依法对你（单位）的{side_object}（{side_what}）采取了行政强制措施，行政强制措施决定书"
            "文号：{side_number}。"
        ),
        para("现因{lifting_why}，本机关决定自{lifted_day}起解除该行政强制措施。"),
        label("退还财物清单"),
        _LIST,
        para("经当事人（代理人）查验，退还的财物与查封、扣押时一致，查封、扣押期间没有使用、丢失和损坏现象。"),
        _SIGNED,
        seal(),
        TWO_COPIES,
    ),
    (
        Blank("lifting_why", _("why it is lifted"), "long", needed=True),
        Blank("lifted_day", _("lifted on"), "day", needed=True),
        _ITEMS,
    ),
    source=f"{S21_S22} 解除行政强制措施决定书",
)

RECORD = Form(
    "measure_record",
    {"": "现场笔录"},
    (
        grid(
            ("时间", "{from_at}至{to_at}"),
            ("地点", "{place}"),
            ("执法人员", "{side_officers}"),
            ("现场人员", "{people}", "记录人", "{recorder}"),
            ("车辆", "{vehicles}"),
        ),
        label("主要内容"),
        lines("facts"),
        para("执法人员出示执法证件，当场告知采取行政强制措施的理由、依据以及依法享有的权利、救济途径。"),
        para("采取的措施：对{side_object}（{side_what}）采取行政强制措施。"),
        label("当事人陈述和申辩"),
        lines("statement"),
        para("以上记录已交当事人阅读或者向当事人宣读，与所述一致。"),
        sign("现场人员签名", "执法人员签名", "执法人员签名", "记录人签名"),
    ),
    (
        Blank("from_at", _("began at"), "moment", needed=True),
        Blank("to_at", _("ended at"), "moment"),
        PLACE,
        Blank("recorder", _("recorder")),
        Blank("people", _("people on the spot"), needed=True),
        FACTS,
        Blank("statement", _("what the party says"), "long"),
    ),
    look=SHEET,
    source=f"{S21_S22} 现场笔录",
)

REGISTRATION = Form(
    "registration_list",
    {"": "证据登记保存清单"},
    (
        *PARTY,
        para(
            "因调查{cause}一案，{by_evidence_registration}对你（单位）下列物品予以先行登记保存（自{side_day}至"
            "{side_until}）。在此期间，当事人或者有关人员不得销毁或者转移证据。",
            agency="-P",
        ),
        para(
            "因调查{cause}一案，{by_police_evidence_registration}对你（单位）下列物品予以先行登记保存（自{side_day}至"
            "{side_until}）。在此期间，当事人或者有关人员不得销毁或者转移证据。",
            agency="P",
        ),
        rows("side_items", ("序号", "证据名称", "规格", "数量", "登记保存地点"), (9, 33, 20, 13, 25)),
        _SIGNED,
        seal(),
        TWO_COPIES,
    ),
    (LEGAL, _ITEMS),
    needs=("party_known", "side_day"),
    look=SHEET,
    source=f"{S21_S22} 证据登记保存清单",
)

RELEASE = Form(
    "registration_release",
    {"": "证据登记保存处理决定书"},
    (
        to("{party_name}："),
        para(
            "本机关依法于{side_day}对你（单位）的物品采取了证据登记保存，《证据登记保存清单》文号：{side_number}。现决定对"
            "登记保存的物品作如下处理：{side_outcome}"
        ),
        _LIST,
        _SIGNED,
        seal(),
        TWO_COPIES,
    ),
    (Blank("side_outcome", _("what becomes of the evidence"), "long", needed=True), _ITEMS),
    source=f"{S21_S22} 解除证据登记保存决定书",
)

CORRECTION = Form(
    "correction_order",
    {"": "责令改正违法行为通知书"},
    (
        to("{party_name}："),
        para("经调查，你（单位）存在下列违法事实："),
        lines("facts"),
        lines("duty_lines"),
        para("{by_order_correction}现责令你（单位）在{side_until}前予以改正：{side_what}", when="side_until"),
        para("{by_order_correction}现责令你（单位）立即予以改正。", when="at_once"),
        para(
            "如不服本决定，可以在{term_review}内依法向{review_body}申请行政复议，或者在{term_suit}内依法向{court}提起行政"
            "诉讼。"
        ),
        _SIGNED,
        seal(),
        TWO_COPIES,
    ),
    (FACTS,),
    needs=("party_known", "duty_lines"),
    law=SHOWN,
    plan="",
    source=f"{S21_S22} 责令改正违法行为通知书",
)

FORMS = (DECISION, VOUCHER, EXTENSION, LIFTING, RECORD, REGISTRATION, RELEASE, CORRECTION)
