"""Sends queued notices to receivers, signed, at least once; a receiver drops a key that it has seen."""

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta

import httpx
import structlog
from standardwebhooks import Webhook

from store import outbox
from store.connection import AWAY, Pool
from store.outbox import Queued
from telemetry.deliveries import posting
from vault.seal import Vault

_log = structlog.stdlib.get_logger(__name__)

BATCH = 200
EACH = 8
"""Notices on their way to one receiver at a time. The next go when these are through: who is slow keeps itself waiting,
and nobody else."""
IDLE = 1.0
PAUSE = timedelta(seconds=5)


async def send_notices(pool: Pool, vault: Vault, stop: asyncio.Event) -> None:
    """Run until `stop` is set. Notices without a receiver wait for their audience to fetch them."""
    under_way: dict[str, asyncio.Task[None]] = {}
    async with httpx.AsyncClient(timeout=10, follow_redirects=False) as http:
        while not stop.is_set():
            try:
                claimed = await outbox.claim(pool, BATCH, EACH, PAUSE, list(under_way))
            except AWAY as away:
                _log.warning("database away", error=type(away).__name__)
                claimed = []
            for audience, notices in _by_audience(claimed).items():
                under_way[audience] = asyncio.create_task(_send_all(pool, http, vault, notices))
                under_way[audience].add_done_callback(lambda _, audience=audience: under_way.pop(audience))
            if not claimed:
                await asyncio.sleep(IDLE)
            else:
                await asyncio.wait(under_way.values(), timeout=IDLE, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*under_way.values())


def _by_audience(claimed: list[Queued]) -> dict[str, list[Queued]]:
    found: dict[str, list[Queued]] = {}
    for notice in claimed:
        found.setdefault(notice.audience, []).append(notice)
    return found


async def _send_all(pool: Pool, http: httpx.AsyncClient, vault: Vault, notices: list[Queued]) -> None:
    """The notices of one receiver. Whatever one of them meets, its next try is planned and the others go on."""
    outcomes = await asyncio.gather(*(_send(pool, http, vault, each) for each in notices), return_exceptions=True)
    for notice, outcome in zip(notices, outcomes, strict=True):
        if isinstance(outcome, AWAY):
            _log.warning("database away", error=type(outcome).__name__)
        elif isinstance(outcome, Exception):
            error = type(outcome).__name__
            _log.error("notice not sent", ticket_no=notice.ticket_no, kind=notice.kind, error=error)


async def _send(pool: Pool, http: httpx.AsyncClient, vault: Vault, notice: Queued) -> None:
    """One notice: code, ticket number and kind, no personal data. A failed one is tried again later."""
    url, sealed, now = notice.url, notice.secret_sealed, datetime.now(UTC)
    assert url is not None, "only notices with a receiver are claimed"
    assert sealed is not None, "a receiver has a secret"
    told = {"ticket_no": notice.ticket_no, "kind": notice.kind, "created_at": notice.created_at.isoformat()}
    body = json.dumps(told)
    key = f"{notice.ticket_no}/{notice.key}"
    secret = base64.b64encode(vault.open_secret(sealed)).decode()
    headers = {
        "content-type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(key, now, body),
    }
    try:
        with posting(notice):
            response = await http.post(url, content=body, headers=headers)
            response.raise_for_status()
    except httpx.HTTPError as failure:
        _log.warning("notice not taken", ticket_no=notice.ticket_no, kind=notice.kind, error=type(failure).__name__)
        return
    await outbox.sent(pool, notice)
