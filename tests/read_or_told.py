"""What tests of hostile inputs share: each is read or told, and soon.

How many of each kind are drawn says ``HOSTILE_EXAMPLES``; a folder of inputs that have done
harm before is named by ``FAULT_INPUTS``.
"""

import contextlib
import os
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from analysis_utils.annotation.cleaning import PageError
from analysis_utils.files.xlsx_tables import SheetError
from analysis_utils.own_study.intake import IntakeError
from analysis_utils.study import StudyError

#: Errors whose message says all.
TOLD = (PageError, IntakeError, StudyError, SheetError)

#: Nobody waits longer for one input: on a machine that does nothing else, and on one that is busy.
SECONDS, BUSY_SECONDS = 20, 600

#: How many of a kind are drawn.
EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "25"))

FAULT_INPUTS = Path(os.environ.get("FAULT_INPUTS", "no-such-folder"))

drawn = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # the simplest case may take minutes
    suppress_health_check=[
        *(HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large),
        *(HealthCheck.large_base_example, HealthCheck.filter_too_much),
    ],
)

#: Where each takes a second or more, as whole studies are read.
dear = settings(drawn, max_examples=max(EXAMPLES // 5, 5) if EXAMPLES < 100 else EXAMPLES)


@contextlib.contextmanager
def in_time():
    """What is done within it is over soon enough."""
    start, worked = time.monotonic(), time.process_time()
    yield
    assert time.process_time() - worked < SECONDS
    assert time.monotonic() - start < BUSY_SECONDS


def read_or_told(path, read, *arguments):
    """What a reader makes of a file or folder; None if it is told, by the name and in words.

    Any other error, and a reading that takes too long, fails the test.
    """
    with in_time():
        try:
            return read(*arguments)
        except TOLD as error:
            told = str(error)
    assert path.name in told, told
    assert "Traceback" not in told and "object at 0x" not in told, told
    assert len(told) < 20_000
    return None


PARAGRAPHS = [
    "The council of Riverton said on Tuesday that it would pay for a new bridge over the river.",
    "“This is a great day,” said the mayor, Zoë Smith, who has asked for it since the flood.",
    "Beta Sons accused the council of a bad decision, and the firm wants to go to court over it.",
    "A vote on the cost, which has grown twice since last year, is to follow in the autumn now.",
]
HEADLINE = "A bridge at last"

STUDY = """\
event:
  title: A bridge
  start: 2024-05-01
outlets:
  - id: a
    name: Alpha
  - id: b
    name: Beta
articles:
  - {id: a1, outlet: a, page: pages/a.txt}
  - {id: b1, outlet: b, page: pages/b.txt}
actors:
  - {id: mayor, name: Zoë Smith, kind: person, aliases: [Smith]}
  - {id: council, name: council of Riverton, kind: institution}
"""


def study_folder(folder, page=None, suffix="txt", study=STUDY):
    """A study of two articles; the first has another page, if one is given as bytes."""
    (folder / "pages").mkdir(parents=True)
    plain = "\n\n".join([HEADLINE, *PARAGRAPHS]).encode("utf-8")
    (folder / "pages" / f"a.{suffix}").write_bytes(plain if page is None else page)
    (folder / "pages" / "b.txt").write_bytes(plain)
    (folder / "study.yml").write_text(study.replace("a.txt", f"a.{suffix}"), "utf-8")
    return folder


def letters(text):
    """The letters and digits of a text, which no quotation mark or separator changes."""
    return "".join(sign for sign in text if sign.isalnum())
