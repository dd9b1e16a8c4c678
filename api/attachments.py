"""Files by reference: their form is part of the request's description, how large they may be is policy (R2)."""

import json

from pydantic import TypeAdapter

from api.bodies import Attachment
from api.masking import Mask
from api.problems import ProblemError
from domain.refusal import Fact
from rulebook.book import Book

_KEPT = TypeAdapter(list[dict[str, Fact]])


def written(attachments: tuple[Attachment, ...]) -> str | None:
    """As one text, to be sealed: a reference may be named after a person or a phone."""
    return json.dumps([each.model_dump() for each in attachments]) if attachments else None


def read(text: str | None, hide: Mask) -> list[dict[str, Fact]]:
    """What was written, without what is to be hidden in a reference. It is not hidden in the text as a whole: who is
    called `form`, or has 12345 for a phone, would make it unreadable."""
    kept = _KEPT.validate_json(text) if text else []
    return [{**each, "reference": hide(str(each["reference"]))} for each in kept]


def check_sizes(attachments: tuple[Attachment, ...], book: Book) -> None:
    """Refuse the first file that is declared larger than the policy in force allows for its form."""
    for number, each in enumerate(attachments):
        most = book.house.most_bytes(each.form)
        if each.size_bytes > most:
            raise ProblemError(
                "attachment_too_large",
                attachment=number,
                form=each.form,
                size_bytes=each.size_bytes,
                most_bytes=most,
                policy=book.version,
            )
