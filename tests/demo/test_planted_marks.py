"""Complaints full of marks live through a whole demo: Temporal, logs, figures and refusals hold none of them."""

import json
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from typing import cast

import httpx
import pytest
from google.protobuf.message import Message
from temporalio.client import Client

from classifier.model import Model
from config.settings import Settings
from domain.actor import Actor, Role
from store import api_keys
from store.connection import open_pool
from tests.api.test_privacy import BAD, MARKS, NAME, NOTE, PHONE, POINT, SAID, SUPPLEMENT, traces
from tests.city import STREET, Json
from tests.demo.played import Demo, played
from workers.engine import connect

pytestmark = pytest.mark.slow

TEXTS = [
    f"我叫{NAME}，电话{PHONE}，住{POINT}，貔貅摆件堵着楼道没人打扫",
    f"{POINT}暖气不热，联系{NAME} {PHONE}",
    f"请问医保怎么报销？{NAME}，{PHONE}，麒麟阁",
    f"{POINT}着火了，快来人，獬豸像也烧着了，{PHONE}",
    f"{NAME}反映{POINT}夜里施工吵，貔貅摆件被震碎",
    f"麒麟阁门口井盖丢了，{NAME}差点摔着，{PHONE}",
]


@pytest.fixture(scope="module")
async def demo(model: Model) -> AsyncGenerator[Demo, None]:
    """A demo that has been played, and is up."""
    assert model.version, "the classifier is trained before the demo copies it"
    async with played(TEXTS, seconds=3) as demo:
        yield demo


@pytest.fixture(scope="module")
async def engine(demo: Demo) -> Client:
    """A client of the demo's Temporal."""
    return await connect(Settings(), demo.addresses["temporal_address"])


@pytest.fixture(scope="module")
async def said(demo: Demo) -> list[str]:
    """What a seat and a unit are answered: one complaint with marks in every field, and many bad requests."""
    async with (
        await open_pool(demo.addresses["database_url"], most=2) as pool,
        httpx.AsyncClient(base_url=demo.addresses["api_url"], timeout=60) as http,
    ):
        seat, unit = [
            {"Authorization": f"Bearer {await api_keys.issue(pool, actor)}"}
            for actor in (Actor(Role.SEAT, "marks-seat"), Actor(Role.UNIT, "marks-unit", STREET))
        ]
        taken = await http.post("/v1/complaints", json=SAID | {"street": STREET, "item": "010105"}, headers=seat)
        assert taken.status_code == 201, taken.text
        where = f"/v1/complaints/{taken.json()['ticket_no']}"
        shown = await http.get(where, headers=seat)
        assert NAME in shown.text, "the marks are there, for those who may see them"
        answers = [
            await http.post(f"{where}/callback", json={"reached": False, "note": NOTE}, headers=seat),
            await http.post(f"{where}/supplement", json={"note": ""}, headers=seat),
            await http.post(f"{where}/{NAME}", json={"note": SUPPLEMENT}, headers=seat),
            await http.post(f"{where}/report-done", json={"done_as": NAME, "note": NOTE}, headers=unit),
            await http.get(f"/v1/complaints/{PHONE}", headers=seat),
            await http.get("/v1/complaints", params={"cursor": NAME, "unit": PHONE}, headers=seat),
            await http.get("/v1/complaints", headers={"Authorization": f"Bearer {PHONE}"}),
            *[await http.post("/v1/complaints", json=body, headers=seat) for body in BAD],
        ]
        kept = await http.post(f"{where}/supplement", json={"note": SUPPLEMENT}, headers=seat)
        assert kept.is_success, kept.text
    codes = [answer.status_code for answer in answers]
    assert all(400 <= code < 500 for code in codes if code != 202), codes  # a busy engine refuses later
    return [answer.text + str(answer.headers) for answer in answers]


def leaves(message: Message) -> Iterator[str]:
    """Every text and every run of bytes in a message of the engine's, payloads too."""
    for _, value in message.ListFields():
        for each in _parts(value):
            if isinstance(each, Message):
                yield from leaves(each)
            elif isinstance(each, bytes):
                yield each.decode("utf-8", "replace")
            elif isinstance(each, str):
                yield each


def _parts(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [part for pair in cast(Mapping[object, object], value).items() for part in pair]
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return list(cast(Sequence[object], value))
    return [value]


async def test_it_was_a_whole_demo(demo: Demo) -> None:
    assert demo.account["lost"] == 0
    assert sum(demo.account["by_outcome"].values()) >= len(TEXTS) - 1


async def test_no_refusal_repeats_a_mark(said: list[str]) -> None:
    assert len(said) > 15
    for told in said:
        assert traces(told) == [], told


async def test_no_history_and_no_attribute_of_the_engine_holds_a_mark(engine: Client, said: list[str]) -> None:
    events = payloads = 0
    async for found in engine.list_workflows():
        handle = engine.get_workflow_handle(found.id, run_id=found.run_id)
        described = (await handle.describe()).raw_description
        assert [mark for leaf in leaves(described) for mark in traces(leaf)] == []
        async for event in handle.fetch_history_events():
            events += 1
            for leaf in leaves(event):
                payloads += leaf.startswith("{")
                assert traces(leaf) == [], leaf
    assert events > 20 * len(TEXTS)
    assert payloads > len(TEXTS)


async def test_what_the_engine_keeps_on_disk_holds_no_mark(demo: Demo, said: list[str]) -> None:
    files = [path for path in (demo.home / "temporal").rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)
    assert len(kept) > 100_000
    assert [mark for mark in MARKS if mark.encode() in kept or json.dumps(mark)[1:-1].encode() in kept] == []


async def test_no_row_of_the_database_holds_a_mark_in_plain(demo: Demo, said: list[str]) -> None:
    async with await open_pool(demo.addresses["database_url"], most=1) as pool:
        tables = [
            row["name"]
            for row in await pool.fetch("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
        ]
        rows = 0
        for table in tables:
            for row in await pool.fetch(f'SELECT t::text AS row FROM "{table}" t'):
                rows += 1
                assert traces(row["row"]) == [], table
    assert rows > 10 * len(TEXTS)


async def test_no_page_of_figures_holds_a_mark(demo: Demo, said: list[str]) -> None:
    listed: list[Json] = json.loads((demo.home / "metrics.json").read_text(encoding="utf-8"))
    assert {"api", "relay", "notices", "worker"} == {each["labels"]["process"] for each in listed}
    async with httpx.AsyncClient(timeout=20) as http:
        for target in [target for each in listed for target in each["targets"]]:
            page = await http.get(f"http://{target}/metrics")
            assert "hotline_" in page.text
            assert traces(page.text) == [], target


async def test_no_line_that_any_process_wrote_holds_a_mark(demo: Demo, said: list[str]) -> None:
    logs = demo.logs()
    for process in ("api", "relay", "notices", "worker", "postgres", "temporal"):
        assert any(name.startswith(process) for name in logs), (process, sorted(logs))
    for name, text in logs.items():
        assert traces(text) == [], name
    assert logs["told.txt"]
