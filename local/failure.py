"""What can go wrong below the hotline, in words that a person can act on."""


class LocalFailure(Exception):
    """The engine room cannot do what was asked; the text says why and what to do next."""


class ChildFailed(LocalFailure):
    """A child process ended, or did not become ready in time; the text ends with its last log lines."""


class HomeBusy(LocalFailure):
    """Another run holds this home."""


class NoEngine(LocalFailure):
    """No way to get a Temporal engine worked; the text lists the ways."""
