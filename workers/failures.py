"""What the engine is told of an error: never what somebody said (R5)."""

from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, PayloadConverter

from config.log_lines import may_quote


class DiscreetFailures(DefaultFailureConverter):
    """Errors that may repeat a value are told by their type and the lines of code that they passed. So are they in the
    log of Temporal's core, which writes what is told here. Each cause comes through here too."""

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        """Fill in `failure`."""
        super().to_failure(exception, payload_converter, failure)
        if may_quote(exception):
            failure.message = type(exception).__qualname__
