"""What the API's routes stand on; made once by create_app's caller."""

from dataclasses import dataclass, field

from fastapi import Request

from api.delivery import Delivery
from api.gateway import Gateway
from api.reading import Reading
from api.turns import Turns
from domain.rota import Rota
from nearness.finder import Finder
from rulebook.shelf import Shelf
from store.connection import Pool
from vault.seal import Vault


@dataclass(frozen=True, slots=True)
class House:
    """Database, engine, keys and books; and who remembers how rare words are."""

    pool: Pool
    gateway: Gateway
    delivery: Delivery
    shelf: Shelf
    vault: Vault
    replica: "Pool | None" = None
    reading: Reading = field(init=False)
    finder: Finder = field(init=False)
    books: Turns = field(default_factory=lambda: Turns(1))
    rota: Rota = field(default_factory=Rota)

    def __post_init__(self) -> None:
        """The finder finds by the vault's keys; lists are read where there is a replica to read."""
        object.__setattr__(self, "finder", Finder(self.vault))
        object.__setattr__(self, "reading", Reading(self.pool, self.replica))


async def house(request: Request) -> House:
    """The house of the app that answers this request. Asynchronous, or it would be asked for in a thread."""
    return request.app.state.house
