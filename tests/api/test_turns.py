"""Commands to one complaint wait their turn; those to another are not held up by them."""

import asyncio

import pytest

from api.turns import Turns


async def test_no_more_than_so_many_have_a_turn_at_once() -> None:
    turns, now, most = Turns(3), 0, 0

    async def act() -> None:
        nonlocal now, most
        async with turns.turn("one"):
            now, most = now + 1, max(most, now + 1)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(act() for _ in range(20)))
    assert most == 3


async def test_another_key_is_not_held_up() -> None:
    turns = Turns(1)
    async with turns.turn("one"), asyncio.timeout(1), turns.turn("other"):
        pass


async def test_nothing_is_remembered_of_who_has_gone_not_even_of_who_gave_up_waiting() -> None:
    turns = Turns(1)
    async with turns.turn("one"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), turns.turn("one"):
                raise AssertionError("there was no turn to be had")
        assert len(turns) == 1
    assert len(turns) == 0
