"""The certificate of a session: that somebody came, and what he answered. It certifies nothing more."""

from __future__ import annotations

from datetime import datetime

from checklists import words
from checklists.zone import in_law_zone
from server import clock
from server.documents import pdf
from server.documents.form import LETTER, Form, grid, note, para, seal
from server.documents.sheet import Sheet, fill
from server.store import office_details, seat_answers, sessions
from server.store.education_models import EducationSession

FORM = Form(
    "education_certificate",
    {"": "安全教育学习证明"},
    (
        para("兹证明{person}参加了下列安全教育学习。"),
        grid(
            ("单位", "{carrier}"),
            ("座位号", "{seat}", "证件尾号", "{tail}"),
            ("时间", "{when}", "地点", "{place}"),
            ("主讲", "{held_by}"),
            ("课程", "{lesson}"),
            ("课前答题", "{before}", "课后答题", "{after}"),
        ),
        note("本证明仅证明到场学习及上列答题结果，不是从业资格证件，不代替法律、法规规定的培训、考核和从业资格，"
             "也不免除整改和其他法律责任。"),
        seal(),
    ),
    look=LETTER,
    source="ours: no form is prescribed",
)  # fmt: skip

NO_ANSWER = "未答题"


def sheet_of(one: EducationSession, number: str) -> Sheet | None:
    """Return the certificate of a seat; None unless the session is closed, he came, and the office has a name.

    Reads the store.
    """
    seats = {str(seat.number): seat for seat in sessions.of_session(str(one.id))}
    seat = seats.get(number)
    office = office_details.of_agency(str(one.agency)).get("name", "")
    if one.state != "closed" or seat is None or seat.came != "yes" or not office:
        return None
    lesson, at = sessions.lesson_of(one), datetime.fromisoformat(str(one.starts))
    today = in_law_zone(clock.read(clock.now())).date()
    answers = {phase: seat_answers.answered(one, seat, phase) for phase in sessions.PHASES}
    told = {phase: f"{held.score}/{held.asked} 题答对" if held else NO_ANSWER for phase, held in answers.items()}
    values = {
        "office": office,
        "title": FORM.title(str(one.agency)),
        "number": f"EDU-{at:%Y%m%d}-{str(one.id)[-6:].upper()}-{seat.number:03d}",
        "person": str(seat.name),
        "carrier": str(one.name),
        "seat": str(seat.number),
        "tail": str(seat.code) if seat.own_code else "",
        "when": f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}",
        "place": str(one.place),
        "held_by": str(one.held_by),
        "lesson": f"{words.pick(lesson.title, 'zh_CN')}（{lesson.version}）",
        "day": f"{today.year}年{today.month}月{today.day}日",
        **told,
    }
    return fill(FORM, str(one.agency), values)


def printed(sheet: Sheet) -> bytes:
    """Return the paper."""
    return pdf.render(sheet)[0]
