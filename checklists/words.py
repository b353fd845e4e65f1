"""The kernel's own words in the reader's language. Source strings are English; `_` only marks them for extraction.

Items, violations and rule cases bring their words as data (`{"zh": ..., "en": ...}`); see `pick`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from checklists.zone import read_clock

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_CN": "中文", "en": "English"}

Say = Callable[[str], str]


@lru_cache(maxsize=8)
def catalogue(lang: str, package: str = "checklists") -> gettext.NullTranslations:
    """Return a package's words in a language, the kernel's behind them; English is the source and needs none."""
    if lang == "en":
        return gettext.NullTranslations()
    own = gettext.translation(package, ROOT / package / "locale", [lang], fallback=True)
    if package != "checklists":
        own.add_fallback(catalogue(lang))
    return own


def say(lang: str) -> Say:
    """Return the function that turns a source string into the language."""
    return catalogue(lang).gettext


def pick(text: Mapping[str, str], lang: str) -> str:
    """Return what fits the language of a text that is data; Chinese where the language has none."""
    return text.get(lang.partition("_")[0]) or text.get("zh") or next(iter(text.values()), "")


def _(message: str) -> str:
    return message


def listed(items: Iterable[str], words: Say) -> str:
    """Return short things one after the other, as the reader's language parts them."""
    return words(_(", ")).join(items)


def parted(items: Iterable[str], words: Say) -> str:
    """Return things that may hold commas one after the other, as the reader's language parts them."""
    return words(_("; ")).join(items)


VERDICTS = {
    "consistent": _("consistent"),
    "caveat": _("consistent as far as compared"),
    "conflict": _("conflict"),
    "cannot_tell": _("to be verified"),
    "stale": _("data too old"),
}
BY_LABELS = _("by labels; chemical incompatibility is not compared beyond a short table")
"""What goes with every answer that goods may be mixed."""

ANSWERS = {
    "conforms": _("conforms"),
    "does_not_conform": _("does not conform"),
    "does_not_apply": _("does not apply"),
    "not_verified": _("could not be verified here"),
    "open": _("not answered"),
}
WHY_NOT_VERIFIED = {
    "not_shown": _("not shown"),
    "no_data": _("no data"),
    "not_reachable": _("cannot be reached"),
}
OUTCOMES = {
    "release": _("release"),
    "release_after_correction": _("release after correction on site"),
    "correct_by_deadline": _("correct by a deadline"),
    "hold": _("hold at a safe place"),
    "transfer_load": _("transfer the load"),
    "escort_to_safe_place": _("escort to a safe place"),
    "seize": _("seize"),
    "abandoned": _("begun by mistake, abandoned"),
}
ROLES = {
    "carrier": _("carrier"),
    "driver": _("driver"),
    "escort": _("escort"),
    "consignor": _("consignor"),
    "loader": _("loader"),
    "filler": _("filler"),
    "consignee": _("consignee"),
    "company": _("carrier"),
    "owner": _("owner of the vehicle"),
    "person": _("person"),
    "user": _("user of the vehicle"),
    "maker": _("maker"),
    "unit": _("enterprise"),
    "manager": _("those in charge and others directly responsible"),
    "officer": _("officer"),
    "witness": _("witness"),
    "leader": _("team leader"),
}
PASSED = {
    "capacity": _("more vehicles than could be checked"),
    "safety": _("waved on for safety or traffic"),
    "drove_on": _("drove on without waiting"),
    "closing": _("the post was closing"),
    "mistake": _("no vehicle to be checked, or entered by mistake"),
}
"""Why a vehicle went on without a check, by `checklists.inspection.line.REASONS`."""
SORTS = {"tank": _("tanker"), "box": _("van"), "other": _("truck")}
"""What a vehicle looks like from afar, by `checklists.inspection.line.SORTS`."""
TEAM_ROLES = {
    "guide": _("guides"),
    "check": _("checks"),
    "register": _("registers"),
    "coordinate": _("coordinates"),
}
"""What an officer does at a post, by `checklists.inspection.shift.ROLES`."""
SEVERITIES = {
    "I": _("danger now"),
    "II": _("put right first"),
    "III": _("correct and record"),
}
SIMPLE = {
    "yes": _("on-the-spot procedure"),
    "no": _("ordinary procedure"),
    "partly": _("on the spot in part, by the amount"),
    "unknown": _("procedure to be verified"),
}
PAPERS = {
    "record": _("On-site inspection record"),
    "order": _("Order to correct a violation"),
    "handover": _("Hand-over of a case"),
    "evidence": _("Record of photographic and electronic evidence"),
    "education": _("Record of safety education"),
    "penalty": _("On-the-spot penalty decision"),
    "pass": _("Pass after a clean inspection"),
    "addendum": _("Supplement of an on-site inspection record"),
    "handover_receipt": _("Receipt of a hand-over"),
}
"""The papers by kind, and the documents of the office that carry a code; for lists and where the data bring no form."""

COLOURS = {
    "yellow": _("yellow"),
    "blue": _("blue"),
    "yellow_green": _("yellow-green"),
    "green": _("green"),
    "white": _("white"),
    "black": _("black"),
}
SOURCES = {
    "registry": _("registry"),
    "waybill": _("waybill"),
    "papers": _("papers shown"),
    "party": _("stated by the party"),
    "officer": _("seen by the officer"),
    "weighbridge": _("weighbridge"),
    "": _("worked out"),
    "platform": _("monitoring platform"),
    "site": _("site"),
    "editions": _("editions of the list"),
}
SIDES = {"front": _("front"), "rear": _("rear"), "left": _("left side"), "right": _("right side")}
RULES = {
    "R1": _("Waybill for this vehicle and trip"),
    "R2": _("Goods within the permitted scope"),
    "R3": _("Qualifications and people"),
    "R4": _("Escort aboard"),
    "R5": _("Papers in date"),
    "R6": _("Tank inspection in date"),
    "R7": _("Goods fit tank and vehicle"),
    "R8": _("Degree of filling"),
    "R9": _("Mass limits"),
    "R10": _("Signs against waybill"),
    "R11": _("Mixed loads"),
    "R12": _("Required equipment"),
    "R13": _("Roads and hours"),
    "R14": _("Time and route of the trip"),
    "R15": _("Tractor, trailer and tank as permitted"),
    "R16": _("Safety card aboard"),
    "R17": _("Open orders"),
    "R18": _("Mass against waybill"),
    "R19": _("Closing devices and shut-off valve"),
    "R20": _("Satellite terminal"),
    "R21": _("Repeated violations"),
    "R22": _("Age of the data"),
}
UNITS = {
    "vehicle": _("tractor"),
    "trailer": _("trailer"),
    "tank": _("tank"),
    "carrier": _("carrier"),
    "driver": _("driver"),
    "escort": _("escort"),
    "waybill": _("waybill"),
    "seen": _("seen"),
    "goods": _("goods"),
    "required": _("required"),
    "limited": _("limited quantities"),
    "excepted": _("excepted quantities"),
    "waybill_uses": _("waybill numbers met before"),
    "orders": _("open orders"),
    "past": _("found before"),
    "history": _("earlier checks"),
    "carrier_tier": _("carrier's level"),
    "place": _("place of the check"),
    "journey": _("this trip"),
    "terminal": _("satellite terminal"),
    "limit": _("limit"),
    "checklist": _("checklist"),
    "ban": _("ban"),
    "calendar": _("calendar of holidays"),
    "at": _("time of the check"),
}
PARTS = {
    "registry": _("the registry, which says otherwise"),
    "site": _("place of the check"),
    "at": _("time of the check"),
    "outcome": _("what was decided"),
    "label": _("tablet"),
    "permit": _("operating permit"),
    "licence": _("carrier licence"),
    "qualification": _("qualification"),
    "safety_inspection": _("safety inspection"),
    "compulsory_insurance": _("compulsory insurance"),
    "liability_insurance": _("liability insurance"),
    "inspection": _("inspection"),
    "number": _("number"),
    "valid_until": _("valid until"),
    "status": _("status"),
    "category": _("category"),
    "carried": _("carried"),
    "scope": _("scope"),
    "media": _("permitted goods"),
    "code": _("tank code"),
    "approval_type": _("approved as (FL, AT, OX, EX)"),
    "vehicle_type": _("type of vehicle required"),
    "last_goods": _("last load"),
    "tank_code": _("tank code"),
    "kerb_mass_kg": _("kerb mass (kg)"),
    "approved_mass_kg": _("approved load (kg)"),
    "gross_limit_kg": _("gross limit (kg)"),
    "traction_mass_kg": _("permitted traction mass (kg)"),
    "net_mass_kg": _("net mass (kg)"),
    "total_mass_kg": _("mass of all goods (kg)"),
    "total_packages": _("packages of all goods (pieces)"),
    "gross_mass_kg": _("gross mass (kg)"),
    "difference_kg": _("difference (kg)"),
    "difference_percent": _("difference (%)"),
    "tolerance_percent": _("tolerance (%)"),
    "day": _("day of the check"),
    "lines": _("goods lines"),
    "escort": _("escort"),
    "driver": _("driver"),
    "aboard": _("people aboard"),
    "role": _("role"),
    "panels": _("orange plate"),
    "placards": _("diamonds"),
    "hazard_id": _("hazard number"),
    "un": _("UN number"),
    "name": _("name"),
    "goods_name": _("proper shipping name"),
    "goods": _("goods"),
    "equipment": _("equipment"),
    "extinguisher_count": _("extinguishers"),
    "extinguisher_capacity": _("extinguishers, total (kg)"),
    "extinguisher_cab": _("cab extinguishers (pieces)"),
    "wheel_chock": _("wheel chocks"),
    "warning_sign": _("warning signs"),
    "eye_rinse": _("eye rinse"),
    "vest": _("vests"),
    "lamp": _("lamps"),
    "gloves": _("gloves"),
    "eye_protection": _("eye protection"),
    "escape_mask": _("escape masks"),
    "shovel": _("shovel"),
    "extinguisher_other": _("further extinguishers (pieces)"),
    "carrier": _("carrier"),
    "carrier_uscc": _("credit code"),
    "plate": _("plate"),
    "colour": _("plate colour"),
    "trailer_plate": _("trailer plate"),
    "tank": _("tank"),
    "id_number": _("identity number"),
    "phone": _("telephone"),
    "address": _("address for service"),
    "volume_l": _("volume (L)"),
    "max_fill_mass_kg": _("greatest filling (kg)"),
    "start_at": _("departure"),
    "leaking": _("leak"),
    "loaded": _("loaded"),
    "drain_seal": _("drain seal"),
    "collecting_container": _("collecting container"),
    "crew": _("number of people aboard"),
    "vehicles": _("number of vehicles"),
    "labels": _("hazard labels"),
    "state": _("state of the goods"),
    "mass": _("largest permitted mass"),
    "packages": _("packages (pieces)"),
    "packing_group": _("packing group"),
    "rule": _("rule"),
    "mixing_condition": _("condition for mixed loading, to be looked at"),
    "chemistry": _("chemical incompatibility, which labels do not tell"),
    "packed_small": _("whether small packages may travel beside these goods"),
    "both_aboard": _("whether both goods are aboard"),
    "same_vehicle": _("whether both are on one vehicle: lorry and trailer are two"),
    "extinguisher_expired": _("expired extinguishers"),
    "provisions": _("whether provisions of their own free these goods"),
    "exempt_1136": _("relief for small loads (ADR 1.1.3.6), not verified for JT/T 617"),
    "points_1136": _("points of a small load (ADR 1.1.3.6)"),
    "explosive_mass_kg": _("net explosive mass (kg)"),
    "consignor": _("consignor"),
    "loader": _("loader"),
    "consignee": _("consignee"),
    "origin": _("place of departure"),
    "destination": _("destination"),
    "vehicle_permit": _("number of the operating permit"),
    "trailer": _("trailer"),
    "tank_number": _("number on the tank"),
    "kind": _("kind"),
    "key": _("named in it"),
    "text": _("wording"),
    "due": _("last day"),
    "bans": _("bans of the site"),
    "hours": _("hours"),
    "dates": _("dates"),
    "classes": _("classes"),
    "exempt": _("exempt"),
    "road": _("road"),
    "road_kind": _("kind of road"),
    "area": _("area"),
    "driving_min": _("driving without a rest (min)"),
    "night_driving_min": _("of it at night (min)"),
    "night_hours": _("hours that count as night (to be verified)"),
    "facts": _("stated"),
    "hazchem": _("listed hazardous chemical"),
    "distance_km": _("distance (km)"),
    "top_speed_kmh": _("top speed (km/h)"),
    "speed_kmh": _("speed (km/h)"),
    "top_speed_road": _("road of the top speed"),
    "online": _("on line"),
    "last_fix_at": _("last position"),
    "class": _("class"),
    "subsidiary": _("subsidiary hazard"),
    "technical_name": _("technical name"),
    "special_provisions": _("special provisions"),
    "tunnel_code": _("tunnel code"),
    "safety_card": _("safety card"),
    "present": _("present"),
    "containment": _("kind of containment"),
    "route": _("route"),
    "levels": _("gauge reading (%)"),
    "density_kg_m3": _("density (kg/m³)"),
    "max_fill_percent": _("greatest degree of filling (%)"),
    "fill_percent": _("degree of filling (%)"),
    "holds_kg": _("holds when full (kg)"),
    "gauged_mass_kg": _("mass by the gauges (kg)"),
    "compartments": _("compartments"),
    "compartment": _("compartment"),
    "outlet": _("outlet"),
    "closures": _("closing devices"),
    "valve": _("valves"),
    "cap": _("caps of the couplings"),
    "manhole": _("manhole lid"),
    "breather": _("breather"),
    "emergency_valve": _("emergency shut-off valve"),
    "signs": _("signs"),
    "shell": _("material of the shell"),
    "insulated": _("thermal insulation"),
    "surge_plates": _("surge plates (sections of at most 7,500 L)"),
    "pre_2005": _("made to the rules of before 2005"),
    "kg_per_litre": _("filling (kg/L)"),
    "test_pressure": _("test pressure (bar)"),
    "ph": _("pH of the goods"),
    "viscosity": _("viscosity of the goods"),
    "replaced_on": _("replaced on"),
    "by": _("replaced by"),
    "known": _("known of it"),
    "MARK_HOT": _("elevated temperature mark"),
    "MARK_ENV": _("environmentally hazardous mark"),
    **{side: word for side, word in SIDES.items()},
}


TANK_REASONS = {
    "same": _("the tank code is the one asked for: {tank}"),
    "higher": _("{tank} may stand in for {asked}"),
    "lower": _("{tank} is lower than {asked}"),
    "other_kind": _("{tank} is another kind of tank than {asked}"),
    "no_tank_code": _("the goods list gives no tank code for these goods"),
    "not_a_tank_code": _("{code} is not a tank code"),
    "unknown_part": _("the table does not compare {tank} with {asked}"),
    "gas_pressure": _("the gas has its own test pressure; compare it with the name plate"),
    "type_approval": _("a code with (+) is good only for what its type approval names"),
    "depends_on_state": _("it depends on whether the goods are solid or liquid"),
    "battery": _("{tank} is a battery vehicle's code, and the goods list does not name these goods for it"),
    "not_allowed": _("these goods may not be carried at all"),
    "not_in_tanks": _("these goods may not be carried in such tanks: the list gives them no tank code"),
    "codes_unknown": _("the tank that these goods ask for is not known"),
    "portable_same": _("the goods list names the portable tank instruction {tank}"),
    "portable_other": _("the goods list names {asked}; whether {tank} may stand in is not in the table"),
    "depends_on_entry": _("the entries of this number ask for different tanks; give the packing group"),
    "provisions": _("the tank has to meet its special provisions as well: {provisions}"),
    "depends_on_edition": _("the editions of the list in force ask for different tanks: {asked}"),
    "pressure_enough": _(
        "{tank} bar is enough for this gas: {pressures} with insulation / without (ADR 4.3.3.2.5; TSG R0005 not read)"
    ),
    "pressure_low": _(
        "{tank} bar is too low for this gas: {pressures} with insulation / without (ADR 4.3.3.2.5; TSG R0005 not read)"
    ),
    "pressure_open": _(
        "insulation or mixture decides whether {tank} bar is enough: {pressures} with insulation / without"
        " (ADR 4.3.3.2.5; TSG R0005 not read)"
    ),
    "ask_shell": _(
        "TU42: ask for the material of the shell; aluminium alloy, lined or not, only for a pH of 5.0 to 8.0"
        " (ADR 2025 4.3.5)"
    ),
    "ask_caps": _("TU14: protective caps of the closures locked during carriage (ADR 4.3.5, not verified)"),
    "ask_food": _("TU15: not for foodstuffs, consumer goods or animal feed (ADR 4.3.5, not verified)"),
}
"""Why a tank fits or not, by the codes of `checklists.goods.tanks`."""

NUMBER_PROBLEMS = {
    "empty": _("nothing is entered"),
    "format": _("not the usual form; expected signs: {expected}"),
    "confusable": _("perhaps {suggestion} is meant"),
    "check_sign": _("the check sign does not fit; a sign may be misread"),
    "id_area": _("no region has the number {area}"),
    "id_birth": _("{date} is no date of birth"),
    "uscc_old": _("an old registration or organisation code, not the 18-sign credit code"),
    "un_unknown": _("UN {un} is not in the goods list"),
    "hazard_unknown": _("hazard number {hazard_id} is not in the list"),
    "hazard_other_goods": _("this hazard number belongs to other goods; these have {expected}"),
    "plate_colour": _("this form of plate is not {colour}"),
    "plate_colour_missing": _("choose the colour of the plate"),
    "id_old": _("an old 15-digit identity number; ask for the one with 18"),
    "id_unchecked": _("a passport or travel permit: it has no check sign, compare it with the paper"),
    "other_plate": _("a plate of another country: compare it with the vehicle, sign by sign"),
    "no_plate": _("the vehicle has no plate"),
    "unknown": _("no number that is known here: no plate, identity number, credit code, VIN or goods number"),
}
"""What is wrong with a number, by the codes of `checklists.facts.identifiers`."""

NUMBERS = {
    "plate": _("number plate"),
    "id": _("resident identity number"),
    "uscc": _("unified social credit code"),
    "vin": _("vehicle identification number"),
    "un": _("UN number"),
    "hazard_id": _("hazard identification number"),
    "panel": _("orange plate"),
    "permit": _("road transport permit number"),
    "licence": _("carrier licence number"),
    "qualification": _("occupational qualification number"),
    "phone": _("mobile number"),
}
"""What a number is, by the kinds of `checklists.facts.identifiers`."""

NUMBER_FORMS = {
    "trailer": _("trailer"),
    "nev_large": _("large, new energy"),
    "nev_small": _("small, new energy"),
    "police": _("police"),
    "learner": _("learner"),
    "cross_border": _("Hong Kong or Macau"),
    "consulate": _("consulate"),
    "embassy": _("embassy"),
    "emergency": _("fire and rescue"),
    "civil_aviation": _("airport"),
    "armed_police": _("armed police"),
    "army": _("army"),
    "foreign": _("another country"),
    "none": _("no plate"),
    "resident_old": _("15 figures, old"),
    "permanent_residence": _("foreigner's permanent residence card"),
    "permanent_residence_old": _("foreigner's permanent residence card, old"),
    "hk_macau_permit": _("travel permit, Hong Kong or Macau"),
    "taiwan_permit": _("travel permit, Taiwan"),
    "passport": _("passport"),
}
"""Which of its kind a plate or an identity paper is, by the forms of `checklists.identifiers`."""


SIMPLE_REASONS = {
    "within_limit": _("the fine is at most {most} yuan, within the limit of {limit} yuan"),
    "depends_on_amount": _("only a fine of up to {limit} yuan; the range begins at {least} yuan"),
    "above_limit": _("the fine is at least {least} yuan, above the limit of {limit} yuan"),
    "no_amount": _("the penalty is not an amount that could be held against the limit"),
    "catalogue": _("the catalogue is stricter than the amounts alone"),
    "penalty_unverified": _("the penalty is not verified"),
    "law_case_open": _("which law holds depends on the load, and that is not settled"),
    "penalty_unknown": _("the penalty for that day is not in the data"),
    "limit_unverified": _("the limit of the procedure is not verified"),
    "party_unknown": _("it is not known whether the party is a person or an enterprise (limits {limits} yuan)"),
}
"""Why the on-the-spot procedure may or may not be used, by the codes of `checklists.law.simple_procedure`."""

SPOT_REASONS = {
    "on_the_spot": _("may be decided on the spot up to {limit} yuan"),
    "no_violation": _("no violation is named"),
    "other_agency": _("another authority is competent"),
    "one_act": _("may be one act with {codes}: the office decides, so that nobody is fined twice"),
    "not_simple": _("ordinary procedure"),
    "party_unnamed": _("nobody is named: a decision says whom it fines"),
    "duty_unverified": _("the duty that was broken is not verified"),
}
"""Why a finding may or may not be decided on the spot, by the codes of `checklists.papers.spot_decision`."""

LIFTING = {
    "against_stop": _("Letting go although a stop stands"),
    "against_finding": _("Letting go although what held the vehicle was not seen to be put right"),
}
LIFTING_MEASURE = _("End of: {measure}")
"""What a leader approves when a hold is lifted: the codes of `checklists.findings.lifting`, or the end of a measure."""

GENUINE = {
    "genuine": _("Genuine: the seal of the device holds, and the office vouches for the device."),
    "forged": _("FORGED or changed: the signature does not hold."),
    "other_office": _("Of another office, whose key is not known here: nothing can be said."),
    "revoked": _("Sealed by a device that was revoked: ask the office."),
    "void": _("VOID: the office was told that this number counts no more. Ask for the paper that took its place."),
    "other_vehicle": _("The seal holds, but it is the paper of ANOTHER vehicle."),
    "expired": _("The seal holds, but the time of this paper is over."),
    "changed": _("The code is genuine, but these are not the words of its paper."),
    "unreadable": _("No code of a paper of this form."),
}
GENUINE_PARTS = {
    "sealed_at": _("sealed at"),
    "device": _("device"),
    "record": _("digest of the record"),
    "text": _("digest of the words"),
    "plate": _("vehicle"),
    "goods": _("goods"),
    "until": _("shown until"),
    "plate_open": _("NOT COMPARED: whether it is of the vehicle that stands there, its code does not tell."),
}
"""What the code on a paper tells, by the states of `checklists.records.paper_proof`."""

CASE_PROOF = {
    "holds": _("Proven: everything in this file is as the office gave it, and every seal in it holds."),
    "does_not_hold": _("NOT PROVEN: something in this file is missing, was changed, or does not hold."),
}
CASE_PROOF_PARTS = {
    "manifest": _("list of files, signed by the office"),
    "files": _("files with the bytes that the list names"),
    "records": _("records with seal, certificate and receipt"),
    "photos": _("photos that are those of their names"),
    "documents": _("documents and scans"),
    "history": _("rows of the case's history, one chain"),
    "audit": _("rows of the audit log"),
}
CASE_PROOF_TROUBLES = {
    "unreadable": _("cannot be read"),
    "newer_format": _("of a newer format than is known here"),
    "other_office": _("signed with another key than that of the office:"),
    "signature": _("the office's signature does not hold"),
    "missing": _("missing"),
    "changed": _("changed"),
    "unlisted": _("not in the list"),
    "twice": _("stands there twice"),
    "seal": _("the device's seal does not hold"),
    "certificate": _("not by a device of this office"),
    "receipt": _("the office's receipt does not hold"),
    "chain": _("does not follow from the row before:"),
    "absent": _("named, but the office did not have it:"),
}
"""What the exported file of a case proves, by `checklists.records.case_archive`."""

PROOF = _(
    "Genuine? Scan the code on an enforcement tablet (reference, check a paper); no network is needed."
    " Number, kind and time must be those of the paper."
)
"""What stands beside the code of a printed paper."""

BY_HAND = _("At 〓 our fonts lack a character; it is written here by hand: {line}")
"""What stands at the end of a printed paper where characters could not be set, with room for them."""

WAY_BACK = _(
    "For the party: scan this, or type the address, to see what is to be put right, to send proof of it, or to dispute"
    " it. Whoever has this address can do so: keep it. The page opens once this record has reached the office."
)
"""What stands beside the code of the party's link."""

END_OF_ROLL = _("end of {number}")
"""What stands below the last line on a roll, so that nobody takes a torn piece for the whole."""

TERM_UNITS = {
    "working_days": _("working days"),
    "days": _("days"),
    "hours": _("clock hours"),
    "months": _("months"),
    "years": _("years"),
}
TERM_STARTS = {
    "finding": _("the finding"),
    "order": _("the order"),
    "measure": _("the measure"),
    "notice": _("the notice"),
    "appearance": _("the person's appearance"),
    "registration": _("the registration"),
    "seizure": _("the end of the first term"),
    "case_opened": _("the opening of the case"),
    "decision": _("the decision"),
    "decision_served": _("service of the decision"),
    "conduct_ended": _("the end of the conduct"),
    "hearing": _("the hearing"),
    "demand": _("the demand notice"),
    "remedies_ended": _("the end of the terms for review and suit"),
    "review_served": _("receipt of the decision of the review"),
    "judgment_served": _("service of the judgment"),
    "report": _("the written report"),
    "hearing_asked": _("the request for a hearing"),
    "fine_taken": _("the taking of the fine"),
    "publication": _("the publication"),
    "revoked": _("the decision's change or end"),
}
TERM_SENSES = {
    "within": _("last day"),
    "before": _("last day before the event"),
    "after": _("last day of waiting"),
}
DUE = {
    "sure": _("sure"),
    "provisional": _("provisional"),
    "manual": _("by hand"),
    "uncovered": _("not even the statutory rest days of these years are known: count by hand"),
    "no_fixed_term": _("no number of days was read: promptly, or by the date in the order"),
    "notice_not_out": _(
        "the year's notice of holidays is not in the table: counted by weekends and the statutory rest days, the"
        " earliest day for who has to act, the latest for who has to wait"
    ),
    "start_by_law": _("the day of the event is not counted"),
    "start_by_usage": _("the day of the event is not counted (usage: no clause was read)"),
    "rolls": _("a last day on which nobody works moves the end to the next workday"),
    "rest_day": _("no working day; whether the term then ends later is for a person to decide"),
    "rest_day_unknown": _("whether it is a working day is not known"),
}
"""Terms, by the units, events, senses and answers of `checklists.law.clocks`."""

GOODS_COLUMNS = {
    "class": _("class"),
    "subsidiary": _("subsidiary hazard"),
    "labels": _("labels"),
    "packing_group": _("packing group"),
    "hazard_id": _("hazard identification number"),
    "tank_code": _("tank code"),
    "tunnel_code": _("tunnel code"),
    "transport_category": _("transport category"),
    "vehicle_for_tank": _("type of tank vehicle"),
    "classification_code": _("classification code"),
    "limited_quantity": _("limited quantity"),
    "excepted_quantity": _("excepted quantity"),
    "tank_special_provisions": _("tank provisions"),
    "special_provisions": _("special provisions"),
}
"""Columns of the goods list that a person reads."""

RESPONSE = {
    "small_isolation_m": _("isolate all around, small spill"),
    "small_day_m": _("protect downwind, small spill, day"),
    "small_night_m": _("protect downwind, small spill, night"),
    "large_isolation_m": _("isolate all around, large spill"),
    "large_day_m": _("protect downwind, large spill, day"),
    "large_night_m": _("protect downwind, large spill, night"),
    "large_evacuation_m": _("evacuate downwind, large spill"),
    "fire_isolation_m": _("isolate all around, fire"),
    "isolation_m": _("isolate all around"),
    "protection_m": _("protect downwind"),
    "evacuation_m": _("evacuate downwind"),
    "guide": _("guide"),
    "hazard": _("hazard"),
    "action": _("first action"),
    "low_wind_m": _("low wind"),
    "moderate_wind_m": _("moderate wind"),
    "high_wind_m": _("high wind"),
    "day": _("day"),
    "night": _("night"),
}
"""What stands on the card for the first response, by the names of `checklists.goods.response`."""


SIGN_REASONS = {
    "panel_blank": _("an orange plate without numbers on a tank of one kind of goods"),
    "panel_other": _("the orange plate names other goods"),
    "panel_number": _("the hazard number is not that of the goods"),
    "placards_other": _("the diamonds are not those of the goods"),
    "vehicle_other": _("a vehicle of this type may not carry these goods in its tank"),
    "by_list": _("signs by the goods list; where they hang is not verified in GB 13392-2023"),
    "blank_unverified": _("whether the orange plate may be blank here is not verified in GB 13392-2023"),
    "several": _("several goods: each compartment's numbers at its sides, front and rear may be blank"),
    "mark_hot": _("carried hot: elevated temperature mark"),
    "mark_env": _("environmentally hazardous mark"),
    "sets": _("the entries or editions of the list differ in their diamonds"),
    "sides_bare": _("the sides bear no plate beside the compartments of several goods"),
    "fuel_ends": _(
        "fuels alone: the sides may be bare where front and rear show the most dangerous (ADR 5.3.2.1.3); not verified"
        " in GB 13392-2023"
    ),
    "vehicle_open": _("the list or the packing group leaves the type of vehicle open"),
}
"""What the command `signs` says."""


TIERS = {
    "high": _("high attention"),
    "medium": _("medium attention"),
    "low": _("low attention"),
}
TIER_REASONS = {
    "stop_order": _("a stop order stands: {named}"),
    "held": _("held at an earlier check, no release known: {named}"),
    "order_overdue": _("an order to correct is overdue: {named}"),
    "leaking": _("it leaks"),
    "conflicts": _("does not agree ({count}): {text}"),
    "repeated": _("the same violation again within a year: {named}"),
    "past": _("violations within a year: {count}"),
    "unknown_vehicle": _("not in the registry"),
    "unknown_load": _("what is loaded is not known"),
    "labels": _("on board: class {named}"),
    "stale": _("data too old: {named}"),
    "carrier_tightened": _("its carrier is checked closely"),
    "carrier_unknown": _("too little is known of its carrier"),
    "carrier_drawn": _("its carrier is checked less closely, and this vehicle is drawn for a full check"),
}
"""Why a vehicle asks for that much attention, by the codes of `checklists.findings.tiers`."""

PASS_STATES = {
    "stands": _("the office knows it, and nothing came against it since"),
    "unknown": _("the office has no record of it yet"),
    "expired": _("its time is over"),
    "void": _("the number counts no more"),
    "withdrawn": _("withdrawn by the office"),
    "order": _("a stop order was given since"),
    "held": _("the vehicle was held at a check since"),
    "alert": _("the office found something in that check since"),
}
"""How the office says that a pass stands (`PassStanding` of the link)."""

AGAINST_SHORT = {
    "orders": _("a stop order, a hold or an overdue order"),
    "watched": _("an entry of the watch list"),
    "found": _("something does not agree"),
    "tier": _("what is known of the vehicle"),
    "load": _("what is loaded is not known"),
}
"""Why a whole check is made although a clean one was made before (`checklists.findings.checked_before.AGAINST`)."""

WATCH_DO = {
    "full_check": _("check by the whole checklist"),
    "papers": _("read all papers and people against the registry"),
    "photograph": _("photograph vehicle, signs and papers"),
    "ask_way": _("ask where from, where to, and with what"),
    "call": _("call who asks while it stands here"),
}
"""What a team is asked for by an entry of the watch list (`checklists.facts.watch.DO`)."""

WATCH_ON = {"vehicle": _("vehicle"), "carrier": _("carrier"), "person": _("person")}
"""What an entry of the watch list is about."""


CARRIER_LEVELS = {
    "tightened": _("checked closely"),
    "unknown": _("too little is known"),
    "normal": _("checked as usual"),
    "reduced": _("checked less closely"),
}
CARRIER_REASONS = {
    "by_hand": _("set by a person until {on}: {text}"),
    "correction_overdue": _("an order to correct is overdue: {number}"),
    "stop_order": _("a stop order stands: {number}"),
    "watch": _("on the watch list: {number}"),
    "order": _("an order to correct stands: {number}"),
    "case_decided": _("a case was decided against it: {number}"),
    "check": _("found at a check of {number}: {found}"),
    "rejected_of_last": _("{rejected} of the last {last} checks that count were not accepted"),
    "accepted_since": _("closely until {needed} in a row are accepted: {row} so far"),
    "points_over": _("{points} points: from {limit} on it is checked closely"),
    "points_keep": _("{points} points: less closely only with fewer than {limit}"),
    "too_few": _("{checks} checks that count: {least} are needed to know anything"),
    "per_checks": _("{points} points in {checks} checks that count: {row} for every {limit}"),
    "accepted_in_row": _("{row} checks in a row accepted: from {needed} on less closely"),
}
"""Why a carrier stands in its tier, by the codes of `checklists.findings.carrier_tier`."""


def carrier_reason(code: str, told: Mapping[str, Any], words: Say) -> str:
    """Return a reason for a carrier's tier in words; `told` are its other fields. An unknown code stays a code."""
    counts = dict(told.get("counts") or {})
    none = words(_("no severity"))
    severities = (f"{name if name in SEVERITIES else none}×{count}" for name, count in counts.items())
    named = {"number": told.get("number") or "—", "on": told.get("on") or "—", "text": told.get("text") or "—"}
    held = {**dict.fromkeys(("rejected", "last", "needed", "row", "points", "limit", "checks", "least"), 0), **counts}
    return words(CARRIER_REASONS.get(code, code)).format(**{**held, **named, "found": " ".join(severities)})


def tier_reason(code: str, count: int, named: Iterable[str], text: str, words: Say) -> str:
    """Return a reason for a tier in words; an unknown code stays a code. What is too old is named by its path."""
    said = [label(one, words) for one in named] if code == "stale" else list(named)
    return words(TIER_REASONS.get(code, code)).format(count=count, named=listed(said, words), text=text)


def reason(code: str, params: Mapping[str, str], words: Say) -> str:
    """Return a coded reason (tanks, identifiers, procedure) in words; an unknown code stays a code."""
    tables = (TANK_REASONS, NUMBER_PROBLEMS, SIMPLE_REASONS, SPOT_REASONS)
    text = next((table[code] for table in tables if code in table), None)
    if text is None:
        return code
    colour = COLOURS.get(params.get("colour", ""), "")
    return words(text).format_map({**params, **({"colour": words(colour)} if colour else {})})


CODES = {
    **ROLES,
    **OUTCOMES,
    "yes": _("yes"),
    "no": _("no"),
    "valid": _("valid"),
    "revoked": _("revoked"),
    "cancelled": _("cancelled"),
    "finished": _("finished"),
    "open": _("open"),
    "closed": _("closed"),
    "broken": _("broken"),
    "missing": _("missing"),
}
"""Codes that a compared value may begin with: the roles of people, and states of papers and devices."""


LAW_FACTS = {
    "hazchem": _("listed hazardous chemical"),
    "special_law": _("goods under a regulation of their own"),
    "toxic_or_precursor": _("highly toxic chemical or explosive precursor"),
    "special_permit": _("fault of the transport permit"),
    "permit_issued": _("every unit has an operating permit"),
    "forged": _("forged paper"),
    "terminal_fault": _("fault of the satellite terminal"),
    "container_unchecked": _("container sold without having passed inspection"),
    "tank_kind": _("kind of tank"),
}
LAW_VALUES = {
    "yes": _("yes"),
    "no": _("no"),
    "explosives": _("civil explosives"),
    "fireworks": _("fireworks"),
    "radioactive": _("radioactive goods"),
    "special_law:none": _("none"),
    "special_permit:none": _("no permit"),
    "forged:none": _("nothing forged"),
    "not_carried": _("not carried"),
    "not_followed": _("not followed"),
    "qualification": _("occupational qualification"),
    "licence_or_plates": _("driving licence, vehicle licence or plates"),
    "transit_permit": _("transit permit"),
    "offline": _("off line"),
    "destroyed": _("destroyed or screened"),
    "not_monitored": _("not monitored by the company"),
    "atmospheric": _("atmospheric tank"),
    "pressure": _("pressure vessel"),
}
"""What a row of law may depend on, by the facts and values of its conditions."""


def law_case(when: Mapping[str, Iterable[str]], words: Say) -> str:
    """Return for which load a row of law holds: `listed hazardous chemical: no; …`; unknown codes stay codes.

    Without conditions it is our reading of the law that is open.
    """
    if not when:
        return words(_("our reading of the law, to be verified"))
    pair = words(_("{fact}: {values}"))
    said = (
        pair.format(fact=words(LAW_FACTS.get(fact, fact)), values=_any(fact, values, words))
        for fact, values in when.items()
    )
    return parted(said, words)


def _any(fact: str, values: Iterable[str], words: Say) -> str:
    said = (words(LAW_VALUES.get(f"{fact}:{one}", LAW_VALUES.get(one, one))) for one in values)
    return words(_(" or ")).join(said)


def value(text: str | None, words: Say) -> str:
    """Return a compared value in words: nothing is "not known", and people aboard have their role in words.

    A time is read on a wall in Beijing, to the minute, however the record keeps it. What is listed stands apart as the
    reader's language has it, but names alone stay as they were written: goods are called so.
    """
    if not text:
        return words(_("not known"))
    text = read_clock(text)
    told = text.split("、")
    apart = any(one.isascii() or one.partition(" ")[0] in CODES for one in told)
    said = (f"{words(CODES.get(code, code))}{gap}{rest}" for code, gap, rest in (one.partition(" ") for one in told))
    return listed(said, words) if apart else "、".join(said)


def label(path: str, words: Say) -> str:
    """Return a situation path in words: `trailer.permit.valid_until` as "trailer · operating permit · valid until"."""
    names = path.split(".")
    if names[-2:] in (["lines", "name"], ["goods", "name"]):
        names[-1] = "goods_name"
    known = [UNITS.get(names[0]) or PARTS.get(names[0], names[0])] + [PARTS.get(one, one) for one in names[1:]]
    return " · ".join(words(one) for one in known)
