"""What `doctor` looks at on the machine: its disks, the rights of its files, its certificate, whether it answers."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from server.config import Config
from server.operation.checkup import Line
from server.serving import answers

_LEAST_BYTES = 200 * 1024 * 1024
_MIB = 1024 * 1024
_SHOWN = 5
_RENEW_DAYS = 30
_LOCAL = ("127.0.0.1", "::1", "localhost")


def _(words: str) -> str:
    """Mark words that the catalogue translates."""
    return words


def disk(config: Config) -> Iterator[Line]:
    """Yield how much is free where the database's files and the photos lie; one line for each disk."""
    folders = {_nearest(folder).stat().st_dev: folder for folder in (config.photos, config.data)}
    for folder in folders.values():
        told = os.statvfs(_nearest(folder))
        yield room(str(folder), told.f_bavail * told.f_frsize, told.f_blocks * told.f_frsize, config.reserve_bytes)
        if told.f_files and told.f_favail < told.f_files // 50:
            words = _("%(folder)s: the disk can hold only %(free)s more files")
            todo = _("Photos are files. Take away what does not belong to the office, or move to a larger disk.")
            yield Line("disk", "look", words, {"folder": folder, "free": told.f_favail}, todo)


def room(folder: str, free: int, size: int, reserve: int) -> Line:
    """Return how a disk with so many free bytes stands. Photos are refused below the reserve, records at the end."""
    told = {"folder": folder, "free": free // _MIB, "size": size // _MIB, "reserve": reserve // _MIB}
    words = _("%(folder)s: %(free)s MiB of %(size)s MiB are free; %(reserve)s MiB are kept for records")
    if free < max(reserve, _LEAST_BYTES):
        todo = _("Photos are refused now, records soon. Make room at once, or move to a larger disk.")
        return Line("disk", "wrong", words, told, todo)
    if free < max(2 * reserve, size // 10):
        return Line("disk", "look", words, told, _("Make room before photos are refused, or order a larger disk."))
    return Line("disk", "ok", words, told)


def _nearest(folder: Path) -> Path:
    """Return the folder, or what of its way there is."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())


def rights(config: Config, settings: Path | None) -> Iterator[Line]:
    """Yield which files others than the server's own user may read: the office's keys lie in them."""
    places = [config.data, config.photos, *_below(config.data), *_below(config.photos)]
    places += [Path(one) for one in (config.tls_key,) if one]
    if settings is not None and (config.database or config.metrics_token):
        places.append(settings)
    here = [one for one in dict.fromkeys(places) if one.exists()]
    loose = [one for one in here if stat.S_IMODE(one.stat().st_mode) & 0o077]
    if loose:
        told = {"count": len(loose), "names": ", ".join(str(one) for one in loose[:_SHOWN])}
        words = _("others may read %(count)s files or folders: %(names)s")
        todo = _(
            "As their owner run: chmod 700 on each folder, chmod 600 on each file. Who may read them can sign "
            "for the office."
        )
        yield Line("rights", "wrong", words, told, todo)
    owners = {one.stat().st_uid for one in here if config.data in (one, *one.parents)}
    if len(owners) > 1:
        words = _("the files of %(folder)s belong to several users")
        todo = _("Let all of them belong to the user under whom the server runs (chown -R).")
        yield Line("rights", "wrong", words, {"folder": config.data}, todo)
    if not loose and len(owners) < 2:
        yield Line(
            "rights", "ok", _("%(count)s files and folders are readable by their owner alone"), {"count": len(here)}
        )


def _below(folder: Path) -> list[Path]:
    """What lies directly in a folder, and the folders in its folders; photos are too many, and lie inside of those."""
    if not folder.is_dir():
        return []
    found = list(folder.iterdir())
    return found + [deep for one in found if one.is_dir() for deep in one.iterdir() if deep.is_dir()]


def tls(config: Config, now: datetime | None = None) -> Iterator[Line]:
    """Yield whether what travels is encrypted, and how long the certificate still holds."""
    if config.tls_certificate:
        yield from _certificate(config, now or datetime.now(UTC))
    elif config.behind_tls:
        todo = _("Open the address in a browser and look at the certificate's last day.")
        yield Line("tls", "look", _("a proxy encrypts; its certificate cannot be seen from here"), todo=todo)
    elif config.host in _LOCAL:
        words = _("only this machine reaches the server, without encryption")
        yield Line(
            "tls",
            "look",
            words,
            todo=_(
                "Before tablets use it set tls_certificate and tls_key, or put a proxy in front and set behind_tls."
            ),
        )
    else:
        words = _("passwords and records travel in the clear")
        yield Line(
            "tls",
            "wrong",
            words,
            todo=_(
                'Set tls_certificate and tls_key, or put a proxy in front and set behind_tls and host = "127.0.0.1".'
            ),
        )


def _certificate(config: Config, now: datetime) -> Iterator[Line]:
    first = x509.load_pem_x509_certificates(Path(config.tls_certificate).read_bytes())[0]
    key = load_pem_private_key(Path(config.tls_key).read_bytes(), password=None)
    shapes = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*shapes) != first.public_key().public_bytes(*shapes):
        words = _("the key does not belong to the certificate")
        yield Line("tls", "wrong", words, todo=_("Take the key with which this certificate was asked for."))
    days = (first.not_valid_after_utc - now).days
    told = {"day": first.not_valid_after_utc.date(), "days": days, "names": ", ".join(_names(first)) or "–"}
    words = _("the certificate for %(names)s holds until %(day)s")
    if first.not_valid_before_utc > now or first.not_valid_after_utc <= now:
        grade, todo = "wrong", _("It does not hold today: tablets refuse it. Look at the clock, then get a new one.")
    elif days < _RENEW_DAYS:
        grade, todo = "look", _("Get a new one: %(days)s days are left.")
    else:
        grade, todo = "ok", ""
    yield Line("tls", grade, words, told, todo)


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [str(name) for kind in (x509.DNSName, x509.IPAddress) for name in held.get_values_for_type(kind)]


def service(config: Config) -> Iterator[Line]:
    """Yield whether the server can be reached."""
    told = {"host": config.host, "port": config.port}
    if answers(config):
        yield Line("service", "ok", _("something answers at %(host)s, port %(port)s"), told)
    else:
        words, todo = _("nothing answers at %(host)s, port %(port)s"), _("Start it: systemctl start lujian")
        yield Line("service", "wrong", words, told, todo)


def office(config: Config) -> Iterator[Line]:
    """Yield what the settings leave out."""
    if config.office == Config.office:
        todo = _("Set `office`: the name heads every paper. Tablets that are enrolled already keep the old one.")
        yield Line("office", "look", _("the office has no name"), todo=todo)
    if config.days_ahead:
        words = _("the office lives %(days)s days ahead and takes no records")
        yield Line("office", "wrong", words, {"days": config.days_ahead}, _("Set days_ahead = 0."))
