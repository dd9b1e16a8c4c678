"""Sealing: opens only with the right key, for the right column, unchanged."""

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from vault.keyring import KeyRing
from vault.seal import Vault, open_sealed, open_text, seal, seal_text

KEY = b"k" * 32


@given(text=st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    if not any("\ud800" <= ch <= "\udfff" for ch in text):
        assert open_text(KEY, seal_text(KEY, text, "matter"), "matter") == text


def test_nothing_stays_nothing() -> None:
    assert seal_text(KEY, None, "name") is None
    assert open_text(KEY, None, "name") is None


def test_an_empty_text_is_not_nothing() -> None:
    sealed = seal_text(KEY, "", "name")
    assert sealed is not None
    assert open_text(KEY, sealed, "name") == ""


def test_the_plain_text_is_not_inside() -> None:
    assert "楼道".encode() not in seal(KEY, "楼道没人打扫".encode(), "matter")


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    assert len({seal(KEY, b"same", "matter") for _ in range(1000)}) == 1000


def test_a_sealed_value_cannot_change_columns() -> None:
    with pytest.raises(InvalidTag):
        open_sealed(KEY, seal(KEY, b"13800000000", "phone"), "name")


def test_another_key_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        open_sealed(b"o" * 32, seal(KEY, b"text", "matter"), "matter")


@pytest.mark.parametrize("place", [0, 11, 12, 15, -1])
def test_one_changed_byte_is_noticed(place: int) -> None:
    sealed = bytearray(seal(KEY, b"text", "matter"))
    sealed[place] ^= 1
    with pytest.raises(InvalidTag):
        open_sealed(KEY, bytes(sealed), "matter")


def test_a_person_is_opened_by_the_ring_that_wrapped_it() -> None:
    vault = Vault(KeyRing.fresh())
    person = vault.new_person()
    assert vault.person(person.wrapped, person.key_id) == person
    assert person.plain not in person.wrapped


def test_no_two_persons_share_a_key() -> None:
    vault = Vault(KeyRing.fresh())
    assert vault.new_person().plain != vault.new_person().plain


def test_after_a_new_current_key_the_old_persons_still_open() -> None:
    ring = KeyRing.fresh()
    old = Vault(ring).new_person()
    turned = Vault(replace(ring, current="k2", keys={**ring.keys, "k2": b"2" * 32}))
    assert turned.person(old.wrapped, old.key_id).plain == old.plain
    assert turned.new_person().key_id == "k2"


def test_a_key_that_the_ring_has_lost_is_named() -> None:
    person = Vault(KeyRing.fresh()).new_person()
    with pytest.raises(KeyError, match="k7"):
        Vault(KeyRing.fresh()).person(person.wrapped, "k7")


def test_another_ring_does_not_open_a_person() -> None:
    person = Vault(KeyRing.fresh()).new_person()
    with pytest.raises(InvalidTag):
        Vault(KeyRing.fresh()).person(person.wrapped, person.key_id)


def test_a_phone_is_found_by_the_same_hash_and_not_guessed_without_the_pepper() -> None:
    ring = KeyRing.fresh()
    vault, other = Vault(ring), Vault(KeyRing.fresh())
    assert vault.phone_hash("13800000000") == Vault(ring).phone_hash("13800000000")
    assert vault.phone_hash("13800000000") != vault.phone_hash("13800000001")
    assert vault.phone_hash("13800000000") != other.phone_hash("13800000000")


def test_a_secret_of_the_hotlines_own_opens_also_after_a_new_current_key() -> None:
    ring = KeyRing.fresh()
    sealed = Vault(ring).seal_secret(b"receiver's secret")
    turned = Vault(replace(ring, current="k2", keys={**ring.keys, "k2": b"2" * 32}))
    assert turned.open_secret(sealed) == b"receiver's secret"
    assert b"receiver" not in sealed
