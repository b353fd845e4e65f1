"""Evidence and inquiry: records of questions and scenes, samples, letters, the report."""

from __future__ import annotations

from server.documents.form import SHEET, SHOWN, Blank, Form, grid, label, lines, para, rows, seal, sign, to
from server.documents.forms.shared import (
    CONTACT,
    COUNT,
    EVIDENCE,
    FACTS,
    LEGAL,
    OURS,
    PARTY,
    PLACE,
    QUESTIONS,
    REMARK,
    S21_S22,
    THING,
    TWO_COPIES,
)


def _(words: str) -> str:
    return words


_TIMES = (
    Blank("from_at", _("began at"), "moment", needed=True),
    Blank("to_at", _("ended at"), "moment"),
)
_ITEMS = Blank(
    "side_items",
    _("things"),
    "rows",
    needed=True,
    columns=(THING, ("kind", _("kind and batch")), COUNT, ("where", _("where it is"))),
)

INTERVIEW = Form(
    "interview",
    {"": "询问笔录"},
    (
        grid(
            ("时间", "{from_at}至{to_at}"),
            ("地点", "{place}"),
            ("询问人", "{officers}"),
            ("记录人", "{recorder}", "第几次询问", "{nth}"),
            ("被询问人", "{asked_name}", "与案件关系", "{asked_relation}"),
            ("性别、年龄", "{asked_sex_age}", "身份证件号", "{asked_number}"),
            ("工作单位及职务", "{asked_work}", "联系电话", "{asked_phone}"),
            ("联系地址", "{asked_address}"),
        ),
        para(
            "我们是{office}的执法人员{officers}，这是我们的执法证件，请你确认。现依法向你询问，请如实回答所问问题。"
            "执法人员与你有直接利害关系的，你可以申请回避。"
        ),
        lines("questions"),
        para("以上笔录已交被询问人阅读或者向被询问人宣读，与所述一致。"),
        sign("被询问人签名", "询问人签名", "询问人签名", "记录人签名"),
    ),
    (
        *_TIMES,
        Blank("nth", _("which time")),
        PLACE,
        Blank("recorder", _("recorder")),
        Blank("asked_name", _("who is asked"), needed=True),
        Blank("asked_relation", _("relation to the case")),
        Blank("asked_sex_age", _("sex and age")),
        Blank("asked_number", _("identity number")),
        Blank("asked_work", _("work and post")),
        Blank("asked_phone", _("telephone")),
        Blank("asked_address", _("address")),
        QUESTIONS,
    ),
    needs=("officers",),
    look=SHEET,
    source=f"{S21_S22} 询问笔录",
)

SCENE = Form(
    "scene_record",
    {"": "勘验笔录"},
    (
        grid(
            ("案由", "{cause}"),
            ("勘验时间", "{from_at}至{to_at}"),
            ("勘验场所", "{place}"),
            ("勘验人", "{officers}"),
            ("记录人", "{recorder}", "天气情况", "{weather}"),
            ("当事人", "{party_name}", "联系电话", "{party_phone}"),
            ("身份证件号", "{party_number}", "住址", "{party_address}"),
            ("被邀请人", "{invited}"),
        ),
        label("勘验情况及结果"),
        lines("seen"),
        sign("当事人或其代理人签名", "勘验人签名", "勘验人签名", "被邀请人签名", "记录人签名"),
    ),
    (
        *_TIMES,
        Blank("weather", _("weather")),
        PLACE,
        Blank("recorder", _("recorder")),
        Blank("invited", _("who was asked to be present")),
        Blank("seen", _("what was seen"), "long", needed=True),
    ),
    needs=("officers",),
    look=SHEET,
    source=f"{S21_S22} 勘验笔录",
)

SAMPLING = Form(
    "sampling",
    {"": "抽样取证凭证"},
    (
        grid(("案由", "{cause}"), ("抽样时间", "{from_at}", "抽样地点", "{place}")),
        *PARTY,
        para("因调查取证需要，依法对下列物品抽样取证。"),
        rows("side_items", ("序号", "被抽样物品名称", "规格及批号", "数量", "物品所在地点"), (9, 31, 22, 13, 25)),
        sign("当事人或其代理人签名", "执法人员签名", "执法人员签名"),
        seal(),
        TWO_COPIES,
    ),
    (_TIMES[0], PLACE, LEGAL, _ITEMS),
    look=SHEET,
    source=f"{S21_S22} 抽样取证凭证",
)

MEDIA = Form(
    "media_record",
    {"": "视听资料（电子数据）证据记录单"},
    (
        grid(
            ("案由", "{cause}"),
            ("证据名称", "{what}", "证明对象", "{proves}"),
            ("收集时间", "{from_at}", "收集地点", "{place}"),
            ("收集人", "{officers}"),
            ("存储介质", "{medium}", "原件或复制件", "{original}"),
            ("校验值", "{digest}"),
        ),
        label("内容说明"),
        lines("seen"),
        label("当事人意见"),
        lines("opinion"),
        sign("当事人或其代理人签名", "执法人员签名", "执法人员签名"),
    ),
    (
        Blank("what", _("evidence"), needed=True),
        Blank("proves", _("what it proves"), needed=True),
        _TIMES[0],
        PLACE,
        Blank("original", _("original or copy")),
        Blank("medium", _("medium")),
        Blank("digest", _("digest")),
        Blank("seen", _("what it shows"), "long"),
        Blank("opinion", _("what the party says"), "long"),
    ),
    needs=("officers",),
    look=SHEET,
    source=f"{S21_S22} 视听资料（电子数据）证据记录单",
)

APPRAISAL = Form(
    "appraisal_order",
    {"": "鉴定委托书"},
    (
        to("{receiver}："),
        para("因办理{cause}一案的需要，本机关现委托你单位对下列物品进行鉴定。"),
        rows("side_items", ("序号", "物品名称", "规格及批号", "数量", "备注"), (9, 31, 22, 13, 25)),
        para("鉴定要求：{wanted}"),
        para("请于{by_day}前向本机关提交书面鉴定意见，并由鉴定人签名、加盖鉴定机构印章。"),
        *CONTACT,
        seal(),
    ),
    (
        Blank("receiver", _("who appraises"), needed=True),
        _ITEMS,
        Blank("wanted", _("what is to be found out"), "long", needed=True),
        Blank("by_day", _("by which day"), "day", needed=True),
    ),
    source="[S22] 鉴定",
)

ASSISTANCE = Form(
    "assistance_letter",
    {"": "协助调查函"},
    (
        to("{receiver}："),
        para("本机关在办理{party_name}{cause}一案中，需要你单位协助调查下列事项："),
        lines("wanted"),
        para("请予协助，并于{by_day}前将调查结果和有关材料函复本机关。"),
        *CONTACT,
        seal(),
    ),
    (
        Blank("receiver", _("who is asked"), needed=True),
        Blank("wanted", _("what is to be found out"), "long", needed=True),
        Blank("by_day", _("by which day"), "day", needed=True),
    ),
    source="[S22] 协助调查函",
)

REPORT = Form(
    "investigation_report",
    {"": "案件调查报告"},
    (
        grid(("案由", "{cause}"), ("立案时间", "{opened_day}", "立案编号", "{opening_number}")),
        *PARTY,
        grid(("调查人员", "{investigators}")),
        label("一、调查经过和违法事实"),
        lines("facts"),
        lines("investigation"),
        label("二、证据"),
        lines("evidence"),
        para("下列证据未能取得：", when="evidence_lacking"),
        lines("evidence_lacking"),
        label("三、违反的规定和处罚依据"),
        lines("duty_lines"),
        lines("range_lines"),
        label("四、调查结论和处理意见"),
        lines("conclusion"),
        para("建议：{proposed_words}", when="proposed_words"),
        sign("承办人签名", "承办人签名", "承办机构负责人签名"),
    ),
    (FACTS, EVIDENCE, LEGAL, Blank("conclusion", _("conclusion and proposal"), "long", needed=True)),
    needs=("party_known", "investigators"),
    law=SHOWN,
    look=SHEET,
    source=f"{S21_S22} 案件调查报告",
)

EXTENSION = Form(
    "extension_form",
    {"": "延长办案期限审批表"},
    (
        grid(
            ("案由", "{cause}"),
            ("当事人", "{party_name}", "立案时间", "{opened_day}"),
            ("延长理由", "{extension_reason}"),
            ("延长至", "{extended_until}", "批准人", "{extended_by}"),
            ("备注", "{remark}"),
        ),
        para("{by_decision_deadline}经批准，本案办理期限延长至{extended_until}。"),
        sign("承办人签名", "负责人签名"),
    ),
    (REMARK,),
    needs=("extended_until", "extension_reason"),
    look=SHEET,
    source=OURS,
)

ADDRESS = Form(
    "address_form",
    {"": "执法文书送达地址确认书"},
    (
        grid(("当事人", "{party_name}", "案由", "{cause}")),
        label("告知事项"),
        para(
            "1．为便于当事人及时收到行政执法文书，保证行政执法程序顺利进行，当事人应当如实提供确切的送达地址或者电子送达"
            "方式。代理人签署本确认书，视为所代理的当事人确认。"
        ),
        para("2．在当事人同意的情况下，执法部门可以采用电子方式送达。无论是否接受电子送达，均应提供联系手机号码。"),
        para(
            "3．确认的送达地址或者电子送达方式适用于行政检查、行政处罚及行政强制程序。如有变更，应当及时书面告知执法部门。"
        ),
        para(
            "4．提供的地址或者联系方式不确切，或者不及时告知变更，使执法文书无法送达或者未及时送达的，当事人将自行承担由此"
            "可能产生的法律后果。"
        ),
        grid(
            ("收件人", "{receiver}", "与当事人关系", "{relation}"),
            ("证件号码", "{receiver_number}", "手机号码", "{party_phone}"),
            ("邮寄地址", "{party_address}", "邮编", "{postcode}"),
            ("电子送达", "{electronic}", "电子地址", "{electronic_address}"),
        ),
        para(
            "我已阅读（听明白）本确认书的告知事项，提供了上栏送达地址和联系方式，确认了上栏送达方式，并保证所提供的各项内容"
            "是正确的、有效的。"
        ),
        sign("受送达人或其代理人签名", "执法人员签名", "执法人员签名"),
    ),
    (
        Blank("receiver", _("receiver")),
        Blank("relation", _("relation to the party")),
        Blank("receiver_number", _("identity number")),
        Blank("postcode", _("postcode")),
        Blank("electronic_address", _("electronic address")),
    ),
    needs=("party_known",),
    look=SHEET,
    source="[S22] 执法文书送达地址确认书",
)

FORMS = (INTERVIEW, SCENE, SAMPLING, MEDIA, APPRAISAL, ASSISTANCE, REPORT, EXTENSION, ADDRESS)
