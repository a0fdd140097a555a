"""People's codes beside each other and beside the methods, unit by unit.

All codes, of filled sheets, of the study's own files and of the methods, are brought to one
tidy table (``coder``, ``unit_id``, ``variable``, ``value``) with the units and variables of
:mod:`analysis_utils.themes.validity.codebook`.  So a second coder who fills in a sheet is compared
with the first one whose codes came with the study.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures import agreement
from analysis_utils.measures.agreement import TENTATIVE
from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import listed
from analysis_utils.schemas import in_articles_of
from analysis_utils.themes.validity.coders import FILE_CODER, FIRST_CODER, MAJORITY, METHOD
from analysis_utils.themes.validity.coding_sheets import CODE_COLUMNS, filled_sheets, read_sheets
from analysis_utils.themes.validity.units import unit_spans

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: The lexicon whose answers stand for the tone of whole sentences, whoever they speak of.
LEXICON = "vader"

#: Below this, agreement is slight at most (Landis and Koch 1977, who say so of kappa).
CHANCE = 0.2

_KEY = ["unit_id", "variable"]


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


def method_codes(corpus: Corpus) -> pd.DataFrame:
    """What the methods say of every unit: ``coder`` (``METHOD``), ``unit_id``, ``variable``,
    ``value``.  Tone is VADER's, of the sentence; polarity is the target model's."""
    from analysis_utils.themes import actor_sentiment, frames
    from analysis_utils.themes.frames.codebook import study_frames
    from analysis_utils.themes.frames.hits import find_hits

    sentences, mentions = corpus.sentences, unit_spans(corpus, "mentions")
    quotes = unit_spans(corpus, "quotes")
    actors = {actor.id for actor in corpus.study.actors}
    speaking = sentences["sentence_id"].isin(quotes["sentence_id"]).astype(int)
    tones = actor_sentiment.tables.score_sentences(sentences, mentions)
    tones = tones[tones["method"] == LEXICON]
    looked_for = study_frames(corpus.study)
    hits = find_hits(sentences, corpus.tokens, looked_for, mentions)
    present = frames.tables.score_sentences(sentences, hits, looked_for)
    polarities = _polarities(corpus, mentions)
    told = quotes.drop_duplicates("unit_id")
    speakers = told["speaker"].where(told["speaker"] != "", told["source"])
    parts = [
        _codes(sentences["sentence_id"], "whole", 1),
        _codes(sentences["sentence_id"], "speech", speaking),
        _codes(tones["sentence_id"], "tone", tones["label"]),
        _codes(present["sentence_id"], "frame_" + present["frame"], present["present"]),
        _codes(mentions["unit_id"], "actor", mentions["actor"]),
        _codes(polarities["unit_id"], "polarity", polarities["polarity"]),
        _codes(told["unit_id"], "kind", told["kind"]),
        _codes(told["unit_id"], "speaker", speakers.map(lambda name: _who(name, actors))),
        _codes(told["unit_id"], "cue", told["cue"].replace("", "none")),
    ]
    return _tidy(pd.concat(parts, ignore_index=True).assign(coder=METHOD))


def count_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """How many units each coder coded: a row a variable, a column a coder."""
    counts = pd.crosstab(codes["variable"], codes["coder"])
    order = codes["variable"].unique()
    return counts.reindex(order)[codes["coder"].unique()].rename_axis(columns=None).reset_index()


def majority(codes: pd.DataFrame) -> pd.DataFrame:
    """What most coders say of each unit with two coders or more; without most, no code."""
    counts = codes.groupby([*_KEY, "value"], sort=False).size().rename("votes").reset_index()
    groups = counts.groupby(_KEY)["votes"]
    most = counts["votes"] == groups.transform("max")
    tied = counts[most].duplicated(_KEY, keep=False).reindex(counts.index, fill_value=True)
    chosen = counts[most & ~tied & (groups.transform("sum") > 1)]
    return _tidy(chosen.assign(coder=MAJORITY))


def beside_coders(codes: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The methods beside each coder, and beside most coders where there are several.

    Parameters
    ----------
    codes
        The coders' codes.
    said
        What the methods say: :func:`method_codes`.

    Returns
    -------
    One row a variable and coder: ``variable``, ``coder``, ``n`` (units), ``accuracy``,
    ``accuracy_baseline`` (of always giving the coder's most frequent value), ``macro_f1``
    (mean F1 of the coder's values, alike), ``macro_f1_baseline`` and ``alpha`` (nominal, missing
    where all values are the same).
    """
    coders = pd.concat([codes, majority(codes)], ignore_index=True)
    pairs = coders.merge(said.drop(columns="coder"), on=_KEY, suffixes=("", "_said"))
    rows = [
        {"variable": variable, "coder": coder, **_scores(group["value"], group["value_said"])}
        for (variable, coder), group in pairs.groupby(["variable", "coder"], sort=False)
    ]
    columns = ["variable", "coder", "n", "accuracy", "accuracy_baseline"]
    table = pd.DataFrame(rows, columns=[*columns, "macro_f1", "macro_f1_baseline", "alpha"])
    order = list(dict.fromkeys(said["variable"]))
    return table.sort_values("variable", key=lambda names: names.map(order.index), kind="stable")


def finding(beside: pd.DataFrame) -> str:
    """What :func:`beside_coders` says, as a paragraph."""
    if beside.empty:
        return (
            "Nobody has coded this study, so how far the methods agree with readers of these texts"
            " is not known."
        )
    alpha, enough = beside["alpha"], beside["n"] >= FEW
    groups = {
        f"at least {TENTATIVE:.3f}, enough for tentative conclusions": alpha >= TENTATIVE,
        f"lower, but {CHANCE:.2f} or more": alpha.between(CHANCE, TENTATIVE, inclusive="left"),
        f"below {CHANCE:.2f}, little or no better than chance": alpha < CHANCE,
        "not defined, as all codes are the same": alpha.isna(),
    }
    told = [
        f"Alpha between method and coder is {words}, for {_named(beside[fits & enough])}."
        for words, fits in groups.items()
        if (fits & enough).any()
    ]
    if not enough.all():
        told.append(f"Fewer than {FEW} units tell nothing: {_named(beside[~enough])}.")
    wanting = beside[beside["accuracy"] < beside["accuracy_baseline"]]
    if len(wanting):
        told.append(
            f"Always giving the coder's commonest answer is right more often for {_named(wanting)}."
        )
    return " ".join(told)


def _named(beside: pd.DataFrame) -> str:
    """Variables with the coders in brackets: ``tone (ann and bob) and actor (bob)``."""
    of_variable = beside.groupby("variable", sort=False)["coder"]
    return listed([f"{name} ({listed(list(each))})" for name, each in of_variable])


def disagreements(codes: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Units that were coded differently, with their text.

    Parameters
    ----------
    codes
        Codes of coders, of the methods, or of both.
    units
        The units that were coded: :func:`~analysis_utils.themes.validity.units.all_units`.

    Returns
    -------
    One row a unit and variable: ``variable``, one column a coder, ``unit_id`` and ``context``
    with the unit between ``⟦`` and ``⟧``; variable by variable in reading order.
    """
    values = codes.groupby(_KEY)["value"].nunique()
    differing = values[values > 1].index
    coders = list(codes["coder"].unique())
    wide = codes.pivot(index=_KEY, columns="coder", values="value").reindex(columns=coders)
    shown = units[["unit_id", "context"]].drop_duplicates("unit_id")
    table = wide[wide.index.isin(differing)].reset_index().merge(shown, on="unit_id")
    order = {"variable": list(codes["variable"].unique()), "unit_id": list(shown["unit_id"])}
    places = {name: {key: place for place, key in enumerate(keys)} for name, keys in order.items()}
    table = table.sort_values(
        list(order), key=lambda column: column.map(places[column.name]), ignore_index=True
    )
    return table[["variable", *coders, "unit_id", "context"]].fillna("")


def against_method(codes: pd.DataFrame, said: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Units of which the methods say what no coder says, as :func:`disagreements` gives them."""
    differing = disagreements(pd.concat([codes, said], ignore_index=True), units)
    answers = differing[list(codes["coder"].unique())]
    same = answers.eq(differing[METHOD], axis=0).any(axis=1)
    return differing[~same & (answers != "").any(axis=1)].reset_index(drop=True)


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
    from analysis_utils.themes.voices import validation as hand_codes

    cut, quotes = corpus.study.codes("sentences"), corpus.study.codes("quotes")
    parts = [_no_codes()]
    if cut is not None:
        coded = in_articles_of(corpus.sentences["sentence_id"], cut["sentence_id"])
        told = corpus.sentences[coded]
        as_coded = told["text"].isin(cut["text"]).astype(int)
        parts.append(_codes(told["sentence_id"], "whole", as_coded))
    if cut is not None and quotes is not None:
        speaking = hand_codes.coded_quotes(quotes)["sentence_id"]
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
    from analysis_utils.themes.voices import validation as hand_codes

    codes = corpus.study.codes("quotes")
    if codes is None:
        return _no_codes()
    actors = {actor.id for actor in corpus.study.actors}
    found = unit_spans(corpus, "quotes")
    found = found[in_articles_of(found["sentence_id"], codes["sentence_id"])]
    ids = found.drop_duplicates("quote_id").set_index("quote_id")["unit_id"]
    coded = hand_codes.coded_quotes(codes)
    matched = hand_codes.match_quotes(found, coded)
    matched = matched[matched["found_id"] != ""]
    units = matched["found_id"].map(ids)
    others = found.loc[~found["quote_id"].isin(_touching(found, coded)), "unit_id"]
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
    return _tidy(coded.assign(coder=FILE_CODER + known["coder"]))


def _polarities(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """The target model's label for the actor of each mention, where it stands."""
    from analysis_utils.themes import actor_sentiment

    model = {
        actor_sentiment.methods.TARGET_MODEL: actor_sentiment.methods.METHODS[
            actor_sentiment.methods.TARGET_MODEL
        ]
    }
    scores = actor_sentiment.tables.score_mentions(
        corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes, model
    )
    chosen = scores.drop(columns="polarity").rename(columns={"label": "polarity"})
    return mentions.merge(chosen, on=["sentence_id", "actor"])[["unit_id", "polarity"]]


def _scores(truth: pd.Series, said: pd.Series) -> dict:
    from sklearn.metrics import accuracy_score, f1_score  # heavy: only where codes exist

    values = sorted(truth.unique())
    often = pd.Series(truth.mode().iloc[0], index=truth.index)
    both = pd.DataFrame({"unit_id": [*range(len(truth))] * 2, "value": [*truth, *said]})

    def macro_f1(answers: pd.Series) -> float:
        return f1_score(truth, answers, labels=values, average="macro", zero_division=0)

    return {
        "n": len(truth),
        "accuracy": accuracy_score(truth, said),
        "accuracy_baseline": accuracy_score(truth, often),
        "macro_f1": macro_f1(said),
        "macro_f1_baseline": macro_f1(often),
        "alpha": agreement.alpha(agreement.count_values(both).to_numpy()),
    }
