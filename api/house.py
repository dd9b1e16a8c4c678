"""What the API's routes stand on; made once by create_app's caller."""

from dataclasses import dataclass

from fastapi import Request

from api.delivery import Delivery
from api.gateway import Gateway
from rulebook.shelf import Shelf
from store.connection import Pool
from vault.seal import Vault


@dataclass(frozen=True, slots=True)
class House:
    """Database, engine, keys and books."""

    pool: Pool
    gateway: Gateway
    delivery: Delivery
    shelf: Shelf
    vault: Vault


async def house(request: Request) -> House:
    """The house of the app that answers this request. Asynchronous, or it would be asked for in a thread."""
    return request.app.state.house
