"""Who speaks: one row a person, found by their phone, with a key of their own."""

import uuid

from api.bodies import Complainant as Said
from api.phone import plain
from store import complainants
from store.complainants import Complainant
from store.connection import Connection
from vault.seal import PersonKey, Vault, seal_text


async def person_of(vault: Vault, connection: Connection, said: Said) -> tuple[uuid.UUID, PersonKey]:
    """The person of this phone, or a new one; nobody is asked for a phone."""
    phone = said.phone and plain(said.phone)
    hashed = vault.phone_hash(phone) if phone else None
    known = await complainants.with_phone(connection, hashed) if hashed else None
    if known is None:
        key = vault.new_person()
        name_sealed, phone_sealed = (
            seal_text(key.plain, said.name, "name"),
            seal_text(key.plain, phone, "phone"),
        )
        new = Complainant(uuid.uuid4(), hashed, key.wrapped, key.key_id, name_sealed, phone_sealed)
        known = await complainants.add(connection, new)
    return known.complainant_id, vault.person(known.wrapped_key, known.key_id)
