"""The one place where cryptography is called: sealing fields, keyed matching, check codes, the signing key.

Every sealed value, check code and signature says with which algorithm it was made, so that another one can follow.
"""

import base64
import hashlib
import hmac
import os
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SEALED = "aesgcm1"
SIGNATURE = "ed25519"
_NONCE = 12


@cache
def _key(secret: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"xieshang field sealing 1").derive(secret.encode())


def seal(text: str) -> str:
    """A text sealed with this installation's key, with the algorithm in front; empty stays empty."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key(settings.SEALING_KEY)).encrypt(nonce, text.encode(), SEALED.encode())
    return f"{SEALED}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str) -> str:
    """The text of a sealed value; raises ValueError where the key or the value is another."""
    if not sealed:
        return ""
    algorithm, _, body = sealed.partition(":")
    if algorithm != SEALED:
        raise ValueError(f"sealed by {algorithm!r}, which is not known here")
    raw = base64.b64decode(body)
    try:
        return AESGCM(_key(settings.SEALING_KEY)).decrypt(raw[:_NONCE], raw[_NONCE:], SEALED.encode()).decode()
    except InvalidTag as broken:
        raise ValueError("this key does not open this value") from broken


def matching(text: str) -> str:
    """A keyed hash by which equal texts are found without keeping them in clear."""
    return hmac.new(settings.MATCHING_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def check_code(content: bytes, algorithm: str = "") -> tuple[str, str]:
    """A check code (校验码) over content and the algorithm it was made with: SHA-256, or SM3 where configured."""
    name = algorithm or settings.CHECK_CODE_ALGORITHM
    return hashlib.new(name, content).hexdigest(), name


# The key that signs the heads of ledgers lies in a file, never in the database; those before it lie beside it. --------


def _make_key(file: Path) -> None:
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(made)


@cache
def _key_in(file: Path, _changed: int) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the signing key must be Ed25519")
    return key


def _beside(code: str) -> Path:
    """Where the key with this check code lies once another has taken its place."""
    file = Path(settings.LEDGER_KEY_FILE)
    return file.with_name(f"{file.stem}-{code[:16]}{file.suffix}")


def _signing_key(code: str = "") -> Ed25519PrivateKey:
    """The key with this check code; the one of today where none is named, or that one is not here."""
    file = Path(settings.LEDGER_KEY_FILE)
    if code and _beside(code).exists():
        file = _beside(code)
    elif not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_key(file)
    return _key_in(file, file.stat().st_mtime_ns)


def change_key() -> tuple[str, str]:
    """Begin another signing key; the one of today stays beside it. Gives the check codes of both, the old one first."""
    file, before = Path(settings.LEDGER_KEY_FILE), key_code()
    fresh = file.with_suffix(".new")
    _make_key(fresh)
    os.link(file, _beside(before))
    fresh.replace(file)
    return before, key_code()


def sign(content: bytes, code: str = "") -> str:
    """Signature over content in hexadecimal digits, by the key with this check code or else the one of today."""
    return _signing_key(code).sign(content).hex()


def public_key(code: str = "") -> str:
    """The public half of that key, 32 bytes in hexadecimal digits."""
    return public_digits(_signing_key(code).public_key())


def public_digits(key: Ed25519PublicKey) -> str:
    """A public key as hexadecimal digits."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def key_code(code: str = "") -> str:
    """Check code of that key, as printed on a notice (always SHA-256): another than the one asked for is not here."""
    return hashlib.sha256(bytes.fromhex(public_key(code))).hexdigest()
