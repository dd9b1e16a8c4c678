"""`hotline keys`: API keys for frontends, seats, units and governments; and the keys of the ring, which seal."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from config.settings import Settings
from domain.actor import Actor, Role
from store import api_keys, wrapped
from store.connection import Pool, open_pool
from vault.keyring import BadKeyRing, KeyRing, change_at_home
from vault.seal import Vault
from workers.home import addresses, key_ring
from workers.rotation import Rotation, rewrap

app = typer.Typer(help="API keys, and the keys that seal.", no_args_is_help=True)
_console = Console(highlight=False, soft_wrap=True)
_Answer = TypeVar("_Answer")
_RING = "KEY RING"
_KeyId = Annotated[str, typer.Argument(metavar="KEY_ID", help="Id of a key on the ring.")]
_BY_HAND = """The ring comes from HOTLINE_KEY_RING, which a command cannot change. By hand:
1. put one more key into its "keys", under an id never used before: openssl rand -base64 32; make every process anew
2. set "current" to its id; make every process anew
3. hotline keys rotate
4. hotline keys drop OLD_ID, then take that key out; make every process anew
(compose: docker compose up --detach; restart would keep the old environment)"""


@app.command()
def issue(
    name: Annotated[str, typer.Argument(help="Whom the key is for: a system or an account, never a person's name.")],
    role: Annotated[Role, typer.Option(help="What it may do.")],
    unit: Annotated[
        str, typer.Option(help="Unit code it acts for; needed for role unit, and M-MINORS for seats of that line.")
    ] = "",
) -> None:
    """Make a key and print it, this once. An older key of the same name stops working."""
    if role in (Role.SYSTEM, Role.COMPLAINANT):
        raise typer.BadParameter("system is the hotline itself")
    if role is Role.UNIT and not unit:
        raise typer.BadParameter("role unit needs --unit")
    _say(_with_pool(Settings(), lambda pool: api_keys.issue(pool, Actor(role, name, unit))))


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Whose key.")]) -> None:
    """Stop a key from working."""
    if not _with_pool(Settings(), lambda pool: api_keys.revoke(pool, name)):
        raise typer.BadParameter(f"no key of {name} works")
    _say(f"{name}: revoked")


@app.command(rich_help_panel=_RING)
def add() -> None:
    """First step of a rotation: a new key joins the ring. It seals nothing yet: first every process has to know it."""
    settings = Settings()
    key_id = f"k{datetime.now(UTC):%Y%m%d%H%M%S}"  # an id of a dropped key must never come back
    change_at_home(_ring_file(settings), lambda ring: ring.added(key_id))
    _say(f"{key_id} is on the ring, and every process of this home knows it within a second.")
    _say("Bring the ring to every other machine, then: hotline keys rotate")


@app.command(rich_help_panel=_RING)
def rotate(
    yes: Annotated[bool, typer.Option("--yes", help="Every machine has the ring as it is here.")] = False,
) -> None:
    """Second step: make the newest key current and wrap everything again under it. Can be interrupted and repeated."""
    settings = Settings()
    ring = key_ring(settings)
    if len(ring.keys) == 1:
        raise BadKeyRing("there is no other key on the ring: hotline keys add")
    if settings.key_ring is None and ring.current != ring.newest:
        path = _ring_file(settings)
        if not yes:
            _say(f"A machine whose ring has no {ring.newest} yet cannot open what this wraps again.")
            typer.confirm("Does every machine have the ring as it is here?", abort=True)
        ring = change_at_home(path, lambda found: found.turned(ring.newest))
        _say(f"{ring.current} is current; every process of this home seals under it within a second")
    _tell(ring, _with_pool(settings, lambda pool: _rewrap(pool, ring)))


@app.command(rich_help_panel=_RING)
def drop(key_id: _KeyId) -> None:
    """Last step: an old key leaves the ring. Refused while anything is wrapped under it."""
    settings = Settings()
    ring = key_ring(settings)
    ring.without(key_id)  # a key that cannot be dropped is refused before the database hears of it
    still = _with_pool(settings, lambda pool: _drop(pool, key_id))
    if still:
        raise BadKeyRing(f"{still} keys and secrets are wrapped under {key_id}: hotline keys rotate")
    if settings.key_ring is not None:
        _say(f"Nothing is wrapped under {key_id} any more: take it out of HOTLINE_KEY_RING")
    else:
        change_at_home(_ring_file(settings), lambda ring: ring.without(key_id))
        _say(f"{key_id} has left the ring. Keep a copy for as long as there are backups from before the rotation")


def _ring_file(settings: Settings) -> Path:
    if settings.key_ring is not None:
        raise BadKeyRing(_BY_HAND)
    return settings.home / "keys.json"


async def _rewrap(pool: Pool, ring: KeyRing) -> Rotation:
    with Progress(console=_console) as progress:
        bar = progress.add_task(f"under {ring.current}", total=await wrapped.others(pool, ring.current))
        return await rewrap(pool, Vault(ring), lambda count: progress.advance(bar, count))


def _tell(ring: KeyRing, rotation: Rotation) -> None:
    """Exit 1 when a key is wrapped under what the ring cannot open: somebody has to find out why."""
    _say(f"{rotation.rewrapped} wrapped again under {ring.current}, {rotation.left} left under older keys")
    if rotation.unopened:
        _say(f"{rotation.unopened} of them are opened by no key of this ring: was a key lost, or is it another ring?")
        raise typer.Exit(1)
    if rotation.left:
        _say("They came in meanwhile, under a ring that is older: see that every machine has this one, and repeat")


async def _drop(pool: Pool, key_id: str) -> int:
    async with pool.acquire() as connection:
        return await wrapped.drop(connection, key_id)


def _with_pool(settings: Settings, ask: Callable[[Pool], Awaitable[_Answer]]) -> _Answer:
    async def asked() -> _Answer:
        async with await open_pool(addresses(settings)[0], most=1) as pool:
            return await ask(pool)

    return asyncio.run(asked())


def _say(line: str) -> None:
    _console.print(line, markup=False)
