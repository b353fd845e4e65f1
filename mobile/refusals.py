"""What the tablet below its screens refuses, as codes; the words are made where they are shown."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 a refusal belongs to the work; errors are bugs
    """Something could not be done. `code` is one of CODES or the office's own; `facts` go into the words."""

    def __init__(self, code: str, detail: str = "", **facts: Any) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.facts = facts


CODES = frozenset(
    {
        # vault
        "pin_length",  # least, most
        "pin_same",
        "pin_differs",
        "pin_guessed",  # why: a reason of `mobile.lock.weak_pins`
        "pin_wrong",  # left: tries before waiting begins
        "pin_wait",  # wait_s; like pin_wrong with spare: wrong PINs before the wipe, where few are left
        "pin_spent",  # tries: so many in a row
        "first_code_wrong",  # left: tries before waiting begins
        "first_code_wait",  # wait_s
        "first_code_none",
        "first_code_expired",
        "first_code_elsewhere",
        "first_code_used",
        "first_code_missing",
        "officer_unknown",
        "keys_damaged",
        # store
        "disk_full",
        "disk_unwritable",  # no right to write, or the storage itself fails
        "store_newer",  # written by a newer app
        "store_key_differs",  # the keys beside the store do not open it
        "store_torn",
        "store_salvaged",  # kept, lost, quarantine: a notice, not a failure
        "entry_differs",
        "inspection_unknown",
        "inspection_closed",
        "draft_changed",  # officer
        "shift_closed",
        "seal_incomplete",  # why: open, undecided, fine, approval, driver, escort, officers, lead
        "receipt_invalid",
        "package_invalid",
        "page_invalid",
        "hub_not_ours",
        "hub_unproven",
        "stop_refused",
        "news_of_vehicle",
        "packages_missing",
        # evidence
        "not_an_image",
        "picture_kind",  # kind: HEIC and the like
        "image_too_large",  # most_bytes or most_pixels
        "photo_missing",
        "photo_damaged",
        "papers_none",
        "no_new_picture",
        "measure_absurd",  # value, unit, least, most
        "picture_of_before",  # time: when the camera says that it was taken
        "amount_outside",  # range, in words
        # devices
        "qr_unreadable",
        "scanner_missing",
        "plate_reader_missing",  # installed, and cannot be loaded
        "file_unreadable",
        "camera_folder_missing",
        "code_awaited",
        "camera_missing",
        "clear_copy_left",  # name: of pictures that are in the vault and could not be removed
        "camera_opened",
        "camera_lost",
        "position_denied",
        "printer_missing",
        "viewer_missing",
        "folder_missing",
        "position_invalid",
        # files for the office
        "office_key_missing",  # the office named no key to seal for
        "volume_missing",
        "volume_full",
        "volume_unwritable",
        "nothing_to_export",
        "receipts_missing",
        "receipts_unreadable",
        # link
        "not_enrolled",
        "link_refused",
        "link_timeout",
        "link_broken",
        "link_busy",
        "tls_untrusted",
        "address_invalid",
        "office_failed",
        "answer_malformed",
        "certificate_invalid",
        "link_practice",  # nothing is sent from there
        "job_failed",  # a bug in work apart from the screen
        # two tablets
        "pair_not_ours",
        "pair_other_office",
        "pair_revoked",
        "pair_forged",
        "pair_expired",
        "pair_used",
        "pair_self",
        "pair_same_officer",
        "pair_secret_wrong",
        "pair_other_inspection",
        "pair_claims",
        "pair_malformed",
        "pair_too_large",
        "pair_newer",
        "pair_closed",
        "pair_unreachable",
        "pair_practice",
        "line_taken_twice",  # plate, name: a notice, not a failure
        "pair_late",  # name, n: a notice, not a failure
        "pair_lead_sealed",  # name: a notice, not a failure
        # papers
        "paper_font_missing",
        "paper_void",
    }
)
