"""What the tables of coverage say, in sentences whose words are computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from analysis_utils.annotation.language import count_words
from analysis_utils.output.english import counted, listed
from analysis_utils.themes.finding import Finding

if TYPE_CHECKING:
    import pandas as pd

    from analysis_utils.annotation.corpus import Corpus

#: Words of a finding at most.
LONGEST = 30

#: Findings of omissions at most, and the least that one of them weighs.
_MOST, _LEAST = 12, 0.3

#: Matters are told together if the lighter has this share of the heavier one's weight.
_ABOUT = 0.7

#: What is left of an omission's weight where some other outlet tells it too, or may.
_NOT_ALONE = 0.8

#: How much findings of the other kinds weigh, and how much more in a headline or first sentence.
_ATTRIBUTION, _WORDING, _LEAD = 0.5, 0.45, 0.15
_CONFLICT = {"number": 0.45, "date": 0.15}

#: A name of two to five words.
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,4}"

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth"),
)

_NOTHING = "No statement was found that one outlet surely leaves out."


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """What is left out most, and how much each outlet has to itself."""
    found = [one for one in findings(tables, corpus) if one.kind == "omission"]
    told = " ".join(one.sentence for one in found[:3]) or _NOTHING
    return f"{told}\n\n{told_alone(tables, corpus)}"


def told_alone(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How many sentences of each body have nothing like them in another outlet."""
    body = tables.told[tables.told["part"] == "body"]
    parts = []
    for outlet, name in corpus.outlets.items():
        own = body[body["outlet"] == outlet]
        alone = int((own["told"] == "one").sum())
        parts.append(f"{alone:,} of {counted(len(own), 'sentence')} of {name}")
    return f"Nothing in the other outlets comes near to {listed(parts)}."


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """What one outlet tells and another does not, who is made to say it, in which other words,
    and which dates and numbers disagree; the heaviest first."""
    found = [
        *_omissions(tables, corpus),
        *_attributions(tables, corpus),
        *_wordings(tables, corpus),
        *_conflicts(tables, corpus),
        *_copies(tables, corpus),
    ]
    return sorted(found, key=lambda one: -one.weight)


def _omissions(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    """Each matter that is left out; two of one outlet that weigh about the same in one sentence."""
    heavy = tables.omissions[tables.omissions["weight"] >= _LEAST]
    matters = [list(rows.itertuples()) for _, rows in heavy.groupby("matter", sort=False)][:_MOST]
    while matters:
        rows = matters.pop(0)
        sentence, ids = _told_in(_ways(rows), corpus)
        beside = next((other for other in matters if _goes_with(rows, other)), None)
        if beside:
            both, those = _told_in(_ways_of_both(rows[0], beside[0]), corpus)
            if both:
                matters.remove(beside)
                sentence, ids = both, those
        if sentence:
            weight = float(rows[0].weight) * (1 if _is_alone(rows[0], corpus) else _NOT_ALONE)
            yield Finding("omission", weight, sentence, ids, "coverage")


#: What is quoted of one matter: a sentence of the table ``omissions``, and its words.
_Quoted = Sequence[tuple[Any, tuple[str, ...]]]


def _ways(rows: list) -> Iterator[_Quoted]:
    """Ways to tell one matter, the fullest first."""
    first, *others = rows
    yield from ([(first, (first.text,)), (other, (other.more,))] for other in others if other.more)
    yield from _ways_of_one(first)


def _ways_of_one(row) -> Iterator[_Quoted]:
    for text in filter(None, (row.text, row.brief)) if row.more else ():
        yield [(row, (text, row.more))]
    yield [(row, (row.text,))]


def _ways_of_both(one, two) -> Iterator[_Quoted]:
    for text in filter(None, (two.text, two.brief)):
        yield from ([*first, (two, (text,))] for first in _ways_of_one(one))


def _goes_with(rows: list, others: list) -> bool:
    """Whether two matters of one sentence each are left out alike, and weigh about the same."""
    one, two = rows[0], others[0]
    alike = (one.outlet, one.missing) == (two.outlet, two.missing)
    single = len(rows) == len(others) == 1
    return alike and single and two.weight >= _ABOUT * one.weight


def _told_in(ways: Iterator[_Quoted], corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """The first way that is short enough, as a sentence, and the sentences that it quotes."""
    for way in ways:
        for sentence in _omission(way, corpus):
            if count_words(sentence) <= LONGEST:
                return sentence, tuple(dict.fromkeys(row.sentence_id for row, _ in way))
    return "", ()


def _is_alone(row, corpus: Corpus) -> bool:
    """Whether no other outlet tells it."""
    return len(row.missing.split()) == len(corpus.outlets) - 1


def _omission(way: _Quoted, corpus: Corpus) -> Iterator[str]:
    """What an outlet alone tells, or what others do not: in full, then shorter if it can be."""
    one = way[0][0]
    where = _places(dict.fromkeys(row.sentence_id for row, _ in way), corpus)
    said = listed([_one_quotation(words) for _, words in way])
    is_quoted = all(row.voice == "quoted" and len(words) == 1 for row, words in way)
    verb = "quote" if is_quoted else "tell"
    who = _speaker([row.sentence_id for row, _ in way], corpus) if is_quoted else ""
    name, missing = corpus.outlets[one.outlet], [corpus.outlets[o] for o in one.missing.split()]
    if not _is_alone(one, corpus):
        do = "does" if len(missing) == 1 else "do"
        yield f"{listed(missing)} {do} not {verb} what {name} {verb}s{who} {where}: {said}."
        return
    if len(missing) == 1:
        yield f"Only {name}, not {missing[0]}, {verb}s{who} {where}: {said}."
    yield f"Only {name} {verb}s{who} {where}: {said}."
    if who:
        yield f"Only {name} {verb}s {where}: {said}."


def _speaker(sentence_ids: list[str], corpus: Corpus) -> str:
    """The one whose words stand in all of these sentences, with a space before; or nothing."""
    quotes = corpus.quotes[corpus.quotes["inside"] == ""]
    quotes = quotes[quotes["sentence_id"].isin(sentence_ids)]
    who = quotes["speaker"].map(corpus.names["actor"]).fillna(quotes["source"])
    names = set(who)
    known = len(names) == 1 and set(quotes["sentence_id"]) == set(sentence_ids)
    name = names.pop() if known else ""
    return f" {name}" if re.fullmatch(_NAME, name) else ""


def _one_quotation(words: tuple[str, ...]) -> str:
    return f"“{' … '.join(quoted(text)[1:-1] for text in _told_on(words))}”"


def _told_on(words: tuple[str, ...]) -> list[str]:
    """Pieces to be told one after the other: dots stand between them already."""
    return [words[0], *(text.removeprefix("… ") for text in words[1:])]


def _places(sentence_ids, corpus: Corpus) -> str:
    """In which sentences of its article: "in its first and fourth sentences", "further down"."""
    known = corpus.sentences.set_index("sentence_id")
    told = known.loc[list(sentence_ids)]
    numbers = sorted(set(told["position"].astype(int)))
    noun = "sentence" if len(numbers) == 1 else "sentences"
    alone = known.loc[known["outlet"].isin(told["outlet"]), "article_id"].nunique() == 1
    whose = "an article's" if told["article_id"].nunique() == 1 else "articles'"
    if numbers[0] > len(_ORDINALS):
        return "further down" if alone else "further down in an article"
    return f"in {'its' if alone else whose} {listed([ordinal(n) for n in numbers])} {noun}"


def ordinal(number: int) -> str:
    """A place in a row.

    >>> ordinal(1), ordinal(22), ordinal(113)
    ('first', '22nd', '113th')
    """
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def quoted(text: str) -> str:
    """Words of an article between quotation marks; marks inside become single ones.

    >>> quoted('called it "unfair"'), quoted("is fair” and")
    ('“called it ‘unfair’”', '“is fair and”')
    """
    marks = [at for at, letter in enumerate(text) if letter in '"“”']
    inner = {at: "‘’"[n % 2] for n, at in enumerate(marks)} if len(marks) % 2 == 0 else {}
    kept = (inner.get(at, letter if at not in marks else "") for at, letter in enumerate(text))
    return f"“{''.join(kept)}”"


def _attributions(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    outlets, names = corpus.outlets, corpus.names["actor"]
    for row in tables.attributions.itertuples():
        speaker = names.get(row.speaker, row.speaker)
        sentence = (
            f"{outlets[row.outlet]} itself states what {outlets[row.other_outlet]} gives as words"
            f" of {speaker}: {quoted(row.text)}."
        )
        if count_words(sentence) <= LONGEST:
            weight = _ATTRIBUTION + _LEAD * _is_lead(tables, row.sentence_id, row.other_id)
            yield Finding(
                "attribution", weight, sentence, (row.sentence_id, row.other_id), "coverage"
            )


def _wordings(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    """Pairs of sentences in which two phrases or more are answered by quite other ones."""
    pairs = tables.pairs.set_index(["sentence_id", "other_id"])
    for ids, rows in tables.instead.groupby(["sentence_id", "other_id"], sort=False):
        pair = pairs.loc[ids]
        both = zip(rows["words"], rows["other_words"], strict=True)
        whole = rows[[_is_other_phrase(one, two) for one, two in both]]
        if pair["link"] != "counterpart" or len(whole) < 2:
            continue
        one, two = (listed([quoted(text) for text in whole[c].head(2)]) for c in _SIDES)
        here, there = (corpus.outlets[pair[side]] for side in ("outlet", "other_outlet"))
        sentence = f"What {here} gives as {one}, {there} gives as {two}."
        if speaker := _common_speaker(corpus, ids, whole.iloc[0]):
            sentence = f"Words of {speaker} are {one} in {here}, {two} in {there}."
        if count_words(sentence) <= LONGEST:
            yield Finding("wording", _WORDING, sentence, ids, "coverage")


_SIDES = ("words", "other_words")


def _common_speaker(corpus: Corpus, ids: tuple[str, str], phrases: pd.Series) -> str:
    """Name of the actor whose words both phrases are; empty if there is none."""
    texts = corpus.sentences.set_index("sentence_id")["text"]
    speakers = set()
    for sentence_id, side in zip(ids, _SIDES, strict=True):
        place = texts[sentence_id].find(phrases[side])
        quotes = corpus.quotes[corpus.quotes["sentence_id"] == sentence_id]
        around = quotes[(quotes["start"] <= place) & (place < quotes["end"])]
        speakers |= set(around["speaker"]) or {""}
    return corpus.names["actor"].get(speakers.pop(), "") if len(speakers) == 1 else ""


def _is_other_phrase(one: str, two: str) -> bool:
    """Whether two phrases are several words each and have none in common."""
    first, second = set(one.lower().split()), set(two.lower().split())
    return min(len(first), len(second)) > 1 and not first & second


def _conflicts(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    """Dates that say when the same was done, and numbers in sentences that are surely aligned."""
    links = tables.pairs.set_index(["sentence_id", "other_id"])
    for row in tables.conflicts.itertuples():
        pair = links.loc[(row.sentence_id, row.other_id)]
        if row.what == "number" and pair["link"] != "counterpart":
            continue
        sentence = (
            f"The {row.what}s differ: {corpus.outlets[pair['outlet']]} has"
            f" {_with_meaning(row.words, row.means)} where {corpus.outlets[pair['other_outlet']]}"
            f" has {_with_meaning(row.other_words, row.other_means)}."
        )
        weight = _CONFLICT[row.what] + _LEAD * _is_lead(tables, row.sentence_id, row.other_id)
        yield Finding("conflict", weight, sentence, (row.sentence_id, row.other_id), "coverage")


def _copies(tables: SimpleNamespace, corpus: Corpus) -> Iterator[Finding]:
    """For two outlets, the articles that share most of their own words."""
    seen = set()
    for row in tables.copies.itertuples():
        outlets = frozenset((row.outlet, row.other_outlet))
        if outlets in seen:
            continue
        seen.add(outlets)
        one, two = (corpus.outlets[outlet] for outlet in (row.outlet, row.other_outlet))
        named = f"; both name {listed(row.agencies.split('; '))}" if row.agencies else ""
        sentence = (
            f"{one} prints {row.shared} of {counted(row.sentences, 'sentence')} in the same words"
            f" as {two}, quotations apart{named}."
        )
        yield Finding(
            "copy",
            row.shared / row.sentences,
            sentence,
            tuple(row.sentence_ids.split()),
            "coverage",
        )


def _with_meaning(words: str, means: str) -> str:
    """A date as written, and the day it means if that is not said: “Thursday” (14 June)."""
    if len(means) != len("2018-06-14") or any(letter.isdigit() for letter in words):
        return quoted(words)
    day = date.fromisoformat(means)
    return f"{quoted(words)} ({day.day} {day:%B})"


def _is_lead(tables: SimpleNamespace, *sentence_ids: str) -> bool:
    first = tables.told[tables.told["place"] == 0]["sentence_id"]
    return bool(first.isin(sentence_ids).any())


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How sentences were aligned and omissions found, with this study's numbers."""
    sure, possible = ((tables.pairs["link"] == link).sum() for link in ("counterpart", "possible"))
    return (
        "Sentences of different outlets were compared by the mean of four likenesses. Two are of"
        " the sentences as embedded by a language model [@reimers2019], with actors and without"
        " them. One is of their nearest clauses, and one of their words by TF-IDF over pieces of"
        f" words [@salton1988]. Of these pairs, {int(sure):,} passed the threshold above which nine"
        f" in ten pairs of other articles told the same; {int(possible):,} more were possible."
        " Sentences surely aligned were joined into statements by average linkage [@sokal1958]."
        " Sentences were cut into pieces at clause borders of a dependency parse. A piece was held"
        " to be left out if most of its words stand nowhere in the outlet's texts, alike in"
        " spelling or in meaning, and no sentence there came near to it. Omissions were ranked by"
        " their place, as what stands first is what an outlet holds to be the news [@vandijk1988]."
        " Words that charge, judge, demand or promise, main actors, and coming back to the matter"
        f" counted too. {counted(len(tables.omissions), 'sentence')} had such a piece."
    )


def title(tables: SimpleNamespace) -> str:
    """The heaviest omission as a title of the figure."""
    heaviest = tables.omissions.head(1)
    if heaviest.empty:
        return "What the outlets share"
    row = next(heaviest.itertuples())
    return f"Only in some tellings: {quoted(row.text)}"


def caption(tables: SimpleNamespace, is_cut: bool = False) -> str:
    """The caption of the figure of statements; ``is_cut`` if it may not show all outlets."""
    left_out = tables.statements[tables.statements["kind"] == "omission"]["statement"].nunique()
    shared = tables.statements["statement"].nunique() - left_out
    return (
        f"{counted(left_out, 'statement')} that an outlet leaves out, the heaviest on top, and"
        f" {counted(shared, 'statement')} that several tell, each by some of its words. Lead: told"
        " in the first sentence. Body: further down. Voiced: further down, in somebody else's"
        " words. Possible: a like sentence that must be read. Not told: surely above the line,"
        f" below it as far as was found.{' Outlets that tell fewest may be left off.' * is_cut}"
    )
