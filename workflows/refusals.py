"""The one way a rule's no leaves a workflow: an error that is final, typed by its code, with the facts as detail."""

from collections.abc import Generator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from domain.refusal import Refusal


@contextmanager
def refusals() -> Generator[None, None, None]:
    """Turn a Refusal into an ApplicationError. Anything else is a bug: it blocks the task, loses nothing, and pages."""
    try:
        yield
    except Refusal as refusal:
        raise refused(refusal) from refusal


def refused(refusal: Refusal) -> ApplicationError:
    """The error that carries `refusal` to whoever asked."""
    return ApplicationError(refusal.code, dict(refusal.facts), type=refusal.code, non_retryable=True)
