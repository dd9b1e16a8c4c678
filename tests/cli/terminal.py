"""The `hotline` command as typed at a terminal."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app


class Terminal:
    """One installation: its database and its home."""

    def __init__(self, database_url: str, home: Path, key_ring: str | None = None) -> None:
        self.home = home
        self.env: dict[str, str | None] = {
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": "127.0.0.1:1",
            "HOTLINE_HOME": str(home),
            "HOTLINE_KEY_RING": key_ring,
        }

    async def hotline(self, *words: str, typed: str = "") -> tuple[int, str]:
        """Exit status and all that a person reads."""
        result = await asyncio.to_thread(CliRunner(env=self.env).invoke, app, list(words), input=typed)
        told = f"{result.exception}" if result.exception else ""
        return result.exit_code, result.output + told

    async def done(self, *words: str) -> str:
        """What is read of a command that has to succeed."""
        status, told = await self.hotline(*words)
        assert status == 0, told
        return told
