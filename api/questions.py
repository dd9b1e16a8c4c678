"""What may stand behind the question mark."""

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute


async def only_known(request: Request) -> None:
    """Refuse a query parameter that the route does not know: a misspelt filter would list everything."""
    if not request.scope["query_string"]:
        return
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    unknown = sorted(set(request.query_params) - _known(route.dependant))
    if unknown:
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", name), "msg": "Parameter is not known"} for name in unknown]
        )


def _known(dependant: Dependant) -> set[str]:
    """The names that a route and all that it depends on ask for."""
    own = {each.alias for each in dependant.query_params}
    return own.union(*(_known(each) for each in dependant.dependencies))
