"""Whoever waits at a terminal sees how far a long reading has come; nobody else sees a bar."""

import io
import sys
import time

import pytest

from analysis_utils.files import progress
from analysis_utils.files.progress import shown


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def told(monkeypatch):
    """Go through things as at a standard error; what was told there."""

    def go(things, *how, stream, patience=0.1):
        monkeypatch.setattr(progress, "_PATIENCE", patience)
        with monkeypatch.context() as patch:  # in the test, as pytest has its own before
            patch.setattr(sys, "stderr", stream)
            for _ in shown(things, *how):
                time.sleep(0.15)
        return stream.getvalue() if stream else ""

    return go


def test_a_long_reading_shows_on_a_terminal_how_far_it_has_come(told):
    text = told(range(5), "Reading", stream=Terminal())
    assert "Reading" in text and "/5" in text
    assert text.endswith("\r")  # and is gone when it is done


def test_things_without_a_length_can_be_shown(told):
    text = told(iter("abc"), "Parsing", "article", 3, stream=Terminal())
    assert "/3" in text and "articles" in text


def test_a_short_reading_shows_nothing(told):
    assert told("abc", "Reading", stream=Terminal(), patience=60).strip() == ""


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_nobody_else_sees_a_bar(stream, told):
    assert told("abc", "Reading", stream=stream, patience=0.0) == ""


def test_all_things_come_in_their_order():
    assert list(shown("abc", "Reading")) == ["a", "b", "c"]
