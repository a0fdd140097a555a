"""Files are written whole or not at all."""

import os

import pytest

from analysis_utils.files import write_whole


def test_the_content_stands_in_a_new_folder_and_nothing_else(tmp_path):
    path = tmp_path / "new" / "file.txt"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert [each.name for each in path.parent.iterdir()] == ["file.txt"]


def test_a_move_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file.txt"
    write_whole(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
