"""Where a complaint came in is kept as the policy in force names it."""

import pytest

from domain.actor import Role
from tests.city import City, Json


async def test_r02_every_channel_of_the_policy_is_listed_and_taken(city: City) -> None:
    headers = await city.key(Role.FRONTEND)
    listed = (await city.http.get("/v1/channels", params={"kind": "network"}, headers=headers)).json()
    assert len(listed) == 17
    for channel in listed:
        ticket_no = await city.keep(channel=channel["code"])
        assert (await city.ticket(ticket_no))["channel"] == channel["code"]


async def test_r02_a_list_shows_where_each_complaint_came_in(city: City) -> None:
    ticket_no = await city.keep(channel="people_cn")
    page = (await city.http.get("/v1/complaints", headers=await city.key(Role.SEAT))).json()
    assert {each["ticket_no"]: each["channel"] for each in page["tickets"]}[ticket_no] == "people_cn"


@pytest.mark.parametrize("channel", ["phone", "merged_hotline"])
async def test_r02_a_merged_hotline_is_kept_as_origin(city: City, channel: str) -> None:
    ticket_no = await city.keep(channel=channel, origin="H-12315")
    kept = await city.rooms.pool.fetchval("SELECT origin FROM complaints WHERE ticket_no = $1", ticket_no)
    assert kept == "H-12315"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"channel": "pigeon"}, "unknown_channel"),
        ({"channel": "phone", "origin": "H-00000"}, "unknown_origin"),
        ({"channel": "phone", "origin": "PHONE"}, "unknown_origin"),
        ({"channel": "merged_hotline"}, "origin_unfit"),
        ({"channel": "wechat", "origin": "H-12315"}, "origin_unfit"),
    ],
)
async def test_r02_a_way_in_that_cannot_be_is_refused(city: City, body: Json, code: str) -> None:
    said = {"matter": "楼道没人打扫"} | body
    answer = await city.http.post("/v1/complaints", json=said, headers=await city.key(Role.SEAT))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
