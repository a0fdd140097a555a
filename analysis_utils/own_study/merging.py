"""Forms of one name as one: short forms, initialisms, other spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from analysis_utils.own_study.kinds import country_code, kind_by_words, plain, without_suffix
from analysis_utils.own_study.names import Name
from analysis_utils.words import actors

#: A short form that fits two names belongs to the one that it follows so many times as often.
CLEARLY_MORE = 1.5
#: A lone word is a person's name from so many mentions, or with a title.
LONE_NAME = 3
#: First names of one length are one in two spellings from this likeness (Ratcliff and Obershelp).
SAME_SPELLING = 0.83


@dataclass
class Group:
    """Forms of one name, with what speaks for what it is."""

    forms: Counter = field(default_factory=Counter)
    labels: Counter = field(default_factory=Counter)
    told: Counter = field(default_factory=Counter)
    n_titled: int = 0
    n_with_the: int = 0
    followers: Counter = field(default_factory=Counter)
    n_one_of_many: int = 0
    doubts: list[str] = field(default_factory=list)

    def add(self, name: Name) -> None:
        """Count a name as one of the forms."""
        self.forms[name.text] += 1
        self.labels[name.label] += 1
        self.told.update([name.told] if name.told else [])
        self.n_titled += name.titled
        self.n_with_the += name.with_the
        self.n_one_of_many += name.one_of_many

    def take(self, other: Group) -> None:
        """Add the forms of another group; what this one is stays."""
        self.forms.update(other.forms)
        self.followers.update(other.followers)
        self.doubts += other.doubts

    @property
    def n(self) -> int:
        """How many names were counted."""
        return self.forms.total()

    @property
    def full(self) -> str:
        """The most frequent of the forms with the most words, the first of several."""
        return max(self.forms, key=lambda form: (_n_words(form), self.forms[form]))

    @property
    def words(self) -> list[str]:
        """Words of the full name as they are compared."""
        return plain(self.full).split()

    @property
    def country(self) -> str | None:
        """Code of the country that it is."""
        is_person = self.labels["PERSON"] > self.n / 2
        return None if is_person else country_code(self.full)

    @property
    def kind(self) -> str | None:
        """What it is; "place" for one that is no country, None if that cannot be told."""
        if self.country:
            return "country"
        if by_words := kind_by_words(self.full):
            return by_words
        label = self.labels.most_common(1)[0][0]
        told = self.told.most_common(1)[0][0] if self.told else None
        if told and (told == "person") == (label == "PERSON" or len(self.words) > 1):
            return told
        if label == "PERSON" and self.n_with_the > self.n / 3:
            return "organisation"  # "the Rovers": a team
        if label == "PERSON":
            sure = len(self.words) > 1 or self.n_titled or self.n >= LONE_NAME
            return "person" if sure else None
        return {"ORG": "organisation", "GPE": "place", "NORP": "organisation"}[label]


def _n_words(form: str) -> int:
    """Words of a form, of which an initial is none."""
    return sum(len(word) > 1 for word in plain(form).split())


def merged(names: Iterable[Name]) -> list[Group]:
    """Names, in the order of reading, in groups, one for each whom they name."""
    groups: dict[str, Group] = defaultdict(Group)
    last_with: dict[str, Group] = {}
    for name in names:
        group = groups[_key(name)]
        group.add(name)
        words = plain(name.text).split()
        if len(words) > 1:
            last_with |= dict.fromkeys((words[0], words[-1]), group)
        elif words and words[0] in last_with:
            last_with[words[0]].followers[words[0]] += 1
    found = list(groups.values())
    for join in (_join_persons, _join_initialisms, _join_short_forms):
        found = join(found)
    return found


def _key(name: Name) -> str:
    """The same for all that only differs in case, marks, middle initials or a country's forms."""
    code = None if name.label == "PERSON" else country_code(name.text)
    if code:
        return code
    words = name.text.split()
    inner = [word for word in words[1:-1] if len(word.strip(".")) > 1]
    return plain(" ".join([words[0], *inner, *words[1:][-1:]]))


def _join_persons(groups: list[Group]) -> list[Group]:
    """Persons of one surname whose first names are one in two spellings."""
    kept: list[Group] = []
    for group in sorted(groups, key=lambda group: -group.n):
        same = next((each for each in kept if _same_person(each, group)), None)
        if same:
            same.take(group)
        else:
            kept.append(group)
    return kept


def _same_person(one: Group, other: Group) -> bool:
    first, second = one.words, other.words
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    if "person" not in (one.kind, other.kind) or len(first) != len(second) != 2:
        return False
    pair = {first[0], second[0]}
    # Daniel is not Daniela, though Sergei is Sergey.
    alike = SequenceMatcher(None, first[0], second[0]).ratio() >= SAME_SPELLING
    return (alike and len(first[0]) == len(second[0])) or any(
        pair <= {name, *others} for name, others in actors.FIRST_NAMES.items()
    )


def _join_initialisms(groups: list[Group]) -> list[Group]:
    """Initialisms with the one name that they stand for."""
    long_names = defaultdict(list)
    for group in groups:
        for initials in set(_initials(group)):
            long_names[initials].append(group)
    taken = []
    for group in groups:
        owners = long_names.get(group.full.replace(".", ""), [])
        if len(owners) == 1 and owners[0] is not group and not group.country:
            owners[0].take(group)
            taken.append(id(group))
    return [group for group in groups if id(group) not in taken]


def _initials(group: Group) -> Iterator[str]:
    if len(group.words) > 1:
        yield "".join(word[0] for word in group.words if word not in actors.SMALL).upper()
        yield "".join(word[0] for word in group.words).upper()


def _join_short_forms(groups: list[Group]) -> list[Group]:
    """Surnames and short names with the name that they fit.

    News gives the full name first.  So one that fits several names belongs to the
    one that it mostly follows, if that is clear, and else stays by itself; either
    is told as a doubt.
    """
    lone = {plain(group.full): group for group in groups if len(group.words) == 1}
    fitting = defaultdict(list)
    for group in groups:
        for short in _short_forms(group, lone):
            fitting[short].append(group)
    taken = []
    for short, owners in fitting.items():
        # Where it is somebody's surname it is no first name.
        owners = [each for each in owners if _ends_in(each, short)] or owners
        first, *others = sorted(owners, key=lambda group: -_claim(group, short))
        rivals = ", ".join(sorted(group.full for group in others))
        if _claim(first, short) < CLEARLY_MORE * sum(_claim(group, short) for group in others):
            lone[short].doubts.append(f"who is meant: {first.full} or {rivals}?")
            continue
        if others:
            first.doubts.append(f"{lone[short].full} alone could also be {rivals}")
        first.take(lone[short])
        taken.append(id(lone[short]))
    return [group for group in groups if id(group) not in taken]


def _ends_in(group: Group, short: str) -> bool:
    return group.kind != "person" or group.words[-1] == short


def _claim(group: Group, short: str) -> int:
    """How much a short form belongs to a name: mentions in full, and how often it follows one."""
    return group.n + group.followers[short]


def _short_forms(group: Group, lone: dict[str, Group]) -> list[str]:
    """The forms among the lone words that a longer name is called by.

    Of a person it is the surname, which in some languages comes first: the more
    frequent of the two.
    """
    if group.country or len(group.words) < 2:
        return []
    if group.kind == "person":
        ends = [word for word in (group.words[-1], group.words[0]) if word in lone]
        ends = [word for word in ends if not lone[word].country]
        return sorted(ends, key=lambda word: -lone[word].n)[:1]
    short = plain(without_suffix(group.full) or "")
    return [short] if short in lone else []
