"""Whether what intake says about its way in can be (R2)."""

from api.problems import ProblemError
from domain.channel import ORIGINATING_KINDS, ChannelKind
from rulebook.book import Book


def check_channel(book: Book, code: str, origin: str) -> None:
    """Refuse a channel or a merged hotline that the book does not know, and the two where they do not fit."""
    channel = book.channels.get(code)
    if channel is None or channel.kind is ChannelKind.ORIGIN:
        raise ProblemError("unknown_channel", channel=code, policy=book.version)
    known = book.channels.get(origin)
    if origin and (known is None or known.kind is not ChannelKind.ORIGIN):
        raise ProblemError("unknown_origin", origin=origin, policy=book.version)
    missing = channel.kind is ChannelKind.MERGED_HOTLINE and not origin
    stray = bool(origin) and channel.kind not in ORIGINATING_KINDS
    if missing or stray:
        raise ProblemError("origin_unfit", channel=code, origin=origin)
