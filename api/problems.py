"""Refusals as problem+json (RFC 9457): a code, what is wrong, the facts, and how to mend it."""

from collections.abc import Mapping

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.meanings import MEANINGS
from domain.refusal import Fact
from telemetry import door

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """A refusal. Nothing has changed."""

    type: str = Field(description="Identifies the kind of problem.", examples=["urn:hotline:wrong_stage"])
    title: str = Field(description="What is wrong.", examples=["The complaint is closed."])
    status: int = Field(description="The HTTP status.", examples=[409])
    code: str = Field(description="Stable code to program against.", examples=["wrong_stage"])
    detail: str = Field(description="How to mend it.", examples=["Look at the stage in facts."])
    facts: dict[str, Fact] = Field(description="What the refusal rests on.", examples=[{"stage": "closed"}])
    errors: list[dict[str, Fact]] = Field(
        description="Places in the request that do not fit: where, why, and what was expected. At most twenty.",
        examples=[[{"where": "body.matter", "why": "missing", "expected": "Field required"}]],
    )


class ProblemError(Exception):
    """Raised by routes; answered as problem+json."""

    def __init__(self, code: str, *, headers: dict[str, str] | None = None, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.headers = headers
        self.facts: dict[str, Fact] = facts


def answer(
    code: str,
    facts: Mapping[str, Fact] | None = None,
    *,
    errors: list[dict[str, Fact]] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """The response for a code of MEANINGS."""
    meaning = MEANINGS[code]
    door.refused(code)
    problem = Problem(
        type=f"urn:hotline:{code}",
        title=meaning.what,
        status=meaning.status,
        code=code,
        detail=meaning.mend,
        facts=dict(facts or {}),
        errors=errors or [],
    )
    return JSONResponse(problem.model_dump(mode="json"), meaning.status, headers, MEDIA_TYPE)
