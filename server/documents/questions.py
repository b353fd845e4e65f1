"""The questions of the legal review (重大行政执法决定法制审核表), in the order in which they are answered."""

from __future__ import annotations

QUESTIONS = (
    "行政执法机关主体是否合法",
    "行政执法人员是否具备执法资格",
    "行政执法程序是否合法",
    "案件事实是否清楚，证据是否合法、确凿、充分",
    "适用法律、法规、规章是否准确，裁量基准运用是否适当",
    "是否超越法定权限",
    "行政执法文书填制是否完备、规范",
    "当事人的知情权、申辩权和听证权是否得到保障",
    "违法行为是否涉嫌犯罪、需要移送司法机关等",
)
