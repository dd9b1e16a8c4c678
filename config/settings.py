"""One frozen set of settings. Everything has a default that works from a clean clone."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from HOTLINE_… variables; DATABASE_URL and TEMPORAL_ADDRESS keep their common names. Empty is not set."""

    model_config = SettingsConfigDict(
        env_prefix="HOTLINE_", frozen=True, populate_by_name=True, extra="ignore", env_ignore_empty=True
    )

    home: Path = Path(".run")
    """Data, logs and secrets of this installation."""
    cache: Path | None = None
    """Compiled engines, shared by every clone of this user; None: ~/.cache/hotline."""
    policy: Path = Path("policy")
    """Policy files that `up` and `policy apply` read."""
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    """PostgreSQL to use; None: one of our own under `home`."""
    database_read_url: SecretStr | None = None
    """A replica of it for lists, searches and reports; None: the same."""
    temporal_address: str | None = Field(default=None, validation_alias="TEMPORAL_ADDRESS")
    """host:port of Temporal; None: one of our own under `home`."""
    temporal_api_key: SecretStr | None = Field(default=None, validation_alias="TEMPORAL_API_KEY")
    """Sent with every call; turns TLS on."""
    temporal_tls: bool = Field(default=False, validation_alias="TEMPORAL_TLS")
    """TLS to Temporal; any of the following, and an API key, turn it on too."""
    temporal_ca: Path | None = Field(default=None, validation_alias="TEMPORAL_TLS_SERVER_CA_CERT_PATH")
    """Who has signed the server's certificate; None: one of those that the system trusts."""
    temporal_server_name: str | None = Field(default=None, validation_alias="TEMPORAL_TLS_SERVER_NAME")
    """The name in the server's certificate, where it is not that of the address."""
    temporal_certificate: Path | None = Field(default=None, validation_alias="TEMPORAL_TLS_CLIENT_CERT_PATH")
    """Certificate that a server with mutual TLS asks for."""
    temporal_certificate_key: Path | None = Field(default=None, validation_alias="TEMPORAL_TLS_CLIENT_KEY_PATH")
    """Its key."""
    namespace: str = "hotline"
    task_queue: str = "complaints"
    key_ring: SecretStr | None = None
    """The key ring as JSON; None: a file under `home`, made at first use."""
    api_host: str = "127.0.0.1"
    api_port: int = 8412
    workers: int = Field(default=1, ge=1, le=64)
    """Worker processes that `up` starts."""
    relay_works: bool = False
    """Whether a relay runs complaints' workflows too: what it starts it then takes up itself, at once."""
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
