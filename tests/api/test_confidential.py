"""R5: who wishes confidentiality is known to seats alone, in every answer of every route; units reach them through the
hotline centre."""

from typing import Any

import httpx
import pytest

from api.attachments import read, written
from api.bodies import Attachment
from api.masking import HIDDEN, mask
from api.permissions import GRANTED, Permission
from domain.actor import Role
from tests.api.test_doors import FAR, ROUTES, ask
from tests.api.test_privacy import traces
from tests.api.test_search import a_word
from tests.city import DISTRICT, STREET, City, Json, a_matter

NAME, PHONE, HOME = "欧阳墨竹轩", "13971946825", "貔貅里9号楼4单元1703室"
DEPARTMENT = "D-ZJW"
ANOTHER = "010104"
"""Another item of the same street."""
OTHERS = [
    (Role.UNIT, STREET),
    (Role.UNIT, DISTRICT),
    (Role.UNIT, DEPARTMENT),
    (Role.BUREAU, ""),
    (Role.MUNICIPALITY, "M-GOV"),
    (Role.ADMIN, ""),
    (Role.FRONTEND, ""),
]
READS = [route for route in ROUTES if route[0] == "GET"]
NO_TICKET = {
    ("POST", "/v1/complaints"),
    ("POST", "/v1/missed-calls"),
    ("POST", "/v1/missed-calls/{call}/outcome"),
    ("POST", "/v1/emergencies"),
    ("POST", "/v1/emergencies/{emergency_id}/end"),
    ("PUT", "/v1/knowledge/{code}"),
    ("POST", "/v1/knowledge/{code}/review"),
}
"""What changes something else than a complaint that is there. Only ever make this shorter."""
ACTS = [route for route in ROUTES if route[0] != "GET" and route[:2] not in NO_TICKET]


def said() -> Json:
    """A confidential complaint whose words name who complains."""
    return {
        "matter": f"{NAME}反映：{a_matter()}，我家住在{HOME}，电话139-7194-6825或{PHONE}",
        "point": f"3号楼{NAME}家门口",
        "complainant": {"name": NAME, "phone": PHONE},
        "confidential": True,
        "attachments": [{"form": "voice", "reference": f"rec/{PHONE}.ogg", "size_bytes": 1000}],
    }


def revealed(answer: httpx.Response) -> list[str]:
    """What an answer says of who complains, in any dress."""
    told = f"{answer.text}{answer.headers}"
    return [*traces(told), *(mark for mark in (HOME, "139-7194", "1703室", NAME[:2]) if mark in told)]


async def handled(city: City) -> str:
    """A confidential complaint at work, with the complainant named in notes."""
    ticket_no = await city.take_in(**said())
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, note=f"已记下{NAME} {PHONE}")
    await city.done(ticket_no, "supplement", Role.SEAT, note=f"{NAME}又来电，{PHONE}")
    await city.done(ticket_no, "co-handling", Role.UNIT, STREET, units=[DEPARTMENT])
    return ticket_no


@pytest.fixture(scope="module")
async def ticket_no(city: City) -> str:
    """One for all reads."""
    return await handled(city)


async def get(city: City, url: str, role: Role, unit: str = "") -> Any:
    """What that actor is shown."""
    answer = await city.http.get(url, headers=await city.key(role, unit))
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("role", "unit"), OTHERS)
@pytest.mark.parametrize(("method", "path", "permission"), READS)
async def test_r05_no_answer_to_anybody_but_a_seat_names_who_complains(
    city: City, ticket_no: str, method: str, path: str, permission: Permission, role: Role, unit: str
) -> None:
    if permission in GRANTED[role]:
        answer = await ask(city, method, path, ticket_no, await city.key(role, unit))
        assert revealed(answer) == []


@pytest.mark.parametrize(("method", "path", "permission"), ACTS)
async def test_r05_no_answer_to_an_action_names_who_complains(
    city: City, method: str, path: str, permission: Permission
) -> None:
    acting = [(role, unit) for role, unit in OTHERS if permission in GRANTED[role]]
    fresh = await handled(city) if acting else ""
    for role, unit in acting:
        answer = await ask(city, method, path, fresh, await city.key(role, unit))
        assert revealed(answer) == []


def test_r05_every_route_that_speaks_of_a_complaint_is_walked() -> None:
    walked = {route[:2] for route in (*READS, *ACTS)}
    left = {route[:2] for route in ROUTES} - walked
    assert left == NO_TICKET
    assert not any("{ticket_no}" in path for _, path in left)


@pytest.mark.parametrize(("role", "unit"), OTHERS)
async def test_r05_the_rest_of_the_words_stays_readable(city: City, ticket_no: str, role: Role, unit: str) -> None:
    shown = await get(city, f"/v1/complaints/{ticket_no}", role, unit)
    assert shown["contact"] is None
    assert shown["confidential"] is True
    assert shown["matter"].startswith(f"{HIDDEN}反映：")
    assert shown["matter"].endswith(f"，我家住在{HIDDEN}，电话{HIDDEN}或{HIDDEN}")
    assert shown["point"] == f"3号楼{HIDDEN}家门口"
    assert shown["attachments"][0]["reference"] == f"rec/{HIDDEN}.ogg"
    notes = [
        entry["note"] for entry in (await get(city, f"/v1/complaints/{ticket_no}/timeline", role, unit))["entries"]
    ]
    assert f"已记下{HIDDEN} {HIDDEN}" in notes
    assert f"{HIDDEN}又来电，{HIDDEN}" in notes


async def test_r05_a_seat_sees_whom_to_call(city: City, ticket_no: str) -> None:
    shown = await get(city, f"/v1/complaints/{ticket_no}", Role.SEAT)
    assert shown["contact"] == {"name": NAME, "phone": PHONE}
    assert NAME in shown["matter"]
    notes = [entry["note"] for entry in (await get(city, f"/v1/complaints/{ticket_no}/timeline", Role.SEAT))["entries"]]
    assert f"{NAME}又来电，{PHONE}" in notes


async def test_r05_views_of_others_note_that_no_contact_was_shown(city: City) -> None:
    fresh = await handled(city)
    await get(city, f"/v1/complaints/{fresh}", Role.UNIT, STREET)
    (view, *_) = (await get(city, f"/v1/complaints/{fresh}/views", Role.ADMIN))["views"]
    assert (view["unit"], view["what"]) == (STREET, ["matter"])


@pytest.mark.parametrize("text", ["反映", f"反映 {NAME}", f"反映 {PHONE}"])
async def test_r05_name_and_phone_cannot_be_tried_by_searching(city: City, ticket_no: str, text: str) -> None:
    found = await get(city, f"/v1/complaints?text={text}", Role.UNIT, STREET)
    assert ticket_no not in [ticket["ticket_no"] for ticket in found["tickets"]]


async def test_r05_a_seat_finds_a_confidential_complaint_by_its_words(city: City, ticket_no: str) -> None:
    found = await get(city, f"/v1/complaints?text=反映&lead={STREET}", Role.SEAT)
    assert ticket_no in [ticket["ticket_no"] for ticket in found["tickets"]]


@pytest.mark.parametrize("confidential", [True, False])
async def test_r05_that_a_confidential_complaint_and_another_are_of_one_person_is_told_to_seats_alone(
    city: City, confidential: bool
) -> None:
    matter, who = a_word(60), {"name": NAME, "phone": PHONE}
    first = await city.take_in(matter=matter, complainant=who)
    second = await city.take_in(
        matter=f"{matter[:20]}，{a_word(90)}", item=ANOTHER, complainant=who, confidential=confidential
    )

    async def told_to(role: Role, unit: str = "") -> list[str]:
        near = (await get(city, f"/v1/complaints/{second}/near", role, unit))["near"]
        return [each["ticket_no"] for each in near if each["same_complainant"]]

    assert first in await told_to(Role.SEAT)
    assert (first in await told_to(Role.UNIT, STREET)) is not confidential


async def test_r05_without_the_wish_the_lead_unit_sees_the_contact(city: City) -> None:
    open_one = await city.take_in(**said() | {"confidential": False})
    shown = await get(city, f"/v1/complaints/{open_one}", Role.UNIT, STREET)
    assert shown["contact"] == {"name": NAME, "phone": PHONE}
    assert NAME in shown["matter"]


async def test_a_unit_that_has_nothing_to_do_with_it_sees_nothing_at_all(city: City, ticket_no: str) -> None:
    answer = await city.http.get(f"/v1/complaints/{ticket_no}", headers=await city.key(Role.UNIT, FAR))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_ticket")


@pytest.mark.parametrize("name", ["form", '":', "voice", "size_bytes"])
def test_r5_whatever_somebody_is_called_their_attachments_can_be_read_without_them(name: str) -> None:
    kept = written((Attachment(form="voice", reference=f"rec/{name}/12345.ogg", size_bytes=1_123_456),))
    [shown] = read(kept, mask(name, "12345"))
    assert shown == {"form": "voice", "reference": f"rec/{HIDDEN}/{HIDDEN}.ogg", "size_bytes": 1_123_456}
