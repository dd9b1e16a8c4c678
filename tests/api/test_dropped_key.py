"""A process that missed a rotation takes nothing in rather than seal what nobody could open."""

from dataclasses import replace

from domain.actor import Role
from store import wrapped
from store.connection import Pool
from tests.api.door import door
from tests.api.kept import kept
from tests.city import City, fresh_name
from vault.keyring import KeyRing
from vault.seal import Vault


async def test_an_intake_under_a_dropped_key_is_answered_503_and_keeps_nothing(city: City, pool: Pool) -> None:
    name = fresh_name("dropped")
    late = Vault(KeyRing.fresh().added(name).turned(name))
    async with pool.acquire() as connection:
        assert await wrapped.drop(connection, name) == 0
    headers = await city.key(Role.SEAT)
    before = await kept(pool)
    async with door(replace(city.rooms, vault=late)) as http:
        answer = await http.post("/v1/complaints", json={"matter": "楼道没人打扫"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert await kept(pool) == before


async def test_a_key_that_this_process_does_not_have_is_a_503_that_says_so_and_no_500(city: City) -> None:
    name = fresh_name("ahead")
    ahead = Vault(KeyRing.fresh().added(name).turned(name))
    async with door(replace(city.rooms, vault=ahead)) as http:
        answer = await http.post("/v1/complaints", json={"matter": "楼道没人打扫"}, headers=await city.key(Role.SEAT))
        ticket_no = answer.json()["ticket_no"]
    for where in ("", "/timeline"):
        answer = await city.http.get(f"/v1/complaints/{ticket_no}{where}", headers=await city.key(Role.SEAT))
        assert (answer.status_code, answer.json()["code"]) == (503, "key_not_known")
        assert answer.headers["retry-after"] == "30"
