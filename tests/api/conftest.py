"""The API of these tests answers without the delays that a socket has when nobody tells it that it is TCP."""

from collections.abc import AsyncGenerator

import pytest

from api.house import House
from tests.api.door import door


@pytest.fixture(scope="session")
async def api_url(rooms: House) -> AsyncGenerator[str, None]:
    """The API on a real socket."""
    async with door(rooms) as http:
        yield str(http.base_url).rstrip("/")
