"""Files by reference declare their size; how large each form may be is policy (R2)."""

import pytest

from api.meanings import MEANINGS
from domain.actor import Role
from rulebook.house_limits import MIB
from store.connection import Pool
from tests.api.kept import kept
from tests.api.test_openapi import DOCUMENT
from tests.city import ORDINARY, STREET, City, Json

SAID: Json = {"matter": "楼道没人打扫", "item": ORDINARY, "street": STREET}
MOST = {"voice": 200, "picture": 20, "video": 500, "text": 10}


def of_size(form: str, size_bytes: int) -> Json:
    """One attachment."""
    return {"form": form, "reference": f"store/{form}/1", "size_bytes": size_bytes}


@pytest.mark.parametrize(("form", "mib"), MOST.items())
async def test_a_file_of_just_the_limit_is_taken_and_shown_with_its_size(city: City, form: str, mib: int) -> None:
    attachment = of_size(form, mib * MIB)
    shown = await city.ticket(await city.keep(attachments=[attachment]))
    assert shown["attachments"] == [attachment]


@pytest.mark.parametrize(("form", "mib"), MOST.items())
async def test_a_byte_more_is_refused_with_the_limit_and_nothing_is_kept(
    city: City, pool: Pool, form: str, mib: int
) -> None:
    headers, before = await city.key(Role.SEAT), await kept(pool)
    body = SAID | {"attachments": [of_size("text", 1), of_size(form, mib * MIB + 1)]}
    answer = await city.http.post("/v1/complaints", json=body, headers=headers)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "attachment_too_large")
    told = {name: problem["facts"][name] for name in ("attachment", "form", "size_bytes", "most_bytes")}
    assert told == {"attachment": 1, "form": form, "size_bytes": mib * MIB + 1, "most_bytes": mib * MIB}
    assert await kept(pool) == before


@pytest.mark.parametrize("size", [None, 0, -1, 1.5, "12", True, 2**60])
async def test_a_size_that_is_none_is_refused(city: City, size: object) -> None:
    attachment = {"form": "voice", "reference": "a"} | ({} if size is None else {"size_bytes": size})
    answer = await city.http.post(
        "/v1/complaints", json=SAID | {"attachments": [attachment]}, headers=await city.key(Role.SEAT)
    )
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == ["body.attachments.0.size_bytes"]


def test_the_description_tells_the_size_its_unit_and_the_refusal() -> None:
    attachment = DOCUMENT["components"]["schemas"]["Attachment"]
    assert set(attachment["required"]) == {"form", "reference", "size_bytes"}
    assert "bytes" in attachment["properties"]["size_bytes"]["description"]
    assert "`attachment_too_large`" in attachment["properties"]["size_bytes"]["description"]
    assert MEANINGS["attachment_too_large"].what in DOCUMENT["info"]["description"]
