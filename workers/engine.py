"""The connection to Temporal, set up alike everywhere."""

from temporalio.client import Client
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter

from config.settings import Settings
from local.namespace import ensure_namespace
from telemetry.engine import interceptors
from workflows.attributes import REGISTERED

_KNOWN = PydanticPayloadConverter()


class _Converter(CompositePayloadConverter):
    """Types as pydantic reads and writes them. The worker makes a converter for every workflow that it holds; what
    pydantic has worked out about our types is shared, or each complaint would work it out, and keep it, again."""

    def __init__(self) -> None:
        super().__init__(*_KNOWN.converters.values())


async def ready_engine(settings: Settings, address: str) -> None:
    """The namespace and its search attributes, made where they are missing. In Temporal Cloud, which is reached with
    an API key, both are made by hand (docs/operating.md)."""
    if settings.temporal_api_key is None:
        await ensure_namespace(address, settings.namespace, REGISTERED)


async def connect(settings: Settings, address: str, *, lazy: bool = False) -> Client:
    """A client that speaks our types. `lazy` connects at first use, so that the API starts while Temporal is down."""
    api_key = settings.temporal_api_key
    return await Client.connect(
        address,
        namespace=settings.namespace,
        data_converter=DataConverter(payload_converter_class=_Converter),
        api_key=api_key.get_secret_value() if api_key else None,
        tls=api_key is not None,
        lazy=lazy,
        interceptors=interceptors(),
    )
