"""The connection to Temporal, set up alike everywhere."""

from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter
from temporalio.service import TLSConfig

from config.settings import Settings
from local.namespace import ensure_namespace
from telemetry.engine import interceptors
from workers.failures import DiscreetFailures
from workers.home import NotSet
from workflows.attributes import REGISTERED

_KNOWN = PydanticPayloadConverter()


class _Converter(CompositePayloadConverter):
    """Types as pydantic reads and writes them. The worker makes a converter for every workflow that it holds; what
    pydantic has worked out about our types is shared, or each complaint would work it out, and keep it, again."""

    def __init__(self) -> None:
        super().__init__(*_KNOWN.converters.values())


def in_cloud(namespace: str) -> bool:
    """Whether it is one of Temporal Cloud's, which are called `name.account` and are not made by their own clients."""
    return "." in namespace


async def ready_engine(settings: Settings, address: str) -> None:
    """The namespace and its search attributes, made where they are missing. In Temporal Cloud both are made by hand
    (docs/operating.md). Raises NotSet."""
    if not in_cloud(settings.namespace):
        await ensure_namespace(address, settings.namespace, REGISTERED, tls=tls(settings), api_key=_api_key(settings))


def tls(settings: Settings) -> bool | TLSConfig:
    """How the connection is closed to others: False, the system's usual way, or with what files say. Raises NotSet."""
    certificate, key = settings.temporal_certificate, settings.temporal_certificate_key
    if (certificate is None) != (key is None):
        raise NotSet("TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH go together")
    config = TLSConfig(
        server_root_ca_cert=_read(settings.temporal_ca),
        domain=settings.temporal_server_name,
        client_cert=_read(certificate),
        client_private_key=_read(key),
    )
    if config != TLSConfig():
        return config
    return settings.temporal_tls or settings.temporal_api_key is not None


def _read(path: Path | None) -> bytes | None:
    try:
        return None if path is None else path.read_bytes()
    except OSError as error:
        raise NotSet(f"{path}: {error.strerror}") from error


def _api_key(settings: Settings) -> str | None:
    return settings.temporal_api_key.get_secret_value() if settings.temporal_api_key else None


async def connect(settings: Settings, address: str, *, lazy: bool = False) -> Client:
    """A client that speaks our types. `lazy` connects at first use, so that the API starts while Temporal is down.
    Raises NotSet."""
    return await Client.connect(
        address,
        namespace=settings.namespace,
        data_converter=DataConverter(payload_converter_class=_Converter, failure_converter_class=DiscreetFailures),
        api_key=_api_key(settings),
        tls=tls(settings),
        lazy=lazy,
        interceptors=interceptors(),
    )
