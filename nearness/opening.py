"""What was said, opened for a moment: what a complaint is found by, and read for."""

from store.terms import Sealed
from vault.seal import Vault, open_text


def opened(vault: Vault, said: Sealed) -> list[str | None]:
    """Matter, point and community. Raises KeyNotKnown, or InvalidTag, where no key of the ring opens them."""
    key = vault.person(said.wrapped_key, said.key_id).plain
    columns = {"matter": said.matter_sealed, "point": said.point_sealed, "community": said.community_sealed}
    return [open_text(key, sealed, column) for column, sealed in columns.items()]
