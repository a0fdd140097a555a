"""Forms of one name as one: short forms, initialisms, other spellings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from analysis_utils.own_study.kinds import (
    country_code,
    is_medium,
    kind_by_words,
    plain,
    without_suffix,
)
from analysis_utils.own_study.names import Name
from analysis_utils.words import actors

#: A short form that fits two names belongs to the one that it follows so many times as often.
CLEARLY_MORE = 1.3
#: It belongs to the one that is named so many times as often, whatever it follows.
FAR_MORE = 2
#: A lone word is a person's name from so many mentions, or with a title.
LONE_NAME = 3
#: A person's name has so many words at most.
MOST_WORDS = 5
#: What speaks for a person: the tagger; a title; a noun such as "mayor"; an age, "who", he or she
#: after it; and its last word alone, without a "the".  And what "the" and other nouns take away.
SIGNS = (1, 3, 3, 1, 1)
AGAINST = 3
#: What nothing is in or at is a body if the tagger takes this share of its mentions for one.
OF_BODY = 0.1
#: First names of one length are one in two spellings from this likeness (Ratcliff and Obershelp).
SAME_SPELLING = 0.83


@dataclass
class Group:
    """Forms of one name, with what speaks for what it is."""

    forms: Counter = field(default_factory=Counter)
    labels: Counter = field(default_factory=Counter)
    told: Counter = field(default_factory=Counter)
    titles: Counter = field(default_factory=Counter)
    n_with_the: int = 0
    n_one_of_many: int = 0
    n_acting: int = 0
    n_local: int = 0
    n_speaking: int = 0
    human: int = 0
    n_alone: int = 0
    followers: Counter = field(default_factory=Counter)
    doubts: list[str] = field(default_factory=list)
    #: The name, where it is not the longest of the forms.
    named: str = ""

    def add(self, name: Name) -> None:
        """Count a name as one of the forms."""
        self.forms[name.text] += 1
        self.labels[name.label] += 1
        self.told.update([name.signs.told] if name.signs.told else [])
        self.titles.update([name.title] if name.title else [])
        self.n_with_the += name.signs.with_the
        self.n_one_of_many += name.signs.one_of_many
        self.n_acting += name.signs.acts
        self.n_local += name.signs.local
        self.n_speaking += name.signs.speaks
        self.human += name.signs.human

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
        return self.named or max(self.forms, key=lambda form: (_n_words(form), self.forms[form]))

    @property
    def words(self) -> list[str]:
        """Words of the full name as they are compared."""
        return plain(self.full).split()

    @property
    def last(self) -> str:
        """The last written word of the full name as it is compared: "al jabri"."""
        return plain(self.full.split()[-1])

    @property
    def country(self) -> str | None:
        """Code of the country that it is."""
        is_person = self.labels["PERSON"] > self.n / 2
        return None if is_person else country_code(self.full)

    @property
    def kind(self) -> str | None:
        """What it is; "place" for one that is no country, None if that cannot be told.

        What the articles say goes before the tagger, which knows few names that are rare in
        American news.
        """
        if self.country:
            return "country"
        by_words = kind_by_words(self.full)
        if by_words and not self.titles:
            return by_words
        if self._is_person():
            return "person"
        label = self.labels.most_common(1)[0][0]
        told = [kind for kind, _ in self.told.most_common() if kind != "person"]
        if told and label != "NORP" and (label != "PERSON" or len(self.words) > 1):
            return told[0]
        if label == "PERSON" and self.n_with_the > self.n / 3:
            return "organisation"  # "the Rovers": a team
        if label == "GPE":  # something always is in a place, if that is one
            is_body = not self.n_local and self.labels["ORG"] >= OF_BODY * self.n
            return "organisation" if is_body else "place"
        return "organisation" if label in ("ORG", "NORP") else None

    def _is_person(self) -> bool:
        """Whether more speaks for a person than against one."""
        told = self.told["person"]
        no_person = self.told.total() - told + self.labels["NORP"]
        counted = (self.labels["PERSON"], self.n_titled, told, self.human, self.n_alone)
        weighed = sum(w * n for w, n in zip(SIGNS, counted, strict=True)) + self.n_speaking
        against = self.labels["ORG"] + self.labels["GPE"]
        against += AGAINST * (no_person + self.n_with_the)
        sure = self.labels["PERSON"] or self.n_titled or told or self.human or self.n_speaking
        lone = len(self.words) == 1 and not self.n_titled
        lone = lone and (self.n < LONE_NAME or 2 * self.labels["PERSON"] < self.labels.total())
        return bool(sure) and _is_like_a_persons(self.full) and not lone and weighed > against

    @property
    def n_titled(self) -> int:
        """How often a title stands before it."""
        return self.titles.total()


def _is_like_a_persons(name: str) -> bool:
    """Whether a name is made like that of a person."""
    words = name.split()
    joined = any(word in actors.JOINING for word in words) or not words[0][0].isupper()
    letters = not any(map(str.isdigit, name)) and not name.isupper()
    return len(words) <= MOST_WORDS and not joined and letters


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
    _hear_of_surnames(found)
    for join in (
        _join_persons,
        _join_whole,
        _join_known,
        _join_initialisms,
        _join_short_forms,
        _join_parts,
    ):
        found = join(found)
    return found


def _hear_of_surnames(groups: Iterable[Group]) -> None:
    """Tell longer names what is beside their last word alone, if it is that of no other name."""
    lone = {plain(group.full): group for group in groups if " " not in group.full}
    ending = defaultdict(list)
    for group in groups:
        if " " in group.full:
            ending[group.last].append(group)
    for last, owners in ending.items():
        surname = lone.get(last)
        if (
            surname
            and not (surname.country or is_medium(last))
            and len({each.words[0] for each in owners}) == 1
        ):
            for group in owners:
                group.n_alone = surname.n - surname.n_with_the
                group.human += surname.human
                group.n_speaking += surname.n_speaking
                group.titles += surname.titles


def _key(name: Name) -> str:
    """The same for all that only differs in case, marks, middle initials or a country's forms."""
    code = None if name.label == "PERSON" else country_code(name.text)
    if code:
        return code
    words = re.sub(r"^(?:U\.S\.|US) ", "United States ", name.text).split()
    inner = [word for word in words[1:-1] if len(word.strip(".")) > 1]
    return plain(" ".join([words[0], *inner, *words[1:][-1:]]))


def _join_persons(groups: list[Group]) -> list[Group]:
    """Persons of one surname whose first names are one in two spellings."""
    kept: dict[str, list[Group]] = defaultdict(list)
    for group in sorted(groups, key=lambda group: -group.n):
        namesakes = kept[group.words[-1]] if group.words else kept[""]
        same = next((each for each in namesakes if _same_person(each, group)), None)
        if same:
            same.take(group)
        else:
            namesakes.append(group)
    return [group for namesakes in kept.values() for group in namesakes]


def _same_person(one: Group, other: Group) -> bool:
    first, second = _without_initials(one), _without_initials(other)
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    if "person" not in (one.kind, other.kind):
        return False
    if first[0] == second[0]:
        return True  # with a middle name
    if len(first) != len(second) != 2:
        return False
    pair = {first[0], second[0]}
    # Daniel is not Daniela, though Sergei is Sergey.
    alike = SequenceMatcher(None, first[0], second[0]).ratio() >= SAME_SPELLING
    return (alike and len(first[0]) == len(second[0])) or any(
        pair <= {name, *others} for name, others in actors.FIRST_NAMES.items()
    )


def _without_initials(group: Group) -> list[str]:
    return [word for word in group.words if len(word) > 1]


def _join_whole(groups: list[Group]) -> list[Group]:
    """Names of persons with the one longer name that ends in theirs.

    What goes before may be more of the name ("Enrique | Peña Nieto") or an office that no list
    has ("Majority Whip | Steve Scalise"): the more frequent of the two is the name.
    """
    return _joined_by_end([group for group in groups if group.kind == "person"], groups)


def _joined_by_end(wanted: Iterable[Group], groups: list[Group]) -> list[Group]:
    ending: dict[str, list[Group]] = defaultdict(list)
    for group in wanted:
        if len(group.words) > 1:
            ending[group.words[-1]].append(group)
    taken = []
    for namesakes in ending.values():
        for group in namesakes:
            longer = [each for each in namesakes if _ends_with(each.words, group.words)]
            if len(longer) == 1:
                named = max((longer[0], group), key=lambda each: each.n).full
                longer[0].take(group)
                longer[0].named = named
                taken.append(id(group))
    return [group for group in groups if id(group) not in taken]


def _join_known(groups: list[Group]) -> list[Group]:
    """Names that everybody knows to be short for another one: "GOP" for the Republican Party."""
    long_of = {plain(s): plain(n) for n, short in actors.ALSO_CALLED.items() for s in short}
    kept: dict[str, Group] = {}
    for group in sorted(groups, key=lambda group: -group.n):
        name = plain(group.full)
        name = name if group.kind == "person" else long_of.get(name, name)
        if name in kept:
            kept[name].take(group)
        else:
            kept[name] = group
    return list(kept.values())


def _join_parts(groups: list[Group]) -> list[Group]:
    """Bodies with the one longer name that ends in theirs: "Supreme Court" with "U.S. ..."."""
    bodies = [each for each in groups if each.kind in ("institution", "organisation")]
    return _joined_by_end(bodies, groups)


def _ends_with(words: list[str], end: list[str]) -> bool:
    return len(end) < len(words) and words[-len(end) :] == end


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
    lone = {plain(group.full): group for group in groups if " " not in group.full}
    fitting = defaultdict(list)
    for group in groups:
        for short in _short_forms(group, lone):
            fitting[short].append(group)
    taken = []
    for short, owners in fitting.items():
        owners = _likely(owners, lone[short], short)
        first, *others = sorted(owners, key=lambda group: -_claim(group, lone[short]))
        rivals = ", ".join(sorted(group.full for group in others))
        if others and not _ends_in(first, short) and lone[short].n <= first.n:
            continue  # the first name of several
        if others and not _is_clear(first, others[0], lone[short]):
            lone[short].doubts.append(f"who is meant: {first.full} or {rivals}?")
            continue
        if others:
            first.doubts.append(f"{lone[short].full} alone could also be {rivals}")
        first.take(lone[short])
        taken.append(id(lone[short]))
    return [group for group in groups if id(group) not in taken]


def _likely(owners: list[Group], lone: Group, short: str) -> list[Group]:
    """Those who can be called by a word alone: where it is a surname, it is no first name."""
    owners = [each for each in owners if _ends_in(each, short)] or owners
    if lone.n_titled or lone.labels["PERSON"] > lone.n / 2:
        return [each for each in owners if each.kind == "person"] or owners
    return owners


def _is_clear(first: Group, other: Group, lone: Group) -> bool:
    """Whether one of two is named clearly more, or the word alone clearly follows one."""
    return first.n >= FAR_MORE * other.n or (
        _claim(first, lone) >= CLEARLY_MORE * _claim(other, lone)
    )


def _ends_in(group: Group, short: str) -> bool:
    return group.kind != "person" or group.last == short


def _claim(group: Group, lone: Group) -> int:
    """How much a word alone belongs to a name: mentions in full, how often it follows one, and
    the titles that both have."""
    titled = sum(n for title, n in lone.titles.items() if title in group.titles)
    return group.n + group.followers[plain(lone.full)] + titled


def _short_forms(group: Group, lone: dict[str, Group]) -> list[str]:
    """The forms among the lone words that a longer name is called by.

    Of a person it is the surname, which in some languages comes first, or the first name.
    """
    if group.country or " " not in group.full:
        return []
    if group.kind == "person":
        ends = [word for word in (group.last, group.words[0]) if word in lone]
        ends = [each for each in ends if not (lone[each].country or is_medium(each))]
        return list(dict.fromkeys(ends))
    short = plain(without_suffix(group.full) or "")
    return [short] if short in lone else []
