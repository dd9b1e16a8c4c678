"""What binds the books of views: under the ring's pepper, the same through every turn of the ring."""

from vault.keyring import KeyRing
from vault.seal import Vault


def test_a_row_is_bound_alike_after_the_ring_was_turned() -> None:
    ring = KeyRing.fresh()
    turned = ring.added("k2").turned("k2").without("k1")
    assert Vault(ring).bind_views(b"row") == Vault(turned).bind_views(b"row")


def test_another_ring_and_another_row_are_bound_otherwise() -> None:
    ring = KeyRing.fresh()
    assert Vault(ring).bind_views(b"row") != Vault(KeyRing.fresh()).bind_views(b"row")
    assert Vault(ring).bind_views(b"row") != Vault(ring).bind_views(b"raw")


def test_it_is_not_the_hash_that_a_phone_is_found_by() -> None:
    vault = Vault(KeyRing.fresh())
    assert vault.bind_views(b"13800000000") != vault.phone_hash("13800000000")
