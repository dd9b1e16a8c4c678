"""The manifests for Kubernetes, read once for the tests beside this: as they stand, and as kubectl makes them."""

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from tests.deploy.project import ROOT, Table

FOLDER = ROOT / "deploy/kubernetes"
BASE = FOLDER / "base"
OVERLAYS = sorted(path.name for path in (FOLDER / "overlays").iterdir())
COMPONENTS = sorted(path.name for path in (FOLDER / "components").iterdir())
KUSTOMIZATION = "kustomization.yaml"


@cache
def documents(path: Path) -> list[Table]:
    """The objects of one file."""
    return [cast(Table, each) for each in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def objects() -> list[Table]:
    """Every object of the base."""
    files = sorted(path for path in BASE.glob("*.yaml") if path.name != KUSTOMIZATION)
    return [each for path in files for each in documents(path)]


def of_kind(kind: str, among: list[Table] | None = None) -> dict[str, Table]:
    """Objects of a kind by name."""
    found = objects() if among is None else among
    return {each["metadata"]["name"]: each for each in found if each["kind"] == kind}


def pods(among: list[Table] | None = None) -> dict[str, Table]:
    """The template of every process and every job by name."""
    both = of_kind("Deployment", among) | of_kind("Job", among)
    timed = {name: each["spec"]["jobTemplate"] for name, each in of_kind("CronJob", among).items()}
    return {name: each["spec"]["template"] for name, each in (both | timed).items()}


def container(pod: Table) -> Table:
    """The one container of a pod."""
    [only] = pod["spec"]["containers"]
    return only


def probes(pod: Table) -> Iterator[Table]:
    """Its probes."""
    yield from (each for name, each in container(pod).items() if name.endswith("Probe"))


def given() -> dict[str, str]:
    """What every process reads from the ConfigMap."""
    return of_kind("ConfigMap")["hotline"]["data"]


def secret() -> list[str]:
    """The names that the Secret may hold."""
    lines = (FOLDER / "secret.example.env").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix("=") for line in lines if not line.startswith("#")]


@cache
def built(folder: Path) -> list[Table] | None:
    """What kubectl makes of an overlay; None without kubectl. Its start takes seconds."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        return None
    made = subprocess.run([kubectl, "kustomize", folder], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return [cast(dict[str, Any], each) for each in yaml.safe_load_all(made.stdout)]
