"""What all outlets tell, what some tell, what one tells alone, and where in the article.

Sentences are aligned across outlets (:mod:`analysis_utils.themes.coverage.alignment`) and
joined into statements.  What is told by whom is read off the statements; what
stands first and what last, off the places of their sentences.  Details, wording
and conflicts have modules of their own (:mod:`analysis_utils.themes.coverage.details`,
``differing_words``, ``conflicts``).

A sentence without counterpart is not a fact left out: the other outlet may tell
it in a half sentence, or in quite other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.annotation.language import count_words
from analysis_utils.output.english import counted, listed
from analysis_utils.schemas import article_of
from analysis_utils.themes.coverage.alignment import ALIGNED_PARTS, CANDIDATES, align
from analysis_utils.themes.coverage.details import find_details
from analysis_utils.themes.coverage.differing_words import read_words
from analysis_utils.themes.coverage.statements import cluster_sentences

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.themes.coverage.differing_words import SentenceWords

#: By how many outlets a sentence is told, from the surest counterpart to none.
TOLD = {
    "all": "by all outlets",
    "some": "by some outlets",
    "possibly": "possibly by another",
    "one": "by one outlet alone",
}

#: A sentence is kept by a summary if half of its words stand there in runs of two or more.
KEPT = 0.5
_RUN = 2


def align_corpus(corpus: Corpus, candidates: int = CANDIDATES) -> pd.DataFrame:
    """Pairs of like sentences of a corpus; see ``align``."""
    study = corpus.study
    return align(
        corpus.sentences,
        corpus.tokens,
        corpus.mentions,
        corpus.quotations,
        study.actors,
        study.merge_terms,
        candidates,
    )


def read_corpus(corpus: Corpus) -> dict[str, SentenceWords]:
    """The words of every sentence, for comparison; see
    :func:`analysis_utils.themes.coverage.differing_words.read_words`."""
    study = corpus.study
    return read_words(
        corpus.sentences,
        corpus.tokens,
        corpus.mentions,
        corpus.quotations,
        study.actors,
        study.merge_terms,
    )


def tellings(
    sentences: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str]
) -> pd.DataFrame:
    """Each sentence of headline and body: who else tells it, and where it stands.

    Parameters
    ----------
    sentences
        Table of the corpus.
    pairs
        As :func:`align_corpus` gives them.
    outlets
        Names of the outlets by id.

    Returns
    -------
    One row a sentence in reading order: ``sentence_id``, ``outlet``, ``part``,
    ``statement`` (number of the statement it makes), ``place`` (0 first to 1
    last sentence of the body; 0 for a headline), ``counterparts`` and ``possible``
    (ids of the other outlets, with a space between), ``told`` (see ``TOLD``) and
    ``text``.
    """
    told = sentences[sentences["part"].isin(ALIGNED_PARTS)].reset_index(drop=True)
    told = told.assign(statement=cluster_sentences(told, pairs).to_numpy(), place=_places(told))
    told["counterparts"] = _others(told, pairs[pairs["link"] == "counterpart"], outlets)
    near = _others(told, pairs[pairs["link"] == "possible"], outlets)
    told["possible"] = [
        " ".join(outlet for outlet in possible.split() if outlet not in sure.split())
        for possible, sure in zip(near, told["counterparts"], strict=True)
    ]
    told["told"] = [
        _by_how_many(row.counterparts.split(), row.possible, len(outlets))
        for row in told.itertuples()
    ]
    columns = ["sentence_id", "outlet", "part", "statement", "place", "counterparts", "possible"]
    return told[[*columns, "told", "text"]]


def _places(told: pd.DataFrame) -> pd.Series:
    last = told.groupby("article_id")["position"].transform("max")
    return ((told["position"] - 1).clip(lower=0) / (last - 1).clip(lower=1)).astype(float)


def _others(told: pd.DataFrame, pairs: pd.DataFrame, outlets: Mapping[str, str]) -> list[str]:
    """For each sentence the other outlets of its pairs, in the order of the study."""
    found: dict[str, set[str]] = {}
    for pair in pairs.itertuples():
        found.setdefault(pair.sentence_id, set()).add(pair.other_outlet)
        found.setdefault(pair.other_id, set()).add(pair.outlet)
    return [
        " ".join(outlet for outlet in outlets if outlet in found.get(sentence_id, ()))
        for sentence_id in told["sentence_id"]
    ]


def _by_how_many(counterparts: list[str], possible: str, outlets: int) -> str:
    if counterparts:
        return "all" if len(counterparts) == outlets - 1 else "some"
    return "possibly" if possible else "one"


def count_tellings(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Sentences of the body of each outlet by how many tell them.

    Returns
    -------
    One row an outlet and kind of ``TOLD``: ``outlet``, ``told``, ``n`` (sentences)
    and ``share`` of the outlet's sentences (0 to 1).
    """
    body = told[told["part"] == "body"]
    counts = pd.crosstab(body["outlet"], body["told"])
    counts = counts.reindex(index=list(outlets), columns=list(TOLD), fill_value=0)
    long = (
        counts.rename_axis("outlet").reset_index().melt("outlet", var_name="told", value_name="n")
    )
    total = long.groupby("outlet")["n"].transform("sum")
    long["share"] = long["n"] / total.clip(lower=1)
    order = long["outlet"].map({outlet: place for place, outlet in enumerate(outlets)})
    return long.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


def statement_matrix(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Statements that two outlets or more make, with the sentences that make them.

    Returns
    -------
    One row a statement, those told by most first, then in reading order:
    ``statement``, ``told_by`` (number of outlets), ``first`` (the sentence that
    stands earliest, as an example) and one column an outlet with its sentence ids.
    """
    rows = []
    for statement, group in told[told["part"] == "body"].groupby("statement"):
        if group["outlet"].nunique() < 2:
            continue
        example = group.sort_values("place", kind="stable").iloc[0]
        ids = {
            outlet: ", ".join(group.loc[group["outlet"] == outlet, "sentence_id"])
            for outlet in outlets
        }
        told_by = group["outlet"].nunique()
        rows.append({"statement": statement, "told_by": told_by, "first": example["text"]} | ids)
    table = pd.DataFrame(rows, columns=["statement", "told_by", "first", *outlets])
    return table.sort_values("told_by", ascending=False, kind="stable", ignore_index=True)


def told_alone(told: pd.DataFrame) -> pd.DataFrame:
    """Sentences to which nothing in any other outlet comes near.

    Returns
    -------
    Rows of :func:`tellings` that are told by ``one``: ``outlet``, ``sentence_id``,
    ``place``, ``text``.
    """
    alone = told[told["told"] == "one"]
    return alone[["outlet", "sentence_id", "place", "text"]].reset_index(drop=True)


def unshared_details(
    readings: Mapping[str, SentenceWords], pairs: pd.DataFrame, told: pd.DataFrame
) -> pd.DataFrame:
    """Phrases that only one outlet has, in sentences that another tells or may tell.

    Returns
    -------
    ``outlet``, ``sentence_id``, ``text`` (the phrase), ``lonely`` (its words that
    the others lack) and ``nearest`` (the sentence of another outlet that is most like it).
    """
    details = find_details(readings, pairs[pairs["link"] != ""])
    shared = told.loc[told["told"] != "one", "sentence_id"]
    details = details[details["sentence_id"].isin(shared)]
    nearest = nearest_sentence(pairs)
    details = details.assign(nearest=details["sentence_id"].map(nearest).fillna(""))
    columns = ["outlet", "sentence_id", "text", "lonely", "nearest"]
    return details[columns].reset_index(drop=True)


def details_finding(details: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How many details each outlet has to itself, as prose; takes :func:`unshared_details`."""
    counts = details["outlet"].value_counts()
    parts = [
        f"{name} has {counted(int(counts.get(outlet, 0)), 'such phrase')}"
        for outlet, name in outlets.items()
    ]
    return (
        f"In sentences with a counterpart, sure or possible, {listed(parts)}. Numbers say"
        " little here; each phrase is to be read beside its nearest sentence."
    )


def nearest_sentence(pairs: pd.DataFrame) -> dict[str, str]:
    """The most similar sentence of any other outlet, by sentence."""
    nearest: dict[str, str] = {}
    for one, two in pairs[["sentence_id", "other_id"]].itertuples(index=False, name=None):
        nearest.setdefault(one, two)
        nearest.setdefault(two, one)
    return nearest


def summaries(lines: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What the standfirst, or a summary that the page repeats, keeps of the text and drops.

    Parameters
    ----------
    lines, sentences
        Tables of the corpus.  Summary paragraphs are no part of the text (they only
        repeat it); they are read here from the raw lines.

    Returns
    -------
    One row a sentence of the body that is kept: ``outlet``, ``kind`` (``standfirst``
    or ``summary``), ``line_no``, ``sentence_id``, ``kept`` (share of its words, 0 to
    1) and ``dropped`` (the words left out, in runs).
    """
    rows = []
    of_article = dict(list(sentences[sentences["part"] == "body"].groupby("article_id")))
    for line in lines[lines["kind"].isin(["standfirst", "summary"])].itertuples():
        for sentence in of_article.get(line.article_id, sentences.iloc[:0]).itertuples():
            share, dropped = _kept_words(line.text, sentence.text)
            if share >= KEPT:
                rows.append(
                    {
                        "outlet": sentence.outlet,
                        "kind": line.kind,
                        "line_no": line.line_no,
                        "sentence_id": sentence.sentence_id,
                        "kept": share,
                        "dropped": " … ".join(dropped),
                    }
                )
    columns = ["outlet", "kind", "line_no", "sentence_id", "kept", "dropped"]
    return pd.DataFrame(rows, columns=columns)


def _kept_words(summary: str, sentence: str) -> tuple[float, list[str]]:
    """The share of a sentence's words that a summary repeats in runs, and the other runs."""
    words = [word for word in sentence.split() if count_words(word)]
    plain = [[_bare(word) for word in text] for text in (summary.split(), words)]
    blocks = SequenceMatcher(None, *plain, autojunk=False).get_matching_blocks()
    kept = {
        at for block in blocks if block.size >= _RUN for at in range(block.b, block.b + block.size)
    }
    runs: list[list[str]] = []
    for at, word in enumerate(words):
        if at not in kept:
            runs = runs if at and at - 1 not in kept and runs else [*runs, []]
            runs[-1].append(word)
    dropped = [" ".join(run).strip(".,;:”\"'") for run in runs]
    return len(kept) / max(len(words), 1), dropped


def _bare(word: str) -> str:
    return "".join(character for character in word.lower() if character.isalnum())


def opening(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """How each article opens: its first sentence, and where the others stand to it.

    Returns
    -------
    One row an article: ``outlet``, ``sentence_id``, ``told`` and ``text`` of the
    first sentence of the body.
    """
    body = told[told["part"] == "body"]
    first = body.groupby(body["sentence_id"].map(article_of), sort=False).head(1)
    return first[["outlet", "sentence_id", "told", "text"]].reset_index(drop=True)


def finding(counts: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How much of each outlet's text the others tell too, as prose; see :func:`count_tellings`."""
    parts = []
    table = counts.pivot(index="outlet", columns="told", values="n")
    for outlet, name in outlets.items():
        row = table.loc[outlet]
        parts.append(
            f"{name}: {counted(int(row.sum()), 'sentence')}, {row['all'] + row['some']} with"
            f" a counterpart in another outlet, {row['possibly']} that may have one,"
            f" {row['one']} alone."
        )
    return " ".join(parts)


def validate(corpus: Corpus) -> pd.DataFrame:
    """What is known of how well coverage is measured; see
    :func:`analysis_utils.themes.coverage.validation.validate`."""
    from analysis_utils.themes.coverage import validation as hand_codes

    if not hand_codes.has_codes(corpus.study):
        return hand_codes.public_validation()  # a long corpus need not be aligned for these
    pairs = align_corpus(corpus)
    told = tellings(corpus.sentences, pairs, corpus.outlets)
    return hand_codes.validate(corpus, pairs, told, read_corpus(corpus))
