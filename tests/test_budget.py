"""Readers with a budget: answers, errors, time, memory and crashes."""

import os
import subprocess
import sys
import time

import pytest

from analysis_utils.files import budget
from analysis_utils.files.budget import OverBudget, within


def test_an_answer_is_that_of_the_function():
    assert within(10, divmod, 7, 2) == (3, 1)
    assert within(10, os.getpid) != os.getpid()


def test_one_worker_answers_all():
    assert within(10, os.getpid) == within(10, os.getpid)


def test_an_error_is_that_of_the_function():
    with pytest.raises(ZeroDivisionError):
        within(10, divmod, 1, 0)
    with pytest.raises(FileNotFoundError, match="no-such-file"):
        within(10, os.stat, "no-such-file")


@pytest.mark.parametrize("stuck", [(time.sleep, 60), (pow, 3, 10**9)])
def test_what_takes_too_long_is_ended_also_in_c(stuck):
    within(10, abs, 1)
    start = time.monotonic()
    with pytest.raises(OverBudget, match="more than 1 seconds"):
        within(1, *stuck)
    assert time.monotonic() - start < 20
    assert within(10, abs, -1) == 1


def test_a_crash_is_told_and_leaves_no_harm():
    with pytest.raises(OverBudget, match="breaks the reader down"):
        within(10, os._exit, 3)
    assert within(10, abs, -1) == 1


def test_a_worker_that_was_ended_meanwhile_is_replaced():
    within(10, abs, 1)
    budget._worker.kill()
    budget._worker.wait()
    assert within(10, abs, -1) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to it")
def test_too_much_memory_is_told():
    with pytest.raises(OverBudget, match="memory"):
        within(10, bytearray, 2 * budget.MOST_MEMORY)


def test_what_a_reader_prints_is_no_answer():
    assert within(10, print, "text") is None
    assert within(10, os.write, 1, b"text") == 4


def test_no_worker_outlives_the_program():
    code = "import os; from analysis_utils.files.budget import within; print(within(10, os.getpid))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert not ran.stderr
    with pytest.raises(OSError):
        os.kill(int(ran.stdout), 0)
