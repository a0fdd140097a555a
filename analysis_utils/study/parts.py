"""The parts of a study: what each key of ``study.yml`` means and what it may hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any

import regex
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from analysis_utils.files.budget import OverBudget, within
from analysis_utils.files.normal_text import normal_pattern
from analysis_utils.schemas import LINE_KINDS
from analysis_utils.study.checks import article_id
from analysis_utils.study.file import fault, nearest

_NEUTER = ("it", "its", "itself")
_PLURAL = ("they", "them", "their", "theirs", "themselves")

#: What an actor can be, and the pronouns that may stand for it.
ACTOR_KINDS = {
    "person": (
        *("he", "him", "his", "himself"),
        *("she", "her", "hers", "herself"),
        *_PLURAL,
    ),
    "organisation": _NEUTER,
    "institution": _NEUTER,
    "country": _NEUTER,
    "group": _PLURAL,
}

#: All pronouns that can be looked for.
PRONOUNS = tuple(dict.fromkeys(form for forms in ACTOR_KINDS.values() for form in forms))

#: Characters of a pattern that is read at once, and seconds that a longer one may take.
_SHORT_PATTERN = 200
_COMPILING_SECONDS = 2.0


def _identifier(value: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", value):
        return value
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-_") or "a-short-name"
    raise fault(
        f"{value!r} is no id: ids name files and sentences, so they are made of the letters"
        " a to z, digits, - and _ only.",
        f"Write `id: {slug}`.",
    )


def _one_of(choices) -> AfterValidator:
    def check(value: str) -> str:
        if value in choices:
            return value
        mend = f"{nearest(value.lower(), choices)}Write one of {', '.join(choices)}."
        raise fault(f"{value!r} is none of the kinds.", mend)

    return AfterValidator(check)


def read_day(value: Any) -> date:
    """A day, ISO 8601; anything else is a fault."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise fault(
            f"{value!r} is not a date.", "Write year-month-day, as in 2018-06-14."
        ) from None


def read_moment(value: Any) -> date | datetime:
    """A day, or a day and time with its zone; ISO 8601; anything else is a fault."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return read_day(value)
    if isinstance(value, str) and len(value) <= len("2018-06-14"):
        return moment.date()
    if moment.tzinfo is None:
        raise fault(
            f"{str(value)!r} is a time without its zone.",
            f"Add the offset from UTC, as in {moment.isoformat('T', 'minutes')}+03:00,"
            " or give the day alone.",
        )
    return moment


def _pronoun(value: str) -> str:
    form = value.casefold()
    if form in PRONOUNS:
        return form
    known = f"{nearest(form, PRONOUNS)}The known ones are {', '.join(PRONOUNS)}."
    raise fault(f"{value!r} is no pronoun that can be looked for.", known)


def _regex(value: str) -> str:
    try:
        if len(value) > _SHORT_PATTERN or "{" in value:  # numbers inside numbers take hours
            within(_COMPILING_SECONDS, _compile, value)
        else:
            _compile(value)
    except OverBudget as error:
        raise fault(
            f"{value!r} cannot be read as a regular expression: {error}.",
            "Write it shorter, without one number of repetitions or bracket inside another.",
        ) from error
    except (re.error, regex.error, OverflowError, ValueError) as error:
        raise fault(
            f"{value!r} is no regular expression: {error}.",
            r"Put a backslash before a character that is meant literally, as in \( or \?.",
        ) from error
    return value


def _compile(pattern: str) -> None:
    """An error if a pattern cannot be looked for."""
    re.compile(normal_pattern(pattern))  # as it will be looked for
    regex.compile(normal_pattern(pattern))  # by this library, which keeps to a limit of time


def _language(value: str) -> str:
    if re.fullmatch(r"[a-z]{2,3}", value):
        return value
    raise fault(f"{value!r} is no short name of a language.", "Write two letters, as in de.")


def _web_address(value: str) -> str:
    if re.match(r"https?://\S+$", value):
        return value
    raise fault(f"{value!r} is no web address.", "Begin it with https:// or delete the line.")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Words = Annotated[str, StringConstraints(strip_whitespace=True)]
Id = Annotated[Text, AfterValidator(_identifier)]
Day = Annotated[date, BeforeValidator(read_day)]
Moment = Annotated[date | datetime, BeforeValidator(read_moment)]


class Part(BaseModel):
    """Base of all parts of a study: they do not change once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Part):
    """The event that the outlets tell."""

    title: Text = Field(description="what happened, as a short headline of your own")
    start: Day | None = Field(
        None, description="first day of the event, as in 2018-06-13; left out if nothing tells it"
    )
    end: Day | None = Field(
        default_factory=lambda given: given["start"],
        description="last day of the event; the first day if left out",
    )
    summary: Words = Field("", description="the event in a few neutral sentences")

    @field_validator("end")
    @classmethod
    def _not_before_its_start(cls, end: date | None, given: ValidationInfo) -> date | None:
        start = given.data.get("start", end)
        if end and not start:
            raise fault("the event has a last day and no first.", "Add `start`, or delete `end`.")
        if end and start and end < start:
            raise fault("the event ends before it starts.", "Correct `start` or `end`.")
        return end


class PagePattern(Part):
    """A line that an outlet's pages are known to carry."""

    kind: Annotated[Text, _one_of(LINE_KINDS)] = Field(description="what such a line is")
    pattern: Annotated[Text, AfterValidator(_regex)] = Field(
        description="regular expression that the line matches"
    )
    reason: Text = Field(description="why such a line is of that kind, in plain words")


class Outlet(Part):
    """A news outlet."""

    id: Id = Field(description="short name without spaces, as in rferl")
    name: Text = Field(description="name of the outlet, as figures show it")
    country: Words = Field("", description="country it reports from or is paid by")
    ownership: Words = Field("", description="who owns or pays for it")
    publisher: Words = Field("", description="who published the page, if not the outlet itself")
    page_patterns: tuple[PagePattern, ...] = Field(
        (), description="patterns of lines that stand on this outlet's pages"
    )


class ArticleEntry(Part):
    """One article: whose it is and where its page lies."""

    page: Text = Field(description="file of the page, inside the study's folder")
    id: Id = Field(
        default_factory=article_id,
        validate_default=True,
        description="short name without spaces; the page's file name if left out",
    )
    outlet: Text = Field(description="id of the outlet that tells it")
    address: Annotated[Text, AfterValidator(_web_address)] | None = Field(
        None, description="web address of the page"
    )
    published: Moment | None = Field(
        None, description="day, or day and time with zone; overrides what the page says"
    )
    retrieved: Day | None = Field(None, description="day on which the page was saved")
    note: Words = Field("", description="anything a reader should know about this page")
    language: Annotated[Text, AfterValidator(_language)] = Field(
        "en",
        description="language, as in de; an article that is not in English is cleaned and shown,"
        " and nothing in it is counted or scored",
    )


class Actor(Part):
    """Somebody or something the articles speak of."""

    id: Id = Field(description="short name without spaces, as in kaspersky_lab")
    name: Text = Field(description="full name, as articles write it")
    kind: Annotated[Text, _one_of(ACTOR_KINDS)] = Field(description="what the actor is")
    aliases: tuple[Text, ...] = Field((), description="other names and short forms")
    descriptions: tuple[Text, ...] = Field(
        (), description="phrases that can mean nobody else in these articles"
    )
    pronouns: tuple[Annotated[Text, AfterValidator(_pronoun)], ...] = Field(
        default_factory=lambda given: ACTOR_KINDS[given["kind"]],
        description="pronouns that may stand for the actor, [] for none; those of its kind"
        " if left out",
    )


class Frame(Part):
    """A news frame: what it makes of the event, and the words that show it."""

    id: Id = Field(description="short name without spaces, as in security_threat")
    name: Text = Field(description="name of the frame, as figures show it")
    description: Text = Field(description="what the frame says, for a reader who codes it")
    terms: tuple[Text, ...] = Field(
        (), description="words and phrases that show it; a * at the end stands for any ending"
    )


class StudyFile(Part):
    """What ``study.yml`` holds."""

    event: Event = Field(description="title, start, end and summary of the event")
    outlets: tuple[Outlet, ...] = Field((), description="the outlets, two or more")
    articles: tuple[ArticleEntry, ...] = Field(
        (), description="the articles, one or more an outlet"
    )
    actors: tuple[Actor, ...] = Field((), description="the actors to follow")
    frames: tuple[Frame, ...] = Field((), description="the frames of this issue")
    merge_terms: dict[Text, tuple[Text, ...]] = Field(
        default_factory=dict, description="a term, and other spellings to count as that term"
    )
