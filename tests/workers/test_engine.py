"""Another's Temporal is reached by settings alone: with TLS, with a client's certificate, with an API key."""

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from temporalio.service import TLSConfig

from config.settings import Settings
from local import temporal_config
from local.child import Child
from local.engine import find_engine
from local.home import Home
from local.port import Ports, answers
from tests.workers.certificates import Authority
from workers.engine import connect, in_cloud, ready_engine, tls
from workers.home import NotSet
from workflows.attributes import STAGE

NAME = "temporal.test"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whom server and clients trust."""
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def guarded(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Generator[str, None, None]:
    """The address of a Temporal that speaks to nobody without a certificate."""
    home = Home(tmp_path_factory.mktemp("guarded"))
    given = os.environ.get("HOTLINE_CACHE")
    engine = find_engine(None, Path(given) if given else Path.home() / ".cache" / "hotline", print, only="server")
    take = Ports(home.ports).take
    ports = {name: (take(name), take(f"{name}-member")) for name in temporal_config.SERVICES}
    config = temporal_config.write(home.root / "temporal", temporal_config.on_file(home.root / "server.db"), ports)
    config.write_text(json.dumps(with_tls(json.loads(config.read_text()), authority)))
    assert engine.executable is not None
    child = Child("temporal", [engine.executable, "--allow-no-auth", "--config-file", config, "start"], home)
    child.start()
    try:
        child.wait_ready(lambda: answers(ports["frontend"][0]), 60)
        yield f"127.0.0.1:{ports['frontend'][0]}"
    finally:
        child.stop(10)


def with_tls(config: dict[str, Any], authority: Authority) -> dict[str, Any]:
    """A server's configuration that asks clients, its own parts too, for a certificate."""
    trusts = {"serverName": NAME, "rootCaFiles": [str(authority.ca)]}
    server, system = authority.sign(NAME), authority.sign("system")
    config["global"]["tls"] = {
        "frontend": {
            "server": {
                "certFile": str(server[0]),
                "keyFile": str(server[1]),
                "clientCaFiles": [str(authority.ca)],
                "requireClientAuth": True,
            },
            "client": trusts,
        },
        "systemWorker": {"certFile": str(system[0]), "keyFile": str(system[1]), "client": trusts},
    }
    return config


def settings(**more: object) -> Settings:
    """Settings with nothing from outside about Temporal."""
    return Settings().model_copy(update={"temporal_api_key": None, **more})


async def test_a_server_with_mutual_tls_is_made_ready_and_spoken_to(guarded: str, authority: Authority) -> None:
    certificate, key = authority.sign("hotline")
    own = settings(temporal_ca=authority.ca, temporal_certificate=certificate, temporal_certificate_key=key)
    await ready_engine(own, guarded)
    client = await connect(own, guarded)
    assert (await client.count_workflows(f"{STAGE.name} IS NULL")).count == 0


async def test_a_server_is_known_by_another_name_than_its_address(guarded: str, authority: Authority) -> None:
    certificate, key = authority.sign("hotline")
    own = settings(temporal_ca=authority.ca, temporal_certificate=certificate, temporal_certificate_key=key)
    await connect(own.model_copy(update={"temporal_server_name": NAME}), guarded)
    with pytest.raises(RuntimeError):
        await connect(own.model_copy(update={"temporal_server_name": "another.test"}), guarded)


async def test_who_has_no_certificate_or_trusts_nobody_does_not_get_in(guarded: str, authority: Authority) -> None:
    for closed in (settings(), settings(temporal_tls=True), settings(temporal_ca=authority.ca)):
        with pytest.raises(RuntimeError):
            await connect(closed, guarded)


def test_without_any_setting_there_is_no_tls() -> None:
    assert tls(settings()) is False


def test_an_api_key_or_the_switch_turn_tls_on() -> None:
    assert tls(settings(temporal_api_key=SecretStr("k"))) is True
    assert tls(settings(temporal_tls=True)) is True


def test_each_file_and_the_name_turn_tls_on(authority: Authority) -> None:
    certificate, key = authority.sign("hotline")
    assert tls(settings(temporal_ca=authority.ca)) == TLSConfig(server_root_ca_cert=authority.ca.read_bytes())
    assert tls(settings(temporal_server_name=NAME)) == TLSConfig(domain=NAME)
    both = settings(temporal_certificate=certificate, temporal_certificate_key=key)
    assert tls(both) == TLSConfig(client_cert=certificate.read_bytes(), client_private_key=key.read_bytes())


def test_half_a_certificate_and_a_file_that_is_not_there_are_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotSet, match="TEMPORAL_TLS_CLIENT_KEY_PATH"):
        tls(settings(temporal_certificate=tmp_path / "a.pem"))
    with pytest.raises(NotSet, match=r"ca\.pem: No such file"):
        tls(settings(temporal_ca=tmp_path / "ca.pem"))


def test_settings_have_the_names_that_temporals_own_tools_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_TLS", "true")
    monkeypatch.setenv("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/tls/ca.crt")
    monkeypatch.setenv("TEMPORAL_TLS_SERVER_NAME", NAME)
    monkeypatch.setenv("TEMPORAL_TLS_CLIENT_CERT_PATH", "/tls/tls.crt")
    monkeypatch.setenv("TEMPORAL_TLS_CLIENT_KEY_PATH", "/tls/tls.key")
    read = Settings()
    assert (read.temporal_tls, read.temporal_server_name) == (True, NAME)
    files = (read.temporal_ca, read.temporal_certificate, read.temporal_certificate_key)
    assert files == (Path("/tls/ca.crt"), Path("/tls/tls.crt"), Path("/tls/tls.key"))


async def test_a_namespace_of_temporal_cloud_is_left_alone() -> None:
    assert (in_cloud("hotline.a1b2c"), in_cloud("hotline")) == (True, False)
    await ready_engine(settings(namespace="hotline.a1b2c", temporal_api_key=SecretStr("k")), "nobody.invalid:7233")
