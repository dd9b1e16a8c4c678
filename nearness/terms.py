"""What a complaint is found by."""

from nearness.wording import BREAK, folded, pairs
from vault.seal import Vault


def terms_of(vault: Vault, *texts: str | None, name: str | None = None) -> list[int]:
    """The keyed terms of what was said. The complainant's own `name` is left out wherever it stands: nobody is to be
    found by it (R5)."""
    text = BREAK.join(folded(text) for text in texts if text)
    hidden = folded(name) if name else ""
    return vault.terms(pairs(text.replace(hidden, BREAK) if hidden else text))
