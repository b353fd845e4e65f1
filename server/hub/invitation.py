"""What a tablet reads to find a hub: its address, its certificate by the office, and its TLS certificate."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checklists.wire import canonical
from server.store.hub_identity import Joined

VERSION = 1
CERTIFICATE, KEY = "hub-tls.pem", "hub-tls.key"
_DAYS = 800
_MOST_BYTES = 2300
"""What one code holds at its lowest correction, with some room."""


def text(joined: Joined, url: str, ca: str = "") -> str:
    """Return the invitation as canonical JSON; `ca` is a PEM, empty where the system's authorities will do.

    Raises ValueError where it does not fit into one code.
    """
    told: dict[str, Any] = {"lujian": "hub", "v": VERSION, "url": url.rstrip("/"), "ca": ca}
    made = canonical({**told, "certificate": dict(joined.certificate)}).decode()
    if len(made.encode()) > _MOST_BYTES:
        raise ValueError("this is too much for one code: take a certificate with a key of elliptic curves (`hub tls`)")
    return made


def draw(words: str, path: Path) -> None:
    """Write the invitation as a picture to be read from the screen or from paper."""
    import segno

    segno.make(words, error="l", micro=False).save(str(path), kind=path.suffix.lstrip(".").lower() or "png", scale=6)


def make_tls(folder: Path, names: Sequence[str], since: datetime) -> tuple[Path, Path]:
    """Make a TLS certificate of this machine's own for these addresses and names, with its key, and return both files.

    It holds from the day before `since`, such as when the office certified the hub: this machine's clock may be years
    off, and tablets' are not. Nobody signs it but itself: the invitation carries it, and a tablet trusts for this hub
    that one alone.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - timedelta(days=1))
        .not_valid_after(since + timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName([_named(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, encipher_only=False, decipher_only=False, **usage
            ),
            critical=True,
        )
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / CERTIFICATE, folder / KEY
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return certificate, secret


def _named(name: str) -> Any:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
