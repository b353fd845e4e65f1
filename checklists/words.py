"""The kernel's own words in the reader's language. Source strings are English; `_` only marks them for extraction.

Items, violations and rule cases bring their words as data (`{"zh": ..., "en": ...}`); see `pick`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

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


VERDICTS = {
    "consistent": _("consistent"),
    "conflict": _("conflict"),
    "cannot_tell": _("to be verified"),
    "stale": _("data too old"),
}
ANSWERS = {
    "conforms": _("conforms"),
    "does_not_conform": _("does not conform"),
    "does_not_apply": _("does not apply"),
    "open": _("not answered"),
}
OUTCOMES = {
    "release": _("release"),
    "release_after_correction": _("release after correction on site"),
    "correct_by_deadline": _("correct by a deadline"),
    "hold": _("hold at a safe place"),
    "transfer_load": _("transfer the load"),
    "escort_to_safe_place": _("escort to a safe place"),
    "seize": _("seize"),
}
ROLES = {
    "carrier": _("carrier"),
    "driver": _("driver"),
    "escort": _("escort"),
    "consignor": _("consignor"),
    "loader": _("loader"),
    "filler": _("filler"),
    "officer": _("officer"),
    "witness": _("witness"),
}
SOURCES = {
    "registry": _("registry"),
    "waybill": _("waybill"),
    "papers": _("papers shown"),
    "officer": _("seen by the officer"),
    "weighbridge": _("weighbridge"),
    "": _("worked out"),
}
SIDES = {"front": _("front"), "rear": _("rear"), "left": _("left side"), "right": _("right side")}
RULES = {
    "R2": _("Goods within the permitted scope"),
    "R3": _("Qualifications and people"),
    "R4": _("Escort aboard"),
    "R5": _("Papers in date"),
    "R6": _("Tank inspection in date"),
    "R7": _("Goods fit the tank"),
    "R9": _("Mass limits"),
    "R10": _("Signs against waybill"),
    "R12": _("Required equipment"),
    "R18": _("Mass against waybill"),
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
}
PARTS = {
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
    "tank_code": _("tank code"),
    "kerb_mass_kg": _("kerb mass (kg)"),
    "approved_mass_kg": _("approved load (kg)"),
    "gross_limit_kg": _("gross limit (kg)"),
    "traction_mass_kg": _("permitted traction mass (kg)"),
    "net_mass_kg": _("net mass (kg)"),
    "gross_mass_kg": _("gross mass (kg)"),
    "difference_kg": _("difference (kg)"),
    "difference_percent": _("difference (%)"),
    "tolerance_percent": _("tolerance (%)"),
    "day": _("day of the check"),
    "lines": _("goods lines"),
    "escort": _("escort"),
    "driver": _("driver"),
    "aboard": _("people aboard"),
    "panels": _("orange plate"),
    "placards": _("diamonds"),
    "hazard_id": _("hazard number"),
    "un": _("UN number"),
    "name": _("name"),
    "goods": _("goods"),
    "equipment": _("equipment"),
    "extinguisher_count": _("extinguishers"),
    "extinguisher_capacity": _("extinguishers, total (kg)"),
    "extinguisher_cab": _("cab extinguisher (kg)"),
    "wheel_chock": _("wheel chocks"),
    "warning_sign": _("warning signs"),
    "eye_rinse": _("eye rinse"),
    "vest": _("vests"),
    "lamp": _("lamps"),
    "gloves": _("gloves"),
    "eye_protection": _("eye protection"),
    "escape_mask": _("escape masks"),
    "shovel": _("shovel"),
    "drain_seal": _("drain seal"),
    "collecting_container": _("collecting container"),
    **{side: word for side, word in SIDES.items()},
}


def label(path: str, words: Say) -> str:
    """Return a situation path in words: `trailer.permit.valid_until` as "trailer · operating permit · valid until"."""
    names = path.split(".")
    known = [UNITS.get(names[0]) or PARTS.get(names[0], names[0])] + [PARTS.get(one, one) for one in names[1:]]
    return " · ".join(words(one) for one in known)
