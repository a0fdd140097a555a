"""The commands for a study of one's own: ``framing new-study`` and ``framing check``.

Heavy modules are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis_utils.own_study.building import NewStudy
    from analysis_utils.study import Study

_PAGE_HELP = """\
a page (text, HTML, PDF, Word, RTF), a folder of pages, an export of Nexis, Factiva or ProQuest, or
a table of articles, with the outlet whose it is; without an outlet, a page is of an outlet that has
its name, the folders in a folder are outlets, and exports and tables tell it themselves; give
--page as often as you like"""


def add_study_commands(commands) -> None:
    """Add the commands to the parser of ``framing``."""
    _add_new_study(commands)
    purpose = "tell what is wrong with a study, or thin"
    parser = commands.add_parser("check", help=purpose, description=f"{_sentence(purpose)}")
    parser.set_defaults(command=_check)
    parser.add_argument(
        "study",
        nargs="?",
        metavar="NAME_OR_FOLDER",
        help="a study under data/, or the folder of one (FRAMING_STUDY, else the default study)",
    )


def _add_new_study(commands) -> None:
    purpose = "make a study of your own pages"
    parser = commands.add_parser("new-study", help=purpose, description=_sentence(purpose))
    parser.set_defaults(command=_new_study, study=None)
    parser.add_argument(
        "place",
        metavar="NAME_OR_FOLDER",
        help="name of the study, for a folder under data/; or its folder, with a slash in it",
    )
    parser.add_argument(
        "--page", action="append", required=True, metavar="OUTLET=PATH", help=_PAGE_HELP
    )
    parser.add_argument("--title", default="", help="what happened, as a short headline")
    parser.add_argument("--start", default="", metavar="DAY", help="first day of the event")
    parser.add_argument("--end", default="", metavar="DAY", help="last day of the event")
    parser.add_argument(
        "--columns",
        default="",
        metavar="WHAT=HEADING,...",
        help="which column of a table is what, as in 'text=Story,outlet=Paper,date=Printed'",
    )
    parser.add_argument(
        "--same-outlet",
        action="append",
        default=[],
        metavar="NAME=NAME_TO_USE",
        help="two names that mean one outlet; as often as you like",
    )
    parser.add_argument(
        "--language",
        choices=("en", "any"),
        default="en",
        help="any: show articles in other languages too, without scores (en)",
    )
    parser.add_argument(
        "--yes", action="store_true", help="write the study without asking, as scripts want it"
    )


def _sentence(purpose: str) -> str:
    return f"{purpose[0].upper()}{purpose[1:]}."


def _new_study(options: argparse.Namespace) -> int:
    from analysis_utils.own_study.building import Choices, prepare, write_study
    from analysis_utils.own_study.told import alike_outlets, what_was_taken

    print("Reading the pages ...", file=sys.stderr)
    choices = Choices(
        options.title,
        options.start,
        options.end,
        _columns(options.columns),
        options.language,
        options.same_outlet,
    )
    prepared = prepare(options.place, options.page, choices)
    asks = not options.yes and sys.stdin.isatty() and sys.stdout.isatty()
    if asks and (same := _same_outlets(alike_outlets(prepared))):
        choices = choices._replace(same_outlets=[*choices.same_outlets, *same])
        prepared = prepare(options.place, options.page, choices)
    print("\n".join([*what_was_taken(prepared), ""]))
    if asks and not _says_yes("Write the study?", default=True):
        print("Nothing was written.")
        return 0
    print("\n".join(_summary(write_study(prepared), options.place, prepared.event.notes)))
    return 0


def _columns(value: str) -> dict[str, str]:
    """What ``text=Story,outlet=Paper`` says."""
    from analysis_utils.own_study.intake import IntakeError
    from analysis_utils.own_study.tables.columns import MEANINGS

    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    columns = {name.strip(): heading.strip() for name, _, heading in pairs}
    if wrong := [name for name, heading in columns.items() if name not in MEANINGS or not heading]:
        known = ", ".join(MEANINGS)
        raise IntakeError(
            [f"--columns {wrong[0]!r}: write what=heading, where what is one of {known}."]
        )
    return columns


def _same_outlets(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The pairs of names that the user calls one outlet."""
    question = "Are {!r} and {!r} one outlet?"
    return [
        f"{second}={first}"
        for first, second in pairs
        if _says_yes(question.format(first, second), default=False)
    ]


def _says_yes(question: str, default: bool) -> bool:
    answer = input(f"{question} [{'Y/n' if default else 'y/N'}] ").strip().lower()
    return answer.startswith("y") if answer else default


def _summary(made: NewStudy, place: str, notes: Sequence[str]) -> list[str]:
    from analysis_utils.own_study.writing import counts

    study = made.study
    return [
        f"Study: {study.folder}",
        _event_line(study.event),
        "",
        *(_outlet_line(outlet, made) for outlet in study.outlets),
        "",
        "Proposed actors:" if made.proposals else "Proposed actors: none was found.",
        *(f"  {each.actor.name} ({each.actor.kind}), {counts(each)}" for each in made.proposals),
        *(["", *notes] if notes else []),
        "",
        "All of this stands in study.yml, with comments: change what you like. Then:",
        f"  .venv/bin/framing check {_shell(place)}",
        f"  make report STUDY={_shell(place)}",
    ]


def _event_line(event) -> str:
    days = f", {event.start} to {event.end}" if event.start else ", without a day"
    return f"Event: {event.title}{days}"


def _outlet_line(outlet, made: NewStudy) -> str:
    own = [entry.id for entry in made.study.articles if entry.outlet == outlet.id]
    n_words = sum(made.n_words[name] for name in own)
    articles = "one article" if len(own) == 1 else f"{len(own)} articles"
    return f"  {outlet.name}: {articles}, {n_words:,} words kept"


def _shell(place: str) -> str:
    import shlex

    return shlex.quote(place)


def _check(options: argparse.Namespace) -> int:
    from analysis_utils.own_study.review import review
    from analysis_utils.study import current_study

    study = current_study()
    _check_lists(study)
    findings = review(study)
    _check_sheets(study)
    for finding in findings:
        print(f"- {finding}")
    if not findings:
        print("Nothing is wrong or thin.")
    return 0


def _check_lists(study: Study) -> None:
    """Raise the faults of lists of words that notebooks would only come upon later."""
    from analysis_utils.study import StudyError
    from analysis_utils.themes.frames.codebook import study_frames
    from analysis_utils.themes.voices.reporting_verbs import read_verbs

    faults = []
    for read in (study_frames, read_verbs):
        try:
            read(study)
        except StudyError as error:
            faults += error.faults
    if faults:
        raise StudyError(faults)


def _check_sheets(study: Study) -> None:
    """Raise the faults of filled sheets, if there are any sheets."""
    from analysis_utils.annotation.corpus import load_corpus
    from analysis_utils.themes.validity.coding_sheets import filled_sheets, read_sheets
    from analysis_utils.themes.validity.units import all_units

    if sheets := filled_sheets(study):
        read_sheets(sheets, study, all_units(load_corpus(study)))
