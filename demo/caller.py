"""Speaks to the API like any client would: with keys, idempotency keys, and patience when something is down."""

import asyncio
import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import httpx
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from domain.actor import Actor, Role
from store import api_keys
from store.connection import AWAY, Pool

Json = dict[str, Any]
_PAUSE = 0.5
_PATIENCE = 600
_LATER = (httpx.codes.ACCEPTED, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.INTERNAL_SERVER_ERROR)


class GaveUp(Exception):
    """The hotline did not come back in ten minutes."""


class Caller:
    """All of the cast's hands. `refused` counts refusals by code, `calls` all answers."""

    def __init__(self, http: httpx.AsyncClient, pool: Pool, engine: Client) -> None:
        self._http = http
        self._pool = pool
        self._engine = engine
        self._skipper = TimeSkipper(engine, config=TimeSkippingConfig(enabled=False))
        self._keys: dict[tuple[Role, str], str] = {}
        self._issuing = asyncio.Lock()
        self.refused: Counter[str] = Counter()
        self.calls = 0

    async def post(self, path: str, role: Role, unit: str = "", /, **body: Any) -> httpx.Response:
        """One request, repeated with the same key until it is answered for good."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        for _ in range(int(_PATIENCE / _PAUSE)):
            answer = await self._try("POST", path, role, unit, json=body, headers=headers)
            if answer is not None and answer.status_code not in _LATER:
                if answer.is_client_error:
                    self.refused[answer.json()["code"]] += 1
                return answer
            await asyncio.sleep(_PAUSE)
        raise GaveUp(path)

    async def own(self, path: str, phone: str, **body: Any) -> None:
        """What a complainant does without a key, by the phone that the complaint was raised from (R4)."""
        headers = {"Idempotency-Key": str(uuid.uuid4()), "Complainant-Phone": phone}
        for _ in range(int(_PATIENCE / _PAUSE)):
            try:
                answer = await self._http.post(path, json=body, headers=headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code not in _LATER:
                self.calls += 1
                if answer.is_client_error:
                    self.refused[answer.json()["code"]] += 1
                return
            await asyncio.sleep(_PAUSE)
        raise GaveUp(path)

    async def get(self, path: str, role: Role, unit: str = "") -> Json:
        """One look, repeated until it succeeds."""
        for _ in range(int(_PATIENCE / _PAUSE)):
            answer = await self._try("GET", path, role, unit)
            if answer is not None and answer.is_success:
                return answer.json()
            if answer is not None and answer.is_client_error:
                answer.raise_for_status()
            await asyncio.sleep(_PAUSE)
        raise GaveUp(path)

    async def skip(self, ticket_no: str, span: timedelta) -> None:
        """Let `span` pass for one complaint; every clock within it rings."""
        handle = self._engine.get_workflow_handle(ticket_no)
        for _ in range(int(_PATIENCE / _PAUSE)):
            try:
                await asyncio.wait_for(self._skipper.fast_forward(handle, span), 60)
                return
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:
                    return  # it has ended meanwhile
                if error.status is RPCStatusCode.UNIMPLEMENTED:
                    raise
            except (TimeoutError, RuntimeError):
                pass  # the engine went away half-way; skipping a little more does no harm
            await asyncio.sleep(_PAUSE)
        raise GaveUp(ticket_no)

    async def _try(self, method: str, path: str, role: Role, unit: str, **more: Any) -> httpx.Response | None:
        try:
            key = await self._key(role, unit)
            headers = more.pop("headers", {}) | {"Authorization": f"Bearer {key}"}
            answer = await self._http.request(method, path, headers=headers, **more)
        except (httpx.TransportError, *AWAY):
            return None
        self.calls += 1
        return answer

    async def _key(self, role: Role, unit: str) -> str:
        async with self._issuing:
            if (role, unit) not in self._keys:
                name = f"demo-{role}{'-' if unit else ''}{unit}"
                self._keys[role, unit] = await api_keys.issue(self._pool, Actor(role, name, unit))
            return self._keys[role, unit]
