"""The commands for a study of one's own: ``framing new-study`` and ``framing check``.

Heavy modules are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis_utils.own_study.building import NewStudy
    from analysis_utils.study import Study

_PAGE_HELP = """\
a page (text, HTML, PDF), a folder of pages, or a table of articles (CSV, JSON lines), with the
outlet whose it is; without an outlet, a page is of an outlet that has its name, the folders in a
folder are outlets, and a table has a column for it; give --page as often as you like"""


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


def _sentence(purpose: str) -> str:
    return f"{purpose[0].upper()}{purpose[1:]}."


def _new_study(options: argparse.Namespace) -> int:
    from analysis_utils.own_study.building import new_study

    print("Reading the pages ...", file=sys.stderr)
    made = new_study(options.place, options.page, options.title, options.start, options.end)
    print("\n".join(_summary(made, options.place)))
    return 0


def _summary(made: NewStudy, place: str) -> list[str]:
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
        *(["", *made.notes] if made.notes else []),
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
