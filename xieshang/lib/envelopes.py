"""Sealed envelopes of a secret vote, as docs/secret-vote.md describes them: three trustees, any two of them open.

Voters seal and trustees open in their browsers (static/js/secret/). Here is the same in Python: the site itself only
opens again what the trustees have published (`reopen`); the rest serves tests, the demo, and whoever checks the
browser's work.
"""

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "xieshang-secret/1"
PAIRS = ("12", "13", "23")
# Every choice is sealed as so many bytes, whatever was ticked, so that a length tells nothing.
CHOICE_BYTES = 16
# Without what is easily misread: no I, O, 0, 1. Five bits a sign.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TRACKER_SIGNS, SHEET_SIGNS, GUARD_SIGNS = 16, 52, 4
# Every key encrypts one text and no other, so the nonce may stand still.
_NONCE = bytes(12)
_BITS = 5
_LOWEST = (1 << _BITS) - 1
Envelope = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Point:
    """A public key: the coordinates of a point of P-256, as JWK writes them."""

    x: str
    y: str

    @property
    def raw(self) -> bytes:
        """The point as 65 bytes, uncompressed."""
        return b"\x04" + unpacked(self.x) + unpacked(self.y)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the point, in hexadecimal digits."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def key(self) -> ec.EllipticCurvePublicKey:
        """The point itself; ValueError where it is not on the curve."""
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.raw)


def packed(raw: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """The bytes again; ValueError where it is nothing of the kind."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as wrong:
        raise ValueError("not base64url") from wrong


def spelled(raw: bytes, signs: int) -> str:
    """The first bits of some bytes as signs that can be read out, five bits each."""
    bits = int.from_bytes(raw) << (-len(raw) * 8 % _BITS)
    every = (len(raw) * 8 + _BITS - 1) // _BITS
    return "".join(ALPHABET[bits >> (_BITS * (every - 1 - at)) & _LOWEST] for at in range(signs))


def grouped(signs: str) -> str:
    """In groups of four: K7QM-2F9X."""
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


# What a trustee does. -------------------------------------------------------------------------------------------------


def make_key() -> ec.EllipticCurvePrivateKey:
    """A trustee's key."""
    return ec.generate_private_key(ec.SECP256R1())


def point_of(key: ec.EllipticCurvePrivateKey) -> Point:
    """Its public half."""
    numbers = key.public_key().public_numbers()
    return Point(packed(numbers.x.to_bytes(32)), packed(numbers.y.to_bytes(32)))


def sheet_of(key: ec.EllipticCurvePrivateKey) -> str:
    """The key as it stands on the trustee's sheet: 52 signs, and four that catch a slip of the pen; in fours."""
    raw = key.private_numbers().private_value.to_bytes(32)
    guard = hashlib.sha256(_lines("sheet") + b"\n" + raw).digest()
    return grouped(spelled(raw, SHEET_SIGNS) + spelled(guard, GUARD_SIGNS))


def share_of(key: ec.EllipticCurvePrivateKey, envelope: Envelope, vote: str, seat: int) -> bytes:
    """What one trustee can say of an envelope: half of what opens it."""
    point = unpacked(str(envelope["point"]))
    secret = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    own = point_of(key).fingerprint
    return _derived(secret, point, "share", vote, str(envelope["tracker"]), str(seat), own)


def key_of(envelope: Envelope, vote: str, shares: Mapping[int, bytes]) -> bytes | None:
    """The envelope's own key from the shares of two trustees; None where it does not open."""
    first, second = sorted(shares)
    pair = f"{first}{second}"
    wrapping = _wrapping(shares[first], shares[second], vote, str(envelope["tracker"]), pair)
    keys = envelope["keys"]
    try:
        return AESGCM(wrapping).decrypt(_NONCE, unpacked(keys[pair]), _header(envelope, vote))  # type: ignore[index]
    except (InvalidTag, ValueError):
        return None


# What a voter does. ---------------------------------------------------------------------------------------------------


def new_tracker() -> str:
    """A name for an envelope that nobody can guess: K7QM-2F9X-PRTW-8HJN."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(TRACKER_SIGNS)))


def seal_choice(
    places: Collection[int], vote: str, trustees: Mapping[int, Point], tracker: str = ""
) -> dict[str, object]:
    """A choice (places of the options ticked, from 1) sealed for three trustees, two of whom can open it."""
    own, key = make_key(), os.urandom(32)
    tracker = tracker or new_tracker()
    envelope: dict[str, object] = {"tracker": tracker, "point": packed(point_of(own).raw)}
    envelope["commitment"] = commitment_of(key, vote, tracker)
    header, raw = _header(envelope, vote), point_of(own).raw
    shares = {
        seat: _derived(own.exchange(ec.ECDH(), point.key), raw, "share", vote, tracker, str(seat), point.fingerprint)
        for seat, point in trustees.items()
    }
    keys = {}
    for pair in PAIRS:
        wrapping = _wrapping(shares[int(pair[0])], shares[int(pair[1])], vote, tracker, pair)
        keys[pair] = packed(AESGCM(wrapping).encrypt(_NONCE, key, header))
    padded = bytes(sorted(places)).ljust(CHOICE_BYTES, b"\0")
    return envelope | {"keys": keys, "choice": packed(AESGCM(key).encrypt(_NONCE, padded, header))}


# What everybody can do once the keys are published. -------------------------------------------------------------------


def commitment_of(key: bytes, vote: str, tracker: str) -> str:
    """What binds an envelope to its one key."""
    return hashlib.sha256(_lines("key", vote, tracker) + b"\n" + key).hexdigest()


def reopen(envelope: Envelope, vote: str, key: bytes) -> list[int] | None:
    """The places ticked, by the published key; an empty list where inside is no choice; ValueError for another key."""
    if commitment_of(key, vote, str(envelope["tracker"])) != envelope["commitment"]:
        raise ValueError("this is not the key of this envelope")
    try:
        padded = AESGCM(key).decrypt(_NONCE, unpacked(str(envelope["choice"])), _header(envelope, vote))
    except (InvalidTag, ValueError):
        return []
    places = list(padded.rstrip(b"\0"))
    return places if places == sorted(set(places)) and 0 not in places else []


# The bytes. -----------------------------------------------------------------------------------------------------------


def _lines(*words: str) -> bytes:
    return "\n".join((FORMAT, *words)).encode()


def _header(envelope: Envelope, vote: str) -> bytes:
    words = (str(envelope[name]) for name in ("tracker", "point", "commitment"))
    return _lines("envelope", vote, *words)


def _derived(secret: bytes, salt: bytes, *words: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=_lines(*words)).derive(secret)


def _wrapping(first: bytes, second: bytes, vote: str, tracker: str, pair: str) -> bytes:
    return _derived(first + second, bytes(32), "pair", vote, tracker, pair)
