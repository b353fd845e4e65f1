"""What is wrong with a number or a waybill, in words. Pure."""

from __future__ import annotations

from checklists.facts.identifiers.checks import Problem
from mobile.words import _

N_ = str
FIELDS = {
    "number": N_("Waybill number"),
    "plate": N_("Tractor's plate"),
    "trailer_plate": N_("Trailer's plate"),
    "tank": N_("Tank number"),
    "carrier": N_("Carrier"),
    "carrier_uscc": N_("Carrier's credit code"),
    "consignor": N_("Consignor"),
    "loader": N_("Loader"),
    "consignee": N_("Consignee"),
    "origin": N_("From"),
    "destination": N_("To"),
    "start_at": N_("Start"),
    "driver": N_("Driver"),
    "escort": N_("Escort"),
    "driver.id_number": N_("Driver's identity number"),
    "escort.id_number": N_("Escort's identity number"),
    "lines": N_("Goods"),
    "un": N_("UN number"),
    "net_mass_kg": N_("Mass"),
    "packages": N_("Number of packages"),
    "quantity": N_("Kind of quantity"),
    "raw": N_("QR code"),
}
COLOURS = {
    "yellow": N_("yellow"),
    "blue": N_("blue"),
    "green": N_("green"),
    "yellow_green": N_("yellow and green"),
    "white": N_("white"),
    "black": N_("black"),
}
_WORDS = {
    "empty": N_("nothing was entered"),
    "format": N_("does not have the usual form"),
    "confusable": N_("I or O is not used there; {suggestion} is probably meant"),
    "plate_colour": N_("plates of this form are {expected}"),
    "plate_colour_missing": N_("the plate's colour is not chosen"),
    "check_sign": N_("the check sign is wrong; one sign was misread or mistyped"),
    "id_area": N_("no province begins with {area}"),
    "id_birth": N_("{date} is no date of birth"),
    "id_old": N_("this is an old number of 15 figures; the one of 18 belongs to it"),
    "id_unchecked": N_("a passport or travel permit has no check sign: compare it with the paper"),
    "other_plate": N_("a plate of another country: compare it with the vehicle, sign by sign"),
    "no_plate": N_("the vehicle has no plate"),
    "given_twice": N_("two different values: {value}; left as not known"),
    "line_unclear": N_("it is not clear to which goods “{value}” belongs; left out"),
    "part_of_several": N_("part {part} of {parts}; scan the other codes too"),
    "uscc_old": N_("this is an old form of code"),
    "un_unknown": N_("{un} is not in the dangerous goods list"),
    "nothing_known": N_("no waybill was recognised in the text; the text is kept"),
    "mass_impossible": N_("“{value}” is impossible for a vehicle; left as not known"),
    "unit_missing": N_("“{value}” has no unit (t or kg); left as not known"),
    "number_unreadable": N_("“{value}” is not a number; left as not known"),
    "date_unreadable": N_("“{value}” is not a date; left as not known"),
    "field_unreadable": N_("“{value}” cannot be read; left as not known"),
    "line_unreadable": N_("“{value}” is not a line of goods; left out"),
}


def problem_words(problem: Problem) -> str:
    """Return a problem with the field that it concerns; an unknown code is named as it is."""
    told = {**problem.params}
    if "expected" in told:
        told["expected"] = " / ".join(_(COLOURS.get(one, one)) for one in told["expected"].split(";"))
    text = _(_WORDS.get(problem.code, problem.code))
    for name, value in told.items():
        text = text.replace("{" + name + "}", value)
    field = FIELDS.get(told.get("field", ""))
    return _("{field}: {problem}").format(field=_(field), problem=text) if field else text


def colour_words(colour: str) -> str:
    """Return a plate's colour in a word."""
    return _(COLOURS.get(colour, colour))
