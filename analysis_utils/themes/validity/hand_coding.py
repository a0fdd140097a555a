"""Everybody's codes of the same units: people's and the methods'.

All codes, of filled sheets, of the study's own files and of the methods, are brought to one
tidy table (``coder``, ``unit_id``, ``variable``, ``value``) with the units and variables of
:mod:`analysis_utils.themes.validity.codebook`.  So a second coder who fills in a sheet is compared
with the first one whose codes came with the study.
"""

from __future__ import annotations

from collections.abc import Collection
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.schemas import in_articles_of
from analysis_utils.themes.frames.coded import coder_name
from analysis_utils.themes.validity.coders import FIRST_CODER, METHOD
from analysis_utils.themes.validity.coding_sheets import CODE_COLUMNS, filled_sheets, read_sheets
from analysis_utils.themes.validity.units import unit_spans
from analysis_utils.themes.voices.coded import coded_quotes, match_quotes

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The lexicon whose answers stand for the tone of whole sentences, whoever they speak of.
LEXICON = "vader"

#: The method whose answers stand for how a sentence puts an actor.
MODEL = "target_model"


def all_codes(corpus: Corpus, units: pd.DataFrame) -> pd.DataFrame:
    """Everybody's codes: the study's own and those of filled sheets in ``codes/sheets``.

    Parameters
    ----------
    corpus
        The corpus that was coded.
    units
        Its units: :func:`~analysis_utils.themes.validity.units.all_units`.

    Returns
    -------
    ``coder``, ``unit_id``, ``variable``, ``value``; empty if there are none.

    Raises
    ------
    SheetError
        If a sheet has faults; see ``read_sheets``.
    """
    filled = read_sheets(filled_sheets(corpus.study), corpus.study, units)
    return pd.concat([study_codes(corpus), filled], ignore_index=True)


def study_codes(corpus: Corpus) -> pd.DataFrame:
    """The study's ``codes/*.csv`` as codes of the units that a sheet would have.

    Codes of what no method found have no unit here; they count in the recall that each
    theme's own comparison states.
    """
    parts = [_sentence_codes(corpus), _mention_codes(corpus), _quote_codes(corpus)]
    own = _tidy(pd.concat(parts, ignore_index=True).assign(coder=FIRST_CODER))
    return pd.concat([own, _frame_codes(corpus)], ignore_index=True)


def method_codes(
    corpus: Corpus, sentiment: SimpleNamespace, framing: SimpleNamespace
) -> pd.DataFrame:
    """What the methods say of every unit.

    Parameters
    ----------
    corpus
        The corpus.
    sentiment, framing
        Tables of the themes ``actor_sentiment`` and ``frames``.

    Returns
    -------
    ``coder`` (``METHOD``), ``unit_id``, ``variable`` and ``value``.  Tone is VADER's, of the
    sentence; polarity is the target model's.
    """
    sentences, mentions = corpus.sentences, unit_spans(corpus, "mentions")
    quotes = unit_spans(corpus, "quotes")
    speaking = sentences["sentence_id"].isin(quotes["sentence_id"]).astype(int)
    tones = sentiment.sentence_scores
    tones = tones[tones["method"] == LEXICON]
    present = framing.scores
    parts = [
        _codes(sentences["sentence_id"], "whole", 1),
        _codes(sentences["sentence_id"], "speech", speaking),
        _codes(tones["sentence_id"], "tone", tones["label"]),
        _codes(present["sentence_id"], "frame_" + present["frame"], present["present"]),
        _codes(mentions["unit_id"], "actor", mentions["actor"]),
        _polarities(mentions, sentiment.scores),
        *_voices(quotes.drop_duplicates("unit_id"), {actor.id for actor in corpus.study.actors}),
    ]
    return _tidy(pd.concat(parts, ignore_index=True).assign(coder=METHOD))


def _polarities(mentions: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The target model's label for the actor of each mention, where it stands."""
    chosen = scores[scores["narrowest"] & (scores["method"] == MODEL)]
    labels = mentions.merge(chosen[["sentence_id", "actor", "label"]], on=["sentence_id", "actor"])
    return _codes(labels["unit_id"], "polarity", labels["label"])


def _voices(quotes: pd.DataFrame, actors: Collection[str]) -> list[pd.DataFrame]:
    """Kind, speaker and cue of each quote."""
    speakers = quotes["speaker"].where(quotes["speaker"] != "", quotes["source"])
    return [
        _codes(quotes["unit_id"], "kind", quotes["kind"]),
        _codes(quotes["unit_id"], "speaker", speakers.map(lambda name: _who(name, actors))),
        _codes(quotes["unit_id"], "cue", quotes["cue"].replace("", "none")),
    ]


def _codes(units: pd.Series, variable, values) -> pd.DataFrame:
    return pd.DataFrame({"unit_id": units, "variable": variable, "value": values}).astype("str")


def _no_codes() -> pd.DataFrame:
    return pd.DataFrame(columns=["unit_id", "variable", "value"], dtype="str")


def _tidy(codes: pd.DataFrame) -> pd.DataFrame:
    return codes[list(CODE_COLUMNS)].astype("str").reset_index(drop=True)


def _who(name: str, actors: Collection[str]) -> str:
    """A speaker as the codebook has it: an actor, somebody else, or nobody who is named."""
    if name in actors:
        return name
    return "other" if name else "none"


def _sentence_codes(corpus: Corpus) -> pd.DataFrame:
    """Whether each sentence is cut as the coder cut it, and whether it gives speech."""
    cut, quotes = corpus.study.codes("sentences"), corpus.study.codes("quotes")
    parts = [_no_codes()]
    if cut is not None:
        coded = in_articles_of(corpus.sentences["sentence_id"], cut["sentence_id"])
        told = corpus.sentences[coded]
        as_coded = told["text"].isin(cut["text"]).astype(int)
        parts.append(_codes(told["sentence_id"], "whole", as_coded))
    if cut is not None and quotes is not None:
        speaking = coded_quotes(quotes)["sentence_id"]
        alike = cut.loc[cut["sentence_id"].isin(corpus.sentences["sentence_id"]), "sentence_id"]
        alike = alike[in_articles_of(alike, quotes["sentence_id"])]
        parts.append(_codes(alike, "speech", alike.isin(speaking).astype(int)))
    return pd.concat(parts, ignore_index=True)


def _mention_codes(corpus: Corpus) -> pd.DataFrame:
    """Whom the coder takes each mention for, and how the sentence puts this actor."""
    codes, tones = corpus.study.codes("mentions"), corpus.study.codes("sentiment")
    if codes is None:
        return _no_codes()
    found = unit_spans(corpus, "mentions")
    found = found[in_articles_of(found["sentence_id"], codes["sentence_id"])]
    pairs = found.merge(codes, on="sentence_id", how="left", suffixes=("", "_code"))
    ends, starts = pairs[["end", "end_code"]], pairs[["start", "start_code"]]
    pairs["shared"] = ends.min(axis=1, skipna=False) - starts.max(axis=1, skipna=False)
    pairs["alike"] = pairs["shared"] / (ends.max(axis=1) - starts.min(axis=1))
    pairs["meant"] = pairs["actor_code"].where(pairs["shared"] > 0, "").replace("", "none")
    pairs = pairs.sort_values("alike", ascending=False, kind="stable")
    meant = pairs.drop_duplicates("unit_id").sort_index()
    coded = _codes(meant["unit_id"], "actor", meant["meant"])
    if tones is None:
        return coded
    first = meant.drop_duplicates(["sentence_id", "meant"])[["unit_id", "sentence_id", "meant"]]
    put = first.merge(tones, left_on=["sentence_id", "meant"], right_on=["sentence_id", "actor"])
    put = put.drop_duplicates("unit_id")
    return pd.concat([coded, _codes(put["unit_id"], "polarity", put["polarity"])])


def _quote_codes(corpus: Corpus) -> pd.DataFrame:
    """Kind, speaker and cue of each quote that the coder has too; kind none where the coder has
    nobody's words.  What the coder begins or ends elsewhere has no code."""
    codes = corpus.study.codes("quotes")
    if codes is None:
        return _no_codes()
    actors = {actor.id for actor in corpus.study.actors}
    found = unit_spans(corpus, "quotes")
    found = found[in_articles_of(found["sentence_id"], codes["sentence_id"])]
    ids = found.drop_duplicates("quote_id").set_index("quote_id")["unit_id"]
    by_hand = coded_quotes(codes)
    matched = match_quotes(found, by_hand)
    matched = matched[matched["found_id"] != ""]
    units = matched["found_id"].map(ids)
    others = found.loc[~found["quote_id"].isin(_touching(found, by_hand)), "unit_id"]
    speakers = matched["speaker"].map(lambda name: _who(name, actors))
    parts = [
        _codes(units, "kind", matched["kind"]),
        _codes(others.drop_duplicates(), "kind", "none"),
        _codes(units, "speaker", speakers),
        _codes(units, "cue", matched["cue"].replace("", "none")),
    ]
    return pd.concat(parts, ignore_index=True)


def _touching(found: pd.DataFrame, coded: pd.DataFrame) -> set[str]:
    """Ids of the found quotes that share a letter with a coded one."""
    pairs = found.merge(coded, on="sentence_id", suffixes=("", "_code"))
    shared = (pairs["start"] < pairs["end_code"]) & (pairs["start_code"] < pairs["end"])
    return set(pairs.loc[shared, "quote_id"])


def _frame_codes(corpus: Corpus) -> pd.DataFrame:
    """Frames of each sentence, by the coders that the file names."""
    codes = corpus.study.codes("frames")
    if codes is None:
        return pd.DataFrame(columns=list(CODE_COLUMNS), dtype="str")
    known = codes[codes["sentence_id"].isin(corpus.sentences["sentence_id"])]
    coded = _codes(known["sentence_id"], "frame_" + known["frame"], known["present"])
    return _tidy(coded.assign(coder=known["coder"].map(coder_name)))
