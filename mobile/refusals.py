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
        "pin_too_short",  # least
        "pin_wrong",  # left: tries before waiting begins
        "pin_wait",  # wait_s; like pin_wrong with spare: wrong PINs before the wipe, where few are left
        "pin_spent",  # tries: so many in a row
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
        "seal_incomplete",  # why: open, undecided, driver, officers
        "receipt_invalid",
        "package_invalid",
        "packages_missing",
        # evidence
        "not_an_image",
        "image_too_large",  # most_bytes or most_pixels
        "photo_missing",
        "photo_damaged",
        # devices
        "qr_unreadable",
        "scanner_missing",
        "file_unreadable",
        "camera_folder_missing",
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
        "job_failed",  # a bug in work apart from the screen
        # papers
        "paper_font_missing",
    }
)
