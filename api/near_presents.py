"""What the API answers about complaints that are near to one another."""

from typing import Literal

from pydantic import Field

from api.presents import Present
from domain.nearness import Candidate


class NearShown(Present):
    """An earlier complaint near to the one asked about, and why."""

    ticket_no: str = Field(examples=["20261122-00000017"])
    """The number it is known by."""
    sameness: Literal["same_matter", "same_event", "possible"]
    """same_matter: of the same complainant (R12); same_event: of another one, and open (R13); possible: below the
    thresholds of policy, for a person to look at."""
    score: int = Field(ge=0, le=1000, examples=[640])
    """How near, in thousandths."""
    text: int = Field(ge=0, le=1000, examples=[410])
    """What the texts share, in thousandths."""
    same_complainant: bool
    """Raised by the same complainant."""
    same_item: bool
    """Of the same catalogue item."""
    same_place: bool
    """In the same street, or in the same district where a street is not known."""
    same_name: bool
    """Both name the same place in their words."""
    is_open: bool
    """Not closed yet."""

    @classmethod
    def of(cls, near: Candidate) -> "NearShown":
        """A candidate as it is."""
        return cls.model_validate({name: getattr(near, name) for name in cls.model_fields})


class NearPage(Present):
    """What is near to a complaint, the nearest first."""

    ticket_no: str
    """The complaint asked about."""
    near: list[NearShown]
    """Earlier complaints."""
