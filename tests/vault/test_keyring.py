"""The key ring: read whole or refused, never shown, made once."""

import base64
import json
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vault.keyring import BadKeyRing, KeyRing, at_home

KEY = base64.b64encode(b"k" * 32).decode()
PEPPER = base64.b64encode(b"p" * 32).decode()
GOOD = {"current": "k2", "keys": {"k1": KEY, "k2": KEY}, "pepper": PEPPER}


def test_a_ring_reads_back_what_was_written() -> None:
    ring = KeyRing.fresh()
    assert KeyRing.parse(ring.written()) == ring


def test_no_two_fresh_rings_share_a_secret() -> None:
    one, two = KeyRing.fresh(), KeyRing.fresh()
    assert one.keys[one.current] != two.keys[two.current]
    assert one.pepper != two.pepper


def test_an_older_key_stays_on_the_ring_beside_the_current_one() -> None:
    ring = KeyRing.parse(json.dumps(GOOD))
    assert (ring.current, sorted(ring.keys)) == ("k2", ["k1", "k2"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "{}",
        json.dumps(GOOD | {"current": "k3"}),
        json.dumps(GOOD | {"keys": {}}),
        json.dumps(GOOD | {"keys": {"k2": base64.b64encode(b"short").decode()}}),
        json.dumps(GOOD | {"keys": {"k2": "not base64!"}}),
        json.dumps(GOOD | {"pepper": base64.b64encode(b"short").decode()}),
        json.dumps(GOOD | {"extra": 1}),
        json.dumps({name: value for name, value in GOOD.items() if name != "pepper"}),
    ],
    ids=[
        "empty",
        "words",
        "list",
        "nothing",
        "no current",
        "no keys",
        "short key",
        "no base64",
        "pepper",
        "more",
        "less",
    ],
)
def test_a_ring_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(BadKeyRing):
        KeyRing.parse(text)


@pytest.mark.parametrize("broken", [{"current": "k3"}, {"extra": 1}, {"pepper": "not base64!"}])
def test_a_refusal_never_shows_a_key(broken: dict[str, object]) -> None:
    with pytest.raises(BadKeyRing) as refused:
        KeyRing.parse(json.dumps(GOOD | broken))
    shown = "".join(traceback.format_exception(refused.value))
    assert "BadKeyRing" in shown
    assert not any(secret in shown for secret in (KEY, PEPPER, "not base64!"))


def test_the_ring_at_home_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    first = at_home(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert at_home(path) == first
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_those_who_come_first_together_get_one_ring(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as at_once:
        rings = list(at_once.map(at_home, [tmp_path / "keys.json"] * 16))
    assert all(ring == rings[0] for ring in rings)
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_a_broken_ring_at_home_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(BadKeyRing):
        at_home(path)
    assert path.read_text(encoding="utf-8") == "{"
