"""`hotline index`: complaints without terms get them, so that lists and nearness find them."""

import asyncio

from rich.console import Console
from rich.progress import Progress

from config.settings import Settings
from store.connection import open_pool
from workers.home import addresses, open_vault
from workers.indexing import Indexed
from workers.indexing import index as keep_terms

_console = Console(highlight=False, soft_wrap=True)


def index() -> None:
    """Keep the terms of complaints that have none. Can be interrupted and repeated, while everything runs."""
    done = asyncio.run(_index(Settings()))
    _console.print(f"{done.kept} complaints indexed")
    if done.unopened:
        _console.print(f"{done.unopened} are opened by no key of the ring and stay unindexed", style="red")


async def _index(settings: Settings) -> Indexed:
    with Progress(console=_console, transient=True) as progress:
        task = progress.add_task("indexing", total=None)
        async with await open_pool(addresses(settings)[0], most=2) as pool:
            return await keep_terms(pool, open_vault(settings), lambda count: progress.advance(task, count))
