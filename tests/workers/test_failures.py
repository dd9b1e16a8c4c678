"""Errors on their way to the engine quote nobody."""

import asyncpg
from pydantic import BaseModel, ValidationError
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter

from workers.failures import DiscreetFailures

_PHONE = "13800138000"
_CONVERTER = DataConverter(failure_converter_class=DiscreetFailures)


class _Counted(BaseModel):
    number: bool


async def _told(error: BaseException) -> Failure:
    failure = Failure()
    await _CONVERTER.encode_failure(error, failure)
    return failure


def _misread() -> ValidationError:
    try:
        _Counted.model_validate({"number": _PHONE})
    except ValidationError as error:
        return error
    raise AssertionError("it is no bool")


async def test_r5_an_error_that_quotes_somebody_is_told_by_its_type() -> None:
    for error in (_misread(), asyncpg.DataError(f"invalid input: {_PHONE}")):
        assert _PHONE in str(error)
        told = await _told(error)
        assert _PHONE not in str(told)
        assert told.message == type(error).__qualname__


async def test_r5_so_is_what_led_to_another_error() -> None:
    led = LookupError("no such thing")
    led.__cause__ = _misread()
    told = await _told(led)
    assert (told.message, told.cause.message) == ("no such thing", "ValidationError")
    assert _PHONE not in str(told)
