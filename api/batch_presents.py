"""What batches answer with."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.presents import Present
from store.batches import Batch, Outcome

_BATCH_ID = "0b9f54c2-8f0c-5a53-9d52-7f3b2a6f2d10"


class BatchKept(Present):
    """A batch that will not be lost: each ticket's command will be applied or refused once, by itself."""

    batch_id: str = Field(examples=[_BATCH_ID])
    """Look it up under `/v1/batches/{batch_id}`."""
    tickets: int = Field(examples=[120])
    """How many tickets it is for."""


class BatchShare(Present):
    """What has become of it on one ticket."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The ticket."""
    command_id: str
    """Look it up under `/v1/complaints/{ticket_no}/commands/{command_id}`."""
    state: Literal["pending", "applied", "refused"]
    """pending: kept, will be applied once; applied; refused, with a code."""
    code: str
    """Refusal code, or empty."""


class BatchShown(Present):
    """What has become of a batch."""

    batch_id: str = Field(examples=[_BATCH_ID])
    """Its id."""
    action: str = Field(examples=["supervision"])
    """What was asked."""
    received_at: datetime
    """When it was kept."""
    pending: int
    """Tickets on which it is neither applied nor refused so far."""
    applied: int
    """Tickets on which it is applied."""
    refused: int
    """Tickets on which it was refused."""
    tickets: list[BatchShare]
    """Each ticket, in the order in which they were named."""

    @classmethod
    def of(cls, batch: Batch, outcomes: list[Outcome]) -> "BatchShown":
        """A batch with its outcomes counted."""
        states = [outcome.state for outcome in outcomes]
        return cls(
            batch_id=str(batch.batch_id),
            action=batch.action,
            received_at=batch.received_at,
            pending=states.count("pending"),
            applied=states.count("applied"),
            refused=states.count("refused"),
            tickets=[BatchShare.model_validate(outcome, from_attributes=True) for outcome in outcomes],
        )
