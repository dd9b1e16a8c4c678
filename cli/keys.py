"""`hotline keys`: API keys for frontends, seats, units and governments."""

import asyncio
from typing import Annotated

import asyncpg
import typer
from rich.console import Console

from config.settings import Settings
from domain.actor import Actor, Role
from store import api_keys
from workers.home import addresses

app = typer.Typer(help="API keys.", no_args_is_help=True)
_console = Console()


@app.command()
def issue(
    name: Annotated[str, typer.Argument(help="Whom the key is for: a system or an account, never a person's name.")],
    role: Annotated[Role, typer.Option(help="What it may do.")],
    unit: Annotated[str, typer.Option(help="Unit code it acts for; needed for role unit.")] = "",
) -> None:
    """Make a key and print it, this once. An older key of the same name stops working."""
    if role is Role.SYSTEM:
        raise typer.BadParameter("system is the hotline itself")
    if role is Role.UNIT and not unit:
        raise typer.BadParameter("role unit needs --unit")
    _console.print(asyncio.run(_issue(Settings(), Actor(role, name, unit))), highlight=False, soft_wrap=True)


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Whose key.")]) -> None:
    """Stop a key from working."""
    if not asyncio.run(_revoke(Settings(), name)):
        raise typer.BadParameter(f"no key of {name} works")
    _console.print(f"{name}: revoked")


async def _issue(settings: Settings, actor: Actor) -> str:
    connection = await asyncpg.connect(addresses(settings)[0])
    try:
        return await api_keys.issue(connection, actor)
    finally:
        await connection.close()


async def _revoke(settings: Settings, name: str) -> bool:
    connection = await asyncpg.connect(addresses(settings)[0])
    try:
        return await api_keys.revoke(connection, name)
    finally:
        await connection.close()
