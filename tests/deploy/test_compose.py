"""docker-compose.yml, as far as it can be judged without a Docker engine."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from local.temporal_config import DYNAMIC
from tests.deploy.project import (
    ROOT,
    VARIABLE,
    compose,
    documented,
    environment,
    one_shot,
    read,
    services,
    settings,
)

NAMES = sorted(services())


@pytest.mark.parametrize("name", NAMES)
def test_a_service_has_a_health_check_or_ends_by_itself(name: str) -> None:
    service = services()[name]
    assert "healthcheck" in service or one_shot(service)


@pytest.mark.parametrize("name", NAMES)
def test_an_image_is_pinned_to_one_version(name: str) -> None:
    image = services()[name]["image"]
    assert re.fullmatch(r"[a-z/-]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)?|hotline:\$\{HOTLINE_RELEASE:-dev\}", image), image


@pytest.mark.parametrize("name", NAMES)
def test_what_a_service_waits_for_can_come(name: str) -> None:
    for other, condition in services()[name].get("depends_on", {}).items():
        ends = one_shot(services()[other])
        assert condition["condition"] == ("service_completed_successfully" if ends else "service_healthy")
        assert ends or "healthcheck" in services()[other]


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_has_a_default(name: str) -> None:
    for variable, value in environment(services()[name]).items():
        if re.search(r"PASSWORD|PWD|KEY_RING|DATABASE_URL|API_KEY", variable):
            assert VARIABLE.search(value), f"{variable} is written out"
            assert ":?" in value, f"{variable} may be missing"


@pytest.mark.parametrize("name", NAMES)
def test_a_service_cannot_change_its_own_files(name: str) -> None:
    assert services()[name]["read_only"] is True


@pytest.mark.parametrize("name", NAMES)
def test_a_port_is_offered_to_this_machine_only_unless_asked(name: str) -> None:
    assert all(port.startswith("${BIND:-127.0.0.1}:") for port in services()[name].get("ports", []))


@pytest.mark.parametrize("name", NAMES)
def test_networks_and_volumes_that_a_service_names_are_declared(name: str) -> None:
    whole, service = compose(), services()[name]
    assert set(service["networks"]) <= set(whole["networks"])
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source in whole["volumes"] or (ROOT / source).exists(), source


def test_nothing_but_the_notices_and_what_is_published_reaches_the_outside() -> None:
    whole = compose()
    inside = {name for name, network in whole["networks"].items() if network.get("internal")}
    outside = {name for name, service in services().items() if set(service["networks"]) - inside}
    published = {name for name, service in services().items() if service.get("ports")}
    assert outside == published | {"notices"}


def test_every_variable_is_explained_in_the_example() -> None:
    used = {found[1] for found in VARIABLE.finditer(read("docker-compose.yml"))}
    assert used == set(documented())


def test_a_default_is_the_same_in_the_example() -> None:
    for name, default in VARIABLE.findall(read("docker-compose.yml")):
        assert documented()[name] == (default.removeprefix(":-") if default.startswith(":-") else "")


@pytest.mark.parametrize("name", NAMES)
def test_the_hotline_is_given_only_settings_that_it_has(name: str) -> None:
    given = {variable for variable in environment(services()[name]) if variable.startswith("HOTLINE_")}
    assert given <= settings().keys()


def test_every_process_of_the_command_line_is_a_service() -> None:
    commands = {tuple(service.get("command", [])) for service in services().values()}
    assert {("process", kind) for kind in ("api", "worker", "relay", "notices")} <= commands


def test_temporal_keeps_its_data_in_postgresql_and_can_grow() -> None:
    given = environment(services()["temporal"])
    assert given["DB"] == "postgres12"
    assert int(given["NUM_HISTORY_SHARDS"]) > 4


def test_temporal_skips_no_time_and_its_limits_are_keys_that_it_knows() -> None:
    given = yaml.safe_load(read("deploy/temporal/dynamic/hotline.yaml"))
    limits = {key for key in given if not key.startswith("system.")}
    assert limits
    assert limits <= set(DYNAMIC) - {"frontend.WorkflowTimeSkippingEnabled"}


def test_temporals_dynamic_settings_are_where_it_looks() -> None:
    path = environment(services()["temporal"])["DYNAMIC_CONFIG_FILE_PATH"]
    assert (ROOT / "deploy/temporal" / path.removeprefix("/hotline/")).exists()


@pytest.mark.parametrize("script", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("deploy/**/*.sh")))
def test_a_script_is_sound_and_executable(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0


def test_docker_compose_itself_accepts_the_file() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here: the tests above read the file themselves")
    secrets = {name: value or "x" for name, value in documented().items()}
    checked = subprocess.run([docker, "compose", "config", "--quiet"], cwd=ROOT, env=os.environ | secrets, check=False)
    assert checked.returncode == 0
