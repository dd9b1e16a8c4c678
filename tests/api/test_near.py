"""What is near to a complaint, asked for over HTTP (R12, R13)."""

from domain.actor import Role
from tests.api.test_search import a_word
from tests.city import DISTRICT, STREET, City, Json

FAR = "110108012"


async def near(city: City, ticket_no: str, role: Role = Role.SEAT, unit: str = "") -> list[Json]:
    """The answer, which has to be one."""
    answer = await city.http.get(f"/v1/complaints/{ticket_no}/near", headers=await city.key(role, unit))
    assert answer.status_code == 200, answer.text
    assert answer.json()["ticket_no"] == ticket_no
    return answer.json()["near"]


async def test_an_earlier_complaint_of_ones_own_on_the_same_matter_is_told_with_the_reasons(city: City) -> None:
    matter, who = f"门口{a_word(60)}一整夜", {"phone": f"139{hash(a_word()) % 10**8:08d}"}
    first, second = [await city.keep(matter=matter, complainant=who) for _ in range(2)]
    (told,) = await near(city, second)
    assert (told["ticket_no"], told["sameness"], told["same_complainant"]) == (first, "same_matter", True)
    assert (told["same_item"], told["same_place"], told["is_open"]) == (True, True, True)
    assert 500 < told["text"] < told["score"] <= 1000
    assert await near(city, first) == []


async def test_other_words_of_somebody_else_are_not_near(city: City) -> None:
    await city.keep(matter=a_word(60))
    assert await near(city, await city.keep(matter=a_word(60))) == []


async def test_a_unit_is_told_only_of_what_is_before_it(city: City) -> None:
    matter = a_word(60)
    elsewhere = await city.take_in(matter=matter, street="110105015")
    new = await city.take_in(matter=f"{matter[:30]}，{a_word(90)}")
    assert elsewhere in [each["ticket_no"] for each in await near(city, new)]
    assert elsewhere not in [each["ticket_no"] for each in await near(city, new, Role.UNIT, STREET)]
    assert elsewhere in [each["ticket_no"] for each in await near(city, new, Role.UNIT, DISTRICT)]


async def test_who_may_not_read_words_is_refused(city: City) -> None:
    ticket_no = await city.take_in()
    for role, unit, code in ((Role.FRONTEND, "", "forbidden"), (Role.UNIT, FAR, "not_your_ticket")):
        answer = await city.http.get(f"/v1/complaints/{ticket_no}/near", headers=await city.key(role, unit))
        assert (answer.status_code, answer.json()["code"]) == (403, code)
