"""Whom a new study could follow: the names that its articles share, with their short forms.

Proposals only: they save typing, and whoever reads the articles decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from analysis_utils.annotation.actors import phrase_book
from analysis_utils.own_study.kinds import (
    country_forms,
    country_name,
    is_medium,
    kind_by_words,
    plain,
)
from analysis_utils.own_study.merging import Group, merged
from analysis_utils.own_study.names import Text, names_in
from analysis_utils.study.checks import same_phrase
from analysis_utils.study.parts import Actor

#: So many actors are proposed at most, each with so many mentions at least.
MOST_ACTORS = 10
LEAST_MENTIONS = 2
#: Media are mostly sources of a telling: they count this share.
MEDIUM_SHARE = 0.3
#: A place that is no country is proposed if it has this share of the most frequent name's mentions.
PLACE_SHARE = 0.5

#: A lone word of which this share of uses is that of a common noun is no name.
COMMON_SHARE = 0.2

#: So many mentions of a person's name, all of them whole, are no person's.
WHOLE_NAMES = 4

_WORD = re.compile(r"\w+")


class Proposal(NamedTuple):
    """An actor, in how many outlets, articles and places its names stand, and what is in doubt."""

    actor: Actor
    n_outlets: int
    n_articles: int
    n_mentions: int
    doubts: tuple[str, ...]


class Place(NamedTuple):
    """Where a name stands: outlet and article."""

    outlet: str
    article: str


def propose_actors(texts: Sequence[Text], outlets: Collection[str] = ()) -> list[Proposal]:
    """The actors that articles share, the most present first.

    Names are those that spaCy's tagger finds.  Forms of one name are merged:
    short forms and surnames where they fit one name only, initialisms, spellings
    of one first name.  What a name is follows from the words it is made of, from
    a noun beside it, and only then from the tagger, which is often wrong there.

    A name ranks by the sum over outlets of the square roots of its mentions, so
    that what many outlets name goes before what one of them repeats.  Cities are
    left out unless an event is all about one; media count less, as they mostly
    report; the outlets themselves and days are no actors.

    Parameters
    ----------
    texts
        The articles.
    outlets
        Names of the outlets.

    Returns
    -------
    Proposals, at most :data:`MOST_ACTORS`; no two actors share an id or a phrase.
    """
    groups = _groups(texts, {plain(outlet) for outlet in outlets})
    named = dict(_actors(sorted(groups, key=lambda group: -group.n)))
    places = _places([actor for actor, _ in named.values()], texts)
    most = max(map(len, places.values()), default=0)
    n_outlets = len({text.outlet for text in texts})
    proposals = [_proposal(actor, group, places[name]) for name, (actor, group) in named.items()]
    worthy = [
        each
        for each in proposals
        if each.n_mentions >= LEAST_MENTIONS
        and (named[each.actor.id][1].kind != "place" or _is_the_event(each, most, n_outlets))
    ]
    worthy.sort(key=lambda each: -_rank(each.actor, places[each.actor.id]))
    return worthy[:MOST_ACTORS]


def _groups(texts: Sequence[Text], outlets: Collection[str]) -> list[Group]:
    """The names that could be those of actors."""
    whole = "\n".join(text.whole for text in texts)
    words = Counter(_WORD.findall(whole))
    groups = [group for group in merged(names_in(texts)) if _is_actor(group, outlets, words)]
    for group in groups:
        _add_country_forms(group, whole)
    return groups


def _proposal(actor: Actor, group: Group, places: Sequence[Place]) -> Proposal:
    n_outlets = len({place.outlet for place in places})
    n_articles = len({place.article for place in places})
    doubts = tuple(dict.fromkeys(group.doubts))
    return Proposal(actor, n_outlets, n_articles, len(places), doubts)


def _is_the_event(proposal: Proposal, most: int, n_outlets: int) -> bool:
    """Whether all outlets speak of a place nearly as often as of whatever they name most."""
    return proposal.n_outlets == n_outlets and proposal.n_mentions >= PLACE_SHARE * most


def _is_actor(group: Group, outlets: Collection[str], words: Mapping[str, int]) -> bool:
    is_outlet = any(plain(form) in outlets for form in group.forms)
    return group.kind is not None and not is_outlet and not _is_common_noun(group, words)


def _is_common_noun(group: Group, words: Mapping[str, int]) -> bool:
    """Whether a lone word is that of a kind of thing: "an ICBM" of many, a "Summit" in a title."""
    if group.n_one_of_many > COMMON_SHARE * group.n:
        return True
    name = group.full
    if len(group.words) > 1 or group.country or kind_by_words(name) or group.kind == "person":
        return False
    plural = words[f"{name}s"] if name.isupper() else 0
    return plural + words[name.lower()] >= COMMON_SHARE * group.n


def _add_country_forms(group: Group, text: str) -> None:
    """Add the short names of a country that stand in the articles, if only in longer names."""
    code = group.country
    for form in country_forms(code) if code else ():
        # "USA TODAY" is no country.
        found = re.findall(rf"(?<![\w.]){re.escape(form)}(?!\w| [A-Z]{{2}})", text)
        group.forms.update([form] if found else [])
    if code and plain(group.full) in map(plain, country_forms(code)):
        group.forms[country_name(code)] += group.n


def _actors(groups: Iterable[Group]) -> Iterator[tuple[str, tuple[Actor, Group]]]:
    """Actors by id, each with its group; a phrase stays with the first that has it."""
    ids: set[str] = set()
    phrases: set[str] = set()
    for group in groups:
        free = [form for form in _forms(group) if same_phrase(form) not in phrases]
        name = re.sub(r"[^a-z0-9]+", "_", plain(group.full)).strip("_")
        if group.full not in free or not name or name in ids:
            continue
        kind = _kind(group)
        aliases = [form for form in free if form != group.full]
        ids.add(name)
        phrases.update(map(same_phrase, free))
        yield name, (Actor(id=name, name=group.full, kind=kind, aliases=aliases), group)


def _kind(group: Group) -> str:
    """What an actor is.  News calls a person by one name after the first time: a name that is
    always given whole is a body's, whatever the tagger says."""
    always_whole = len(group.forms) == 1 < len(group.words) and group.n >= WHOLE_NAMES
    if group.kind == "person" and always_whole and not (group.n_titled or group.told):
        return "organisation"
    return "country" if group.kind == "place" else group.kind or "organisation"


def _forms(group: Group) -> list[str]:
    """The forms of a name, the full one first; those that mention the same way once."""
    ordered = [group.full, *(form for form, _ in group.forms.most_common())]
    return list({same_phrase(form): form for form in reversed(ordered)}.values())[::-1]


def _places(actors: Sequence[Actor], texts: Sequence[Text]) -> dict[str, list[Place]]:
    """By actor, the article of each place where one of its phrases stands."""
    places: dict[str, list[Place]] = {actor.id: [] for actor in actors}
    if not actors:
        return places
    book = phrase_book(actors)
    # Curly apostrophes and the like are straight in the book.
    owners = {same_phrase(phrase): owner.actor for phrase, owner in book.phrases.items()}
    for text in texts:
        for found in book.pattern.finditer(text.whole):
            places[owners[same_phrase(found[0])]].append(Place(text.outlet, text.article))
    return places


def _rank(actor: Actor, places: Sequence[Place]) -> float:
    by_outlet = Counter(place.outlet for place in places)
    rank = sum(map(sqrt, by_outlet.values()))
    return rank * MEDIUM_SHARE if is_medium(actor.name) else rank
