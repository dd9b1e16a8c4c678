"""Speaks to the API as a good client does: one Idempotency-Key a request, repeated until it is answered for good."""

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from audit.record import INTAKE, Promise, Record, Sent
from drill.calls import Answer, Calls, Cut, Json

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 3.0
_GIVES_UP_AFTER = 900.0
"""Seconds after which a client stops repeating; the drill then says so."""
_COME_BACK_LATER = 503
_SERVERS_FAULT = 500
CUT = "cut"
"""Counted among the answers: no answer, the connection was refused or broke."""
LOOKED = "200"
"""How a look is answered."""
FRONTEND = ""
"""Whose key is used when no unit's is."""


class Client:
    """All hands of the load. `answers` counts what came back by status, to looks in `looks`; `unexpected` says what
    should not have."""

    def __init__(self, calls: Calls, record: Record, keys: Mapping[str, str]) -> None:
        """`keys`: API keys by unit code, the front end's under FRONTEND."""
        self._calls = calls
        self._record = record
        self._keys = keys
        self.answers: Counter[str] = Counter()
        self.looks: Counter[str] = Counter()
        self.unexpected: Counter[str] = Counter()

    async def hand_in(self, body: Json) -> str | None:
        """The ticket number of a new complaint; None when it was given up."""
        sent = Sent(str(uuid.uuid4()), INTAKE)
        answer = await self._post("/v1/complaints", sent, FRONTEND, body)
        if answer is None:
            return None
        ticket_no: str = answer.body["ticket_no"]
        self._record.promised(Promise(sent.key, answer.status, ticket_no))
        return ticket_no

    async def act(self, ticket_no: str, action: str, unit: str = FRONTEND, /, **body: Any) -> Promise | None:
        """One action as the hotline promised it: applied (200) or kept (202). None when it was refused or given up."""
        sent = Sent(str(uuid.uuid4()), action, ticket_no)
        answer = await self._post(f"/v1/complaints/{ticket_no}/{action}", sent, unit, body)
        if answer is None:
            return None
        where = answer.headers.get("location") or answer.headers["content-location"]
        promise = Promise(sent.key, answer.status, ticket_no, where.rpartition("/")[2])
        self._record.promised(promise)
        return promise

    async def look(self, path: str) -> Json | None:
        """One look; None when it cannot be had now."""
        try:
            answer = await self._calls.ask("GET", path, self._headers(FRONTEND))
        except Cut:
            self.looks[CUT] += 1
            return None
        self.looks[str(answer.status)] += 1
        return answer.body if answer.is_success else None

    async def _post(self, path: str, sent: Sent, unit: str, body: Json) -> Answer | None:
        self._record.sent(sent)
        headers = {**self._headers(unit), "Idempotency-Key": sent.key}
        pause, until = _FIRST_PAUSE, asyncio.get_running_loop().time() + _GIVES_UP_AFTER
        while asyncio.get_running_loop().time() < until:
            try:
                answer = await self._calls.ask("POST", path, headers, body)
            except Cut:
                self.answers[CUT] += 1
            else:
                self.answers[str(answer.status)] += 1
                if answer.is_success:
                    return answer
                if not self._worth_repeating(sent, answer):
                    return None
                pause = max(pause, float(answer.headers.get("retry-after", 0)))
            await asyncio.sleep(pause * random.uniform(0.7, 1.3))
            pause = min(2 * pause, _LONGEST_PAUSE)
        self.unexpected[f"{sent.action} given up"] += 1
        return None

    def _worth_repeating(self, sent: Sent, answer: Answer) -> bool:
        """503 says when to come back. Anything else that is no success is not what a hotline in trouble should say."""
        if answer.status == _COME_BACK_LATER and "retry-after" in answer.headers:
            return True
        self.unexpected[f"{sent.action} answered {answer.status} {answer.body.get('code', '')}"] += 1
        return answer.status >= _SERVERS_FAULT

    def _headers(self, unit: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._keys[unit]}"}
