"""Who is asking, and may they."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.house import House, house
from api.permissions import GRANTED, Permission
from api.problems import ProblemError
from domain.actor import Actor
from store import api_keys

_bearer = HTTPBearer(auto_error=False, description="An API key from `hotline keys issue`.")


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before one route and asks for `permission`; who walks the routes can read it there."""

    permission: Permission

    async def __call__(
        self,
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
        rooms: Annotated[House, Depends(house)],
    ) -> Actor:
        """The actor; 401 without a valid key, 403 without the permission."""
        actor = await api_keys.holder(rooms.pool, credentials.credentials) if credentials else None
        if actor is None:
            raise ProblemError("unauthenticated", headers={"WWW-Authenticate": "Bearer"})
        if self.permission not in GRANTED[actor.role]:
            raise ProblemError("forbidden", permission=self.permission, role=actor.role)
        request.state.actor = actor
        return actor


def may(permission: Permission) -> Any:
    """A dependency that yields the actor, or refuses."""
    return Depends(Guard(permission))
