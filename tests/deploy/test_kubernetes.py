"""deploy/kubernetes, as far as it can be judged without a cluster."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from api import routes
from api.routes import health
from cli.main import app
from config.settings import Settings
from domain.calendar import BEIJING
from tests.deploy.cluster import (
    BASE,
    FOLDER,
    KUSTOMIZATION,
    OVERLAYS,
    container,
    documents,
    given,
    objects,
    of_kind,
    pods,
    probes,
    secret,
)
from tests.deploy.project import ROOT, Table, read, settings
from workers.worker import DEPLOYMENT

KINDS = {
    "ConfigMap": "v1",
    "CronJob": "batch/v1",
    "Deployment": "apps/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
    "Ingress": "networking.k8s.io/v1",
    "Job": "batch/v1",
    "Namespace": "v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "PersistentVolumeClaim": "v1",
    "PodDisruptionBudget": "policy/v1",
    "ScaledObject": "keda.sh/v1alpha1",
    "Service": "v1",
    "TriggerAuthentication": "keda.sh/v1alpha1",
}
PROCESSES = ("api", "worker", "relay", "notices")
JOBS = ("prepare", "current-release")
TIMED = ("retain", "train")
NOT_OURS = {"FORWARDED_ALLOW_IPS"}
"""Read by uvicorn itself."""
EVERY = pytest.mark.parametrize("name", [*PROCESSES, *JOBS, *TIMED])
PROCESS = pytest.mark.parametrize("name", PROCESSES)
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("file", [name for name in FILES if not name.endswith(KUSTOMIZATION)])
def test_every_object_is_of_a_kind_and_version_that_there_is(file: str) -> None:
    for each in documents(FOLDER / file):
        assert KINDS[each["kind"]] == each["apiVersion"]
        assert re.fullmatch(r"[a-z0-9-]{1,63}", each["metadata"]["name"])


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(KUSTOMIZATION)])
def test_a_kustomization_names_every_file_beside_it_and_no_other(file: str) -> None:
    path = FOLDER / file
    [named] = documents(path)
    beside = {each.name for each in path.parent.glob("*.yaml")} - {KUSTOMIZATION}
    listed = named.get("resources", [])
    assert {name for name in listed if not name.startswith("..")} == beside
    assert all((path.parent / name).is_dir() for name in listed if name.startswith(".."))


def test_every_process_of_the_command_line_is_deployed_and_every_job_is_a_command() -> None:
    assert set(of_kind("Deployment")) == set(PROCESSES)
    assert (set(of_kind("Job")), set(of_kind("CronJob"))) == (set(JOBS), set(TIMED))
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    processes = group.commands["process"]
    assert isinstance(processes, TyperGroup)
    for name in PROCESSES:
        assert container(pods()[name])["args"] == ["process", name]
        assert name in processes.commands
    assert container(pods()["prepare"])["args"] == ["prepare"]
    assert container(pods()["retain"])["args"] == ["retain", "--yes"]
    assert container(pods()["train"])["args"] == ["classifier", "train"]
    assert {"prepare", "release", "retain", "classifier"} <= set(group.commands)
    assert "hotline release" in container(pods()["current-release"])["command"][-1]


@EVERY
def test_there_is_one_image_and_its_version_is_said_by_the_overlay(name: str) -> None:
    assert container(pods()[name])["image"] == "hotline"
    for overlay in OVERLAYS:
        [image] = documents(FOLDER / "overlays" / overlay / KUSTOMIZATION)[0]["images"]
        assert image["name"] == "hotline"
        assert re.fullmatch(r"\d+\.\d+\.\d+", image["newTag"])


@EVERY
def test_every_process_is_given_the_same_settings(name: str) -> None:
    sources = container(pods()[name])["envFrom"]
    assert sources == [{"configMapRef": {"name": "hotline"}}, {"secretRef": {"name": "hotline"}}]
    assert pods()[name]["spec"]["enableServiceLinks"] is False, "HOTLINE_… of a Service would be read as settings"


def test_settings_and_secrets_are_those_that_the_hotline_has() -> None:
    assert given().keys() - NOT_OURS <= settings().keys()
    assert set(secret()) <= settings().keys()
    assert not set(secret()) & given().keys()
    assert {"DATABASE_URL", "HOTLINE_KEY_RING"} <= set(secret())
    Settings.model_validate({name: value for name, value in given().items() if name not in NOT_OURS})


def test_nothing_secret_is_written_out() -> None:
    fields = Settings.model_fields.items()
    secrets = [(name, field) for name, field in fields if "Secret" in str(field.annotation)]
    hidden = {str(field.validation_alias or f"HOTLINE_{name.upper()}") for name, field in secrets}
    assert hidden <= set(secret())
    for file in FOLDER.rglob("*.yaml"):
        for name in hidden:
            assert not re.search(rf"^\s*{name}:", file.read_text(encoding="utf-8"), flags=re.MULTILINE), file
    assert of_kind("Secret") == {}


@PROCESS
def test_ports_are_those_that_the_processes_listen_on(name: str) -> None:
    ports = {port["name"]: port["containerPort"] for port in container(pods()[name])["ports"]}
    assert str(ports["figures"]) == given()["HOTLINE_METRICS_PORT"]
    assert ports.get("http") == (Settings.model_fields["api_port"].default if name == "api" else None)
    told = pods()[name]["metadata"]["annotations"]
    assert told["prometheus.io/port"] == given()["HOTLINE_METRICS_PORT"]


@PROCESS
def test_probes_ask_what_there_is(name: str) -> None:
    routes = {getattr(route, "path", "") for route in health.router.routes} | {"/metrics"}
    ports = {port["name"] for port in container(pods()[name])["ports"]}
    for probe in probes(pods()[name]):
        if asked := probe.get("httpGet"):
            assert asked["path"] in routes
            assert asked["port"] == ("figures" if asked["path"] == "/metrics" else "http")
            assert asked["port"] in ports
        else:
            *_, script, variable = probe["exec"]["command"]
            assert (ROOT / "deploy/health" / script.removeprefix("/opt/hotline/health/")).exists()
            assert variable in {*given(), *secret()}


@PROCESS
def test_a_process_is_told_alive_by_itself_and_ready_by_what_it_works_for(name: str) -> None:
    box = container(pods()[name])
    assert {"livenessProbe", "readinessProbe"} <= box.keys()
    assert box["livenessProbe"] != box["readinessProbe"], "PostgreSQL away is no reason to restart anything"
    assert "exec" not in box["livenessProbe"]


@EVERY
def test_a_pod_has_the_least_that_it_can_do_with(name: str) -> None:
    pod, box = pods()[name]["spec"], container(pods()[name])
    [user] = re.findall(r"^USER (\d+):\d+$", read("Dockerfile"), flags=re.MULTILINE)
    assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, int(user))
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert box["securityContext"]["readOnlyRootFilesystem"] is True
    assert box["securityContext"]["allowPrivilegeEscalation"] is False
    assert box["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert {"cpu", "memory"} == box["resources"]["requests"].keys()
    assert {"memory"} == box["resources"]["limits"].keys()


@EVERY
def test_what_is_mounted_is_there_and_no_process_writes_the_home(name: str) -> None:
    volumes = {volume["name"]: volume for volume in pods()[name]["spec"]["volumes"]}
    mounts = {mount["mountPath"]: mount for mount in container(pods()[name])["volumeMounts"]}
    assert {mount["name"] for mount in mounts.values()} == volumes.keys()
    assert "/tmp" in mounts
    [home] = re.findall(r"HOTLINE_HOME=(\S+)", read("Dockerfile"))
    assert (home in mounts) == (name in ("prepare", "train", "worker", "relay"))
    if home in mounts:
        assert mounts[home].get("readOnly", False) is (name in PROCESSES)
        assert volumes["home"]["persistentVolumeClaim"]["claimName"] in of_kind("PersistentVolumeClaim")


@PROCESS
def test_a_process_is_on_several_machines_and_one_of_it_is_always_there(name: str) -> None:
    chosen = {"app.kubernetes.io/component": name}
    deployment, budget = of_kind("Deployment")[name]["spec"], of_kind("PodDisruptionBudget")[name]["spec"]
    assert deployment["selector"]["matchLabels"] == chosen
    assert chosen.items() <= deployment["template"]["metadata"]["labels"].items()
    assert budget == {"maxUnavailable": 1, "selector": {"matchLabels": chosen}}
    spread = deployment["template"]["spec"]["topologySpreadConstraints"]
    assert {each["topologyKey"] for each in spread} == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}
    assert all(each["labelSelector"]["matchLabels"] == chosen for each in spread)
    scalers = [each["spec"] for each in objects() if "scaleTargetRef" in each.get("spec", {})]
    scaled = {each["scaleTargetRef"]["name"]: each for each in scalers}
    least = scaled.get(name, {"minReplicas": deployment.get("replicas")})
    assert least.get("minReplicas", least.get("minReplicaCount")) == 2
    assert (name in scaled) == ("replicas" not in deployment), "two would set the number in turn"


def test_a_worker_has_time_to_end_what_it_has_begun() -> None:
    [grace] = re.findall(r"_GRACE = timedelta\(seconds=(\d+)\)", read("workers/worker.py"))
    assert pods()["worker"]["spec"]["terminationGracePeriodSeconds"] > int(grace)


def test_workers_are_counted_by_the_queue_that_they_work_on() -> None:
    [trigger] = of_kind("ScaledObject")["worker"]["spec"]["triggers"]
    asked = trigger["metadata"]
    told = (asked["endpoint"], asked["namespace"], asked["taskQueue"])
    assert told == tuple(given()[name] for name in ("TEMPORAL_ADDRESS", "HOTLINE_NAMESPACE", "HOTLINE_TASK_QUEUE"))
    assert "includeRunningWorkflowCount" not in asked, "complaints are open for weeks"
    assert not any("BuildId" in name for name in asked), "it would be one release's"


def test_the_most_workers_are_those_that_two_relays_can_keep_busy() -> None:
    [at_once] = re.findall(r"^AT_ONCE = (\d+)$", read("workers/relay.py"), flags=re.MULTILINE)
    scaled = of_kind("ScaledObject")["worker"]["spec"]
    each = int(scaled["triggers"][0]["metadata"]["targetQueueSize"])
    assert scaled["maxReplicaCount"] == of_kind("Deployment")["relay"]["spec"]["replicas"] * int(at_once) // each


def test_the_service_and_the_ingress_lead_to_the_api() -> None:
    service, ingress = of_kind("Service")["api"]["spec"], of_kind("Ingress")["api"]["spec"]
    assert service["selector"].items() <= pods()["api"]["metadata"]["labels"].items()
    names = {port["name"] for port in container(pods()["api"])["ports"]}
    assert {port["targetPort"] for port in service["ports"]} <= names
    [rule] = ingress["rules"]
    [path] = rule["http"]["paths"]
    assert rule["host"] in ingress["tls"][0]["hosts"]
    assert path["backend"]["service"]["name"] == "api"
    assert path["backend"]["service"]["port"]["name"] in {port["name"] for port in service["ports"]}


def test_the_ingress_lets_through_every_route_but_health_and_documentation() -> None:
    [path] = of_kind("Ingress")["api"]["spec"]["rules"][0]["http"]["paths"]
    rooms = [import_module(room.name) for room in iter_modules(routes.__path__, "api.routes.")]
    paths = {room.__name__: {getattr(route, "path", "") for route in room.router.routes} for room in rooms}
    outside = [name for name, told in paths.items() if not all(each.startswith(path["path"] + "/") for each in told)]
    assert outside == ["api.routes.health"]
    assert not any(getattr(route, "path", "").startswith(path["path"]) for route in health.router.routes)


@EVERY
def test_a_pod_may_speak_to_what_it_needs_and_to_nothing_else(name: str) -> None:
    labels = {label for label in pods()[name]["metadata"]["labels"] if label.startswith("hotline/")}
    assert ("hotline/database" in labels) == (name != "current-release")
    assert ("hotline/engine" in labels) == (name not in ("notices", *TIMED))
    assert ("hotline/receivers" in labels) == (name == "notices"), "receivers are outside, and nothing else is"
    assert ("hotline/collector" in labels) == (name in PROCESSES)


def test_every_object_belongs_to_the_ground_or_to_what_runs_on_it() -> None:
    steps = {(each["kind"], each["metadata"]["name"]): each["metadata"]["labels"]["hotline/step"] for each in objects()}
    ground = {kind for (kind, _), step in steps.items() if step == "ground"}
    assert ground == {"Namespace", "ConfigMap", "PersistentVolumeClaim", "NetworkPolicy", "Job"}
    assert steps["Job", "prepare"] == "ground"
    assert steps["Job", "current-release"] == "running"
    assert set(steps.values()) == {"ground", "running"}


def test_nobody_is_taught_by_a_timer_and_who_has_to_go_goes_every_night() -> None:
    timed = of_kind("CronJob")
    assert timed["train"]["spec"]["suspend"] is True, "somebody reads the comparison"
    assert "suspend" not in timed["retain"]["spec"]
    assert timed["retain"]["spec"]["timeZone"] == str(BEIJING)


def test_the_namespace_is_the_same_everywhere() -> None:
    [base] = documents(BASE / KUSTOMIZATION)
    assert {base["namespace"]} == set(of_kind("Namespace"))
    for file in FILES:
        named: list[Table] = [each for each in documents(FOLDER / file) if not file.endswith(KUSTOMIZATION)]
        assert {each["metadata"].get("namespace", "hotline") for each in named} <= {"hotline"}
    assert DEPLOYMENT == "hotline"


def test_the_example_of_a_secret_is_made_as_it_says() -> None:
    text = read("deploy/kubernetes/secret.example.env")
    assert "create secret generic hotline --from-env-file=" in text
    assert yaml.safe_load(read("deploy/kubernetes/base/namespace.yaml"))["metadata"]["name"] == "hotline"
