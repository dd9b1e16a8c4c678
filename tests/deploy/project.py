"""The deployment's files, read once for the tests beside this."""

import re
import tomllib
from pathlib import Path
from typing import Any, cast

import yaml

from config.settings import Settings

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\$\{([A-Z_]+)(:?[-?][^}]*)?\}")
Table = dict[str, Any]


def read(path: str) -> str:
    """A file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def compose() -> Table:
    """docker-compose.yml with its anchors resolved."""
    return cast(Table, yaml.safe_load(read("docker-compose.yml")))


def services() -> dict[str, Table]:
    """The services by name."""
    return compose()["services"]


def one_shot(service: Table) -> bool:
    """Whether it does one thing and ends."""
    return service.get("restart", "no") == "no" or str(service["restart"]).startswith("on-failure")


def environment(service: Table) -> dict[str, str]:
    """What it is given."""
    return service.get("environment", {})


def documented() -> dict[str, str]:
    """Variables of .env.example and the values that stand there."""
    lines = (line.partition("=") for line in read("deploy/.env.example").splitlines() if re.match(r"[A-Z_]+=", line))
    return {name: value for name, _, value in lines}


def settings() -> dict[str, str]:
    """Every variable that the hotline reads, with its default as text."""
    prefix = str(Settings.model_config.get("env_prefix"))
    return {
        str(field.validation_alias or f"{prefix}{name.upper()}"): "" if field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }


def wheel_packages() -> list[str]:
    """The packages that pyproject.toml puts into the wheel."""
    project = tomllib.loads(read("pyproject.toml"))
    return project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
