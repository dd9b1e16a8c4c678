"""`hotline receivers`: where the notices of an audience are sent, signed."""

import asyncio
import base64
import secrets
from typing import Annotated

import asyncpg
import typer
from rich.console import Console

from config.settings import Settings
from store import outbox
from vault.seal import Vault
from workers.home import addresses, key_ring

app = typer.Typer(help="Webhooks that take notices.", no_args_is_help=True)
_console = Console()
_SECRET_BYTES = 32


@app.command("set")
def set_receiver(
    audience: Annotated[str, typer.Argument(help="A unit code, or centre, bureau, complainant.")],
    url: Annotated[str, typer.Argument(help="Where its notices are posted.")],
) -> None:
    """Send the notices of an audience to a URL and print the secret that signs them, this once (Standard Webhooks)."""
    if not url.startswith(("https://", "http://")):
        raise typer.BadParameter("the URL has to begin with https:// or http://")
    secret = secrets.token_bytes(_SECRET_BYTES)
    asyncio.run(_set(Settings(), audience, url, secret))
    _console.print(f"whsec_{base64.b64encode(secret).decode()}", highlight=False, soft_wrap=True)


async def _set(settings: Settings, audience: str, url: str, secret: bytes) -> None:
    connection = await asyncpg.connect(addresses(settings)[0])
    try:
        await outbox.receive_at(connection, audience, url, Vault(key_ring(settings)).seal_secret(secret))
    finally:
        await connection.close()
