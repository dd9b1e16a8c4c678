"""A policy for drills: the shipped one, with one tier whose clocks run out while one watches."""

from dataclasses import replace

from domain.catalogue import Tier
from domain.span import Span
from rulebook.book import Book

SHORT_LIVED = Tier.HOURS_2
"""The tier whose limits are a minute here. All others keep the city's."""
_MINUTE = Span.parse("1m")
_REMINDERS = (10, 20, 40)
"""Six, twelve and twenty-four seconds into that minute."""


def drilled(book: Book) -> Book:
    """`book` with a tier in which handling, sign-in and contact are due after a minute: a complaint that nobody looks
    at rings at 6, 12, 24 and 60 seconds (three times), then climbs the ladder after two minutes and after three."""
    tier = replace(book.limits.tiers[SHORT_LIVED], handling=_MINUTE, sign_in=_MINUTE, contact=_MINUTE)
    limits = replace(book.limits, tiers={**book.limits.tiers, SHORT_LIVED: tier}, reminder_percents=_REMINDERS)
    return Book.made_of(
        book.effective_from,
        limits,
        book.words,
        book.items,
        book.units,
        book.calendar,
        book.channels,
        book.house,
    )
