"""Digests, seals, certificates and the keys behind them: the one place that knows an algorithm.

Ed25519 signs, AES-256-GCM keeps secret, X25519 seals for an office, scrypt stretches a PIN. An authority that must use
SM2, SM3 and SM4 changes this module and nothing else. `cryptography` is imported when first used: it costs start-up
time on a tablet.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Any

from checklists.values import frozen
from checklists.wire import WireError, canonical


class SealError(ValueError):
    """A signature, certificate or ciphertext that does not hold."""


@frozen
class SigningKey:
    """An Ed25519 private key as its 32 raw bytes."""

    secret: bytes

    @property
    def public(self) -> str:
        """The public key in base64."""
        return _public_of(self.secret)

    def sign(self, content: bytes) -> str:
        """Return the signature of the bytes in base64."""
        return to_b64(_private(self.secret).sign(content))


def new_signing_key() -> SigningKey:
    """Return a fresh random signing key."""
    return SigningKey(os.urandom(32))


def verify(public: str, content: bytes, signature: str) -> bool:
    """Whether the base64 signature of these bytes was made by the owner of the base64 public key."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public(public).verify(from_b64(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_mapping(key: SigningKey, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mapping with a `signature` over its canonical form."""
    return {**content, "signature": key.sign(canonical(dict(content)))}


def verify_mapping(public: str, signed: Any) -> bool:
    """Whether this is a mapping with a `signature` that is that of everything else in it.

    What has no form on the wire was signed by nobody.
    """
    signature = signed.get("signature") if isinstance(signed, Mapping) else None
    if not isinstance(signature, str):
        return False
    try:
        rest = canonical({key: value for key, value in signed.items() if key != "signature"})
    except (WireError, RecursionError):
        return False
    return verify(public, rest, signature)


def encrypt(key: bytes, content: bytes, context: bytes = b"") -> bytes:
    """Return nonce and AES-256-GCM ciphertext; `context` must be given again to open it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def decrypt(key: bytes, content: bytes, context: bytes = b"") -> bytes:
    """Return what `encrypt` was given. Raises SealError for a wrong key, a changed byte or another context."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(content[:12], content[12:], context)
    except (InvalidTag, ValueError) as problem:
        raise SealError("wrong key, or the content was changed") from problem


def place(*names: str) -> bytes:
    """Return the context that binds a ciphertext to its place (table, key, …) in a tablet's store."""
    return "\x1f".join(names).encode()


def columns_key(store_key: bytes) -> bytes:
    """Return the key under which a tablet keeps its columns and photo files, derived from that of its store."""
    return hmac.digest(store_key, b"lujian columns", "sha256")


@frozen
class SealingKey:
    """An X25519 private key as its 32 raw bytes: who holds it opens what was sealed for its public key."""

    secret: bytes

    @property
    def public(self) -> str:
        """The public key in base64."""
        return to_b64(self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return X25519PrivateKey.from_private_bytes(self.secret)

    def unseal(self, sealed: bytes, context: bytes = b"") -> bytes:
        """Return what `seal_for` was given. Raises SealError for another key, a changed byte or another context."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        fresh, hidden = sealed[:32], sealed[32:]
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(fresh))
        except ValueError as problem:
            raise SealError("this was not sealed for a key") from problem
        return decrypt(_shared_key(shared, fresh, from_b64(self.public)), hidden, context)


def new_sealing_key() -> SealingKey:
    """Return a fresh random sealing key."""
    return SealingKey(os.urandom(32))


def seal_for(public: str, content: bytes, context: bytes = b"") -> bytes:
    """Return the content so that only the owner of the base64 X25519 key can open it: not even who sealed it.

    It is a fresh public key, then AES-256-GCM under what both keys agree on. Raises SealError where `public` is no key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    fresh = once.public_key().public_bytes_raw()
    try:
        theirs = from_b64(public)
        shared = once.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError as problem:
        raise SealError("this is no key to seal for") from problem
    return fresh + encrypt(_shared_key(shared, fresh, theirs), content, context)


def _shared_key(shared: bytes, fresh: bytes, theirs: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) with both public keys as salt; one block is all that AES-256 needs."""
    secret = hmac.digest(fresh + theirs, shared, "sha256")
    return hmac.digest(secret, b"lujian seal 1\x01", "sha256")


@frozen
class Cost:
    """What one try of a PIN costs (scrypt): 128·n·r bytes of memory, p times over."""

    n: int
    r: int
    p: int

    @property
    def memory_bytes(self) -> int:
        """How much memory one try needs."""
        return 128 * self.n * self.r


def stretch(pin: str, salt: bytes, cost: Cost) -> bytes:
    """Return a 32-byte key from a PIN. A six-digit PIN can still be tried offline: see docs."""
    room = cost.memory_bytes + 2 * 1024 * 1024
    return hashlib.scrypt(pin.encode(), salt=salt, dklen=32, n=cost.n, r=cost.r, p=cost.p, maxmem=room)


@functools.lru_cache(maxsize=256)
def _public(public: str) -> Any:
    """The key as an object; an office meets the same few devices again and again, and making it costs a third."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(from_b64(public))


@functools.lru_cache(maxsize=8)
def _public_of(secret: bytes) -> str:
    return to_b64(_private(secret).public_key().public_bytes_raw())


@functools.lru_cache(maxsize=8)
def _private(secret: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret)


def to_b64(raw: bytes) -> str:
    """Return bytes as base64, as keys and signatures are written."""
    return base64.b64encode(raw).decode()


def from_b64(text: str) -> bytes:
    """Return the bytes of a base64 text. Raises ValueError."""
    return base64.b64decode(text, validate=True)
