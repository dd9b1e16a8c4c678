"""The overlays of deploy/kubernetes, put together by kubectl itself: settings alone tell one Temporal from another."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.cluster import COMPONENTS, FOLDER, OVERLAYS, built, container, documents, objects, of_kind, pods
from tests.deploy.project import Table, settings

CERTIFICATE = "/etc/temporal"


def made(folder: Path) -> list[Table]:
    """The objects of an overlay; skips where there is no kubectl."""
    found = built(folder)
    if found is None:
        pytest.skip("no kubectl here: the tests beside this read the files themselves")
    return found


def overlay_with(folder: Path, component: str) -> list[Table]:
    """What an overlay of one's own Temporal with one component makes."""
    own = FOLDER / "overlays/own-temporal"
    chosen = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": [relative(own, folder)],
        "components": [relative(FOLDER / "components" / component, folder)],
    }
    (folder / "kustomization.yaml").write_text(str(chosen), encoding="utf-8")
    return made(folder)


def relative(path: Path, start: Path) -> str:
    """kustomize takes no absolute paths."""
    return os.path.relpath(path.resolve(), start.resolve())


def reached(made: list[Table]) -> dict[str, Any]:
    """The Temporal of the processes and that of the autoscaler."""
    data = of_kind("ConfigMap", made)["hotline"]["data"]
    asked = of_kind("ScaledObject", made)["worker"]["spec"]["triggers"][0]["metadata"]
    return {
        "processes": (data["TEMPORAL_ADDRESS"], data["HOTLINE_NAMESPACE"]),
        "autoscaler": (asked["endpoint"], asked["namespace"]),
    }


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_is_the_base_with_other_settings(overlay: str) -> None:
    whole = made(FOLDER / "overlays" / overlay)
    names = {(each["kind"], each["metadata"]["name"]) for each in whole}
    assert {(each["kind"], each["metadata"]["name"]) for each in objects()} <= names
    assert of_kind("ConfigMap", whole)["hotline"]["data"].keys() - {"FORWARDED_ALLOW_IPS"} <= settings().keys()
    assert all(each["metadata"].get("namespace", "hotline") == "hotline" for each in whole)
    assert all("hotline/step" in each["metadata"]["labels"] for each in whole)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_process_of_an_overlay_has_its_image(overlay: str) -> None:
    [image] = documents(FOLDER / "overlays" / overlay / "kustomization.yaml")[0]["images"]
    used = {container(pod)["image"] for pod in pods(made(FOLDER / "overlays" / overlay)).values()}
    assert used == {f"{image['newName']}:{image['newTag']}"}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_processes_and_autoscaler_ask_the_same_temporal(overlay: str) -> None:
    found = reached(made(FOLDER / "overlays" / overlay))
    assert found["processes"] == found["autoscaler"]


def test_temporal_cloud_is_asked_with_its_key_in_a_namespace_of_an_account() -> None:
    whole = made(FOLDER / "overlays/temporal-cloud")
    _, namespace = reached(whole)["processes"]
    assert "." in namespace
    [trigger] = of_kind("ScaledObject", whole)["worker"]["spec"]["triggers"]
    key = of_kind("TriggerAuthentication", whole)[trigger["authenticationRef"]["name"]]
    assert key["spec"]["secretTargetRef"] == [{"parameter": "apiKey", "name": "hotline", "key": "TEMPORAL_API_KEY"}]


def test_with_certificates_every_process_finds_its_files_where_the_settings_say(tmp_path: Path) -> None:
    whole = overlay_with(tmp_path, "certificate")
    data = of_kind("ConfigMap", whole)["hotline"]["data"]
    files = {name: path for name, path in data.items() if name.startswith("TEMPORAL_TLS")}
    assert len(files) == 3
    assert files.keys() <= settings().keys()
    assert {path.rpartition("/")[0] for path in files.values()} == {CERTIFICATE}
    for pod in (pods(whole)[name] for name in pods(whole) if name not in of_kind("CronJob", whole)):
        mounts = {mount["mountPath"]: mount["name"] for mount in container(pod)["volumeMounts"]}
        volumes = {volume["name"]: volume for volume in pod["spec"]["volumes"]}
        assert volumes[mounts[CERTIFICATE]]["secret"]["secretName"] == "temporal-certificate"
    [trigger] = of_kind("ScaledObject", whole)["worker"]["spec"]["triggers"]
    keys = of_kind("TriggerAuthentication", whole)[trigger["authenticationRef"]["name"]]["spec"]["secretTargetRef"]
    assert {key["key"] for key in keys} == {path.rpartition("/")[2] for path in files.values()}


def test_without_keda_workers_are_counted_by_processor_time(tmp_path: Path) -> None:
    whole = overlay_with(tmp_path, "cpu")
    assert of_kind("ScaledObject", whole) == {}
    scaled, before = (
        of_kind("HorizontalPodAutoscaler", whole)["worker"]["spec"],
        of_kind("ScaledObject")["worker"]["spec"],
    )
    assert (scaled["minReplicas"], scaled["maxReplicas"]) == (before["minReplicaCount"], before["maxReplicaCount"])


def test_every_component_is_tried() -> None:
    assert COMPONENTS == ["certificate", "cpu"]
