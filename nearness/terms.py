"""What a complaint is found by."""

from nearness.wording import BREAK, folded, names, pairs
from store.terms import Terms
from vault.seal import Vault

_NAME = "@"
"""Stands before a name, so that its term is never that of a pair."""


def terms_of(vault: Vault, *texts: str | None, name: str | None = None) -> Terms:
    """The keyed terms of what was said. The complainant's own `name` is left out wherever it stands: nobody is to be
    found by it (R5)."""
    text = BREAK.join(folded(text) for text in texts if text)
    hidden = folded(name) if name else ""
    shown = text.replace(hidden, BREAK) if hidden else text
    return Terms(pairs=vault.terms(pairs(shown)), names=vault.terms(_NAME + each for each in names(shown)))
