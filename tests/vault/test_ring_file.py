"""A running process knows what was changed in the ring's file, and never a ring that cannot be the right one."""

from pathlib import Path

import pytest

from vault.keyring import KeyRing, at_home, change_at_home
from vault.ring_file import LOOK_AGAIN, RingFile
from vault.seal import KeyNotKnown, Vault


class Clock:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ring at home."""
    at_home(tmp_path / "keys.json")
    return tmp_path / "keys.json"


def test_a_key_that_was_added_opens_at_once_though_the_last_look_was_just_now(path: Path) -> None:
    vault = Vault(RingFile(path, Clock()))
    turned = change_at_home(path, lambda ring: ring.added("k2").turned("k2"))
    person = Vault(turned).new_person()
    assert vault.person(person.wrapped, "k2").plain == person.plain
    assert vault.open_secret(Vault(turned).seal_secret(b"signs")) == b"signs"


def test_a_key_that_became_current_seals_within_a_second(path: Path) -> None:
    clock = Clock()
    vault = Vault(RingFile(path, clock))
    change_at_home(path, lambda ring: ring.added("k2").turned("k2"))
    assert vault.new_person().key_id == "k1"
    clock.now += LOOK_AGAIN
    assert vault.new_person().key_id == "k2"


def test_a_key_that_is_in_no_ring_is_named(path: Path) -> None:
    person = Vault(KeyRing.fresh()).new_person()
    with pytest.raises(KeyNotKnown, match="k9"):
        Vault(RingFile(path)).person(person.wrapped, "k9")


@pytest.mark.parametrize(
    "text", [None, "{", KeyRing.fresh().written()], ids=["gone", "broken", "another installation's"]
)
def test_a_file_that_cannot_be_right_leaves_the_ring_that_is_known(path: Path, text: str | None) -> None:
    file = RingFile(path)
    known = file.ring()
    path.unlink()
    if text is not None:
        path.write_text(text)
    assert file.newest() == known
    path.write_text(known.added("k2").written())
    assert "k2" in file.newest().keys


def test_only_the_first_use_makes_a_ring(tmp_path: Path) -> None:
    file = RingFile(tmp_path / "keys.json")
    (tmp_path / "keys.json").unlink()
    file.newest()
    assert list(tmp_path.iterdir()) == []
