"""The key ring: named keys, one of them current, and the pepper under which phones are found again."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

_KEY_BYTES = 32


class BadKeyRing(Exception):
    """A key ring that cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id. New data is sealed under `current`; older keys only open."""

    current: str
    keys: Mapping[str, bytes]
    pepper: bytes

    @classmethod
    def fresh(cls) -> "KeyRing":
        """A ring with one new key."""
        return cls("k1", {"k1": secrets.token_bytes(_KEY_BYTES)}, secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read a ring as `written` writes it. Raises BadKeyRing; its text never shows a key."""
        try:
            page = _Page.model_validate_json(text)
            keys = {name: base64.b64decode(key, validate=True) for name, key in page.keys.items()}
            pepper = base64.b64decode(page.pepper, validate=True)
        except (ValidationError, ValueError):
            raise BadKeyRing("the key ring is not JSON of current, keys and pepper in base64") from None
        if page.current not in keys or any(len(key) != _KEY_BYTES for key in (*keys.values(), pepper)):
            raise BadKeyRing("the key ring needs 32-byte keys and a current one among them")
        return cls(page.current, keys, pepper)

    def written(self) -> str:
        """The ring as JSON. Keep it apart from the database and its copies."""
        keys = {name: base64.b64encode(key).decode() for name, key in self.keys.items()}
        pepper = base64.b64encode(self.pepper).decode()
        return json.dumps({"current": self.current, "keys": keys, "pepper": pepper}, indent=1)


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid")
    current: str
    keys: dict[str, str]
    pepper: str


def at_home(path: Path) -> KeyRing:
    """The ring kept at `path`, made at first use, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(KeyRing.fresh().written())
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first: its ring is the ring
            os.link(draft, path)
        draft.unlink()
    return KeyRing.parse(path.read_text(encoding="utf-8"))
