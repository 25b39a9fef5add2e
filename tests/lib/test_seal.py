"""Sealing, matching, check codes, the signing key."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xieshang.lib import seal

ID_NUMBER = "230202199001011234"


def test_what_is_sealed_opens_again_and_never_looks_the_same():
    first, second = seal.seal(ID_NUMBER), seal.seal(ID_NUMBER)
    assert seal.unseal(first) == seal.unseal(second) == ID_NUMBER
    assert first != second
    assert ID_NUMBER not in first


def test_another_key_does_not_open_it(settings):
    sealed = seal.seal(ID_NUMBER)
    settings.SEALING_KEY = "another key"
    with pytest.raises(ValueError, match="does not open"):
        seal.unseal(sealed)


def test_an_altered_value_does_not_open():
    sealed = seal.seal(ID_NUMBER)
    with pytest.raises(ValueError, match="does not open"):
        seal.unseal(sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:])


def test_equal_texts_match_by_a_key_that_is_not_theirs(settings):
    before = seal.matching(ID_NUMBER)
    assert seal.matching(ID_NUMBER) == before
    settings.MATCHING_KEY = "another key"
    assert seal.matching(ID_NUMBER) != before


def test_a_check_code_says_with_what_it_was_made(settings):
    assert seal.check_code(b"") == ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha256")
    settings.CHECK_CODE_ALGORITHM = "sm3"
    assert seal.check_code(b"abc") == ("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", "sm3")


def test_the_key_is_made_once_kept_for_its_owner_only_and_signs(settings, tmp_path):
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.pem"
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.public_key()))
    assert settings.LEDGER_KEY_FILE.stat().st_mode & 0o777 == 0o600
    key.verify(bytes.fromhex(seal.sign(b"head")), b"head")
    with pytest.raises(InvalidSignature):
        key.verify(bytes.fromhex(seal.sign(b"head")), b"another head")
    assert seal.public_key() == seal.public_key()
