"""What several forms have: the boxes of the party, blanks that recur, remarks."""

from __future__ import annotations

from server.documents.form import Blank, Part, grid, note


def _(words: str) -> str:
    return words


PARTY: tuple[Part, ...] = (
    grid(
        ("姓名", "{party_name}", "联系电话", "{party_phone}"),
        ("身份证件号", "{party_number}", "性别、年龄", "{party_sex} {party_age}"),
        ("住址", "{party_address}"),
        when="is_person",
    ),
    grid(
        ("单位名称", "{party_name}"),
        ("统一社会信用代码", "{party_number}", "法定代表人", "{legal}"),
        ("地址", "{party_address}"),
        ("联系电话", "{party_phone}"),
        when="is_unit",
    ),
)
"""Who answers, as a person or as a unit."""

LEGAL = Blank("legal", _("legal representative"))
FACTS = Blank("facts", _("facts"), "long", needed=True)
EVIDENCE = Blank("evidence", _("evidence"), "long")
BANK = (
    Blank("bank", _("bank that takes the fine"), needed=True),
    Blank("account", _("account for the fine"), needed=True),
)
PLACE = Blank("place", _("place"))
REMARK = Blank("remark", _("remark"), "long")

THING = ("name", _("name of the thing"))
COUNT = ("count", _("how many"))
QUESTIONS = Blank(
    "questions",
    _("questions and answers"),
    "asked",
    columns=(("q", _("question")), ("a", _("answer of the person"))),
)
MATERIALS = Blank("materials", _("materials"), "rows", needed=True, columns=(THING, COUNT))

CONTACT: tuple[Part, ...] = (
    grid(
        ("联系地址", "{office_address}", "邮编", "{office_postcode}"),
        ("联系人", "{office_contact}", "联系电话", "{office_phone}"),
    ),
)
"""Where the office is to be found."""

TWO_COPIES = note("（本文书一式两份：一份存根，一份交当事人或其代理人。）")

REMEDIES = (
    "如果不服本决定，可以在{term_review}内依法向{review_body}申请行政复议，或者在{term_suit}内依法向{court}"
    "提起行政诉讼，但本决定不停止执行，法律另有规定的除外。"
)
"""What the party may do against a decision; the terms are those of the law data."""

S21_S22 = "[S21][S22]"
OURS = "our own form"
