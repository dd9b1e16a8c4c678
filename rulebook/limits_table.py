"""policy/limits: the keys of a limits file, one to one the fields of the domain's limits (rules §5)."""

from collections.abc import Iterator
from datetime import time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.catalogue import Tier
from domain.limits import CallbackLimits, Limits, ServiceHours, TierLimits, Words
from domain.nearness import NearnessLimits
from domain.span import Span, SpanUnit
from rulebook.house_limits import HouseLimits
from rulebook.house_tables import (
    AttachmentsTable,
    ClassifierTable,
    KnowledgeTable,
    MissedCallsTable,
    RetentionTable,
    house_limits,
)
from rulebook.toml_text import Place


def _span(written: object) -> Span:
    # Anything but text (7, true, a date) reads as no span either, and is told so.
    return Span.parse(str(written))


WrittenSpan = Annotated[Span, BeforeValidator(_span)]
Percent = Annotated[int, Field(ge=1, le=100)]
Word = Annotated[str, Field(min_length=2, max_length=20)]
Share = Annotated[int, Field(ge=0, le=100)]
Thousandths = Annotated[int, Field(ge=0, le=1000)]


class _Table(BaseModel):
    # Strict: "3" is not 3 and true is not 1, so a slip of the pen is a fault and not a guess.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TierTable(_Table):
    """Limits of one tier. A key left out (objection, extension) means: not open in this tier."""

    handling: WrittenSpan
    sign_in: WrittenSpan
    contact: WrittenSpan
    dispatch: WrittenSpan
    objection: WrittenSpan | None = None
    extensions: Annotated[int, Field(ge=0, le=10)]
    extension: WrittenSpan | None = None
    day_before_reminder: bool

    def limits(self) -> TierLimits:
        """The same values as the domain knows them."""
        return TierLimits(
            handling=self.handling,
            sign_in=self.sign_in,
            contact=self.contact,
            dispatch=self.dispatch,
            objection=self.objection,
            extensions=self.extensions,
            extension=self.extension,
            day_before_reminder=self.day_before_reminder,
        )


class TiersTable(_Table):
    """Every tier, under its own name."""

    hours_2: Annotated[TierTable, Field(alias="2h")]
    hours_24: Annotated[TierTable, Field(alias="24h")]
    days_7: Annotated[TierTable, Field(alias="7d")]
    days_15: Annotated[TierTable, Field(alias="15d")]

    def by_tier(self) -> dict[Tier, TierTable]:
        """The tables keyed as the catalogue names tiers."""
        return {
            Tier.HOURS_2: self.hours_2,
            Tier.HOURS_24: self.hours_24,
            Tier.DAYS_7: self.days_7,
            Tier.DAYS_15: self.days_15,
        }


class CallbackTable(_Table):
    """How the complainant is called back (art. 23)."""

    on_expiry: bool
    attempts: Annotated[int, Field(ge=1, le=10)]
    hours: Annotated[tuple[time, ...], Field(strict=False)]
    window: WrittenSpan
    form: WrittenSpan


class ServiceHoursTable(_Table):
    """When units that are not on duty around the clock answer."""

    opens: time
    closes: time
    days_end_at_close: bool


class WordsTable(_Table):
    """Words of a matter that call for more than its handling (R14, R30)."""

    stability: Annotated[tuple[Word, ...], Field(strict=False)]
    sensitive: Annotated[tuple[Word, ...], Field(strict=False)]
    group: Annotated[tuple[Word, ...], Field(strict=False)]


class NearnessTable(_Table):
    """When an earlier complaint is taken for the same matter or the same event (R12, R13)."""

    same_matter: Thousandths
    same_event: Thousandths
    possible: Thousandths
    matter_days: Annotated[int, Field(ge=1, le=366)]
    event_days: Annotated[int, Field(ge=1, le=366)]

    def limits(self) -> NearnessLimits:
        """The same values as the domain knows them."""
        return NearnessLimits(**self.model_dump())


class LimitsTable(_Table):
    """A whole limits file."""

    reminder_percents: Annotated[tuple[Percent, ...], Field(strict=False, min_length=1)]
    cohandler_percent: Percent
    rework_percent: Percent
    objection_decision: WrittenSpan
    upheld_objections: Annotated[int, Field(ge=1, le=10)]
    extension_decision: WrittenSpan
    report_in: WrittenSpan
    opinion: WrittenSpan
    consultation: WrittenSpan
    designation: WrittenSpan
    settlement: WrittenSpan
    approval: WrittenSpan
    raise_at_repeats: Annotated[int, Field(ge=1, le=100)]
    raise_at_joined: Annotated[int, Field(ge=2, le=10_000)]
    words: WordsTable
    confirm_below: Thousandths
    basically_satisfied_weight: Share
    composite_weights: Annotated[tuple[Share, Share, Share], Field(strict=False)]
    tiers: TiersTable
    callback: CallbackTable
    service_hours: ServiceHoursTable
    attachments: AttachmentsTable
    retention: RetentionTable
    classifier: ClassifierTable
    nearness: NearnessTable
    knowledge: KnowledgeTable
    missed_calls: MissedCallsTable

    def house(self) -> HouseLimits:
        """What the file says about the house."""
        return house_limits(
            self.attachments, self.retention, self.classifier, self.nearness.limits(), self.knowledge, self.missed_calls
        )

    def limits(self) -> Limits:
        """The same values as the domain knows them."""
        callback, hours = self.callback, self.service_hours
        return Limits(
            tiers={tier: table.limits() for tier, table in self.tiers.by_tier().items()},
            callback=CallbackLimits(
                callback.on_expiry, callback.attempts, callback.hours, callback.window, callback.form
            ),
            service_hours=ServiceHours(hours.opens, hours.closes, hours.days_end_at_close),
            reminder_percents=self.reminder_percents,
            cohandler_percent=self.cohandler_percent,
            rework_percent=self.rework_percent,
            objection_decision=self.objection_decision,
            upheld_objections=self.upheld_objections,
            extension_decision=self.extension_decision,
            report_in=self.report_in,
            opinion=self.opinion,
            consultation=self.consultation,
            designation=self.designation,
            settlement=self.settlement,
            approval=self.approval,
            raise_at_repeats=self.raise_at_repeats,
            raise_at_joined=self.raise_at_joined,
            confirm_below=self.confirm_below,
            basically_satisfied_weight=self.basically_satisfied_weight,
            composite_weights=self.composite_weights,
        )

    def marks(self) -> Words:
        """The words that call for more than handling."""
        return Words(self.words.stability, self.words.sensitive, self.words.group)

    def reasons(self) -> Iterator[tuple[Place, str]]:
        """What is wrong between values, with the place of each."""
        for tier, table in self.tiers.by_tier().items():
            yield from _about_tier(tier, table)
        if list(self.reminder_percents) != sorted(set(self.reminder_percents)) or 100 in self.reminder_percents:
            yield ("reminder_percents",), "must rise and stay below 100: at 100 a complaint is overdue"
        if sum(self.composite_weights) != 100:
            yield ("composite_weights",), f"must add up to 100, not {sum(self.composite_weights)}"
        hours = self.callback.hours
        if len(hours) != self.callback.attempts or len(set(hours)) != len(hours):
            yield ("callback", "hours"), "must name a different hour for each attempt (art. 23)"
        if self.service_hours.opens >= self.service_hours.closes:
            yield ("service_hours", "closes"), "must be later than opens"
        if self.nearness.possible > min(self.nearness.same_matter, self.nearness.same_event):
            yield ("nearness", "possible"), "must not be above same_matter and same_event"
        if len(set(self.missed_calls.hours)) != len(self.missed_calls.hours):
            yield ("missed_calls", "hours"), "must name each hour once"


def _about_tier(tier: Tier, table: TierTable) -> Iterator[tuple[Place, str]]:
    # Hours tiers run in natural hours, days tiers in the days of the item: a mix would have no meaning (rules §5).
    fitting = SpanUnit.HOURS if tier in (Tier.HOURS_2, Tier.HOURS_24) else SpanUnit.DAYS
    if table.handling.unit is not fitting:
        yield ("tiers", tier.value, "handling"), f"must be counted in {fitting}, got {table.handling}"
    if table.extensions and table.extension is None:
        yield ("tiers", tier.value, "extensions"), "are granted, so extension must say how long one may be"
    if not table.extensions and table.extension is not None:
        yield ("tiers", tier.value, "extension"), "has no use where extensions is 0"
