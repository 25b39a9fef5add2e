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


# The key that signs the heads of ledgers lies in a file, never in the database. --------------------------------------


@cache
def _signing_key(path: str) -> Ed25519PrivateKey:
    file = Path(path)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(made)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the signing key must be Ed25519")
    return key


def sign(content: bytes) -> str:
    """Signature over content in hexadecimal digits, by the key in LEDGER_KEY_FILE."""
    return _signing_key(str(settings.LEDGER_KEY_FILE)).sign(content).hex()


def public_key() -> str:
    """The public half of the signing key, 32 bytes in hexadecimal digits."""
    return public_digits(_signing_key(str(settings.LEDGER_KEY_FILE)).public_key())


def public_digits(key: Ed25519PublicKey) -> str:
    """A public key as hexadecimal digits."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def key_code() -> str:
    """Check code of the public key, as printed on a notice (always SHA-256)."""
    return hashlib.sha256(bytes.fromhex(public_key())).hexdigest()
