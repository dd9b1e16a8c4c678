"""Changing the ring: whole or not at all, never losing a key."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vault.keyring import BadKeyRing, KeyRing, at_home, change_at_home
from vault.seal import Vault


def test_an_added_key_is_known_and_not_current() -> None:
    ring = KeyRing.fresh().added("k2")
    assert (ring.current, list(ring.keys), ring.newest) == ("k1", ["k1", "k2"], "k2")
    assert ring.keys["k1"] != ring.keys["k2"]


def test_a_turned_ring_keeps_every_key_and_the_pepper() -> None:
    ring = KeyRing.fresh().added("k2")
    turned = ring.turned("k2")
    assert turned.current == "k2"
    assert (turned.keys, turned.pepper) == (ring.keys, ring.pepper)


def test_an_id_that_is_there_is_not_added_again() -> None:
    with pytest.raises(BadKeyRing, match="k1 already"):
        KeyRing.fresh().added("k1")


def test_a_key_that_is_not_there_does_not_become_current() -> None:
    with pytest.raises(BadKeyRing, match="no key k9"):
        KeyRing.fresh().turned("k9")


def test_the_current_key_does_not_leave_the_ring() -> None:
    with pytest.raises(BadKeyRing, match="current"):
        KeyRing.fresh().added("k2").without("k1")


def test_a_person_wrapped_again_opens_for_those_who_know_both_keys_and_for_no_others() -> None:
    old = KeyRing.fresh()
    both = old.added("k2")
    person = Vault(old).new_person()
    again = Vault(both.turned("k2")).wrapped_again(person.wrapped, person.key_id)
    assert again.key_id == "k2"
    assert Vault(both).person(again.wrapped, again.key_id).plain == person.plain
    with pytest.raises(KeyError, match="k2"):
        Vault(old).person(again.wrapped, again.key_id)


def test_a_changed_ring_at_home_stays_its_owners_alone_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = at_home(path)
    after = change_at_home(path, lambda ring: ring.added("k2"))
    assert at_home(path) == after
    assert after.keys["k1"] == before.keys["k1"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_a_change_that_is_refused_leaves_the_ring_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = at_home(path)
    with pytest.raises(BadKeyRing):
        change_at_home(path, lambda ring: ring.turned("k9"))
    assert at_home(path) == before
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_changes_at_once_lose_no_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    def add(number: int) -> KeyRing:
        return change_at_home(path, lambda ring: ring.added(f"k{number}"))

    with ThreadPoolExecutor(8) as at_once:
        list(at_once.map(add, range(10, 26)))
    assert set(at_home(path).keys) == {"k1", *(f"k{n}" for n in range(10, 26))}
