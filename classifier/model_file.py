"""A model on disk: one JSON file that vouches by checksum for one file of plain arrays.

Nothing here can run code: arrays are read without pickling. The arrays are written first under a name of
their own and the JSON file then replaces its predecessor, so a crash leaves the old model or the new one.
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
"""Raise it whenever a reader of older code would misread what is written here."""

HEAD = "model.json"

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]


class BadModel(Exception):
    """The folder holds no model that this code can use; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A model's contents and its version, a short digest of them."""

    body: dict[str, Json]
    arrays: Arrays
    version: str


def version_of(body: dict[str, Json], arrays: Arrays) -> str:
    """Twelve hexadecimal digits that change with any content of the model."""
    digest = hashlib.sha256(_canonical(body))
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()[:12]


def write(folder: Path, body: dict[str, Json], arrays: Arrays) -> None:
    """Put a model into the folder in place of the one there, never half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    version = version_of(body, arrays)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    packed = buffer.getvalue()
    arrays_name = f"arrays-{version}.npz"
    _replace(folder / arrays_name, packed)
    head: dict[str, Json] = {
        "format": FORMAT,
        "version": version,
        "arrays": arrays_name,
        "arrays_sha256": hashlib.sha256(packed).hexdigest(),
        "body_sha256": hashlib.sha256(_canonical(body)).hexdigest(),
        "body": body,
    }
    _replace(folder / HEAD, _canonical(head))
    for other in folder.glob("arrays-*.npz"):
        if other.name != arrays_name:
            other.unlink(missing_ok=True)


def read(folder: Path) -> Stored:
    """The model in the folder, whole and checked.

    Raises BadModel when it is missing, damaged, or of another format.
    """
    head = _read_head(folder)
    found = head.get("format")
    if found != FORMAT:
        raise BadModel(f"{folder}: model format {found!r}, this release reads {FORMAT}; train the model again")
    body, arrays_name = head.get("body"), head.get("arrays")
    if not isinstance(body, dict) or not isinstance(arrays_name, str) or "/" in arrays_name:
        raise BadModel(f"{folder}: {HEAD} is damaged (fields missing); train the model again")
    if hashlib.sha256(_canonical(body)).hexdigest() != head.get("body_sha256"):
        raise BadModel(f"{folder}: {HEAD} is damaged (checksum differs); train the model again")
    try:
        packed = (folder / arrays_name).read_bytes()
    except OSError as error:
        raise BadModel(f"{folder}: {arrays_name} cannot be read ({error.strerror})") from error
    if hashlib.sha256(packed).hexdigest() != head.get("arrays_sha256"):
        raise BadModel(f"{folder}: {arrays_name} is damaged (checksum differs); train the model again")
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as opened:
            arrays = {name: cast(NDArray[np.generic], opened[name]) for name in opened.files}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise BadModel(f"{folder}: {arrays_name} holds no plain arrays ({error})") from error
    version = version_of(body, arrays)
    if version != head.get("version"):
        raise BadModel(f"{folder}: the model calls itself {head.get('version')!r} but is {version}")
    return Stored(body, arrays, version)


def _read_head(folder: Path) -> dict[str, Json]:
    try:
        text = (folder / HEAD).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadModel(f"{folder}: no {HEAD} here; train a model first") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadModel(f"{folder}: {HEAD} cannot be read ({error})") from error
    try:
        head = cast(Json, json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadModel(f"{folder}: {HEAD} is damaged ({error}); train the model again") from error
    if not isinstance(head, dict):
        raise BadModel(f"{folder}: {HEAD} is damaged (not an object); train the model again")
    return head


def _canonical(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _replace(path: Path, content: bytes) -> None:
    """Write beside the target, make it durable, then rename."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
