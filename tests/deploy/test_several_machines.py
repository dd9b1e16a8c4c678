"""docs/several-machines.md tells the truth: files, settings, objects and sums are those of the project."""

import re

import pytest

from tests.deploy.cluster import FOLDER, objects, of_kind
from tests.deploy.project import ROOT, read, settings

GUIDE = read("docs/several-machines.md")
OPENED = re.compile(r"(?:connections(?:: int)? ?= ?|\], )(\d+)|_pool\(database_url, (\d+)\)")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:deploy|tests|overlays|components)/[a-z./_-]+)`", GUIDE))))
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (FOLDER / path).exists()


def test_overlays_and_components_are_all_named() -> None:
    there = {f"{each.parent.name}/{each.name}" for each in FOLDER.glob("*/*") if each.is_dir()}
    assert set(re.findall(r"`((?:overlays|components)/[a-z-]+)`", GUIDE)) == there


def test_settings_that_are_named_exist() -> None:
    assert set(re.findall(r"`((?:HOTLINE|TEMPORAL)_[A-Z_]+)`", GUIDE)) <= settings().keys()


def test_the_commands_name_objects_that_there_are() -> None:
    [commands] = re.findall(r"```sh\n(.*?)```", GUIDE, flags=re.DOTALL)
    assert set(re.findall(r"deployment/(\w+)", commands)) == set(of_kind("Deployment"))
    assert set(re.findall(r"(?:job/| )(prepare|current-release)\b", commands)) == set(of_kind("Job"))
    steps = {each["metadata"]["labels"]["hotline/step"] for each in objects()}
    assert re.findall(r"hotline/step=(\w+)", commands) == ["ground", "running"] == sorted(steps)


def test_no_more_connections_are_opened_than_it_says() -> None:
    parts = re.split(r"^async def ", read("cli/processes.py"), flags=re.MULTILINE)
    opened = {part.partition("(")[0]: sum(int(one or other) for one, other in OPENED.findall(part)) for part in parts}
    each = {"worker": opened["_work"], "relay": opened["_relay"], "notices": opened["_send"]}
    each["api"] = opened["house"]
    scalers = [each["spec"] for each in objects() if "scaleTargetRef" in each.get("spec", {})]
    most = {one["scaleTargetRef"]["name"]: one.get("maxReplicas", one.get("maxReplicaCount")) for one in scalers}
    most |= {name: one["spec"].get("replicas", most.get(name)) for name, one in of_kind("Deployment").items()}
    told = {name: (int(many), int(one)) for many, one, name in re.findall(r"(\d+) × (\d+) \(`(\w+)`\)", GUIDE)}
    assert told == {name: (most[name], each[name]) for name in most}
    assert f"= {sum(many * one for many, one in told.values())}" in GUIDE


def test_how_many_of_each_there_are_is_what_the_manifests_say() -> None:
    told = re.findall(r"^\| `(\w+)` \| (\d+)(?: to (\d+))?[ ,]", GUIDE, flags=re.MULTILINE)
    scaling = [each["spec"] for each in objects() if "scaleTargetRef" in each.get("spec", {})]
    scalers = {each["scaleTargetRef"]["name"]: each for each in scaling}
    for name, least, most in told:
        if most:
            bounds = {key: value for key, value in scalers[name].items() if key.startswith(("min", "max"))}
            assert sorted(bounds.values()) == [int(least), int(most)]
        elif name in of_kind("Deployment"):
            assert of_kind("Deployment")[name]["spec"]["replicas"] == int(least)
    assert {name for name, _, _ in told} == {*of_kind("Deployment"), "prepare"}
