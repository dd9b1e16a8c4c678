"""Sealing and opening. AES-256-GCM; the column's name is bound in, so that a sealed value cannot change places."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.keyring import KeyRing

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One complainant's own key. Without `wrapped` nothing of theirs opens any more."""

    plain: bytes
    wrapped: bytes
    key_id: str


class Vault:
    """Seals under persons' keys and keeps those wrapped by the ring."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def new_person(self) -> PersonKey:
        """A key for somebody new."""
        plain = AESGCM.generate_key(bit_length=256)
        return PersonKey(plain, seal(self._ring.keys[self._ring.current], plain, "person"), self._ring.current)

    def person(self, wrapped: bytes, key_id: str) -> PersonKey:
        """The key of somebody known. KeyError when the ring has lost `key_id`."""
        return PersonKey(open_sealed(self._ring.keys[key_id], wrapped, "person"), wrapped, key_id)

    def wrapped_again(self, wrapped: bytes, key_id: str) -> PersonKey:
        """The same key, wrapped under the current one. KeyError when the ring has lost `key_id`."""
        plain = self.person(wrapped, key_id).plain
        return PersonKey(plain, seal(self._ring.keys[self._ring.current], plain, "person"), self._ring.current)

    def seal_secret(self, secret: bytes) -> bytes:
        """A secret of the hotline's own, sealed under the current key, with the key's id in front."""
        name = self._ring.current
        return name.encode() + b":" + seal(self._ring.keys[name], secret, "secret")

    def open_secret(self, sealed: bytes) -> bytes:
        """What `seal_secret` sealed, under whichever key it was."""
        name, _, rest = sealed.partition(b":")
        return open_sealed(self._ring.keys[name.decode()], rest, "secret")

    def phone_hash(self, phone: str) -> bytes:
        """What a phone number is found by; without the pepper it cannot be guessed back."""
        return hmac.new(self._ring.pepper, phone.encode(), hashlib.sha256).digest()


def seal(key: bytes, plain: bytes, column: str) -> bytes:
    """`plain` sealed for `column`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, column.encode())


def open_sealed(key: bytes, sealed: bytes, column: str) -> bytes:
    """What was sealed for `column`. Raises cryptography's InvalidTag for another key, column or content."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], column.encode())


def seal_text(key: bytes, text: str | None, column: str) -> bytes | None:
    """A text sealed for `column`; nothing stays nothing."""
    return None if text is None else seal(key, text.encode(), column)


def open_text(key: bytes, sealed: bytes | None, column: str) -> str | None:
    """The text that was sealed for `column`."""
    return None if sealed is None else open_sealed(key, sealed, column).decode()
