"""A minute of the peak, at a rate that any machine carries: nothing is lost or doubled. No time is judged. The record's
own rate is left to the command."""

from bench.mix import Sort
from bench.peak import Peak, measure_peak
from workers.running import Running

SHORT = Peak(minutes=1, per_s=20)
CALLS = 1200


async def test_of_many_calls_every_one_is_told_its_number_and_taken_up_once(hotline: Running) -> None:
    told = await measure_peak(hotline, SHORT, print)
    assert told["faults"] == []
    assert (told["lost"], told["duplicated"], told["journal_mismatches"]) == (0, 0, 0)
    assert told["calls"] == told["acknowledged"] == told["accepted"] == told["applied"] == CALLS
    assert told["refused"] == {}
    assert told["drained_s"] is not None
    assert sum(told["sorts"].values()) == CALLS
    assert told["stages"]["closed"] >= told["sorts"][Sort.ANSWERED]
    assert told["workflows"] + told["without_workflow"] >= CALLS
    assert told["compared"] > 0
    assert told["urgent"]["taken_up"] == told["sorts"][Sort.URGENT] > 0
