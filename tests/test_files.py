"""Files are written whole or not at all."""

import errno
import os

import pytest

from analysis_utils.files.writing import scratch_folder, write_whole


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
    assert [each.name for each in tmp_path.iterdir()] == ["file.txt"]


def test_a_full_disk_names_the_file_and_leaves_no_part_of_it(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(tmp_path / "file.txt", b"new")
    assert caught.value.filename == str(tmp_path / "file.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_names_the_folder_that_people_know(tmp_path):
    with (
        pytest.raises(OSError, match="No space left") as caught,
        scratch_folder(tmp_path, "sheets") as scratch,
    ):
        raise OSError(errno.ENOSPC, "No space left on device", str(scratch / "sheet.csv"))
    assert caught.value.filename == str(tmp_path)
    assert list(tmp_path.iterdir()) == []
