"""A small file is there whole or not at all."""

import os
from pathlib import Path

import pytest

from syndicate.atomic import write_atomic


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    for data in (b"one", b"two, longer"):
        write_atomic(path, data)
        assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == ["known.json"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "known.json"
    write_atomic(path, b"one")

    def refuse(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="no room"):
        write_atomic(path, b"two")
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["known.json"]
