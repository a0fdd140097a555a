"""Triples and labels beside hand codes: what was found, missed and wrongly found.

The coder left standfirsts out where they repeat the text, so they are left out here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.parsed import Sentence, read_sentences
from analysis_utils.measures.agreement import overlap
from analysis_utils.schemas import in_articles_of
from analysis_utils.themes.portrayal.clauses import lemma
from analysis_utils.themes.portrayal.tables import told_sentences

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study.parts import Actor

#: What two triples must share to match.
TRIPLE_KEY = ("sentence_id", "agent", "verb", "patient")

#: A hand-coded label is found if this share of its content words stands in one label.
ENOUGH_WORDS = 0.5

_LABEL_KEY = ["sentence_id", "actor", "of"]


def agreement(triples: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Precision and recall of the theme's triples and of the nearest actors.

    Parameters
    ----------
    triples
        The theme's table.
    corpus
        The corpus it was made from.

    Returns
    -------
    As :func:`score_triples` gives it, ``parse`` first.  Empty if the study has no hand codes.
    """
    codes = corpus.study.codes("triples")
    if codes is None:
        return pd.DataFrame()
    nearest = nearest_actors(told_sentences(corpus), corpus.tokens, corpus.mentions)
    return score_triples({"parse": triples, "nearest actors": nearest}, codes)


def match_triples(triples: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Each coded and each found triple once, and whether it is both.

    A found triple matches a code if sentence, verb (base form), agent and patient are all
    the same; an empty agent or patient must be empty in both.  Objects need not be worded
    alike.  Whatever is found and not coded counts as false, save triples with no actor of
    the study that are no agentless passives, which
    :func:`~analysis_utils.themes.portrayal.agency.find_triples` does not give; articles without a
    code were not read by the coder and are left out.

    Parameters
    ----------
    triples
        With the columns of ``TRIPLE_KEY``.
    codes
        Hand codes with the same columns, or None.

    Returns
    -------
    ``sentence_id``, ``agent``, ``verb``, ``patient`` and ``result`` (``found``, ``missed``,
    or ``not coded``). Empty if the study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame(columns=[*TRIPLE_KEY, "result"])
    key = list(TRIPLE_KEY)
    coded = codes[key].fillna("").astype("str").drop_duplicates()
    read = in_articles_of(triples["sentence_id"], codes["sentence_id"])
    found = triples.loc[read, key].astype("str").drop_duplicates()
    both = coded.merge(found, on=key, how="outer", indicator="result", sort=False)
    names = {"both": "found", "left_only": "missed", "right_only": "not coded"}
    return both.assign(result=both["result"].astype("str").map(names))


def score_triples(methods: Mapping[str, pd.DataFrame], codes: pd.DataFrame | None) -> pd.DataFrame:
    """Precision and recall of tables of triples against the hand codes.

    Parameters
    ----------
    methods
        Tables of triples by the name of the method.
    codes
        Hand codes with ``sentence_id``, ``agent``, ``verb`` and ``patient``, or None.

    Returns
    -------
    One row a method: ``method``, ``coded``, ``found`` (triples the method gives), ``right``
    (both, see :func:`match_triples`), ``precision``, ``recall`` and ``f1`` (see
    :func:`~analysis_utils.measures.agreement.overlap`). Empty if the study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    return pd.DataFrame([_scores(name, triples, codes) for name, triples in methods.items()])


def _scores(method: str, triples: pd.DataFrame, codes: pd.DataFrame) -> dict:
    result = match_triples(triples, codes)["result"]
    coded, found = set(result.index[result != "not coded"]), set(result.index[result != "missed"])
    counts = {"coded": len(coded), "found": len(found), "right": len(coded & found)}
    return {"method": method, **counts, **overlap(found, coded)}


def nearest_actors(
    sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The trivial method: the nearest actor before a verb acts, the nearest after suffers.

    Every verb that is no auxiliary counts; verbs with no actor on either side are left out.

    Parameters
    ----------
    sentences, tokens, mentions
        Tables of the corpus.

    Returns
    -------
    ``sentence_id``, ``agent``, ``verb`` and ``patient``.
    """
    mentioned = dict(list(mentions.groupby("sentence_id")))
    rows = [
        row
        for sentence in read_sentences(sentences, tokens)
        if sentence.sentence_id in mentioned
        for row in _nearest(sentence, mentioned[sentence.sentence_id])
    ]
    table = pd.DataFrame(rows, columns=list(TRIPLE_KEY))
    return table[(table["agent"] != "") | (table["patient"] != "")].reset_index(drop=True)


def _nearest(sentence: Sentence, mentions: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    for token in sentence.tokens:
        if token.pos == "VERB" and token.dep not in ("aux", "auxpass", "amod"):
            before = mentions.loc[mentions["end"] <= token.start, "actor"]
            after = mentions.loc[mentions["start"] >= token.end, "actor"]
            agent = "" if before.empty else before.iloc[-1]
            patient = "" if after.empty else after.iloc[0]
            yield sentence.sentence_id, agent, lemma(token), patient


def match_labels(
    labels: pd.DataFrame,
    codes: pd.DataFrame | None,
    tokens: pd.DataFrame,
    actors: Iterable[Actor],
) -> pd.DataFrame:
    """Each hand-coded label with the found label that is most like it.

    A coded label counts as found if a label of the same sentence, actor and kind (of the
    actor or of its act) has at least half of its content words.  Content words are those
    that are neither function words nor names of the study's actors; of a label without
    any, all words count.

    Parameters
    ----------
    labels
        With ``sentence_id``, ``actor``, ``of`` and ``text``.
    codes
        Hand codes with ``sentence_id``, ``actor``, ``of`` and ``label``, or None.
    tokens
        Table of the corpus.
    actors
        The study's actors, with ``name`` and ``aliases``.

    Returns
    -------
    ``sentence_id``, ``actor``, ``of``, ``label`` (as coded), ``found_label`` (as found, or
    empty), ``share`` (of the coded content words in it), ``dice`` (overlap of the two sets of
    words: 1 if they are the same) and ``found``. Empty if the study has no hand codes.
    """
    columns = [*_LABEL_KEY, "label", "found_label", "share", "dice", "found"]
    if codes is None:
        return pd.DataFrame(columns=columns)
    left_out = _function_words(tokens) | _name_words(actors)
    found = {place: rows["text"].tolist() for place, rows in labels.groupby(_LABEL_KEY)}
    rows = []
    for code in codes.itertuples():
        place = (code.sentence_id, code.actor, code.of)
        text, share, dice = _most_like(code.label, found.get(place, []), left_out)
        rows.append((*place, code.label, text, share, dice, share >= ENOUGH_WORDS))
    return pd.DataFrame(rows, columns=columns)


def _function_words(tokens: pd.DataFrame) -> set[str]:
    return set(tokens.loc[tokens["is_stop"], "text"].str.lower())


def _name_words(actors: Iterable[Actor]) -> set[str]:
    names = [name for actor in actors for name in (actor.name, *actor.aliases)]
    return {word for name in names for word in _words(name)}


def _most_like(label: str, others: list[str], left_out: Set[str]) -> tuple[str, float, float]:
    """The text most like a label, the share of the label's words in it, and Dice's overlap.

    Dice's overlap of two sets of words is the F1 of the one against the other.
    """
    wanted = _content_words(label, left_out)
    best = ("", 0.0, 0.0)
    for text in others:
        shared = overlap(_content_words(text, left_out), wanted)
        if (shared["recall"], shared["f1"]) > best[1:]:
            best = (text, shared["recall"], shared["f1"])
    return best


def _content_words(text: str, left_out: Set[str]) -> set[str]:
    return _words(text) - left_out or _words(text)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", re.sub(r"[’']s\b", "", text.lower())))


def mention_labels(mentions: pd.DataFrame) -> pd.DataFrame:
    """The trivial method for labels: the words that mention an actor, and nothing else.

    Parameters
    ----------
    mentions
        Table of the corpus.

    Returns
    -------
    ``sentence_id``, ``actor``, ``text`` and ``of``.
    """
    named = mentions[mentions["kind"] != "pronoun"]
    return named[["sentence_id", "actor", "text"]].assign(of="actor")
