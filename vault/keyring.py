"""The key ring: named keys, one of them current, and the pepper under which phones are found again."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
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

    def added(self, key_id: str) -> "KeyRing":
        """With one more key, known and not current. Its id must be new."""
        if key_id in self.keys:
            raise BadKeyRing(f"the key ring has a key {key_id} already")
        return replace(self, keys={**self.keys, key_id: secrets.token_bytes(_KEY_BYTES)})

    def turned(self, key_id: str) -> "KeyRing":
        """With another current key, which must be on it."""
        self._known(key_id)
        return replace(self, current=key_id)

    def without(self, key_id: str) -> "KeyRing":
        """Without a key of it that is not current."""
        self._known(key_id)
        if key_id == self.current:
            raise BadKeyRing(f"{key_id} is the current key: make another one current first")
        return replace(self, keys={name: key for name, key in self.keys.items() if name != key_id})

    def _known(self, key_id: str) -> None:
        if key_id not in self.keys:
            raise BadKeyRing(f"the key ring has no key {key_id}; it has {', '.join(self.keys)}")

    @property
    def newest(self) -> str:
        """The key that was added last."""
        return next(reversed(list(self.keys)))

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
        draft = _draft(path, KeyRing.fresh())
        with suppress(FileExistsError):  # another process was first: its ring is the ring
            os.link(draft, path)
        draft.unlink()
    return KeyRing.parse(path.read_text(encoding="utf-8"))


def change_at_home(path: Path, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
    """Put the changed ring in the place of the one at `path`: whole or not at all, and one change after another."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        ring = change(at_home(path))
        os.replace(_draft(path, ring), path)
        os.fsync(folder)
    finally:
        os.close(folder)
    return ring


def _draft(path: Path, ring: KeyRing) -> Path:
    """The ring in a file beside `path`, on the disk, readable by its owner alone."""
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(ring.written())
        file.flush()
        os.fsync(file.fileno())
    return draft
