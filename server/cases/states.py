"""The states of the main line and of the side tracks, with the group and the words of each."""

from __future__ import annotations


def _(words: str) -> str:
    return words


MAIN: dict[str, str] = {
    "found": _("found, nobody has taken it"),
    "clue": _("clue being looked at"),
    "supplement": _("sent back for supplement"),
    "handed_over": _("handed over"),
    "opening_asked": _("opening asked for"),
    "investigating": _("under investigation"),
    "review": _("in legal review"),
    "notice_draft": _("notice being prepared"),
    "noticed": _("notice served, the party may answer"),
    "hearing": _("hearing"),
    "deciding": _("to be decided"),
    "decided": _("decided, to be served"),
    "simple_filed": _("decided on the spot, to be filed"),
    "executing": _("served, to be carried out"),
    "demanded": _("payment demanded"),
    "at_court": _("at the court for enforcement"),
    "executed": _("enforcement over, to be closed"),
    "closed": _("closed"),
    "closed_no_case": _("ended without a case"),
    "archived": _("archived"),
    "suspended": _("with the judicial organs"),
    "terminated": _("withdrawn"),
    "awaiting_person": _("the person is to come"),
    "noticed_p": _("the person has come and was told"),
}
"""State → its words (ids of the catalogue)."""

ENDED = frozenset({"closed", "closed_no_case", "archived", "terminated"})
"""States in which nothing has to be done any more but to archive."""

BEFORE_OPENING = ("found", "clue", "supplement")
JOINABLE = ("found", "clue", "supplement", "opening_asked", "investigating", "awaiting_person")
"""States in which the machine may still add a violation; later ones make a further case."""

OPEN = tuple(state for state in MAIN if state not in ENDED)

SIDES: dict[str, dict[str, str]] = {
    "measure": {
        "asked": _("measure asked for"),
        "urgent": _("measure taken, approval outstanding"),
        "ordered": _("measure in force"),
        "extended": _("measure extended"),
        "refused": _("measure refused"),
        "lifted": _("measure lifted"),
        "disposed": _("confiscated, or handed over with the case"),
    },
    "registration": {
        "registered": _("evidence registered"),
        "decided": _("registered evidence decided on"),
        "lapsed": _("registration lapsed"),
    },
    "rectification": {
        "ordered": _("correction ordered"),
        "proof_in": _("proof of correction is in"),
        "asked_again": _("proof asked for again"),
        "revisit": _("re-visit ordered"),
        "cleared": _("corrected"),
        "not_done": _("not corrected"),
        "dropped": _("order withdrawn"),
    },
    "appeal": {
        "filed": _("appeal pending"),
        "upheld": _("decision upheld"),
        "changed": _("decision changed"),
        "revoked": _("decision revoked by the appeal body"),
        "withdrawn": _("appeal withdrawn"),
    },
    "dispute": {
        "filed": _("dispute filed"),
        "with_other": _("dispute with another officer"),
        "upheld": _("finding upheld"),
        "corrected": _("finding corrected"),
    },
}
"""Side track → its states with their words."""

SIDE_ENDS: dict[str, frozenset[str]] = {
    "measure": frozenset({"refused", "lifted", "disposed"}),
    "registration": frozenset({"decided", "lapsed"}),
    "rectification": frozenset({"cleared", "not_done", "dropped"}),
    "appeal": frozenset({"upheld", "changed", "revoked", "withdrawn"}),
    "dispute": frozenset({"upheld", "corrected"}),
}
"""The states in which a side track is finished."""


def finished(kind: str, state: str) -> bool:
    """Whether a side track is over."""
    return state in SIDE_ENDS.get(kind, frozenset())
