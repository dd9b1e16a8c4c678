"""One frozen set of settings. Everything has a default that works from a clean clone."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from HOTLINE_… variables; DATABASE_URL and TEMPORAL_ADDRESS keep their common names."""

    model_config = SettingsConfigDict(env_prefix="HOTLINE_", frozen=True, populate_by_name=True, extra="ignore")

    home: Path = Path(".run")
    """Data, logs and secrets of this installation."""
    cache: Path | None = None
    """Compiled engines, shared by every clone of this user; None: ~/.cache/hotline."""
    policy: Path = Path("policy")
    """Policy files that `up` and `policy apply` read."""
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    """PostgreSQL to use; None: one of our own under `home`."""
    temporal_address: str | None = Field(default=None, validation_alias="TEMPORAL_ADDRESS")
    """host:port of Temporal; None: one of our own under `home`."""
    temporal_api_key: SecretStr | None = Field(default=None, validation_alias="TEMPORAL_API_KEY")
    """For Temporal Cloud; turns TLS on."""
    namespace: str = "hotline"
    task_queue: str = "complaints"
    key_ring: SecretStr | None = None
    """The key ring as JSON; None: a file under `home`, made at first use."""
    api_host: str = "127.0.0.1"
    api_port: int = 8412
    workers: int = Field(default=1, ge=1, le=64)
    """Worker processes that `up` starts."""
    release: str = "dev"
    """Deployment version of the workers; `dev` leaves worker versioning off."""
    logs: Literal["console", "json"] = "json"
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Port on which a process tells its figures at /metrics; None: it does not."""
    traces_endpoint: str | None = Field(default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    """Where traces are sent to, by OTLP over HTTP; None: nothing is traced."""
    traced_share: float = Field(default=1.0, ge=0, le=1, validation_alias="OTEL_TRACES_SAMPLER_ARG")
    """Share of all complaints that is traced."""
