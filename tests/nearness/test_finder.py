"""The finder on a real database: whom it finds, whom it does not, and that closing and erasing end it."""

import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

import pytest

from domain.nearness import Candidate, NearnessLimits, Sameness
from local.stack import Stack
from nearness.finder import Finder
from nearness.terms import terms_of
from store import complainants, complaints, erasures, terms
from store.complainants import Complainant
from store.connection import Pool, open_pool
from tests.nearness.kept_terms import kept_terms
from tests.store.own_database import own_database
from tests.store.test_erasures import SAID, SEAT
from vault.keyring import KeyRing
from vault.seal import Vault

ITEM, DISTRICT, STREET = "010105", "110105", "110105012"
MIXER = "红庙北里小区南门外新建了一座水泥搅拌站，运渣车昼夜不停，粉尘飘进屋里，老人孩子整夜睡不着，请查处"
AGAIN = "我也住红庙北里小区，南门外那座水泥搅拌站昼夜不停，运渣车一辆接一辆，粉尘飘进屋里，孩子整夜睡不着"
ELSEWHERE = MIXER.replace("红庙北里", "天通苑")
OTHER = "单元门的玻璃碎了快一个月，物业每回都说记下了，到现在也没有人来换"


@dataclass
class Desk:
    """Takes complaints in and seeks what is near."""

    pool: Pool
    vault: Vault
    finder: Finder

    async def person(self) -> uuid.UUID:
        """Somebody new."""
        who = uuid.uuid4()
        await complainants.add(self.pool, Complainant(who, who.bytes, b"key", "k1", None, None))
        return who

    async def take(self, matter: str, who: uuid.UUID | None = None, line: str = "ordinary", item: str = ITEM) -> str:
        """A complaint of somebody's at STREET."""
        said = replace(SAID, complainant_id=who or await self.person(), district=DISTRICT, street=STREET, item=item)
        taken = await complaints.take(self.pool, SEAT, str(uuid.uuid4()), b"", replace(said, line=line))
        await terms.keep(self.pool, taken.ticket_no, terms_of(self.vault, matter))
        return taken.ticket_no

    async def near(self, ticket_no: str) -> list[Candidate]:
        """What the finder finds at STREET."""
        return await self.finder.nearest(
            self.pool, ticket_no, NearnessLimits(), item=ITEM, district=DISTRICT, street=STREET
        )

    async def close(self, ticket_no: str) -> None:
        """As the journal's transaction does."""
        await self.pool.execute("UPDATE tickets SET stage = 'closed' WHERE ticket_no = $1", ticket_no)


@pytest.fixture(scope="module")
async def own(stack: Stack) -> AsyncGenerator[Pool, None]:
    """A database where nobody else's complaints are."""
    async with own_database(stack.database_url, "near") as url, await open_pool(url, most=4) as pool:
        yield pool


@pytest.fixture
async def desk(own: Pool) -> Desk:
    """An empty one."""
    for table in ("tickets", "complaints", "ticket_terms", "open_terms"):
        await own.execute(f"DELETE FROM {table}")
    vault = Vault(KeyRing.fresh())
    return Desk(own, vault, Finder(vault))


async def test_others_on_the_same_event_are_found_with_the_reasons(desk: Desk) -> None:
    first = await desk.take(MIXER)
    await desk.take(OTHER)
    (near,) = await desk.near(await desk.take(AGAIN))
    assert (near.ticket_no, near.sameness, near.is_open) == (first, Sameness.EVENT, True)
    assert (near.same_complainant, near.same_item, near.same_place, near.same_name) == (False, True, True, True)
    assert 300 < near.text < near.score <= 1000


async def test_the_same_words_about_another_estate_are_nearer_to_none(desk: Desk) -> None:
    await desk.take(MIXER)
    near = await desk.near(await desk.take(ELSEWHERE))
    assert [each.same_name for each in near] == [False]
    assert near[0].score < (await desk.near(await desk.take(MIXER)))[0].score


async def test_ones_own_earlier_matter_is_found_also_when_it_is_closed(desk: Desk) -> None:
    who = await desk.person()
    first = await desk.take(MIXER, who)
    await desk.close(first)
    (near,) = await desk.near(await desk.take(AGAIN, who))
    assert (near.ticket_no, near.sameness, near.is_open) == (first, Sameness.MATTER, False)


async def test_ones_own_other_matter_is_not_near(desk: Desk) -> None:
    who = await desk.person()
    await desk.take(OTHER, who)
    assert await desk.near(await desk.take(MIXER, who)) == []


async def test_who_looks_among_ones_own_alone_finds_nobody_elses(desk: Desk) -> None:
    who = await desk.person()
    first = await desk.take(MIXER, who)
    await desk.take(MIXER)
    new = await desk.take(AGAIN, who)
    near = await desk.finder.nearest(
        desk.pool, new, NearnessLimits(), item=ITEM, district=DISTRICT, street=STREET, own=True
    )
    assert near == [each for each in await desk.near(new) if each.ticket_no == first]
    assert [each.sameness for each in near] == [Sameness.MATTER]


async def test_what_is_closed_is_found_for_nobody_else(desk: Desk) -> None:
    first = await desk.take(MIXER)
    await desk.close(first)
    assert await desk.near(await desk.take(AGAIN)) == []
    assert await desk.pool.fetchval("SELECT count(*) FROM open_terms WHERE ticket_no = $1", first) == 0
    assert (await kept_terms(desk.pool, first)).pairs


async def test_who_was_erased_is_near_to_nobody(desk: Desk) -> None:
    who = await desk.person()
    first = await desk.take(MIXER, who)
    await erasures.erase(desk.pool, who, "test")
    assert await desk.near(await desk.take(AGAIN)) == []
    assert (await kept_terms(desk.pool, first)).pairs == []
    await terms.keep(desk.pool, first, terms_of(desk.vault, MIXER))
    assert (await kept_terms(desk.pool, first)).pairs == []


async def test_words_find_what_item_and_place_do_not(desk: Desk) -> None:
    first = await desk.take(MIXER, item="")
    new = await desk.take(AGAIN)
    (near,) = await desk.finder.nearest(desk.pool, new, NearnessLimits())
    assert near.ticket_no == first


async def test_a_complaint_on_the_minors_line_stays_among_its_own(desk: Desk) -> None:
    minors = await desk.take(MIXER, line="minors")
    assert await desk.near(await desk.take(AGAIN)) == []
    (near,) = await desk.near(await desk.take(AGAIN, line="minors"))
    assert near.ticket_no == minors


async def test_only_earlier_ones_are_found_the_nearest_first(desk: Desk) -> None:
    numbers = [await desk.take(AGAIN), await desk.take(MIXER), await desk.take(MIXER), await desk.take(MIXER)]
    near = [each.ticket_no for each in await desk.near(numbers[2])]
    assert near == [numbers[1], numbers[0]]


async def test_of_a_ticket_that_is_not_there_nothing_is_near(desk: Desk) -> None:
    assert await desk.near("20261122-99999999") == []


async def test_terms_are_kept_once_and_not_among_the_open_ones_of_what_closes_at_once(desk: Desk) -> None:
    first = await desk.take(MIXER)
    await terms.keep(desk.pool, first, terms_of(desk.vault, OTHER))
    assert await kept_terms(desk.pool, first) == terms_of(desk.vault, MIXER)
    await desk.pool.execute("DELETE FROM ticket_terms")
    await desk.pool.execute("DELETE FROM open_terms")
    await terms.keep(desk.pool, first, terms_of(desk.vault, MIXER), joinable=False)
    assert await desk.pool.fetchval("SELECT count(*) FROM open_terms") == 0
