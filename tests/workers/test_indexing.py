"""Complaints without terms get them, and are then found as any other."""

import uuid
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from local.stack import Stack
from nearness.terms import terms_of
from store import complainants, complaints
from store.complainants import Complainant
from store.connection import Pool, open_pool
from tests.nearness.kept_terms import kept_terms
from tests.store.own_database import own_database
from tests.store.test_erasures import SAID, SEAT
from vault.keyring import KeyRing
from vault.seal import Vault, seal, seal_text
from workers.indexing import Indexed, index

VAULT = Vault(KeyRing.fresh())
MATTER, POINT = "我是欧阳墨竹，楼道没人打扫", "甲47号楼"
COMMUNITY, NAME = "红庙北里社区", "欧阳墨竹"


@pytest.fixture
async def own(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A database where nobody else's complaints are."""
    async with own_database(stack.database_url, "indexed") as url, await open_pool(url, most=2) as pool:
        yield pool


async def unindexed(pool: Pool, number: int, vault: Vault = VAULT) -> str:
    """A complaint from before there were terms."""
    key, who = vault.new_person(), uuid.UUID(int=number)
    name = seal_text(key.plain, NAME, "name")
    await complainants.add(pool, Complainant(who, who.bytes, key.wrapped, key.key_id, name, None))
    said = replace(
        SAID,
        complainant_id=who,
        matter_sealed=seal(key.plain, MATTER.encode(), "matter"),
        community_sealed=seal_text(key.plain, COMMUNITY, "community"),
        point_sealed=seal_text(key.plain, POINT, "point"),
    )
    return (await complaints.take(pool, SEAT, f"unindexed-{number}", b"", said)).ticket_no


async def test_each_complaint_gets_the_terms_it_would_have_got_at_intake(own: Pool) -> None:
    tickets = [await unindexed(own, number) for number in range(1, 6)]
    looked_at: list[int] = []
    assert await index(own, VAULT, looked_at.append, batch=2) == Indexed(5, 0)
    assert looked_at == [2, 2, 1]
    for ticket_no in tickets:
        assert await kept_terms(own, ticket_no) == terms_of(VAULT, MATTER, POINT, COMMUNITY, name=NAME)


async def test_a_second_time_there_is_nothing_to_do(own: Pool) -> None:
    await unindexed(own, 1)
    await index(own, VAULT, lambda _: None)
    assert await index(own, VAULT, lambda _: None) == Indexed(0, 0)


async def test_what_no_key_opens_is_told_and_the_others_go_on(own: Pool) -> None:
    await unindexed(own, 1, Vault(KeyRing.fresh()))
    ticket_no = await unindexed(own, 2)
    assert await index(own, VAULT, lambda _: None, batch=1) == Indexed(1, 1)
    assert (await kept_terms(own, ticket_no)).pairs
