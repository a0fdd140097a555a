"""What an outlet tells that others leave out, the most salient first.

A piece of a sentence is left out by another outlet if most of its words stand nowhere in that
outlet's texts, neither spelled nearly alike nor near in meaning, and nothing there comes near to
the piece as a whole.  How much that matters is read off where the piece stands (a headline and a
first sentence tell what an outlet holds to be the news), whether it charges, judges or demands,
whether it is about a main actor, whether the outlet comes back to it, and whether others tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis_utils.annotation.language import count_words
from analysis_utils.schemas import article_of
from analysis_utils.themes.coverage.alignment import cut, mention_spans
from analysis_utils.themes.coverage.charged import is_strong, kind_of
from analysis_utils.themes.coverage.differing_words import SentenceWords, Word, match_words
from analysis_utils.themes.coverage.pieces import is_headless, pieces
from analysis_utils.themes.coverage.quotable import HARDLY, Piece, only_presents, reads_well
from analysis_utils.themes.coverage.vocabulary import CONTENT, Vocabulary, vocabularies
from analysis_utils.words import speech, titles, weight

#: Words of a piece at most, of a short one that adds to another, and of one that stands for it.
MOST_WORDS, BRIEF, BRIEFEST = 17, 10, 6

#: For how sure it is that another outlet has a piece's sentence: the share of the piece's words
#: that it must lack, and how near its nearest sentence or piece may come, if the piece has a
#: strong word that it lacks and if it has none.
LIMITS = {
    "": (0.55, 0.63, 0.56),
    "possible": (0.5, 0.57, 0.46),
    "counterpart": (0.65, 0.5, 0.4),
}

#: So much nearer may come what lacks two names of the piece or more.
_NAMED = 0.06

#: An outlet with a link to the sentence tells a piece of which it has so much, or comes so near.
_TOLD_SHARE, _TOLD_NEAR = 0.35, 0.62

#: Names, numbers and strong words tell more than others, the commonest verbs less.
_TELLING, _PLAIN, _FAINT = 1.0, 0.6, 0.25

#: Lonely words of a piece must weigh as much in all, with a strong word among them and without.
LEAST_WEIGHT = 1.5, 2.2

#: Words of a piece at least: of a shorter one nobody knows whether others say it in other words.
_FEWEST = 6

#: How much each makes of the weight of the news itself.
_BASE, _STRONG, _ACTOR, _AGAIN, _OTHERS = 0.55, 0.2, 0.1, 0.15, 0.15

#: What is left of it where it is not known of every other outlet whether it tells the same.
_UNSURE = 0.8

#: Sentences of each outlet that are looked at, from the top of its articles.
MOST_SENTENCES = 300

#: Actors that a study is most about.
_MAIN_ACTORS = 3

COLUMNS = (
    *("outlet", "sentence_id", "start", "end", "text", "more", "brief", "missing"),
    *("told_by", "lonely", "strong", "nearest", "weight", "matter"),
)


def find_omissions(
    readings: Mapping[str, SentenceWords],
    pairs: pd.DataFrame,
    told: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """For each sentence the piece of it that others leave out, if there is one.

    Parameters
    ----------
    readings
        Every sentence of the corpus as
        :func:`~analysis_utils.themes.coverage.differing_words.read_words` gives them.
    pairs, told
        Tables of the theme.
    mentions
        Table of the corpus.

    Returns
    -------
    See :class:`~analysis_utils.themes.coverage.tables.Omissions`; the heaviest first.
    """
    seen = _looked_at(told)
    found = [piece for name in seen["sentence_id"] for piece in _pieces(readings[name])]
    if not found or told["outlet"].nunique() < 2:
        return pd.DataFrame(columns=COLUMNS)
    lacking = _lacking(readings, vocabularies(readings), seen["sentence_id"])
    near = _nearness(found, told, readings, mentions)
    answered, links = _answered(readings, pairs), _links(pairs)
    main = mentions["actor"].value_counts().index[:_MAIN_ACTORS]
    salience = dict(zip(seen["sentence_id"], _salience(seen), strict=True))
    judged = [
        _judged(piece, nearness, lacking, answered, links)
        for piece, nearness in zip(found, near, strict=True)
    ]
    table = pd.DataFrame([row for row in judged if row["missing"] and row["value"]])
    if table.empty:
        return pd.DataFrame(columns=COLUMNS)
    table = table.sort_values("value", ascending=False, kind="stable")
    best = table.drop_duplicates("sentence_id")
    weighed = _weighed(best, salience, set(main), told["outlet"].nunique() - 1)
    told = weighed.assign(
        more=_more(weighed, judged), brief=[_brief(row) for row in weighed.itertuples()]
    )
    return told[list(COLUMNS)].reset_index(drop=True)


def _looked_at(told: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the bodies, at most the first of them: work must not grow without end."""
    ranked = told[told["part"] == "body"].sort_values("place", kind="stable")
    return ranked.groupby("outlet").head(MOST_SENTENCES).sort_index()


def _pieces(reading: SentenceWords) -> list[Piece]:
    titled = titles.COURTESY | titles.OFFICES
    words = [w for w in reading.words if w.kind in CONTENT and w.text.rstrip(".") not in titled]
    return [
        Piece(reading, start, end, tuple(w for w in words if start <= w.start < end))
        for start, end in pieces(reading.sentence, MOST_WORDS)
    ]


def _lacking(
    readings: Mapping[str, SentenceWords], known: Mapping[str, Vocabulary], names: Iterable[str]
) -> dict[str, set[tuple[str, str]]]:
    """For each outlet the words of the others that it does not have."""
    words = [(readings[n].sentence.outlet, w) for n in names for w in readings[n].words]
    return {
        outlet: vocabulary.lacks(w for other, w in words if other != outlet and w.kind in CONTENT)
        for outlet, vocabulary in known.items()
    }


def _nearness(
    found: list[Piece],
    told: pd.DataFrame,
    readings: Mapping[str, SentenceWords],
    mentions: pd.DataFrame,
) -> list[dict[str, float]]:
    """For each piece how near in meaning each outlet comes to it, actors masked."""
    from analysis_utils.measures.embeddings import embed

    spans = mention_spans(mentions)

    def masked(sentence_id: str, start: int, end: int) -> str:
        text = readings[sentence_id].sentence.text
        return cut(text, [(start, end)], spans.get(sentence_id, []))

    vectors = embed([masked(p.reading.sentence.sentence_id, p.start, p.end) for p in found])
    whole = embed([masked(row.sentence_id, 0, len(row.text)) for row in told.itertuples()])
    of_piece = np.array([piece.reading.sentence.outlet for piece in found])
    of_whole = told["outlet"].to_numpy()
    near = {
        outlet: np.maximum(
            (vectors @ whole[of_whole == outlet].T).max(axis=1, initial=-1),
            (vectors @ vectors[of_piece == outlet].T).max(axis=1, initial=-1),
        )
        for outlet in dict.fromkeys(of_whole)
    }
    return [
        {outlet: float(values[n]) for outlet, values in near.items() if outlet != of_piece[n]}
        for n in range(len(found))
    ]


def _answered(
    readings: Mapping[str, SentenceWords], pairs: pd.DataFrame
) -> dict[tuple[str, str], set[int]]:
    """Where the words begin that a linked sentence has or answers, by sentence and outlet."""
    answered: dict[tuple[str, str], set[int]] = {}
    for pair in pairs[pairs["link"] != ""].itertuples():
        one, two = readings[pair.sentence_id], readings[pair.other_id]
        for match in match_words(one, two):
            first, second = one.words[match.one], two.words[match.two]
            answered.setdefault((pair.sentence_id, pair.other_outlet), set()).add(first.start)
            answered.setdefault((pair.other_id, pair.outlet), set()).add(second.start)
    return answered


def _links(pairs: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The surest link of a sentence to an outlet."""
    links: dict[tuple[str, str], str] = {}
    for pair in pairs[pairs["link"] != ""].itertuples():  # the most similar first
        links.setdefault((pair.sentence_id, pair.other_outlet), pair.link)
        links.setdefault((pair.other_id, pair.outlet), pair.link)
    return links


def _judged(piece: Piece, nearness, lacking, answered, links) -> dict:
    """A piece as a row; ``missing`` are the outlets that surely leave it out."""
    name = piece.reading.sentence.sentence_id
    missing, told_by, lonely, value = [], [], {}, 0.0
    for outlet, near in nearness.items():
        known = answered.get((name, outlet), set())
        alone = [w for w in piece.words if (w.key, w.text) in lacking[outlet]]
        alone = [w for w in alone if w.start not in known]
        link = links.get((name, outlet), "")
        lonely[outlet] = {w.start for w in alone}
        share = _share(alone, piece.words)
        is_plain = not any(map(is_strong, alone))
        least, *limits = LIMITS[link]
        nearest = limits[is_plain] + _NAMED * (sum(map(_is_name, alone)) >= 2)
        worth = sum(map(_weight_of, alone))
        aside = sum(_weight_of(w) for w in alone if w.start in piece.asides)
        heavy = worth >= LEAST_WEIGHT[is_plain] and 2 * aside <= worth
        if heavy and share >= least and near <= nearest:
            missing.append(outlet)
            value += min(worth, 4.0) * 1.5 * min(share, 1.0)
        elif link and (share <= _TOLD_SHARE or near >= _TOLD_NEAR):
            told_by.append(outlet)
    words = _lacked(piece, lonely, missing)
    if not _is_sure(piece, words):
        missing = []
    strong = [w for w in words if is_strong(w)]
    telling = [w for w in words if _weight_of(w) == _TELLING]
    reads = reads_well(piece)
    return {
        "outlet": piece.reading.sentence.outlet,
        "sentence_id": name,
        "start": piece.start,
        "end": piece.end,
        "text": piece.text,
        "missing": " ".join(missing),
        "told_by": " ".join(told_by),
        "lonely": ", ".join(w.text for w in words),
        "strong": ", ".join(w.text for w in strong),
        "nearest": max((nearness[outlet] for outlet in missing), default=0.0),
        "value": (value + len(telling) + len(strong) + reads)
        * (0.5 if reads == HARDLY else 1)
        * (bool(strong or reads > HARDLY) and not only_presents(piece)),
        "keys": frozenset(w.key for w in telling),
        "kinds": frozenset(map(kind_of, strong)),
        "piece": piece,
        "lacked": lonely,
    }


def _is_sure(piece: Piece, lacked: list[Word]) -> bool:
    """Whether a piece is long enough, and what all of some outlets lack heavy enough: of a short
    one or of single words nobody knows whether they are told in others."""
    least = LEAST_WEIGHT[not any(map(is_strong, lacked))]
    return count_words(piece.text) >= _FEWEST and sum(map(_weight_of, lacked)) >= least


def _lacked(piece: Piece, lonely: Mapping[str, set[int]], missing: Iterable[str]) -> list[Word]:
    """The words of a piece that all of some outlets lack."""
    starts = [lonely[outlet] for outlet in missing]
    return [w for w in piece.words if starts and w.start in set.intersection(*starts)]


def _more(rows: pd.DataFrame, judged: list[dict]) -> list[str]:
    """For each row a short piece of its sentence that adds to what is quoted already.

    The first row of a matter gets a piece beside its own, the others what is new to the first.
    """
    short: dict[str, list[dict]] = {}
    for row in judged:
        if count_words(row["text"]) <= BRIEF:
            short.setdefault(row["sentence_id"], []).append(row)
    leaders: dict[int, Any] = {}
    more = []
    for row in rows.itertuples():
        is_first = row.matter not in leaders
        leader = leaders.setdefault(row.matter, row)
        added = {}
        for other in short.get(row.sentence_id, []):
            beside = other["end"] <= row.start or row.end <= other["start"]
            words = _lacked(other["piece"], other["lacked"], row.missing.split())
            kinds = {kind_of(w) for w in words if is_strong(w)} - leader.kinds
            names = [w for w in words if _weight_of(w) == _TELLING and w.key not in leader.keys]
            if names and (beside or not is_first):
                added[other["text"]] = (len(kinds), len(names), -len(other["text"]))
        more.append(max(added, key=lambda text: added[text], default=""))
    return more


def _brief(row) -> str:
    """A short piece of a row's piece, of its main clause if it can be, with most that is lacked."""
    lacked = _lacked(row.piece, row.lacked, row.missing.split())
    sentence = row.piece.reading.sentence
    roots = {t.start for t in sentence.tokens if t.head == t.token}
    within = [
        (
            any(start <= root < end for root in roots),
            sum(start <= word.start < end for word in lacked),
            end - start,
            sentence.text[start:end],
        )
        for start, end in pieces(sentence, BRIEFEST)
        if row.start <= start and end <= row.end and not is_headless(sentence, start, end)
    ]
    _, count, _, text = max(within, default=(False, 0, 0, ""))
    return text if count else ""


def _share(alone: list[Word], words: Iterable[Word]) -> float:
    """Weighted share of the words that are lonely; the actors of the study tell nothing."""
    total = sum(_weight_of(word) for word in words if word.kind != "actor")
    return sum(map(_weight_of, alone)) / max(total, 1e-9)


def _weight_of(word: Word) -> float:
    if word.kind in ("number", "actor") or _is_name(word) or is_strong(word):
        return _TELLING
    return _FAINT if word.key.lower() in weight.FAINT | speech.REPORTING else _PLAIN


def _is_name(word: Word) -> bool:
    is_capital = word.text[:1].isupper() and word.start > 0
    return word.kind == "noun" and is_capital and word.key.lower() not in weight.FAINT


def _salience(told: pd.DataFrame) -> np.ndarray:
    """1 for first sentences of the body, then less, from the ninth sentence on a half."""
    number = told.groupby(told["sentence_id"].map(article_of)).cumcount()
    return (1 - 0.15 * number.clip(upper=1) - 0.05 * (number - 1).clip(0, 7)).to_numpy(float)


def _weighed(
    table: pd.DataFrame, salience: Mapping[str, float], main: set[str], others: int
) -> pd.DataFrame:
    """The rows with their weight and the matter that they are about, the heaviest first."""
    weights = []
    for row in table.itertuples():
        again = any(
            row.keys & other.keys
            for other in table.itertuples()
            if other.outlet == row.outlet and other.sentence_id != row.sentence_id
        )
        actors = {w.key[1:] for w in row.piece.reading.words if w.kind == "actor"}
        told = _BASE + _STRONG * bool(row.strong) + _ACTOR * bool(actors & main) + _AGAIN * again
        told += _OTHERS * bool(row.told_by)
        known = len(row.missing.split()) + len(row.told_by.split()) == others
        weights.append(salience[row.sentence_id] * min(told, 1.0) * (1.0 if known else _UNSURE))
    table = table.assign(weight=weights).sort_values("weight", ascending=False, kind="stable")
    return table.assign(matter=_matters(table))


def _matters(table: pd.DataFrame) -> list[int]:
    """Number of the matter of each row: that of the heaviest that it shares a strong word with."""
    leaders: list[tuple[str, str, frozenset]] = []
    numbers = []
    for row in table.itertuples():
        same = (
            n
            for n, (outlet, missing, keys) in enumerate(leaders)
            if outlet == row.outlet and missing == row.missing and keys & row.keys
        )
        number = next(same, len(leaders))
        if number == len(leaders):
            leaders.append((row.outlet, row.missing, row.keys))
        numbers.append(number)
    return numbers
