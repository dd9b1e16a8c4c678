"""What this installation is reached by: addresses, keys, the classifier in use. All of it lies in one home folder."""

import json
from pathlib import Path

from config.settings import Settings
from vault.keyring import KeyRing, at_home
from vault.ring_file import RingFile
from vault.seal import Vault


class NotSet(Exception):
    """A setting that this process cannot do without."""


def addresses(settings: Settings) -> tuple[str, str]:
    """DATABASE_URL and TEMPORAL_ADDRESS as given, or those of the `hotline up` that runs in this home."""
    known = _running(settings)
    database_url = settings.database_url.get_secret_value() if settings.database_url else known.get("database_url")
    temporal_address = settings.temporal_address or known.get("temporal_address")
    if database_url is None or temporal_address is None:
        raise NotSet("set DATABASE_URL and TEMPORAL_ADDRESS, or run `hotline up`, which starts its own")
    return database_url, temporal_address


def api_address(settings: Settings) -> str:
    """Where the API of this home answers."""
    return _running(settings).get("api_url") or f"http://{settings.api_host}:{settings.api_port}"


def _running(settings: Settings) -> dict[str, str]:
    """The addresses that a running `hotline up` of this home has noted."""
    try:
        return json.loads((settings.home / "running.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def key_ring(settings: Settings) -> KeyRing:
    """The ring of the settings, or the one at home."""
    if settings.key_ring is not None:
        return KeyRing.parse(settings.key_ring.get_secret_value())
    return at_home(settings.home / "keys.json")


def open_vault(settings: Settings) -> Vault:
    """The vault of a process that stays up: a ring at home is read again when `hotline keys` changes it."""
    if settings.key_ring is not None:
        return Vault(key_ring(settings))
    return Vault(RingFile(settings.home / "keys.json"))


def model_folder(settings: Settings) -> Path:
    """Where the classifier in use is kept."""
    return settings.home / "classifier"
