"""Deadlines computed by hand from the State Council's calendars and the shipped limits, the computation written out as
a clerk would note it. Nothing here is computed: what the system says is held against it."""

from dataclasses import dataclass

from domain.catalogue import DayKind, Tier
from domain.commands import (
    Command,
    DecideExtension,
    DecideObjection,
    RecordContact,
    Replan,
    RequestExtension,
    SignIn,
)
from domain.grounds import ExtensionGround
from tests.domain.building import ANGRY, NOT_MY_DUTY, RESOLVED
from tests.domain.city import OTHER_STREET


@dataclass(frozen=True)
class Limit:
    """One limit: where it ends, the days one by one, and in natural time, or beside the days, the sum."""

    end: str
    days: str = ""
    sum: str = ""


@dataclass(frozen=True)
class Then:
    """What happened later, in words, and who did what."""

    at: str
    words: str
    moves: tuple[tuple[str, Command], ...]


@dataclass(frozen=True)
class ByHand:
    """One complaint: its limits one after another, the last being the deadline. `published` is the last year whose
    calendar was known at dispatch."""

    case: str
    item: str
    tier: Tier
    day_kind: DayKind
    start: str
    limits: tuple[Limit, ...]
    then: tuple[Then, ...] = ()
    about: str = "handling"
    provisional: bool = False
    published: int = 2026


CALENDAR = "of-2026"
"""The policy version that brings the calendar of 2026 to those who did not know it."""


def _signs_in(at: str) -> Then:
    return Then(at, "signed in", (("lead", SignIn()), ("lead", RecordContact(reached=True))))


def _extends(at: str, *, days: int = 0, hours: int = 0) -> Then:
    asked = RequestExtension(ExtensionGround.COMPLEX, days=days, hours=hours)
    words = f"extended by {days} working days" if days else f"extended by {hours} h"
    return Then(at, words, (("lead", asked), ("seat", DecideExtension(granted=True))))


def _objects(at: str) -> Then:
    return Then(at, "objection", (("lead", NOT_MY_DUTY),))


HAND = [
    ByHand(
        "Stuck in a lift half an hour before midnight on 国庆节",
        "010301",
        Tier.HOURS_2,
        DayKind.HOURS,
        "2026-10-01 23:30",
        (Limit("2026-10-02 01:30", sum="23:30 + 2 h"),),
    ),
    ByHand(
        "Water cut off in the evening of a make-up Saturday before 春节, extended once",
        "020101",
        Tier.HOURS_24,
        DayKind.HOURS,
        "2026-02-14 20:15",
        (
            Limit("2026-02-15 20:15", sum="20:15 + 24 h"),
            Limit("2026-02-16 08:15", sum="20:15 + 12 h"),
        ),
        then=(_signs_in("2026-02-14 20:40"), _extends("2026-02-15 18:00", hours=12)),
    ),
    ByHand(
        "Seven elapsed days are 7 × 24 h, 国庆节 or not",
        "010105",
        Tier.DAYS_7,
        DayKind.ELAPSED,
        "2026-09-30 16:20",
        (Limit("2026-10-07 16:20", sum="16:20 + 168 h"),),
    ),
    ByHand(
        "Seven working days from a make-up Sunday over 国庆节 and 中秋节 of 2025",
        "010102",
        Tier.DAYS_7,
        DayKind.WORKING_DAYS,
        "2025-09-28 10:00",
        (
            Limit(
                "2025-10-15 00:00",
                "09-28当日不计；09-29第1日；09-30第2日；10-01至10-05国庆节；10-06中秋节；10-07至10-08国庆节；10-09第3日；"
                "10-10第4日；10-11第5日（国庆节补班）；10-12周末；10-13第6日；10-14第7日",
            ),
        ),
    ),
    ByHand(
        "Seven working days from an evening call on the eve of 国庆节 2026",
        "010102",
        Tier.DAYS_7,
        DayKind.WORKING_DAYS,
        "2026-09-30 21:40",
        (
            Limit(
                "2026-10-16 00:00",
                "09-30当日不计；10-01至10-07国庆节；10-08第1日；10-09第2日；10-10第3日（国庆节补班）；10-11周末；"
                "10-12第4日；10-13第5日；10-14第6日；10-15第7日",
            ),
        ),
    ),
    ByHand(
        "Fifteen working days over 春节, worked on the Saturdays before and after it",
        "010201",
        Tier.DAYS_15,
        DayKind.WORKING_DAYS,
        "2026-02-06 10:00",
        (
            Limit(
                "2026-03-06 00:00",
                "02-06当日不计；02-07至02-08周末；02-09第1日；02-10第2日；02-11第3日；02-12第4日；02-13第5日；"
                "02-14第6日（春节补班）；02-15至02-23春节；02-24第7日；02-25第8日；02-26第9日；02-27第10日；"
                "02-28第11日（春节补班）；03-01周末；03-02第12日；03-03第13日；03-04第14日；03-05第15日",
            ),
        ),
    ),
    ByHand(
        "Fifteen calendar days over a month's end whose last is a day off (民法典 art. 203)",
        "010402",
        Tier.DAYS_15,
        DayKind.CALENDAR_DAYS,
        "2026-09-20 09:00",
        (
            Limit(
                "2026-10-09 00:00",
                "09-20当日不计；09-21第1日；09-22第2日；09-23第3日；09-24第4日；09-25第5日；09-26第6日；09-27第7日；"
                "09-28第8日；09-29第9日；09-30第10日；10-01第11日；10-02第12日；10-03第13日；10-04第14日；10-05第15日；"
                "10-06至10-07国庆节；10-08顺延至此",
            ),
        ),
    ),
    ByHand(
        "Two extensions, each from where the limit before ends: the afternoon of 中秋节, then 24:00 of 9 October",
        "010105",
        Tier.DAYS_7,
        DayKind.ELAPSED,
        "2026-09-18 15:00",
        (
            Limit("2026-09-25 15:00", sum="15:00 + 168 h"),
            Limit(
                "2026-10-10 00:00",
                "09-25当日不计；09-26至09-27中秋节；09-28第1日；09-29第2日；09-30第3日；10-01至10-07国庆节；"
                "10-08第4日；10-09第5日",
            ),
            Limit("2026-10-14 00:00", "10-09当日不计；10-10第1日（国庆节补班）；10-11周末；10-12第2日；10-13第3日"),
        ),
        then=(
            _signs_in("2026-09-18 15:30"),
            _extends("2026-09-24 10:00", days=5),
            _extends("2026-10-09 10:00", days=3),
        ),
    ),
    ByHand(
        "An objection upheld stops the limit; another unit has seven working days of its own over 劳动节",
        "010102",
        Tier.DAYS_7,
        DayKind.WORKING_DAYS,
        "2026-04-24 10:00",
        (
            Limit(
                "2026-05-09 00:00",
                "04-24当日不计；04-25至04-26周末；04-27第1日；04-28第2日；04-29第3日；04-30第4日；05-01至05-05劳动节；"
                "05-06第5日；05-07第6日；05-08第7日",
            ),
            Limit(
                "2026-05-10 00:00",
                "04-27当日不计；04-28第1日；04-29第2日；04-30第3日；05-01至05-05劳动节；05-06第4日；05-07第5日；"
                "05-08第6日；05-09第7日（劳动节补班）",
            ),
        ),
        then=(
            _objects("2026-04-24 16:00"),
            Then("2026-04-27 11:00", "upheld", (("bureau", DecideObjection(upheld=True, unit=OTHER_STREET)),)),
        ),
    ),
    ByHand(
        "The same objection rejected: the limit never stopped",
        "010102",
        Tier.DAYS_7,
        DayKind.WORKING_DAYS,
        "2026-04-24 10:00",
        (
            Limit(
                "2026-05-09 00:00",
                "04-24当日不计；04-25至04-26周末；04-27第1日；04-28第2日；04-29第3日；04-30第4日；05-01至05-05劳动节；"
                "05-06第5日；05-07第6日；05-08第7日",
            ),
        ),
        then=(
            _objects("2026-04-24 16:00"),
            Then("2026-04-27 11:00", "rejected", (("bureau", DecideObjection(upheld=False)),)),
        ),
    ),
    ByHand(
        "Late on a Saturday, fifteen working days into 2027, which is not published: the plain week, provisional",
        "010201",
        Tier.DAYS_15,
        DayKind.WORKING_DAYS,
        "2026-12-19 22:10",
        (
            Limit(
                "2027-01-09 00:00",
                "12-19当日不计；12-20周末；12-21第1日；12-22第2日；12-23第3日；12-24第4日；12-25第5日；12-26至12-27周末；"
                "12-28第6日；12-29第7日；12-30第8日；12-31第9日；01-01第10日（未公布）；01-02至01-03周末（未公布）；"
                "01-04第11日（未公布）；01-05第12日（未公布）；01-06第13日（未公布）；01-07第14日（未公布）；"
                "01-08第15日（未公布）",
            ),
        ),
        provisional=True,
    ),
    ByHand(
        "A guess of 2026 counted again when 2026 is published: 元旦 off until the 3rd, worked on Sunday the 4th",
        "010102",
        Tier.DAYS_7,
        DayKind.WORKING_DAYS,
        "2025-12-30 10:00",
        (
            Limit(
                "2026-01-09 00:00",
                "12-30当日不计；12-31第1日；01-01第2日（未公布）；01-02第3日（未公布）；01-03至01-04周末（未公布）；"
                "01-05第4日（未公布）；01-06第5日（未公布）；01-07第6日（未公布）；01-08第7日（未公布）",
            ),
            Limit(
                "2026-01-10 00:00",
                "12-30当日不计；12-31第1日；01-01至01-03元旦；01-04第2日（元旦补班）；01-05第3日；01-06第4日；01-07第5日；"
                "01-08第6日；01-09第7日",
            ),
        ),
        then=(Then("2025-12-31 09:00", "2026 published", (("hotline", Replan(CALENDAR)),)),),
        published=2025,
    ),
    ByHand(
        "A rework after a bad callback has half of seven working days",
        "010102",
        Tier.DAYS_7,
        DayKind.WORKING_DAYS,
        "2026-04-28 14:00",
        (
            Limit(
                "2026-05-12 00:00",
                "04-28当日不计；04-29第1日；04-30第2日；05-01至05-05劳动节；05-06第3日；05-07第4日；05-08第5日；"
                "05-09第6日（劳动节补班）；05-10周末；05-11第7日",
            ),
            Limit(
                "2026-05-07 05:15",
                "04-30当日不计；05-01至05-05劳动节；05-06第1日；05-07第2日；05-08第3日；05-09第4日（劳动节补班）；05-10周末；"
                "05-11第5日；05-12第6日；05-13第7日",
                sum="04-30 10:30 to 05-14 00:00 are 325.5 h, half are 162 h 45 min",
            ),
        ),
        then=(
            _signs_in("2026-04-28 15:00"),
            Then("2026-04-29 16:00", "reported done", (("lead", RESOLVED),)),
            Then("2026-04-30 10:30", "callback: unresolved", (("seat", ANGRY),)),
        ),
    ),
    ByHand(
        "Two service hours to sign in from Friday 17:30, the rest on the make-up Sunday",
        "010105",
        Tier.DAYS_7,
        DayKind.ELAPSED,
        "2026-09-18 17:30",
        (Limit("2026-09-20 10:30", "09-18计30分钟；09-19周末；09-20计90分钟（国庆节补班）"),),
        about="sign_in",
    ),
]
