"""Whom a new study could follow: names that its articles share, and parties that have none.

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
from analysis_utils.own_study.names import Name, names_in, without_owner
from analysis_utils.own_study.parties import Nouns, Party, singular
from analysis_utils.own_study.reading import Text, paragraphs
from analysis_utils.own_study.surnames import descriptions, surname
from analysis_utils.study.checks import same_phrase
from analysis_utils.study.parts import Actor
from analysis_utils.words import actors as words

#: So many actors are proposed at most, each with so many mentions at least; so many names are
#: looked at more closely.
MOST_ACTORS = 10
LEAST_MENTIONS = 2
_MOST_NAMES = 60
#: Media are mostly sources of a telling: they count this share.
MEDIUM_SHARE = 0.3
#: One that takes part in an event is named so often an outlet.
OF_MEDIUM = 3
#: A place that is no country is proposed if it has this share of the most frequent name's mentions,
#: and acts in this share of its own.  What mostly tells where something is, is no actor.
PLACE_SHARE, ACTING_SHARE, LOCAL_SHARE = 0.5, 0.1, 0.6

#: A lone word of which this share of uses is that of a common noun is no name.
COMMON_SHARE = 0.2

#: So many mentions of a person's name, all of them whole, are no person's.
WHOLE_NAMES = 3

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


class Candidate(NamedTuple):
    """Who could be proposed, what is in doubt, and whether it is a place."""

    actor: Actor
    doubts: tuple[str, ...]
    is_place: bool = False


def propose_actors(texts: Sequence[Text], outlets: Collection[str] = ()) -> list[Proposal]:
    """The actors that articles share, the most present first.

    Names are those that spaCy's tagger finds, and words with capitals where it cuts or misses
    one.  Forms of one name are merged: short forms and surnames where they fit one name only,
    initialisms, spellings of one first name.  What a name is follows from what the articles say
    beside it (titles, ages, he and she), from the words it is made of, and only then from the
    tagger, which is often wrong there.  Parties without a name ("the migrants") are found by
    nouns for people that several outlets speak of.

    An actor ranks by the sum over outlets of the square roots of its mentions, so that what many
    outlets name goes before what one of them repeats.  Cities are left out unless an event is all
    about one; media count less, as they mostly report; the outlets themselves and days are no
    actors.

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
    names, nouns = _read(texts)
    whole = "\n".join(text.whole for text in texts)
    groups = _groups(names, whole, {plain(outlet) for outlet in outlets})
    candidates = list(_named(groups, whole))
    places = _places([each.actor for each in candidates], texts)
    most = max((_rank(each.actor, places[each.actor.id]) for each in candidates), default=0)
    n_outlets = len({text.outlet for text in texts})
    parties = [_without_name(party) for party in nouns.parties(n_outlets, most)]
    candidates = _apart([*parties, *candidates])
    places = _places([each.actor for each in candidates], texts)
    named = max(map(len, places.values()), default=0)
    proposals = [_proposal(each, places[each.actor.id]) for each in candidates]
    worthy = [
        proposal
        for proposal, each in zip(proposals, candidates, strict=True)
        if _is_present(proposal, n_outlets)
        and (not each.is_place or _is_the_event(proposal, named, n_outlets))
    ]
    worthy.sort(key=lambda each: -_rank(each.actor, places[each.actor.id]))
    return worthy[:MOST_ACTORS]


def _read(texts: Sequence[Text]) -> tuple[list[Name], Nouns]:
    names: list[Name] = []
    nouns = Nouns()
    for doc, goes_on, text in paragraphs(texts):
        names += names_in(doc, goes_on)
        nouns.add(doc, text.outlet)
    known = {name.text for name in names}
    return [name._replace(text=without_owner(name.text, known)) for name in names], nouns


def _groups(names: Iterable[Name], whole: str, outlets: Collection[str]) -> list[Group]:
    """The names that could be those of actors, the most frequent first."""
    counted = Counter(_WORD.findall(whole))
    groups = [group for group in merged(names) if _is_actor(group, outlets, counted)]
    for group in groups:
        _add_country_forms(group, whole)
    peoples = _peoples(groups)
    return sorted((each for each in groups if each.full not in peoples), key=lambda each: -each.n)


def _peoples(groups: Sequence[Group]) -> set[str]:
    """Names of the people of a country or place that is named itself: "Iranians" of Iran."""
    places = [each for each in groups if each.kind in ("country", "place")]
    lands = {form.casefold() for each in places for form in each.forms}
    peoples = [each.full for each in groups if each.labels["NORP"] > each.n / 2]
    return {
        people
        for people in peoples
        if " " not in people and any(people.casefold()[:4] == land[:4] for land in lands)
    }


def _proposal(candidate: Candidate, places: Sequence[Place]) -> Proposal:
    n_outlets = len({place.outlet for place in places})
    n_articles = len({place.article for place in places})
    return Proposal(candidate.actor, n_outlets, n_articles, len(places), candidate.doubts)


def _is_present(proposal: Proposal, n_outlets: int) -> bool:
    """Whether a name is more than one outlet's aside."""
    least = LEAST_MENTIONS if proposal.n_outlets > 1 or n_outlets == 1 else 2 * LEAST_MENTIONS
    medium = is_medium(proposal.actor.name)
    return proposal.n_mentions >= (OF_MEDIUM * n_outlets if medium else least)


def _is_the_event(proposal: Proposal, most: int, n_outlets: int) -> bool:
    """Whether all outlets speak of a place nearly as often as of whatever they name most."""
    return proposal.n_outlets == n_outlets and proposal.n_mentions >= PLACE_SHARE * most


def _is_actor(group: Group, outlets: Collection[str], counted: Mapping[str, int]) -> bool:
    is_outlet = group.kind != "person" and any(plain(form) in outlets for form in group.forms)
    if group.kind is None or is_outlet or _is_cut(group.full) or _is_setting(group):
        return False
    return not _is_common_noun(group, counted)


def _is_cut(name: str) -> bool:
    """Whether a name is only the word for a kind of body: "Department" of two departments."""
    kinds = words.INSTITUTION_WORDS | words.ORGANISATION_WORDS
    return plain(name) in kinds - words.SINGLE_BODIES


def _is_setting(group: Group) -> bool:
    """Whether a name only tells where things are, or what somebody is of."""
    if group.kind == "person" or kind_by_words(group.full):
        return False
    is_local = group.n_local > LOCAL_SHARE * group.n
    return is_local or (group.kind == "place" and group.n_acting < ACTING_SHARE * group.n)


def _is_common_noun(group: Group, counted: Mapping[str, int]) -> bool:
    """Whether a lone word is that of a kind of thing: "an ICBM" of many, a "Summit" in a title."""
    if group.n_one_of_many > COMMON_SHARE * group.n:
        return True
    name = group.full
    unknown = group.labels[""] > group.n / 2
    if unknown and not group.n_titled and all(counted[word] for word in name.lower().split()):
        return True
    if len(group.words) > 1 or group.country or kind_by_words(name) or group.n_titled:
        return False
    plural = counted[f"{name}s"] if name.isupper() else 0
    return plural + counted[name.lower()] >= COMMON_SHARE * group.n


def _add_country_forms(group: Group, text: str) -> None:
    """Add the short names of a country that stand in the articles, if only in longer names."""
    code = group.country
    for form in country_forms(code) if code else ():
        # "USA TODAY" is no country.
        found = re.findall(rf"(?<![\w.]){re.escape(form)}(?!\w| [A-Z]{{2}})", text)
        group.forms.update([form] if found else [])
    if code and plain(group.full) in map(plain, country_forms(code)):
        group.forms[country_name(code)] += group.n


def _named(groups: Sequence[Group], whole: str) -> Iterator[Candidate]:
    """Those whom names name."""
    persons = [group for group in groups if _kind(group) == "person"]
    told = descriptions({each.full: each.titles for each in persons}, whole)
    for group in groups[:_MOST_NAMES]:
        kind, forms = _kind(group), _forms(group)
        if kind == "person":
            others = [each.full for each in persons if each is not group]
            alone = surname(group.full, others, whole)
            forms += [alone] if alone and alone not in forms else []
        actor = Actor(
            id=_id(group.full),
            name=group.full,
            kind=kind,
            aliases=[form for form in forms if form != group.full],
            descriptions=told.get(group.full, ()),
        )
        yield Candidate(actor, tuple(dict.fromkeys(group.doubts)), group.kind == "place")


def _without_name(party: Party) -> Candidate:
    """A party by its nouns."""
    name = party.name
    forms = [form for form, _ in party.forms.most_common()]
    aliases = [form for form in forms if same_phrase(form) != same_phrase(name)]
    others = sorted({singular(form) for form in forms} - {singular(forms[0])})
    doubts = (f"do these words mean the same here: {', '.join(others)}",) if others else ()
    if not party.is_group:
        doubts = ("is this one of those who have a name",)
    kind = "group" if party.is_group else "person"
    return Candidate(Actor(id=_id(name), name=name, kind=kind, aliases=aliases), doubts)


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", plain(name)).strip("_")


def _apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those whose name and id no one before has; a phrase stays with the first that has it."""
    kept: list[Candidate] = []
    ids, phrases = {""}, {""}
    for each in candidates:
        actor = each.actor
        if actor.id in ids or same_phrase(actor.name) in phrases:
            continue
        aliases = [form for form in actor.aliases if same_phrase(form) not in phrases]
        told = [form for form in actor.descriptions if same_phrase(form) not in phrases]
        ids.add(actor.id)
        phrases.update(map(same_phrase, (actor.name, *aliases, *told)))
        update = {"aliases": tuple(aliases), "descriptions": tuple(told)}
        kept.append(each._replace(actor=actor.model_copy(update=update)))
    return kept


def _kind(group: Group) -> str:
    """What an actor is.  News calls a person by one name after the first time: a name that is
    always given whole is a body's, if nothing but the tagger says that it is a person's."""
    always_whole = len(group.forms) == 1 < len(group.words) and group.n >= WHOLE_NAMES
    sure = group.n_titled or group.told["person"] or group.human or group.n_alone
    if group.kind == "person" and always_whole and not sure:
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
