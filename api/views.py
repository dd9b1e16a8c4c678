"""Every view of personal data is noted before it is granted, and told to those who may know (R5)."""

from api.house import House
from api.permissions import GRANTED, READ_VIEWS
from api.presents import ViewPage, ViewShown
from domain.actor import Actor
from store import views

ON_A_TIMELINE = 100


async def note(rooms: House, ticket_no: str, actor: Actor, what: list[str]) -> None:
    """Note what is shown of a ticket; a view that cannot be noted is not granted."""
    await note_all(rooms, [ticket_no], actor, what)


async def note_all(rooms: House, ticket_nos: list[str], actor: Actor, what: list[str]) -> None:
    """Note what is shown of each of these tickets. One writes into a book at a time: who finds a place taken begins
    anew, and of a hundred who look at once nearly all would, again and again."""
    if what:
        for book, of_book in views.by_book(ticket_nos).items():
            async with rooms.books.turn(book):
                await views.add_all(rooms.pool, of_book, actor, what, rooms.vault.bind_views)


async def page(rooms: House, ticket_no: str, before: int | None, limit: int) -> ViewPage:
    """Views of one ticket, newest first."""
    found = await views.of_ticket(rooms.pool, ticket_no, before, limit + 1)
    shown = [
        ViewShown.model_validate(
            {"view_id": v.seq, "at": v.at, "role": v.role, "name": v.name, "unit": v.unit, "what": v.what}
        )
        for v in found[:limit]
    ]
    return ViewPage(ticket_no=ticket_no, views=shown, next=shown[-1].view_id if len(found) > limit else None)


async def on_timeline(rooms: House, ticket_no: str, actor: Actor) -> list[ViewShown]:
    """The newest views, for those who may read them; none for everybody else."""
    if READ_VIEWS not in GRANTED[actor.role]:
        return []
    return (await page(rooms, ticket_no, None, ON_A_TIMELINE)).views
