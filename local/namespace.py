"""The namespace on a Temporal server, and the search attributes in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    CountWorkflowExecutionsRequest,
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
)
from temporalio.service import ConnectConfig, RPCError, RPCStatusCode, ServiceClient, TLSConfig

from local.failure import LocalFailure

RETENTION = timedelta(days=30)
_CALL_LIMIT = timedelta(seconds=5)
# A server that starts is unavailable first, then knows the namespace from its next look into the database.
_PASSING = frozenset(
    {
        RPCStatusCode.UNAVAILABLE,
        RPCStatusCode.DEADLINE_EXCEEDED,
        RPCStatusCode.NOT_FOUND,
        RPCStatusCode.RESOURCE_EXHAUSTED,
        RPCStatusCode.CANCELLED,
        RPCStatusCode.ABORTED,
        RPCStatusCode.INTERNAL,
        RPCStatusCode.UNKNOWN,
    }
)


class _NotYet(Exception):
    """The server knows the namespace, and not yet all of its search attributes."""


async def ensure_namespace(
    address: str,
    namespace: str,
    search_attributes: Mapping[str, IndexedValueType.ValueType],
    *,
    retention: timedelta = RETENTION,
    timeout: timedelta = timedelta(seconds=60),
    tls: bool | TLSConfig = False,
    api_key: str | None = None,
) -> None:
    """Make the namespace and its search attributes unless they are there; return when both can be used.

    Safe to call again and from several processes. Retried until the server answers; LocalFailure after
    ``timeout``, or at once when an attribute is there with another type or the server refuses us.
    """
    until = time.monotonic() + timeout.total_seconds()
    while True:
        try:
            client = await ServiceClient.connect(ConnectConfig(target_host=address, tls=tls, api_key=api_key))
            await _register(client, namespace, retention)
            await _add(client, namespace, search_attributes)
            await _await_use(client, namespace, search_attributes)
            return
        except RPCError as failure:
            if failure.status not in _PASSING or time.monotonic() > until:
                raise LocalFailure(f"namespace {namespace} at {address}: {failure}") from failure
        except (RuntimeError, _NotYet) as failure:  # RuntimeError: the SDK's word for "cannot connect"
            if time.monotonic() > until:
                raise LocalFailure(f"Temporal at {address} is not ready: {failure}") from failure
        await asyncio.sleep(0.2)


async def _register(client: ServiceClient, namespace: str, retention: timedelta) -> None:
    service = client.workflow_service
    try:
        await service.describe_namespace(DescribeNamespaceRequest(namespace=namespace), timeout=_CALL_LIMIT)
        return
    except RPCError as failure:
        if failure.status is not RPCStatusCode.NOT_FOUND:
            raise
    period = Duration(seconds=int(retention.total_seconds()))
    request = RegisterNamespaceRequest(namespace=namespace, workflow_execution_retention_period=period)
    try:
        await service.register_namespace(request, timeout=_CALL_LIMIT)
    except RPCError as failure:
        if failure.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


async def _add(client: ServiceClient, namespace: str, wanted: Mapping[str, IndexedValueType.ValueType]) -> None:
    service = client.operator_service
    listed = await service.list_search_attributes(ListSearchAttributesRequest(namespace=namespace), timeout=_CALL_LIMIT)
    known = dict(listed.custom_attributes)
    other = sorted(name for name in wanted if name in known and known[name] != wanted[name])
    if other:
        raise LocalFailure(f"namespace {namespace} has search attributes of another type: {', '.join(other)}")
    missing = {name: kind for name, kind in wanted.items() if name not in known}
    if missing:
        request = AddSearchAttributesRequest(namespace=namespace, search_attributes=missing)
        try:
            await service.add_search_attributes(request, timeout=_CALL_LIMIT)
        except RPCError as failure:
            if failure.status is not RPCStatusCode.ALREADY_EXISTS:
                raise


async def _await_use(client: ServiceClient, namespace: str, wanted: Mapping[str, IndexedValueType.ValueType]) -> None:
    # A query that names them all fails until the front end has seen them; so would a workflow's start.
    query = " AND ".join(f"{name} IS NULL" for name in wanted)
    request = CountWorkflowExecutionsRequest(namespace=namespace, query=query)
    try:
        await client.workflow_service.count_workflow_executions(request, timeout=_CALL_LIMIT)
    except RPCError as failure:
        if failure.status is RPCStatusCode.INVALID_ARGUMENT:
            raise _NotYet(failure.message) from failure
        raise
