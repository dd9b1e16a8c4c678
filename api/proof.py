"""A complainant's own door (R4): no key, but the ticket number and the phone that the complaint was raised from."""

import hmac
import ipaddress
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader

from api.house import House, house
from api.phone import written
from api.problems import ProblemError
from domain.actor import Actor, Role
from store import complainants, proof_tries

MOST_A_TICKET = 10
"""Wrong phones for one ticket in a window, wherever they come from."""
MOST_A_SOURCE = 30
"""Wrong tries from one place in the network in a window, whichever tickets they are for."""
WINDOW = timedelta(hours=1)
_HASH_BYTES = 32

_phone = APIKeyHeader(
    name="Complainant-Phone",
    scheme_name="ComplainantPhone",
    auto_error=False,
    description="The phone that the complaint was raised from. It stands in a header, for addresses end up in logs.",
)
_COMPLAINANT = Actor(Role.COMPLAINANT, "complainant")


class Proof:
    """Stands before one route of the complainant's own and asks for the proof."""

    async def __call__(
        self,
        request: Request,
        phone: Annotated[str | None, Security(_phone)],
        rooms: Annotated[House, Depends(house)],
    ) -> Actor:
        """The complainant. 403 alike for an unknown number, a wrong phone and none at all; 429 after too many tries,
        known number or not."""
        ticket_no = request.path_params["ticket_no"]
        number = written(phone)
        if number is None:
            raise ProblemError("unproved")
        source = rooms.vault.blinded("source", _source(request))
        ticket = rooms.vault.blinded("ticket", ticket_no)
        await _count(rooms, source, MOST_A_SOURCE)
        await _count(
            rooms, ticket, MOST_A_TICKET
        )  # after the source: who is shut out cannot shut others out of a ticket
        await proof_tries.trim(rooms.pool, WINDOW)
        kept = await complainants.phone_hash_of(rooms.pool, ticket_no)
        if not hmac.compare_digest(rooms.vault.phone_hash(number), kept or bytes(_HASH_BYTES)):
            raise ProblemError("unproved")
        for counted in (source, ticket):
            await proof_tries.give_back(rooms.pool, counted)
        return _COMPLAINANT


async def _count(rooms: House, about: bytes, most: int) -> None:
    """Count this try, or 429."""
    tries, left = await proof_tries.count(rooms.pool, about, WINDOW)
    if tries > most:
        raise ProblemError("too_many_tries", headers={"Retry-After": str(int(left.total_seconds()) + 1)})


def proved() -> Any:
    """A dependency that yields the complainant, or refuses."""
    return Depends(Proof())


def _source(request: Request) -> str:
    """The place in the network that asks: its address, and of IPv6 the half that one household gets whole."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
