"""The file of a new study: what is known, with comments in plain words on what may be changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis_utils.annotation.which_language import KNOWN
from analysis_utils.own_study.event import Event
from analysis_utils.own_study.proposals import Proposal
from analysis_utils.study.parts import Outlet

#: Every text stands in quotation marks, so that no sign in it means anything to YAML.
_HEAD = """\
# A study: what is compared.  `framing new-study` made this file; change in it
# whatever you like, in any text editor.  `framing check` says what is wrong or thin.
#
# - Texts stand in "quotation marks".  Inside them write \\" for a quotation mark
#   and \\\\ for a backslash.
# - Dates are year-month-day.  Indent with spaces, not tabs.
# - Ids are short names without spaces: letters, digits, - and _.  They name
#   files and sentences, as in {example}:s05.
# - Whatever is optional may be left out.  A fault is told with its line and
#   how to mend it.
"""
_OUTLETS = """\
# Two outlets or more.  Optional for each: country, ownership and publisher, which
# are shown beside its name, so that readers know who is speaking.
"""
_ARTICLES = """\
# One article or more for each outlet.  Optional: address (https://...), published
# (a day, or a time with its zone as in 2018-06-14T11:06+03:00; only where the page
# does not say it or is wrong), retrieved (the day it was saved) and note.
"""
_ACTORS = """\
# Whom the articles speak of.  These are proposals, from the names and the nouns for
# people that the articles share: delete those that you do not follow, and correct the others.
# kind is person, organisation, institution, country or group.  A group is a party that the
# articles call by no name of its own, such as "migrants".
# - aliases: other names and short forms.  Capitals count: "US" is never "us".
# - descriptions (optional): phrases that can mean nobody else in these articles, such
#   as "the company".
# - pronouns (optional): those that may stand for the actor; by default he, she
#   and they with their forms for a person, it and its for all others.
# A phrase belongs to one actor only, and the longest phrase wins.  "The" before a
# name needs no entry of its own.
"""
_NO_ACTORS = """\
# No name was found that the articles share.  To follow somebody, take away the
# signs # below and write their names.
# actors:
#   - id: somebody
#     name: "Somebody's full name"
#     kind: person
#     aliases: ["Somebody"]
"""
_FRAMES = """\
# Optional: frames of this issue, beside the general ones that every study has, as in
# frames:
#   - id: security_threat
#     name: "Security threat"
#     description: "The product is a danger to networks and secrets."
#     terms: ["threat*", "malicious", "risk"]
# A * at the end of a word stands for any ending.
"""


class Entry(NamedTuple):
    """An article as the file lists it, and where its page came from."""

    id: str
    outlet: str
    page: str
    published: str
    address: str
    remark: str
    language: str = KNOWN


def study_text(
    event: Event,
    outlets: Sequence[Outlet],
    entries: Sequence[Entry],
    proposals: Sequence[Proposal],
) -> str:
    """The text of ``study.yml``."""
    parts = [
        _HEAD.replace("{example}", entries[0].id),
        "\n".join(_event(event)),
        _OUTLETS + "outlets:\n" + "\n\n".join("\n".join(_outlet(each)) for each in outlets),
        _ARTICLES + "articles:\n" + "\n\n".join("\n".join(_entry(each)) for each in entries),
    ]
    if proposals:
        actors = "\n\n".join("\n".join(_actor(each)) for each in proposals)
        parts.append(f"{_ACTORS}actors:\n{actors}")
    else:
        parts.append(_NO_ACTORS.rstrip())
    return "\n\n".join([*(part.rstrip("\n") for part in parts), _FRAMES])


def quoted(text: str) -> str:
    r"""A text that YAML gives back as it is, whatever it holds.

    >>> quoted('He said: "No # comment"')
    '"He said: \\"No # comment\\""'
    """
    # JSON strings are YAML strings; YAML wants the signs that do not show escaped, too.
    written = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
        r"|[\x85\u2028\u2029]",
        lambda sign: f"\\u{ord(sign[0]):04x}",
        written,
    )


def _plain(text: str) -> str:
    """An id, a kind or the name of a page; in quotation marks only where YAML needs them."""
    return text if re.fullmatch(r"[\w./-]+", text) and text != "null" else quoted(text)


def _remark(text: str) -> str:
    """A comment on one line."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return f"# {' '.join(shown.split())}"


def _event(event: Event) -> Iterator[str]:
    yield "event:"
    yield f"  title: {quoted(event.title)}"
    if event.start:
        yield f"  start: {event.start}"
        yield f"  end: {event.end}"
    else:
        yield "  # Optional: its first and its last day, which no page tells."
        yield "  # start: 2018-06-13"
        yield "  # end: 2018-06-15"
    yield "  # Optional: the event in a few neutral sentences, for the report."
    yield '  # summary: "What happened, when and where."'


def _outlet(outlet: Outlet) -> Iterator[str]:
    yield f"  - id: {_plain(outlet.id)}"
    yield f"    name: {quoted(outlet.name)}"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"  {_remark(entry.remark)}"
    yield f"  - id: {_plain(entry.id)}"
    yield f"    outlet: {_plain(entry.outlet)}"
    yield f"    page: {_plain(entry.page)}"
    if entry.published:
        yield f"    published: {entry.published}"
    if entry.address:
        yield f"    address: {quoted(entry.address)}"
    if entry.language != KNOWN:
        yield "    # Shown in notebook 7 alone: the methods know English only."
        yield f"    language: {entry.language}"


def _actor(proposal: Proposal) -> Iterator[str]:
    actor = proposal.actor
    yield f"  {_remark(counts(proposal))}"
    for doubt in proposal.doubts:
        yield f"  {_remark(f'Look: {doubt}.')}"
    yield f"  - id: {_plain(actor.id)}"
    yield f"    name: {quoted(actor.name)}"
    yield f"    kind: {actor.kind}"
    if actor.aliases:
        yield "    aliases:"
    for alias in actor.aliases:
        yield f"      - {quoted(alias)}"
    if actor.descriptions:
        yield "    descriptions:"
    for description in actor.descriptions:
        yield f"      - {quoted(description)}"


def counts(proposal: Proposal) -> str:
    """How often and in how much a proposed actor is named, in words.

    >>> counts(Proposal(None, 2, 3, 14, ()))
    'named 14 times, in 3 articles of 2 outlets'
    """
    articles = "one article" if proposal.n_articles == 1 else f"{proposal.n_articles} articles"
    outlets = "one outlet" if proposal.n_outlets == 1 else f"{proposal.n_outlets} outlets"
    return f"named {proposal.n_mentions} times, in {articles} of {outlets}"
