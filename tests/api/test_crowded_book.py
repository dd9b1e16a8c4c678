"""Many look at once: each look is noted, and nobody has to note theirs twice (R5)."""

import asyncio

import pytest

from api import views as noting
from domain.actor import Actor, Role
from store import views
from tests.city import City


async def test_r05_thirty_who_look_at_once_write_thirty_rows_in_thirty_tries(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, append = list[bool](), views._appended  # pyright: ignore[reportPrivateUsage]

    async def counted(*row: object) -> bool:
        tries.append(await append(*row))  # pyright: ignore[reportArgumentType]
        return tries[-1]

    monkeypatch.setattr(views, "_appended", counted)
    ticket_no, seat = await city.keep(), Actor(Role.SEAT, "seat")
    await asyncio.gather(*(noting.note(city.rooms, ticket_no, seat, ["matter"]) for _ in range(30)))
    assert tries == [True] * 30
    assert len(await views.of_ticket(city.rooms.pool, ticket_no, None, 100)) == 30
