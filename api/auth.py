"""Who is asking, and may they."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.house import House, house
from api.permissions import GRANTED, Permission
from api.problems import ProblemError
from domain.actor import Actor
from store import api_keys

_bearer = HTTPBearer(auto_error=False, description="An API key from `hotline keys issue`.")


def may(permission: Permission) -> Any:
    """A dependency that yields the actor, or refuses: 401 without a valid key, 403 without the permission."""

    async def check(
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
        rooms: Annotated[House, Depends(house)],
    ) -> Actor:
        actor = await api_keys.holder(rooms.pool, credentials.credentials) if credentials else None
        if actor is None:
            raise ProblemError("unauthenticated", headers={"WWW-Authenticate": "Bearer"})
        if permission not in GRANTED[actor.role]:
            raise ProblemError("forbidden", permission=permission, role=actor.role)
        request.state.actor = actor
        return actor

    return Depends(check)
