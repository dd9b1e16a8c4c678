"""Asynchronous calls from synchronous code."""

from __future__ import annotations

import asyncio

import pytest

from local.apart import run_apart


async def _answer() -> int:
    await asyncio.sleep(0)
    return 42


async def _fail() -> int:
    raise ValueError("no")


def test_the_result_comes_back() -> None:
    assert run_apart(_answer) == 42


async def test_it_works_where_a_loop_already_runs() -> None:
    assert run_apart(_answer) == 42


def test_an_exception_comes_back() -> None:
    with pytest.raises(ValueError, match="no"):
        run_apart(_fail)
