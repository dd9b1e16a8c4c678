"""The words a command may choose from: grounds, levels, opinions, measures."""

from enum import StrEnum


class ObjectionGround(StrEnum):
    """A dispatch objection says one of two things (条例 art. 12)."""

    NOT_MY_DUTY = "not_my_duty"
    NOT_MY_AREA = "not_my_area"


class ExtensionGround(StrEnum):
    """Why more time is needed (条例 art. 15)."""

    COMPLEX = "complex"
    WAITING_FOR_OTHERS = "waiting_for_others"
    CONSTRUCTION = "construction"
    WEATHER = "weather"


class OpinionKind(StrEnum):
    """What the addressed government may decide (R28)."""

    PRESS = "press"
    REASSIGN = "reassign"
    ORDER_CO_HANDLING = "order_co_handling"
    EXTEND = "extend"
    TAKE_OVER = "take_over"


class Level(StrEnum):
    """Whom a complaint is escalated to: a government, or the line department that the lead unit names."""

    DEPARTMENT = "department"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"


class TerminationGround(StrEnum):
    """Why handling ends without a result (R31)."""

    COMPLAINANT_AGREES = "complainant_agrees"
    MATTER_GONE = "matter_gone"
    STATUTORY_CHANNEL_OPENED = "statutory_channel_opened"


class Takes(StrEnum):
    """What a party to a consultation is ready to take (R18)."""

    LEAD = "lead"
    CO_HANDLING = "co_handling"
    NOTHING = "nothing"


class Risk(StrEnum):
    """What is reported to government at once (R14, 条例 art. 29)."""

    EMERGENCY = "emergency"
    STABILITY = "stability"


class Measure(StrEnum):
    """What is done about abuse of the hotline; the last leads to the police. Nobody is ever blocked (R6, art. 37)."""

    DISSUADED = "dissuaded"
    CRITICISED = "criticised"
    EDUCATED = "educated"
    HANDED_TO_POLICE = "handed_to_police"


class Matter(StrEnum):
    """What the hotline centre approves (R25, R31)."""

    EXPLANATION = "explanation"
    TERMINATION = "termination"
