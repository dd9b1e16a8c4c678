"""Sealing and opening. AES-256-GCM; the column's name is bound in, so that a sealed value cannot change places."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.keyring import KeyRing
from vault.ring_file import RingFile

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One complainant's own key. Without `wrapped` nothing of theirs opens any more."""

    plain: bytes
    wrapped: bytes
    key_id: str


class KeyNotKnown(KeyError):
    """Something is sealed under a key that the ring does not have: lost, or this process has an older ring."""


class Vault:
    """Seals under persons' keys and keeps those wrapped by the ring: a given one, or the one that a file holds."""

    def __init__(self, ring: KeyRing | RingFile) -> None:
        self._given = ring

    @property
    def ring(self) -> KeyRing:
        """The ring as this process knows it."""
        return self._given if isinstance(self._given, KeyRing) else self._given.ring()

    def new_person(self) -> PersonKey:
        """A key for somebody new."""
        return self._wrapped(AESGCM.generate_key(bit_length=256))

    def person(self, wrapped: bytes, key_id: str) -> PersonKey:
        """The key of somebody known. KeyNotKnown when the ring has no `key_id`."""
        return PersonKey(open_sealed(self._key(key_id), wrapped, "person"), wrapped, key_id)

    def wrapped_again(self, wrapped: bytes, key_id: str) -> PersonKey:
        """The same key, wrapped under the current one. KeyNotKnown when the ring has no `key_id`."""
        return self._wrapped(self.person(wrapped, key_id).plain)

    def seal_secret(self, secret: bytes) -> bytes:
        """A secret of the hotline's own, sealed under the current key, with the key's id in front."""
        ring = self.ring
        return ring.current.encode() + b":" + seal(ring.keys[ring.current], secret, "secret")

    def open_secret(self, sealed: bytes) -> bytes:
        """What `seal_secret` sealed, under whichever key it was."""
        name, _, rest = sealed.partition(b":")
        return open_sealed(self._key(name.decode()), rest, "secret")

    def phone_hash(self, phone: str) -> bytes:
        """What a phone number is found by; without the pepper it cannot be guessed back."""
        return hmac.new(self.ring.pepper, phone.encode(), hashlib.sha256).digest()

    def bind_views(self, row: bytes) -> bytes:
        """The keyed hash by which the books of views bind their rows. It is under no key that is ever dropped."""
        return self._keyed("views", row)

    def digest(self, told: bytes) -> bytes:
        """What two equal requests have in common. Without the ring it confirms no guess, also after an erasure."""
        return self._keyed("digest", told)

    def _keyed(self, purpose: str, told: bytes) -> bytes:
        """A hash under a key of that purpose alone, made from the pepper: no turn of the ring changes it."""
        key = hmac.new(self.ring.pepper, f"hotline/{purpose}".encode(), hashlib.sha256).digest()
        return hmac.new(key, told, hashlib.sha256).digest()

    def _wrapped(self, plain: bytes) -> PersonKey:
        ring = self.ring
        return PersonKey(plain, seal(ring.keys[ring.current], plain, "person"), ring.current)

    def _key(self, key_id: str) -> bytes:
        """A key of the ring; one that is not known is looked for in the file at once."""
        ring = self.ring
        if key_id not in ring.keys and not isinstance(self._given, KeyRing):
            ring = self._given.newest()
        if key_id not in ring.keys:
            raise KeyNotKnown(key_id)
        return ring.keys[key_id]

    def terms(self, pairs: Iterable[str]) -> list[int]:
        """What pairs of characters are found by: 32 bits of a keyed hash each, in order. They hang on the pepper:
        turning the ring leaves them as they are."""
        key, digest = hmac.digest(self.ring.pepper, b"hotline/terms", "sha256"), hmac.digest
        return sorted({int.from_bytes(digest(key, p.encode(), "sha256")[:4], "big", signed=True) for p in pairs})

    def blinded(self, kind: str, what: str) -> bytes:
        """What something is counted by without being kept; never equal to a phone's hash."""
        return self._keyed(f"blinded/{kind}", what.encode())


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
