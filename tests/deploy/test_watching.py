"""Dashboard and alerts name only what the hotline tells, and each alert says what to do."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import pytest
import temporalio.bridge
import yaml
from prometheus_client import generate_latest

from telemetry.registry import REGISTRY
from tests.deploy.project import ROOT, compose, read, services

ALERTS: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(read("deploy/alerts.yml"))["groups"] for rule in group["rules"]
]
BOARDS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in ROOT.glob("deploy/grafana/dashboards/*")}
PANELS: list[dict[str, Any]] = [panel for board in BOARDS.values() for panel in board["panels"]]
EXPRESSIONS: dict[str, str] = {rule["alert"]: rule["expr"] for rule in ALERTS} | {
    f"{panel['title']} {target['refId']}": target["expr"] for panel in PANELS for target in panel.get("targets", [])
}
REGISTERED = cast("dict[object, list[str]]", vars(REGISTRY)["_collector_to_names"])
OWN: dict[str, set[str]] = {
    name: set(cast("tuple[str, ...]", vars(metric)["_labelnames"]))
    for metric, names in REGISTERED.items()
    for name in names
    if "_labelnames" in vars(metric)
}
GIVEN_BY_PROMETHEUS = {"job", "instance", "process", "le"}
GUIDE = read("docs/operating.md")


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_figure_of_ours_that_is_asked_for_is_told(name: str) -> None:
    for figure, labels in re.findall(r"\b(hotline_\w+)(?:\{([^}]*)\})?", EXPRESSIONS[name]):
        assert figure in OWN, figure
        assert set(re.findall(r"(\w+)\s*=", labels)) <= OWN[figure] | GIVEN_BY_PROMETHEUS


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_labels_by_which_figures_are_added_up_are_theirs(name: str) -> None:
    expression = EXPRESSIONS[name]
    figures = re.findall(r"\b(hotline_\w+)", expression)
    known = set[str]().union(*(OWN[figure] for figure in figures)) | GIVEN_BY_PROMETHEUS
    asked = {word for words in re.findall(r"\b(?:by|on) \(([^)]*)\)", expression) for word in words.split(", ")}
    assert not figures or asked <= known


def test_a_figure_of_temporals_that_is_asked_for_is_one_that_its_sdk_knows() -> None:
    [sdk] = Path(temporalio.bridge.__path__[0]).glob("temporal_sdk_bridge*")
    known = sdk.read_bytes()
    asked = {figure for text in EXPRESSIONS.values() for figure in re.findall(r"\btemporal_(\w+)", text)}
    assert asked
    for figure in asked:
        assert re.sub(r"(_total|_seconds)?(_bucket|_count|_sum)?$", "", figure).encode() in known, figure


def test_a_figure_of_a_process_that_is_asked_for_is_told() -> None:
    page = generate_latest(REGISTRY).decode()
    asked = {figure for text in EXPRESSIONS.values() for figure in re.findall(r"\bprocess_\w+", text)}
    assert asked
    assert [figure for figure in asked if f"\n{figure} " not in page] == []


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_an_alert_has_its_runbook(rule: dict[str, Any]) -> None:
    found = re.search(rf"^### {rule['alert']}\n+(.*?)(?=^##|\Z)", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/operating.md has no heading {rule['alert']}"
    for part in ("*Means.*", "*Look.*", "*Do.*"):
        assert part in found[1], part
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"].endswith(".")


def test_a_runbook_belongs_to_an_alert() -> None:
    chapter = GUIDE.partition("\n## Alerts\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", chapter, flags=re.MULTILINE) == [rule["alert"] for rule in ALERTS]


def test_no_two_panels_stand_in_one_place() -> None:
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    for one, other in combinations((panel["gridPos"] for panel in PANELS), 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below, (one, other)


def test_every_figure_of_ours_stands_on_the_dashboard() -> None:
    shown = " ".join(target["expr"] for panel in PANELS for target in panel.get("targets", []))
    told = {re.sub(r"_(total|bucket|count|sum|created)$", "", name) for name in OWN if name.startswith("hotline_")}
    assert {name for name in told if name not in shown} == set()


def test_prometheus_asks_every_process_where_it_answers() -> None:
    given = yaml.safe_load(read("deploy/prometheus.yml"))
    [job] = given["scrape_configs"]
    [found] = job["dns_sd_configs"]
    told = {name for name, service in services().items() if service.get("command", [""])[0] == "process"}
    assert set(found["names"]) == told
    for name in told:
        assert services()[name]["environment"]["HOTLINE_METRICS_PORT"] == str(found["port"])
        assert "watch" in services()[name]["networks"]
    assert given["rule_files"] == ["alerts.yml"]


def test_figures_are_published_to_nobody() -> None:
    published = [port for service in services().values() for port in service.get("ports", [])]
    assert not [port for port in published if port.endswith((":9464", ":9090"))]
    assert compose()["networks"]["watch"]["internal"]
