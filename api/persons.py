"""Who speaks: one row a person, found by their phone, with a key of their own."""

import uuid

from api.bodies import Complainant as Said
from api.phone import plain
from store import complainants
from store.complainants import Complainant
from store.connection import Executor
from vault.seal import PersonKey, Vault, seal_text


async def person_of(vault: Vault, connection: Executor, said: Said) -> tuple[uuid.UUID, PersonKey]:
    """The person of this phone, or a new one; nobody is asked for a phone."""
    hashed = _hashed(vault, said)
    known = await complainants.with_phone(connection, hashed) if hashed else None
    if known is None:
        known = await complainants.add(connection, _new(vault, said)[0])
    return known.complainant_id, vault.person(known.wrapped_key, known.key_id)


async def fresh_person(vault: Vault, connection: Executor, said: Said) -> tuple[Complainant, PersonKey] | None:
    """A person that is not kept yet; None when the phone is known."""
    hashed = _hashed(vault, said)
    if hashed and await complainants.with_phone(connection, hashed):
        return None
    return _new(vault, said)


def _hashed(vault: Vault, said: Said) -> bytes | None:
    return vault.phone_hash(plain(said.phone)) if said.phone else None


def _new(vault: Vault, said: Said) -> tuple[Complainant, PersonKey]:
    key = vault.new_person()
    sealed = seal_text(key.plain, said.name, "name"), seal_text(key.plain, said.phone and plain(said.phone), "phone")
    return Complainant(uuid.uuid4(), _hashed(vault, said), key.wrapped, key.key_id, *sealed), key
