"""Temporal's own side of a process: its figures, its log lines, and the interceptors that come with every client."""

import socket

from temporalio.client import Interceptor
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.runtime import (
    LoggingConfig,
    LoggingFormat,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

from telemetry.belonging import Belonging
from telemetry.export import exporting
from telemetry.steps import Steps

_LOOPBACK = "127.0.0.1"
_LOGS = TelemetryFilter(core_level="WARN", other_level="ERROR")


def use_runtime(*, json_logs: bool, figures: bool) -> str | None:
    """Make the runtime of every client to come; the address of its figures, for this process alone. Raises ValueError
    when a client was made before."""
    port = _free_port() if figures else None
    logs = LoggingConfig(filter=_LOGS, format=LoggingFormat.JSON if json_logs else LoggingFormat.COMPACT)
    metrics = PrometheusConfig(
        bind_address=f"{_LOOPBACK}:{port}", counters_total_suffix=True, unit_suffix=True, durations_as_seconds=True
    )
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=logs, metrics=metrics if port else None)))
    return f"http://{_LOOPBACK}:{port}/metrics" if port else None


def interceptors() -> list[Interceptor]:
    """What listens to a client and to the workers that use it."""
    return [Belonging(), TracingInterceptor(), Steps()] if exporting() else [Steps()]


def _free_port() -> int:
    """The runtime does not tell which port it took, so it is told one."""
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return probe.getsockname()[1]
