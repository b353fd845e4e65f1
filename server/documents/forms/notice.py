"""Review, notice, statement, hearing, discussion: what comes before the decision."""

from __future__ import annotations

from server.documents.form import SHEET, STRICT, Blank, Form, grid, label, lines, para, rows, seal, sign, to
from server.documents.forms.shared import CONTACT, FACTS, LEGAL, OURS, PARTY, PLACE, QUESTIONS, S21_S22, TWO_COPIES


def _(words: str) -> str:
    return words


_HEARING = Blank("hearing_offer", _("hearing is offered"), "choice", choices=("yes", "no"))
_UNTIL = Blank("answer_until", _("until when the party may answer"), "day")

REVIEW = Form(
    "review_form",
    {"": "重大行政执法决定法制审核表"},
    (
        grid(
            ("案由", "{cause}"),
            ("承办人", "{investigators}"),
            ("承办机构拟处理意见", "{proposed_words}"),
        ),
        label("基本违法事实"),
        lines("facts"),
        label("法制审核意见"),
        rows("review_rows", ("序号", "审核内容", "是／否"), (9, 73, 18)),
        grid(
            ("有关事项说明及审核结论", "{review_text}"),
            ("审核人", "{reviewed_by}", "法律职业资格证号", "{licence}"),
            ("审核日期", "{reviewed_day}"),
        ),
    ),
    (FACTS,),
    needs=("answers", "review_text"),
    look=SHEET,
    source="[S22] 重大行政执法决定法制审核表",
)

NOTICE = Form(
    "notice",
    {"": "违法行为通知书", "P": "行政处罚告知书"},
    (
        to("{party_name}："),
        para("经调查，本机关认为："),
        lines("planned_lines"),
        para("{planned_total}", when="planned_total"),
        label("违法事实"),
        lines("facts"),
        para(
            "［√］1. {by_statement_and_defence}你（单位）如对该处罚意见有异议，可以向本机关提出陈述申辩，本机关将依法"
            "予以核实。{answer_line}"
        ),
        para(
            "{hearing_box}2. {by_hearing}你（单位）有权在收到本通知书之日起{term_hearing_request}内向本机关要求举行听"
            "证；逾期不要求举行听证的，视为你（单位）放弃听证的权利。"
        ),
        para("（注：在序号前括号内打“√”的为当事人享有的权利。）"),
        *CONTACT,
        seal(),
        TWO_COPIES,
    ),
    (FACTS, _HEARING, _UNTIL),
    needs=("party_known", "planned_lines", "office_address", "office_phone"),
    law=STRICT,
    plan="planned",
    source=f"{S21_S22} 违法行为通知书; clauses of the law in force, not of the form of 2020",
)

TOLD = Form(
    "told_record",
    {"": "公安交通管理行政处罚告知笔录"},
    (
        grid(
            ("告知时间", "{told_moment}", "告知地点", "{place}"),
            ("告知人", "{officers}"),
            ("记录人", "{recorder}"),
        ),
        *PARTY,
        para("现将拟作出行政处罚的事实、理由及依据告知如下："),
        lines("facts"),
        lines("planned_lines"),
        para("{planned_total}", when="planned_total"),
        para("［√］1. {by_statement_and_defence}对上述告知事项，你（单位）有权进行陈述和申辩。{answer_line}"),
        para(
            "{hearing_box}2. {by_hearing}你（单位）有权在收到告知后{term_hearing_request}内要求举行听证。", when="hears"
        ),
        para("问：对上述告知事项，你是否提出陈述和申辩、是否要求听证？", when="hears"),
        para("问：对上述告知事项，你是否提出陈述和申辩？", when="no_hearing"),
        para("答：{answer}"),
        para("以上笔录已交被告知人阅读或者向被告知人宣读，与所述一致。"),
        sign("被告知人签名", "告知人签名", "告知人签名"),
    ),
    (
        FACTS,
        LEGAL,
        PLACE,
        Blank("recorder", _("recorder")),
        _HEARING,
        _UNTIL,
        Blank("answer", _("what the party answers"), "long"),
    ),
    needs=("party_known", "planned_lines", "told_moment"),
    law=STRICT,
    look=SHEET,
    plan="planned",
    source="违法程序规定 48, our own wording",
)

POLICE_NOTICE = Form(
    "police_notice",
    {"": "道路交通安全违法行为处理通知书"},
    (
        *PARTY,
        grid(("车辆", "{vehicles}"), ("时间", "{road_at}", "地点", "{place}")),
        lines("facts"),
        para("请你自收到本通知书之日起{term_police_appearance}内，到{handling_place}接受处理。"),
        para("你对上述情形有权进行陈述和申辩。"),
        sign("当事人签名", "交通警察签名", "交通警察签名"),
        seal(),
    ),
    (FACTS, LEGAL, PLACE, Blank("handling_place", _("where it is dealt with"), needed=True)),
    needs=("party_known",),
    source="违法程序规定 46, our own wording",
)

STATEMENT = Form(
    "statement",
    {"": "陈述申辩书"},
    (
        grid(
            ("案由", "{cause}"),
            ("陈述申辩人", "{party_name}", "联系电话", "{party_phone}"),
            ("时间", "{statement_day}", "通知书文号", "{notice_number}"),
        ),
        label("陈述申辩内容"),
        lines("statement_text"),
        sign("陈述申辩人签名", "执法人员签名", "执法人员签名"),
    ),
    needs=("statement_text",),
    look=SHEET,
    source=f"{S21_S22} 陈述申辩书",
)

STATEMENT_REVIEW = Form(
    "statement_review",
    {"": "陈述申辩复核意见书"},
    (
        grid(("案由", "{cause}"), ("当事人", "{party_name}", "陈述申辩时间", "{statement_day}")),
        label("陈述申辩的主要事实和理由"),
        lines("statement_text"),
        label("复核情况和意见"),
        lines("answer_text"),
        para("复核结论：{accepted}。"),
        sign("复核人签名", "负责人签名"),
    ),
    needs=("statement_text", "answer_text"),
    look=SHEET,
    source=OURS,
)

HEARING_NOTICE = Form(
    "hearing_notice",
    {"": "听证通知书"},
    (
        to("{party_name}："),
        para(
            "根据你（单位）申请，关于{cause}一案，现定于{hearing_at}在{hearing_place}（{public}）举行听证会议，请准时出席。"
        ),
        grid(
            ("听证主持人", "{hearing_host}", "职务", "{host_post}"),
            ("听证员", "{hearers}", "记录员", "{recorder}"),
        ),
        para("{by_hearing}你（单位）可以申请听证主持人、听证员、记录员回避。注意事项如下："),
        para("1. 请事先准备相关证据，通知证人和委托代理人准时参加。"),
        para("2. 委托代理人参加听证的，应当在听证会前向本机关提交授权委托书等有关证明。"),
        para("3. 申请延期举行的，应当在举行听证会前向本机关提出，由本机关决定是否延期。"),
        para("4. 不按时参加听证会且未事先说明理由的，视为放弃听证权利。"),
        para("特此通知。"),
        *CONTACT,
        seal(),
        TWO_COPIES,
    ),
    (
        Blank("public", _("open to the public or not"), "choice", needed=True, choices=("公开", "不公开")),
        Blank("host_post", _("post of the host")),
        Blank("hearers", _("members of the hearing")),
        Blank("recorder", _("recorder")),
    ),
    needs=("party_known", "hearing_at", "hearing_place", "hearing_host"),
    source=f"{S21_S22} 听证通知书",
)

HEARING_RECORD = Form(
    "hearing_record",
    {"": "听证笔录"},
    (
        grid(
            ("案件名称", "{cause}"),
            ("主持听证机关", "{office}"),
            ("听证地点", "{hearing_place}", "记录员", "{recorder}"),
            ("听证时间", "{from_at}至{to_at}"),
            ("主持人", "{hearing_host}", "听证员", "{hearers}"),
            ("执法人员", "{investigators}"),
            ("当事人", "{party_name}", "法定代表人", "{legal}"),
            ("委托代理人", "{proxy}", "其他参加人", "{others}"),
        ),
        label("听证记录"),
        lines("questions"),
        lines("record"),
        sign("当事人或其代理人签名", "主持人及听证员签名", "记录员签名", "其他听证参加人签名"),
    ),
    (
        Blank("from_at", _("began at"), "moment", needed=True),
        Blank("to_at", _("ended at"), "moment"),
        Blank("hearers", _("members of the hearing")),
        Blank("recorder", _("recorder")),
        LEGAL,
        Blank("proxy", _("proxy")),
        Blank("others", _("others who took part")),
        QUESTIONS,
        Blank("record", _("record of the hearing"), "long", needed=True),
    ),
    needs=("hearing_host",),
    look=SHEET,
    source=f"{S21_S22} 听证笔录",
)

HEARING_REPORT = Form(
    "hearing_report",
    {"": "听证报告书"},
    (
        grid(
            ("案由", "{cause}"),
            ("主持人", "{hearing_host}", "听证员", "{hearers}"),
            ("记录员", "{recorder}", "当事人", "{party_name}"),
            ("听证时间", "{hearing_held_at}"),
        ),
        label("听证会基本情况摘要（详见听证笔录，笔录附后）"),
        lines("summary"),
        label("听证结论及处理意见"),
        lines("conclusion"),
        sign("听证主持人签名", "行政机关负责人签名"),
    ),
    (
        Blank("hearers", _("members of the hearing")),
        Blank("recorder", _("recorder")),
        Blank("summary", _("summary of the hearing"), "long", needed=True),
        Blank("conclusion", _("conclusion and proposal"), "long", needed=True),
    ),
    needs=("hearing_host", "hearing_held_at"),
    look=SHEET,
    source="[S22] 听证报告书",
)

COLLECTIVE = Form(
    "collective_record",
    {"": "重大案件集体讨论记录"},
    (
        grid(
            ("案由", "{cause}"),
            ("讨论时间", "{discussed_at}", "地点", "{place}"),
            ("主持人", "{host}", "记录人", "{recorder}"),
            ("参加人员", "{present_people}"),
            ("案件承办人员", "{investigators}"),
            ("列席人员", "{others}"),
        ),
        label("集体讨论原因"),
        lines("why"),
        label("案件承办人员汇报案件情况"),
        lines("facts"),
        label("参加讨论人员意见和理由"),
        lines("opinions"),
        label("结论性意见"),
        lines("discussion"),
        sign("出席人员签名"),
    ),
    (
        PLACE,
        Blank("host", _("who presides"), needed=True),
        Blank("recorder", _("recorder"), needed=True),
        Blank("others", _("others who took part")),
        Blank("why", _("why it is discussed"), "long", needed=True),
        FACTS,
        Blank("opinions", _("opinions and reasons"), "long", needed=True),
    ),
    needs=("discussed_at", "discussion"),
    look=SHEET,
    source="[S22] 重大案件集体讨论记录",
)

FORMS = (
    *(REVIEW, NOTICE, TOLD, POLICE_NOTICE, STATEMENT, STATEMENT_REVIEW),
    *(HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT, COLLECTIVE),
)
