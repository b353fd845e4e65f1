"""Refusals in the officer's words: what happened, that nothing is lost, and what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mobile.refusals import Refusal
from mobile.words import _, n_

N_ = str
"""Marks words for the catalogue; `code_words` translates them when they are shown."""

_WORDS: dict[str, str] = {
    "pin_length": N_("A PIN has {least} to {most} digits."),
    "pin_differs": N_("The two PINs differ. Choose again."),
    "pin_same": N_("This is the PIN that you have already. Choose another."),
    "pin_guessed": N_("Anybody would try this PIN first. Choose another."),
    "pin_spent": N_("Too many wrong PINs. Bring the tablet to the office."),
    "first_code_none": N_(
        "This tablet knows no code that could be used. Have the office make one, sync this tablet, then enter it."
    ),
    "first_code_expired": N_("This code is too old. Have the office make a new one, then sync this tablet."),
    "first_code_elsewhere": N_("The office made this code for another tablet."),
    "first_code_used": N_("A PIN was set by this code before; it is good once. Have the office make a new one."),
    "first_code_missing": N_("The code of the office comes before the first PIN."),
    "officer_unknown": N_("This officer cannot unlock this tablet."),
    "keys_damaged": N_("The key file of this tablet is damaged. Bring the tablet to the office."),
    "disk_full": N_("The tablet has no space left. What was saved stays. Make room, then do the last step again."),
    "disk_unwritable": N_(
        "The tablet's storage cannot be written. What was saved stays. Restart the tablet; if it stays so, change it."
    ),
    "store_newer": N_("A newer app wrote this tablet's data. Install the newer app; nothing is lost."),
    "store_key_differs": N_("The data on this tablet belong to other keys. Bring the tablet to the office."),
    "store_torn": N_("The data file is damaged. Lock and unlock the tablet: everything readable is taken over."),
    "entry_differs": N_("Two different entries have one number. Both stay; tell the office."),
    "inspection_unknown": N_("This check is not on this tablet."),
    "inspection_closed": N_("This check is sealed or closed; it does not change any more."),
    "draft_changed": N_("Something changed after an officer signed. Look again and sign again."),
    "seal_incomplete": N_("Not sealed yet: something is open, or a signature is missing."),
    "shift_closed": N_("This shift is closed already."),
    "receipt_invalid": N_("The office's receipt does not hold. The record stays here; tell the office."),
    "package_invalid": N_("A package from the office is damaged. The tablet goes on with the one before."),
    "packages_missing": N_("The checklists are not on this tablet yet. Connect to the office once."),
    "not_an_image": N_("This file is not a picture."),
    "picture_kind": N_(
        "This picture is {kind}; only JPEG and PNG are taken. Set the camera to JPEG and take it again."
    ),
    "image_too_large": N_("This picture is too large."),
    "photo_missing": N_("A photo file is missing from this tablet. Its entry stays in the record."),
    "photo_damaged": N_("A photo file was changed after it was taken. It is kept and not sent."),
    "no_new_picture": N_(
        "There is no new picture of this check. Take one, then touch again; or open the section and say why not."
    ),
    "measure_absurd": N_("{value} {unit} cannot be true here. Possible is {least} to {most} {unit}."),
    "picture_of_before": N_(
        "By its camera this picture was taken at {time}, before this check was opened. "
        "Set the camera's clock, or take one now."
    ),
    "amount_outside": N_("This amount lies outside what may be decided on the spot."),
    "qr_unreadable": N_("No QR code can be read in this picture. Take it again, closer and without glare."),
    "scanner_missing": N_("This device cannot read QR codes. Go on by plate."),
    "plate_reader_missing": N_("This device cannot read plates from pictures. Enter the plate by the keys."),
    "file_unreadable": N_("This file cannot be read."),
    "clear_copy_left": N_(
        "{name} is safe in the record, but its picture in the camera's folder could not be removed. Remove it by hand."
    ),
    "camera_folder_missing": N_("There is no new picture from the camera."),
    "papers_none": N_("This check was abandoned: it has no papers."),
    "code_awaited": N_("Take a picture of the code now: it is read as soon as it comes."),
    "camera_opened": N_("The camera is open. Take the picture, then touch again."),
    "camera_lost": N_("The camera gives no picture. Plug it in again, or take the picture with another camera."),
    "camera_missing": N_("No camera app was found on this device."),
    "position_denied": N_("Allow this app to know the position, then try again."),
    "printer_missing": N_("No printer was found. Save the paper as a file instead."),
    "belt_printer_address": N_(
        "This can be no printer. Enter its address in the local network (192.168.1.60), or its name on this tablet."
    ),
    "belt_printer_far": N_("This address is not in the local network. Papers are not sent out unencrypted."),
    "belt_printer_silent": N_(
        "The printer does not answer. Is it on, and near? The paper is kept; print it again, or take the A4 printer."
    ),
    "belt_printer_broke_off": N_("The printer broke off. Throw this piece away and print again; the number stays."),
    "belt_printer_paper": N_("The printer has no paper. Put in a roll, then print again; the number stays."),
    "belt_printer_cover": N_("The printer is open. Close it, then print again."),
    "belt_printer_fault": N_("The printer has a fault. Switch it off and on, then print again; the number stays."),
    "bluetooth_denied": N_("Allow this app to use Bluetooth, then print again."),
    "viewer_missing": N_("This device cannot open the paper. It is saved as a file."),
    "folder_missing": N_("The folder does not exist."),
    "position_invalid": N_("The position cannot be read."),
    "not_enrolled": N_("This tablet is not enrolled at an office yet."),
    "stop_refused": N_("The office did not take a stop order of this tablet. Look under Stop orders."),
    "news_of_vehicle": N_("The office has just told something about this vehicle or its people. Look again."),
    "page_invalid": N_("What the office told is not signed as it should be. Nothing of it was used; tell the office."),
    "hub_not_ours": N_("This is no code of a hub."),
    "hub_unproven": N_("The office did not certify this hub, or its time is over. Nothing was sent to it."),
    "link_refused": N_("The office cannot be reached: nobody answers at its address."),
    "link_timeout": N_("The office does not answer in time."),
    "link_broken": N_("The connection broke off in the middle."),
    "link_busy": N_("The office is busy."),
    "tls_untrusted": N_("The office's certificate cannot be trusted. Nothing was sent; tell the office."),
    "address_invalid": N_("The office's address is not valid."),
    "office_failed": N_("The office had a fault. Nothing is lost."),
    "answer_malformed": N_("The office's answer cannot be read. Nothing is lost; tell the office."),
    "certificate_invalid": N_("The office's answer is not signed as it should be. Tell the office."),
    "token_invalid": N_("The office does not know this tablet any more. Ask the office."),
    "office_key_missing": N_("The office gave this tablet no key to seal for. Enrol the tablet again, then export."),
    "volume_missing": N_("No USB stick was found. Plug one in and try again."),
    "volume_full": N_("There is not enough space on the USB stick. Nothing was changed on this tablet."),
    "volume_unwritable": N_("The USB stick cannot be written. Is it write-protected? Take another one."),
    "nothing_to_export": N_("Everything is at the office; there is nothing to export."),
    "receipts_missing": N_("There are no receipts for this tablet on the USB stick."),
    "receipts_unreadable": N_("The file of receipts is damaged. Have the office write it again."),
    "handover_foreign": N_("Another office must open this file. Bring it there."),
    "device_revoked": N_("The office has revoked this tablet. Bring it to the office; what is not sent stays."),
    "code_invalid": N_("This enrolment code does not exist."),
    "code_used": N_("This enrolment code was used already. Ask the office for a new one."),
    "code_expired": N_("This enrolment code is too old. Ask the office for a new one."),
    "too_many_attempts": N_("Too many wrong codes. Wait a minute."),
    "too_many_requests": N_("Too many requests. Wait a minute."),
    "too_many_at_once": N_("Too many requests at once. It is tried again."),
    "too_many_uploads": N_("Too many photos were begun and not finished. It is tried again."),
    "busy": N_("The office is busy."),
    "day_full": N_("This tablet has sent all that the office takes in a day. It is tried again; tell the office."),
    "record_photos_full": N_("The office holds as many photos of this record as it takes."),
    "task_foreign": N_("This task belongs to another agency."),
    "act_officer_unknown": N_("The office knows no such officer of this agency. Tell the office."),
    "paper_void": N_("This number is void already; the paper goes out under its new one."),
    "paper_font_missing": N_("The font for papers is missing. Install the app again; the record is complete."),
    "paper_unprintable": N_("A sign in this paper cannot be printed."),
    "digest_mismatch": N_("The record's bytes changed on the way."),
    "signature_invalid": N_("The record's signature does not hold."),
    "device_mismatch": N_("The record belongs to another tablet."),
    "malformed": N_("The office cannot read this."),
    "photo_unknown": N_("The office knows no record with this photo yet."),
    "photo_too_large": N_("The photo is larger than the office takes."),
    "link_practice": N_("This is practice: nothing is sent."),
    "pair_not_ours": N_("This is no code of a colleague's tablet."),
    "pair_other_office": N_("That tablet does not belong to our office. Nothing was exchanged."),
    "pair_revoked": N_("The office has revoked that tablet. Nothing was exchanged."),
    "pair_forged": N_("The signature of that tablet does not hold. Nothing of it was taken over."),
    "pair_expired": N_("This code is too old. Have the colleague show a new one."),
    "pair_used": N_("Another tablet has used this code. Have the colleague show a new one."),
    "pair_self": N_("This is the code of this very tablet."),
    "pair_same_officer": N_("The same officer is on both tablets. Each works on his own."),
    "pair_secret_wrong": N_("These codes belong to another pairing. Scan the colleague's first code again."),
    "pair_other_inspection": N_("That is another check. Nothing of it was taken over."),
    "pair_claims": N_("That tablet speaks for somebody who did not write there. Nothing was kept; tell the office."),
    "pair_malformed": N_("What the other tablet sent cannot be read. Nothing is lost; it is tried again."),
    "pair_too_large": N_("What the other tablet sent is too large. Nothing is lost."),
    "pair_newer": N_("The other tablet has a newer app. Install it here too; nothing is lost."),
    "pair_closed": N_("The other tablet has ended the pairing. Scan its code again to go on."),
    "pair_unreachable": N_("The other tablet cannot be reached over the local network. QR codes do the same."),
    "pair_practice": N_("Practice stays on one tablet. Two tablets work together in real checks."),
    "line_taken_twice": N_("{plate}: {name} has it in hand too. Agree who checks it; the other takes his check back."),
    "pair_late": N_("{name} wrote {n} more after your seal. It goes to the office with that tablet's own part."),
    "pair_lead_sealed": N_("{name} has sealed the check. Finish here, then seal your part under “Two tablets”."),
    "job_failed": N_("Something went wrong in this app. Nothing is lost; tell the office."),
    "storage_full": N_("The office has no space left. It is tried again."),
    "photos_away": N_("The office cannot take photos for a moment. Records go; photos are tried again."),
    "database_away": N_("The office's database is away for a moment. It is tried again; nothing is lost."),
    "clock_moved": N_("The office runs by a clock that was moved for trials, and takes nothing. Tell the office."),
    "photo_differs": N_("This photo is not as its record names it. It stays here; tell the office."),
    **dict.fromkeys(
        ("checksum_mismatch", "offset_mismatch"), N_("Something was damaged on the way. It is tried again.")
    ),
    **dict.fromkeys(
        ("parent_only", "hub_only", "hub_expired", "hub_ended", "hub_loading", "hub_behind", "hub_narrow",
         "device_not_heard"),
        N_("This hub can do nothing for this tablet now. What waits stays here until the office takes it."),
    ),
    **dict.fromkeys(
        ("not_found", "method_not_allowed", "not_canonical", "body_too_large", "too_many_records", "too_many_members",
         "encoding_unknown", "content_type_wrong", "checksum_unknown", "tus_version", "cursor_gone", "evidence_kept"),
        N_("This app and the office do not fit together. What waits stays here; tell the office."),
    ),
}  # fmt: skip
_WORDS |= {
    "internal": _WORDS["office_failed"],
    **dict.fromkeys(("too_slow", "cut_short"), _WORDS["link_broken"]),
    "unsealed_full": _WORDS["day_full"],
    "handover_unreadable": _WORDS["malformed"],
    "device_unknown": _WORDS["token_invalid"],
}


_OF_HUB = {
    "link_refused": N_("It cannot be reached either."),
    "link_timeout": N_("It does not answer in time."),
    "link_broken": N_("The connection to it broke off in the middle."),
    "link_busy": N_("It is busy. It is tried again."),
    "busy": N_("It is busy. It is tried again."),
    "tls_untrusted": N_(
        "Its certificate cannot be trusted: read its code again, and compare the clocks of hub and tablet."
    ),
    "device_not_heard": N_("It has not heard of this tablet. It hears of it once it reaches the office."),
    "device_revoked": N_(
        "The office has not named this tablet to it. What waits stays here; reach the office itself once."
    ),
    "hub_ended": N_("The office lets it in no more. Go by another hub, or reach the office itself."),
    "storage_full": N_("It has no space left. What waits stays on this tablet; tell who looks after it."),
    "page_invalid": N_("What it tells is not certified by the office, or its time is over. Nothing of it was used."),
}
"""What a hub's refusal, or that of the way to it, means: there the office has said nothing."""

_GUESSED = {
    "repeat": N_("This PIN repeats itself, and thieves try such PINs first. Choose another."),
    "run": N_("The digits of this PIN follow one another, and thieves try such PINs first. Choose another."),
    "keypad": N_("This PIN is a line on the keypad, and thieves try such PINs first. Choose another."),
    "date": N_("This PIN can be read as a date, and thieves try dates first. Choose another."),
    "year": N_("This PIN begins or ends with a year, and thieves try years first. Choose another."),
    "known": N_("This PIN has the digits of a card, a plate or this tablet in it. Choose another."),
    "popular": N_("Very many people use this PIN. Choose another."),
    "phone": N_("This PIN can be read as a mobile number, and yours is easily found. Choose another."),
}
"""Why a PIN is refused, by the reasons of `mobile.lock.weak_pins`."""


def trouble_words(refusal: Refusal) -> str:
    """Return the refusal in the language in use; a code without words is named, with what came with it."""
    return code_words(refusal.code, refusal.detail, refusal.facts)


def code_words(code: str, detail: str = "", facts: Mapping[str, Any] | None = None) -> str:
    """Return a code as it stands in the store or came from the office in words."""
    facts = facts or {}
    if code == "pin_wrong":
        return n_("Wrong PIN. {n} try left.", "Wrong PIN. {n} tries left.", int(facts.get("left", 0)))
    if code == "pin_guessed" and facts.get("why") in _GUESSED:
        return _(_GUESSED[str(facts["why"])])
    if code == "first_code_wrong":
        left = int(facts.get("left", 0))
        return n_("Not the code of the office. {n} try left.", "Not the code of the office. {n} tries left.", left)
    if code == "pin_wait":
        return _wait(int(facts.get("wait_s", 0)))
    if code == "first_code_wait":
        minutes = -(-int(facts.get("wait_s", 0)) // 60)
        return n_("Too many wrong codes. Wait {n} minute.", "Too many wrong codes. Wait {n} minutes.", minutes)
    if code in _WORDS:
        return _filled(_(_WORDS[code]), facts)
    return _("Not done; tell the office: {code}").format(code=f"{code} {detail}".strip())


def hub_words(code: str) -> str:
    """Return in words why a hub did not do what it is for."""
    said = _(_OF_HUB[code]) if code in _OF_HUB else _("It does not take this ({code}). Nothing is lost.")
    return said.format(code=code)


def _wait(seconds: int) -> str:
    if seconds < 60:
        return n_("Too many wrong PINs. Wait {n} second.", "Too many wrong PINs. Wait {n} seconds.", seconds)
    minutes = -(-seconds // 60)
    return n_("Too many wrong PINs. Wait {n} minute.", "Too many wrong PINs. Wait {n} minutes.", minutes)


def wipe_warning(refusal: Refusal) -> str:
    """Return what follows if it goes on like this; empty as long as many tries are left before the tablet is wiped."""
    if "spare" not in refusal.facts:
        return ""
    return n_(
        "{n} more wrong PIN and this tablet wipes itself; what is not sent is kept for the office.",
        "{n} more wrong PINs and this tablet wipes itself; what is not sent is kept for the office.",
        int(refusal.facts["spare"]),
    )


def _filled(text: str, facts: Mapping[str, Any]) -> str:
    # A fact that a refusal forgot must not hide the refusal behind a KeyError.
    for name, value in facts.items():
        text = text.replace("{" + name + "}", str(value))
    return text
