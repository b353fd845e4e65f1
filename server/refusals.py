"""Every refusal that belongs to the work: its code, its HTTP status and its words, in one place."""

from __future__ import annotations

from dataclasses import dataclass


def _(words: str) -> str:
    """Mark words for the catalogue; the page or the tablet that shows them translates."""
    return words


@dataclass(frozen=True)
class Refusal:
    """What a code means: an HTTP status, and a title in English (the catalogue's source)."""

    status: int
    title: str


REFUSALS: dict[str, Refusal] = {
    # Enrolment and requests
    "code_invalid": Refusal(403, _("This enrolment code does not exist")),
    "code_used": Refusal(403, _("This enrolment code was used already")),
    "code_expired": Refusal(403, _("This enrolment code is too old; ask the office for a new one")),
    "too_many_attempts": Refusal(429, _("Too many wrong codes; wait a minute")),
    "token_invalid": Refusal(401, _("The office does not know this device")),
    "device_revoked": Refusal(403, _("The office has revoked this device")),
    "parent_only": Refusal(403, _("This is a hub: only the office itself does that")),
    "hub_only": Refusal(403, _("Only a hub may ask for this")),
    "hub_expired": Refusal(403, _("The time for which the office certified this hub is over")),
    "hub_ended": Refusal(503, _("The office lets this hub in no more; use another one, or the office")),
    "hub_loading": Refusal(503, _("This hub has not heard everything from its office yet")),
    "hub_behind": Refusal(503, _("This hub knows less than the one who asks")),
    "hub_narrow": Refusal(403, _("This hub does not see all that this device sees")),
    "device_not_heard": Refusal(503, _("This hub has not heard of this device yet")),
    "too_many_requests": Refusal(429, _("Too many requests; wait a minute")),
    "too_many_at_once": Refusal(429, _("Too many requests at once; wait until some have ended")),
    "clock_moved": Refusal(503, _("The clock of this office was moved for trying it out; it takes nothing")),
    "busy": Refusal(503, _("The office has too much in hand; try again in a moment")),
    "day_full": Refusal(429, _("This device has sent all that the office takes from one device in a day")),
    "malformed": Refusal(400, _("The request cannot be read")),
    "not_canonical": Refusal(400, _("The record is not in canonical form")),
    "body_too_large": Refusal(413, _("The request is too large")),
    "too_many_records": Refusal(413, _("Too many records in one request")),
    "too_slow": Refusal(408, _("The sender stopped in the middle of the request")),
    "cut_short": Refusal(400, _("The request ended before its last byte")),
    "encoding_unknown": Refusal(415, _("This compression is not known here")),
    "not_found": Refusal(404, _("There is nothing at this address")),
    "method_not_allowed": Refusal(405, _("This address does not take that method")),
    "login_refused": Refusal(401, _("Name and password do not fit")),
    "login_throttled": Refusal(429, _("Too many wrong passwords; wait a minute")),
    "role_may_not": Refusal(403, _("Your role does not open this page")),
    "reason_missing": Refusal(422, _("Say why; nothing was done")),
    "act_too_late": Refusal(409, _("Somebody was faster: this is not possible any more; look at the page again")),
    "paper_not_carried": Refusal(404, _("The record names this paper and does not carry its words")),
    "file_missing": Refusal(404, _("This document has no file, or its file is not what was issued")),
    "signed_out": Refusal(401, _("You were signed out meanwhile; nothing was done")),
    "form_refused": Refusal(403, _("This form is too old or was not made here; open the page again")),
    "storage_full": Refusal(507, _("The office has no space left; nothing was taken")),
    "page_too_slow": Refusal(503, _("This page has to look at too much at once; narrow it to fewer days or one name")),
    "photos_away": Refusal(503, _("The office's store of photos is away for a moment; records are taken all the same")),
    "photo_damaged": Refusal(404, _("The bytes kept of this file are missing or not what was received; not shown")),
    "database_away": Refusal(503, _("The office's database is away for a moment; nothing was taken")),
    "internal": Refusal(500, _("The office made a mistake; nothing was taken")),
    # Records
    "digest_mismatch": Refusal(400, _("The record does not have the digest that it claims")),
    "signature_invalid": Refusal(400, _("The record was not signed by this device")),
    "device_mismatch": Refusal(400, _("The record belongs to another device")),
    "handover_unreadable": Refusal(400, _("This is no file of a tablet, or nothing in it can be read")),
    "handover_foreign": Refusal(400, _("This file was made for another office")),
    "too_many_members": Refusal(413, _("Too many things in one file; send it in pieces")),
    "device_unknown": Refusal(403, _("No device of this office made this file")),
    "unsealed_full": Refusal(413, _("The office holds as many unsealed checks of this device as it takes")),
    # The party's way back
    "way_back_nothing": Refusal(422, _("Nothing was chosen or written; nothing was taken")),
    "way_back_file_wrong": Refusal(422, _("None of these files is a photo (JPEG, PNG) or a PDF; nothing was taken")),
    "way_back_no_case": Refusal(409, _("Nobody waits for anything here on this point; nothing was taken")),
    "way_back_closed": Refusal(409, _("This point is closed; nothing more is taken here")),
    "way_back_full": Refusal(413, _("This inspection has taken all that it takes by its link; ask the office")),
    # The feed
    "cursor_gone": Refusal(410, _("This place in the feed is gone; start again")),
    # Tasks
    "task_foreign": Refusal(403, _("This task belongs to another agency")),
    "act_officer_unknown": Refusal(403, _("The office knows no such officer of this agency")),
    # Photos
    "photo_unknown": Refusal(403, _("No record that the office received names this photo")),
    "photo_differs": Refusal(409, _("The record names this photo with another length")),
    "photo_too_large": Refusal(413, _("The photo is larger than this office takes")),
    "record_photos_full": Refusal(413, _("The office holds as many photos of this record as it takes")),
    "too_many_uploads": Refusal(429, _("Too many photos were begun and not finished; finish or give up some")),
    "not_an_image": Refusal(415, _("This is not the kind of image that the record names")),
    "offset_mismatch": Refusal(409, _("The office holds another number of bytes of this photo")),
    "checksum_mismatch": Refusal(460, _("The bytes were damaged on the way")),
    "checksum_unknown": Refusal(400, _("This kind of checksum is not known here")),
    "content_type_wrong": Refusal(415, _("A photo is sent as application/offset+octet-stream")),
    "tus_version": Refusal(412, _("This office speaks tus 1.0.0")),
    "evidence_kept": Refusal(403, _("A complete photo is evidence and is not removed")),
    # Why a received record waits, or stands beside another
    "format_unknown": Refusal(422, _("The record is written in a newer format than this office knows")),
    "definitions_unknown": Refusal(422, _("The office lacks the definitions that the record used")),
    "clock_off": Refusal(422, _("The device's clock was wrong when the record was sealed")),
    "shape_wrong": Refusal(422, _("The record is not written as its format says")),
    "seal_unproven": Refusal(422, _("Sealed by a device that neither opened the inspection nor took it over")),
    "not_named": Refusal(422, _("Of a device that the one which led the inspection did not name")),
    "set_aside": Refusal(422, _("Somebody of the office set the record aside")),
    "processing_failed": Refusal(422, _("The record could not be processed")),
    "part_differs": Refusal(409, _("Another record with this id but other content is here already")),
    "sealed_twice": Refusal(409, _("This inspection was sealed by another record already")),
}


class Refused(Exception):  # noqa: N818 - a refusal is an answer that belongs to the work, not an error
    """Raised where a request ends in a refusal; `detail` says which value, in English, without personal data."""

    def __init__(self, code: str, detail: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.headers = headers or {}

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return REFUSALS[self.code].status


def problem(code: str, detail: str = "") -> dict[str, str | int]:
    """Return the body of an application/problem+json answer."""
    refusal = REFUSALS[code]
    return {"code": code, "status": refusal.status, "title": refusal.title, **({"detail": detail} if detail else {})}
