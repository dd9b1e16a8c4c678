"""The root of everything that can happen."""


class Event:
    """Anything that happened."""
