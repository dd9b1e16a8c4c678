"""R3: what a ticket records at least: the time it was raised, the matter, the contact; and all else that was said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.actor import Role
from tests.city import ORDINARY, STREET, City

LEAST = {"matter": "楼道没人打扫"}
ALL = LEAST | {
    "item": ORDINARY,
    "street": STREET,
    "community": "红庙北里社区",
    "point": "3号楼2单元",
    "complainant": {"kind": "legal_person", "name": "某某商贸公司", "phone": "13700000001"},
    "confidential": True,
    "attachments": [{"form": "picture", "reference": "pic/1.jpg", "size_bytes": 1000}],
}


async def _shown(city: City, body: dict[str, Any]) -> dict[str, Any]:
    """The ticket of a new complaint, as the seat that took it sees it."""
    headers = await city.key(Role.SEAT)
    answer = await city.http.post("/v1/complaints", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return (await city.http.get(answer.headers["location"], headers=headers)).json()


async def test_r03_a_ticket_says_when_it_was_raised_and_what_the_matter_is(city: City) -> None:
    shown = await _shown(city, LEAST)
    assert shown["matter"] == LEAST["matter"]
    raised = datetime.fromisoformat(shown["received_at"])
    assert abs(datetime.now(UTC) - raised) < timedelta(minutes=1)


async def test_r03_place_contact_kind_wish_and_files_are_recorded_where_they_are_told(city: City) -> None:
    shown = await _shown(city, ALL)
    assert shown["contact"] == {"name": "某某商贸公司", "phone": "13700000001"}
    kept = {key: shown[key] for key in ("street", "community", "point", "confidential", "attachments")}
    assert kept == {key: ALL[key] for key in kept}
    kind = await city.rooms.pool.fetchval(
        "SELECT complainant_kind FROM complaints WHERE ticket_no = $1",
        shown["ticket_no"],
    )
    assert kind == "legal_person"


@pytest.mark.parametrize("lacking", [{}, {"matter": ""}], ids=["no matter", "an empty one"])
async def test_r03_a_complaint_about_nothing_is_refused(city: City, lacking: dict[str, Any]) -> None:
    answer = await city.http.post("/v1/complaints", json=lacking, headers=await city.key(Role.SEAT))
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "body.matter")
