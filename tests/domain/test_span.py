"""Lengths of time as policy writes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.span import Span, SpanUnit


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30m", Span(30, SpanUnit.MINUTES)),
        ("2h", Span(2, SpanUnit.HOURS)),
        ("2sh", Span(2, SpanUnit.SERVICE_HOURS)),
        ("7d", Span(7, SpanUnit.DAYS)),
        ("10wd", Span(10, SpanUnit.WORKING_DAYS)),
    ],
)
def test_a_span_is_read_as_policy_writes_it(text: str, span: Span) -> None:
    assert Span.parse(text) == span


@pytest.mark.parametrize("text", ["", "0h", "-1d", "7", "d", "7 d", "7D", "1.5h", "07d", "7d ", "12345m", "2w"])
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a span") as caught:
        Span.parse(text)
    assert repr(text) in str(caught.value)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.integers(1, 9999), st.sampled_from(SpanUnit))
def test_a_written_span_reads_back_as_itself(amount: int, unit: SpanUnit) -> None:
    assert Span.parse(str(Span(amount, unit))) == Span(amount, unit)
