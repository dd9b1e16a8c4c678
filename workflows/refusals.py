"""The one way a rule's no leaves a workflow: an error that is final, typed by its code, with the facts as detail."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from domain.refusal import Refusal


@contextmanager
def refusals(seq: Callable[[], int]) -> Generator[None, None, None]:
    """Turn a Refusal into an ApplicationError as of the journal row that `seq` tells. Anything else is a bug: it blocks
    the task, loses nothing, and pages."""
    try:
        yield
    except Refusal as refusal:
        raise refused(refusal, seq()) from refusal


def refused(refusal: Refusal, seq: int) -> ApplicationError:
    """The error that carries `refusal` to whoever asked, and the journal row that it was decided on."""
    return ApplicationError(refusal.code, dict(refusal.facts), seq, type=refusal.code, non_retryable=True)
