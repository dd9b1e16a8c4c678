"""A home keeps its ports, and gives way to whoever took one."""

from __future__ import annotations

import socket
from pathlib import Path

from local.port import LOOPBACK, Ports, answers, free


def test_a_port_stays_the_same_from_run_to_run(tmp_path: Path) -> None:
    first = Ports(tmp_path / "ports.json").take("postgres")
    assert Ports(tmp_path / "ports.json").take("postgres") == first


def test_two_names_have_two_ports(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    assert len({ports.take(name) for name in ("postgres", "temporal", "ui")}) == 3


def test_a_port_that_somebody_else_took_is_replaced_and_the_new_one_kept(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    first = ports.take("postgres")
    with socket.create_server((LOOPBACK, first)):
        second = ports.take("postgres")
    assert second != first
    assert ports.take("postgres") == second


def test_a_port_taken_on_all_addresses_is_not_free(tmp_path: Path) -> None:
    port = Ports(tmp_path / "ports.json").take("postgres")
    with socket.create_server(("0.0.0.0", port)):
        assert not free(port)
    assert free(port)


def test_ports_lie_below_those_for_outgoing_connections(tmp_path: Path) -> None:
    assert Ports(tmp_path / "ports.json").take("postgres") < 32_768


def test_a_memory_cut_short_by_a_crash_is_simply_forgotten(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text('{"postgres": 2')
    assert free(Ports(tmp_path / "ports.json").take("postgres"))


def test_a_listening_server_answers_and_a_free_port_does_not(tmp_path: Path) -> None:
    port = Ports(tmp_path / "ports.json").take("postgres")
    assert not answers(port)
    with socket.create_server((LOOPBACK, port)):
        assert answers(port)
