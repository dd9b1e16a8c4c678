"""The API's description of itself: complete enough that outsiders can build on it."""

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest

from api.app import create_app
from api.meanings import MEANINGS
from domain.actor import Role
from tests.city import City, Json

DOCUMENT: Json = create_app(None).openapi()  # type: ignore[arg-type]
SCHEMAS: Json = DOCUMENT["components"]["schemas"]
NAMED: dict[str, Json] = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
OPERATIONS = [pytest.param(operation, id=name) for name, operation in NAMED.items()]
FIELDS = [
    pytest.param(field, id=f"{name}.{field_name}")
    for name, schema in SCHEMAS.items()
    for field_name, field in schema.get("properties", {}).items()
]


def nodes(value: Any) -> Iterator[Json]:
    """Every object inside a document."""
    if isinstance(value, dict):
        found = cast(Json, value)
        yield found
        for each in found.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from nodes(each)


def test_it_is_openapi_3_1_with_a_title_a_version_and_a_purpose() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert DOCUMENT["info"]["title"]
    assert DOCUMENT["info"]["version"]
    assert len(DOCUMENT["info"]["description"]) > 500


def test_every_reference_leads_somewhere() -> None:
    for node in nodes(DOCUMENT):
        if "$ref" in node:
            kind, name = re.fullmatch(r"#/components/(\w+)/(\w+)", node["$ref"]).groups()  # type: ignore[union-attr]
            assert name in DOCUMENT["components"][kind]


def test_every_schema_is_used() -> None:
    used = {node["$ref"].rpartition("/")[2] for node in nodes(DOCUMENT) if "$ref" in node}
    assert set(SCHEMAS) == used


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_says_what_it_is(name: str) -> None:
    assert SCHEMAS[name]["description"]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_described_by_a_sentence(field: Json) -> None:
    assert field["description"].endswith((".", "?")), field


def test_bodies_take_no_unknown_field() -> None:
    bodies = [schema for name, schema in SCHEMAS.items() if name.endswith("Body")]
    assert len(bodies) == 35
    assert all(body["additionalProperties"] is False for body in bodies)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_has_a_summary_a_description_a_tag_and_a_name(operation: Json) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert [tag for tag in DOCUMENT["tags"] if tag["name"] in operation["tags"]]
    assert re.fullmatch(r"[a-z_]{3,30}", operation["operationId"])


def test_no_two_operations_have_one_name() -> None:
    assert len({operation["operationId"] for operation in NAMED.values()}) == len(NAMED)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_parameter_is_described(operation: Json) -> None:
    assert all(parameter["description"] for parameter in operation.get("parameters", ()))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_described_and_has_a_schema(operation: Json) -> None:
    for status, answer in operation["responses"].items():
        assert len(answer["description"]) > 8 or status.startswith("2")
        assert all(content["schema"] for content in answer["content"].values())


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_guarded_operation_lists_its_refusals_as_problems(operation: Json) -> None:
    if "health" in operation["tags"]:
        assert "security" not in operation
        return
    own = "own" in operation["tags"]
    assert operation["security"] == ([{"ComplainantPhone": []}] if own else [{"HTTPBearer": []}])
    refusals = {status: answer for status, answer in operation["responses"].items() if not status.startswith("2")}
    assert {"429" if own else "401", "403", "503"} <= set(refusals)
    for answer in refusals.values():
        assert list(answer["content"]) == ["application/problem+json"]
        assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_action_tells_of_its_three_kinds_of_answer(operation: Json) -> None:
    if not {"units", "centre"} & set(operation["tags"]):
        return
    assert {"200", "202", "400", "401", "403", "404", "409", "413", "422", "503"} == set(operation["responses"])
    assert "Location" in operation["responses"]["202"]["headers"]
    assert operation["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Standing"
    }


@pytest.mark.parametrize("operation", OPERATIONS)
def test_r04_every_action_of_the_complainants_own_tells_of_its_three_kinds_of_answer(operation: Json) -> None:
    if "own" not in operation["tags"] or "requestBody" not in operation:
        return
    assert {"200", "202", "400", "403", "409", "413", "422", "429", "503"} == set(operation["responses"])
    for status, name in (("200", "OwnComplaint"), ("202", "OwnCommand")):
        content = operation["responses"][status]["content"]["application/json"]
        assert content["schema"] == {"$ref": f"#/components/schemas/{name}"}


def test_every_problem_code_is_explained() -> None:
    for code, meaning in MEANINGS.items():
        assert f"| `{code}` | {meaning.status.value} | {meaning.what} |" in DOCUMENT["info"]["description"]


def test_instants_are_date_times() -> None:
    for schema in SCHEMAS.values():
        for name, field in schema.get("properties", {}).items():
            if name in {"at", "due", "next_due", "received_at", "created_at", "as_of"}:
                formats = {node.get("format") for node in nodes(field)} - {None}
                assert formats == {"date-time"}, name


async def test_the_example_codes_are_real_ones(city: City) -> None:
    headers = await city.key(Role.SEAT)
    units = {unit["code"]: unit["name"] for unit in (await city.http.get("/v1/units", headers=headers)).json()}
    items = {item["code"]: item for item in (await city.http.get("/v1/catalogue", headers=headers)).json()}
    shown = {
        name: field["examples"][0]
        for name, field in SCHEMAS["TicketShown"]["properties"].items()
        if "examples" in field
    }
    assert units[shown["lead"]] == shown["lead_name"]
    assert shown["street"].startswith(shown["district"])
    assert items[shown["item"]]["levels"][2] == shown["item_name"]
    assert items[shown["item"]]["tier"] == shown["tier"]
    assert set(SCHEMAS["CoHandlingBody"]["properties"]["units"]["examples"][0]) <= set(units)


async def test_the_document_is_served_without_a_key(city: City) -> None:
    answer = await city.http.get("/openapi.json")
    assert answer.json() == DOCUMENT
    assert (await city.http.get("/docs")).status_code == 200
