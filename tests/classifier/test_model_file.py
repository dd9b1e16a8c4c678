import io
import json
import zipfile
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from classifier import BadModel, Model
from classifier.model_file import HEAD, Json
from classifier.training import train
from tests.classifier.town import ITEMS, PLACES, texts

TEXTS = ("楼道里一股煤气味", "八里庄的井盖丢了", "医保卡丢了怎么补", "")


@pytest.fixture
def folder(model: Model, tmp_path: Path) -> Path:
    model.save(tmp_path)
    return tmp_path


def change_head(folder: Path, name: str, value: Json) -> None:
    head = cast(dict[str, Json], json.loads((folder / HEAD).read_text(encoding="utf-8")))
    head[name] = value
    (folder / HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")


def arrays_of(folder: Path) -> Path:
    return next(folder.glob("arrays-*.npz"))


def test_a_loaded_model_proposes_exactly_what_the_saved_one_did(model: Model, folder: Path) -> None:
    loaded = Model.load(folder)
    assert loaded.version == model.version
    assert loaded.propose_many(TEXTS) == model.propose_many(TEXTS)


def test_a_missing_model_is_refused_and_the_way_out_told(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match="train a model first"):
        Model.load(tmp_path / "nowhere")


def test_missing_arrays_are_refused(folder: Path) -> None:
    arrays_of(folder).unlink()
    with pytest.raises(BadModel, match="cannot be read"):
        Model.load(folder)


def test_a_cut_array_file_is_refused(folder: Path) -> None:
    arrays = arrays_of(folder)
    arrays.write_bytes(arrays.read_bytes()[:-100])
    with pytest.raises(BadModel, match="checksum"):
        Model.load(folder)


def test_a_single_changed_byte_anywhere_in_the_arrays_is_refused(folder: Path) -> None:
    arrays = arrays_of(folder)
    whole = arrays.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 25)):
        arrays.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BadModel, match="checksum"):
            Model.load(folder)


def test_a_changed_word_in_the_body_is_refused(folder: Path) -> None:
    head = (folder / HEAD).read_text(encoding="utf-8")
    (folder / HEAD).write_text(head.replace("井盖", "井口"), encoding="utf-8")
    with pytest.raises(BadModel, match="checksum"):
        Model.load(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"model"', "[" * 100_000])
def test_a_head_that_is_no_object_is_refused(folder: Path, content: str) -> None:
    (folder / HEAD).write_text(content, encoding="utf-8")
    with pytest.raises(BadModel):
        Model.load(folder)


@pytest.mark.parametrize("found", [0, 2, "1", None])
def test_another_format_is_refused_with_both_numbers(folder: Path, found: Json) -> None:
    change_head(folder, "format", found)
    with pytest.raises(BadModel, match="this release reads 1"):
        Model.load(folder)


def test_a_model_that_calls_itself_another_version_is_refused(folder: Path) -> None:
    change_head(folder, "version", "0123456789ab")
    with pytest.raises(BadModel, match="0123456789ab"):
        Model.load(folder)


def test_arrays_outside_the_folder_are_refused(folder: Path) -> None:
    change_head(folder, "arrays", "../arrays.npz")
    with pytest.raises(BadModel, match="fields missing"):
        Model.load(folder)


def test_pickled_arrays_are_refused_even_with_a_right_checksum(folder: Path) -> None:
    import hashlib

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        pickled = io.BytesIO()
        np.lib.format.write_array(pickled, np.array([{"a": 1}], dtype=object), allow_pickle=True)
        archive.writestr("weights.npy", pickled.getvalue())
    arrays_of(folder).write_bytes(buffer.getvalue())
    change_head(folder, "arrays_sha256", hashlib.sha256(buffer.getvalue()).hexdigest())
    with pytest.raises(BadModel, match="plain arrays"):
        Model.load(folder)


def test_saving_again_replaces_the_model_and_leaves_no_old_arrays(folder: Path) -> None:
    other = train(texts()[:24], ITEMS, PLACES)
    other.save(folder)
    assert Model.load(folder).version == other.version
    assert sorted(path.name for path in folder.iterdir()) == [f"arrays-{other.version}.npz", HEAD]


def test_a_crash_between_the_two_files_leaves_the_old_model(model: Model, folder: Path, tmp_path: Path) -> None:
    other = train(texts()[:24], ITEMS, PLACES)
    elsewhere = tmp_path / "elsewhere"
    other.save(elsewhere)
    arrays = arrays_of(elsewhere)
    (folder / arrays.name).write_bytes(arrays.read_bytes())
    assert Model.load(folder).version == model.version
