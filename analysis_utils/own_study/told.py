"""What was taken from the files of a new study, on one page, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from analysis_utils.annotation.which_language import KNOWN, language_name
from analysis_utils.own_study.building import Prepared
from analysis_utils.own_study.event import published_on
from analysis_utils.own_study.intake import FileTaken
from analysis_utils.own_study.kept import doubts, kept_words
from analysis_utils.own_study.outlet_names import alike
from analysis_utils.own_study.page import Page

#: So many of a list are told; the rest is counted.
_MOST_TOLD = 12
#: The names of outlets are no wider than this.
_WIDEST = 36


def what_was_taken(prepared: Prepared) -> list[str]:
    """The page that says what was taken, as lines."""
    pages = prepared.taken.pages
    return [
        f"What was taken, for {prepared.folder}",
        "",
        *_files(prepared.taken.files),
        "",
        *_outlets(prepared),
        "",
        f"  Dates: {_dates(pages)}",
        f"  Language: {_languages(prepared.languages)}",
        f"  Event: {prepared.event.title!r}, {_days(prepared)}",
        *_listed(
            "Left out:", [f"{each.source}: {each.reason}" for each in prepared.taken.set_aside]
        ),
        *_listed("Look at these:", list(_doubtful(prepared))),
    ]


def alike_outlets(prepared: Prepared) -> list[tuple[str, str]]:
    """Pairs of names that may mean one outlet."""
    return alike(outlet.name for outlet in prepared.outlets)


def _files(files: Sequence[FileTaken]) -> Iterator[str]:
    n_articles = sum(file.n_articles for file in files)
    yield f"  {_counted(len(files), 'file')}, {_counted(n_articles, 'article')}:"
    names = Counter(file.path.name for file in files)
    unique = {name for name, n in names.items() if n == 1}
    told = [file for file in files if file.n_articles != 1 or file.columns]
    told = told if len(files) > _MOST_TOLD else list(files)
    for file in told[:_MOST_TOLD]:
        articles = "" if file.n_articles == 1 else f", {file.n_articles} articles"
        columns = ", ".join(f"{meaning} from {name!r}" for meaning, name in file.columns.items())
        place = (
            file.path.name
            if file.path.name in unique
            else f"{file.path.parent.name}/{file.path.name}"
        )
        yield f"    {place}: {file.kind}{articles}" + (f"; {columns}" if columns else "")
    if len(files) > len(told[:_MOST_TOLD]):
        yield f"    and {_counted(len(files) - len(told[:_MOST_TOLD]), 'more file')}"


def _outlets(prepared: Prepared) -> Iterator[str]:
    width = min(max(len(outlet.name) for outlet in prepared.outlets), _WIDEST)
    owners = [entry.outlet for entry in prepared.entries]
    for outlet in prepared.outlets:
        own = [
            page
            for page, owner in zip(prepared.taken.pages, owners, strict=True)
            if owner == outlet.id
        ]
        kept = [kept_words(page.lines) for page in own]
        n_kept, n_given = (sum(each[i] for each in kept) for i in (0, 1))
        yield (
            f"  {outlet.name:<{width}}  {_counted(len(own), 'article')},"
            f" {n_kept:,} of {n_given:,} words kept"
        )


def _dates(pages: Sequence[Page]) -> str:
    known = sorted(day[:10] for page in pages if (day := published_on(page)))
    if not known:
        return "no article tells one"
    n_missing = len(pages) - len(known)
    missing = f"; {_counted(n_missing, 'article')} without one" if n_missing else ""
    span = known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"
    return span + missing


def _days(prepared: Prepared) -> str:
    event = prepared.event
    return f"{event.start} to {event.end}" if event.start else "no day known"


def _languages(codes: Sequence[str]) -> str:
    told = [f"{language_name(code)} ({n})" for code, n in Counter(codes).most_common()]
    is_all = set(codes) == {KNOWN}
    return ", ".join(told) + ("" if is_all else "; what is not in English is shown, never scored")


def _doubtful(prepared: Prepared) -> Iterator[str]:
    """What a careful reader would look at before the study is written."""
    for first, second in alike_outlets(prepared):
        yield (
            f"{first!r} and {second!r} may be one outlet. If so, add"
            f" --same-outlet '{second}={first}'."
        )
    for page in prepared.taken.pages:
        for doubt in doubts(page.lines):
            yield f"{page.source} ({page.outlet}): {doubt}"
    yield from prepared.taken.notes


def _listed(heading: str, told: Sequence[str]) -> Iterator[str]:
    if not told:
        return
    yield from ["", heading]
    yield from (f"  - {each}" for each in told[:_MOST_TOLD])
    if len(told) > _MOST_TOLD:
        yield f"  - and {len(told) - _MOST_TOLD} more of the kind"


def _counted(n: int, noun: str) -> str:
    """A number with its noun.

    >>> _counted(2, "article")
    '2 articles'
    """
    return f"one {noun}" if n == 1 else f"{n:,} {noun}s"
