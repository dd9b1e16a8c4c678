"""Dataclasses as JSON facts and back, exactly: no field is lost, none is guessed."""

import dataclasses
import functools
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

from domain.refusal import Fact

T = TypeVar("T")


def to_facts(value: object) -> dict[str, Fact]:
    """The fields of a dataclass as JSON values; instants in RFC 3339."""
    return {field.name: _plain(getattr(value, field.name)) for field in _fields(type(value))}


def from_facts(kind: type[T], facts: dict[str, Fact]) -> T:
    """The dataclass that `to_facts` was given. ValueError names a field that is missing, unknown or of another type."""
    hints = _hints(kind)
    fields = _fields(kind)
    if unknown := sorted(facts.keys() - {field.name for field in fields}):
        raise ValueError(f"{kind.__name__} has no field {unknown[0]}")
    found: dict[str, object] = {}
    for field in fields:
        if field.name in facts:
            found[field.name] = _typed(hints[field.name], facts[field.name], field.name)
        elif field.default is dataclasses.MISSING:
            raise ValueError(f"{kind.__name__} needs {field.name}")
    return kind(**found)


@functools.cache
def _fields(kind: type) -> tuple[dataclasses.Field[object], ...]:
    return dataclasses.fields(kind)


@functools.cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)


def _plain(value: object) -> Fact:
    if isinstance(value, datetime):  # no match pattern: a sandbox wraps the class
        return value.isoformat()
    match value:
        case Enum():
            return cast(Fact, value.value)
        case tuple() | list():
            return [_plain(each) for each in cast("tuple[object, ...]", value)]
        case str() | bool() | int() | None:
            return value
        case _:
            return to_facts(value)


def _member(kind: type[Enum], value: Fact, name: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"{name} cannot be {value!r}") from None


def _instant(value: str, name: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name} cannot be {value!r}") from None


def _typed(hint: object, value: Fact, name: str) -> object:
    """Turn JSON into what the type asks for; anything else is a ValueError that names the field."""
    if get_origin(hint) in (Union, UnionType):
        if value is None and NoneType in get_args(hint):
            return None
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_typed(get_args(hint)[0], each, name) for each in cast("list[Fact]", value))
    if isinstance(hint, type):
        kind = cast("type[object]", hint)
        if issubclass(kind, Enum):
            return _member(kind, value, name)
        if kind == datetime and isinstance(value, str):  # equal, not same: a sandbox wraps it
            return _instant(value, name)
        if dataclasses.is_dataclass(kind) and isinstance(value, dict):
            return from_facts(kind, cast("dict[str, Fact]", value))
        if type(value) is kind:
            return value
    raise ValueError(f"{name} cannot be {value!r}")
