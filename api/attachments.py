"""Files by reference: their form is part of the request's description, how large they may be is policy (R2)."""

from api.bodies import Attachment
from api.problems import ProblemError
from rulebook.book import Book


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
