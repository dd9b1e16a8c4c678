"""A faulty channels file is refused with its line."""

from pathlib import Path

import pytest

from rulebook.fault import BadPolicy
from rulebook.files import load
from tests.rulebook.small_policy import spoil

FILE = "channels/2026-01-01.csv"
PHONE = "phone,phone,12345电话"
WECHAT = "wechat,network,微信公众号"
ORIGIN = "H-12315,origin,12315消费者投诉举报热线"

CASES: dict[str, tuple[str, str, int | None, str]] = {
    "an unknown kind": (WECHAT, WECHAT.replace("network", "pigeon"), 3, "kind: input should be"),
    "a code that is none": (WECHAT, WECHAT.replace("wechat", "WeChat"), 3, "code: string should match"),
    "a name that is none": (WECHAT, "wechat,network,微", 3, "name: string should have at least 2"),
    "a channel coded as an origin": (
        WECHAT,
        WECHAT.replace("wechat", "H-WX"),
        3,
        "is not how a channel of kind network",
    ),
    "an origin coded as a channel": (ORIGIN, ORIGIN.replace("H-12315", "h12315"), 5, "of kind origin is coded"),
    "a code twice": (WECHAT, f"{WECHAT}\nwechat,network,微博", 4, "wechat stands already on line 3"),
    "a name twice": (WECHAT, f"{WECHAT}\nweibo,network,微信公众号", 4, "微信公众号 stands already on line 3"),
    "a cell too many": (WECHAT, f"{WECHAT},", 3, "has 4 cells, the header has 3"),
    "no phone": (f"{PHONE}\n", "", None, "must hold a channel of kind phone"),
}


@pytest.mark.parametrize(("good", "bad", "line", "reason"), CASES.values(), ids=CASES)
def test_r02_it_is_refused_with_its_line(folder: Path, good: str, bad: str, line: int | None, reason: str) -> None:
    spoil(folder, FILE, good, bad)
    with pytest.raises(BadPolicy) as refused:
        load(folder)
    told = [(fault.file, fault.line) for fault in refused.value.faults if reason in fault.reason]
    assert told == [(FILE, line)], refused.value.faults
