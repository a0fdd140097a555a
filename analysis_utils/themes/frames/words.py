"""What the tables of frames say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.agreement import TENTATIVE
from analysis_utils.measures.intervals import FEW, units
from analysis_utils.output.english import capital, counted, listed
from analysis_utils.themes.finding import Finding
from analysis_utils.themes.frames.article_words import (
    articles_read,
    articles_told,
    tells_articles,
)
from analysis_utils.themes.frames.codebook import frame_names
from analysis_utils.themes.frames.coded import CODES, whose_codes
from analysis_utils.themes.frames.entman import FILLED, SHEET

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: A frame leads in an outlet if so many sentences have it, and no more frames than so many do.
LEAST, MOST = 3, 2

#: A frame that a larger share of all sentences have says nothing of what sets tellings apart.
NEARLY_ALL = 0.9

#: Of more outlets than this only counts are told.
MOST_OUTLETS = 3

#: What a difference in frames weighs, coded by anybody, and the sentences that are shown of it.
WEIGHT, SHOWN = 0.3, 4

#: What is said where no outlet has sentences enough.
TOO_FEW = f"No outlet has {FEW} sentences, so no difference can be told."

#: What is said where nothing can be built on.
NOTHING_KNOWN = "No list of words for a frame is known to agree with readers"


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """What each telling makes of the event after Entman, the frames that lead, and how sure."""
    names, outlets = frame_names(tables.codebook), corpus.outlets
    told = [_statements_told(tables, outlets), _frames_told(tables, outlets, names)]
    return " ".join(filter(None, told))


def findings(tables: SimpleNamespace, corpus: Corpus) -> list[Finding]:
    """Frames that can be built on and in which two outlets are clearly apart."""
    names, outlets = frame_names(tables.codebook), corpus.outlets
    return [
        Finding(
            "frame",
            WEIGHT,
            f"{names[high['frame']]} is the frame of {high['count']} of {high['n']} sentences in"
            f" {outlets[high['outlet']]}, and of {low['count']} of {low['n']} in"
            f" {outlets[low['outlet']]}.",
            tuple(_sentences(tables.readings, high)),
            "frames",
        )
        for high, low in _apart(tables.shares)
    ]


def method(tables: SimpleNamespace, corpus: Corpus) -> str:
    """How frames were found, as a paragraph for a methods section."""
    if tells_articles(tables):
        return articles_read(tables.articles, frame_names(tables.codebook))
    kinds = tables.codebook["kind"].value_counts()
    issue = kinds.get("issue", 0)
    looked_for = counted(kinds.get("generic", 0), "generic frame") + " [@semetko2000]"
    if issue:
        looked_for += f" and {counted(issue, 'frame')} of the issue [@devreese2005]"
    sentences = int(tables.shares.groupby("outlet")["n"].max().sum())
    clustered = _clustered(tables)
    sources = "@wilson1927; @korn1998" if clustered else "@wilson1927"
    parts = [
        f"The {counted(sentences, 'sentence')} of the articles' bodies were read for {looked_for}.",
        _how_read(tables),
        f"Shares of sentences have 95 % intervals after Wilson [{sources}]{clustered}; frames with"
        f" an alpha below {TENTATIVE} are reported as unreliable.",
    ]
    if len(tables.statements):
        parts.append(
            "What each telling makes the problem, its cause, a moral judgement and a remedy"
            f" [@entman1993] was written down by a coder in"
            f" {counted(len(tables.statements), 'statement')}."
        )
    return " ".join(parts)


def headline(shared: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The frames that lead, as the title of the figure.

    Parameters
    ----------
    shared
        Table ``shares`` of the theme.
    outlets, names
        Names of outlets and frames by id.
    """
    if not (shared["n"] >= FEW).any():
        return TOO_FEW.removesuffix(".")
    if not shared["reliable"].any():
        return NOTHING_KNOWN
    leading = _leading(shared, outlets)
    if not leading:
        return f"No frame leads in any outlet with {LEAST} sentences or more"
    by_frames: dict[str, list[str]] = {}
    for outlet, (frames, _, _) in leading.items():
        by_frames.setdefault(listed([names[frame] for frame in frames]), []).append(outlets[outlet])
    if len(outlets) > MOST_OUTLETS:
        most, tellers = max(by_frames.items(), key=lambda told: len(told[1]))
        return f"{most}: most frequent in {len(tellers)} of {len(outlets)} outlets"
    parts = [f"{frames} in {listed(tellers)}" for frames, tellers in by_frames.items()]
    return f"Most frequent: {'; '.join(parts)}"


def caption(tables: SimpleNamespace, outlets: Mapping[str, str]) -> str:
    """The caption of the figure: what, by whom, and which interval."""
    shared = tables.shares
    by_codes, by_terms = shared["source"].eq(CODES), shared["source"].ne(CODES)
    whose = f"{capital(whose_codes(tables.coded))}; a frame is there if most coders see it."
    parts = [
        "Share of the sentences of the body that have each frame, whoever speaks.",
        whose if by_codes.any() else "",
        "Frames by their terms: words that stand for the frame." if by_terms.any() else "",
        f"Lines: 95 % intervals after Wilson{_clustered(tables)}.",
    ]
    if not shared["reliable"].all():
        parts.append(
            f"Grey: not known to agree with readers (alpha below {TENTATIVE} or not measured)."
        )
    return " ".join(filter(None, parts))


def _clustered(tables: SimpleNamespace) -> str:
    """What the intervals take as units, where these are not the sentences."""
    return " with articles as units" if units(tables.readings).name == "articles" else ""


def evidence_caption(tables: SimpleNamespace) -> str:
    """What the table of Entman's functions is, and how to fill it in."""
    if len(tables.statements):
        return (
            "Problem, cause, judgement and remedy in each telling, in a coder's words. The small"
            " lines say whose claim it is."
        )
    return (
        "Candidates only: sentences with a cue word for a problem, a cause, a judgement or a"
        " remedy. Nobody has read and judged them yet."
    )


def where_to_fill_in(tables: SimpleNamespace) -> str:
    """How to have the table filled in, as a sentence; what is known of it where it is."""
    if len(tables.statements):
        return f"The whole table is the study's {FILLED}."
    return (
        f"To fill the table in, write statements into the sheet coding/{SHEET} and save it as"
        f" {FILLED} in the study's folder."
    )


def told_in_numbers(
    shared: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """Each outlet's commonest frames with their counts, for readers who cannot see the figure."""
    shown = shared[shared["reliable"]] if shared["reliable"].any() else shared
    parts = [
        f"{outlets[outlet]}: {listed([names[frame] for frame in frames])},"
        f" {count} of {counted(n, 'sentence')}"
        for outlet, (frames, count, n) in _leading(shown, outlets, reliable=False).items()
    ]
    return f"Shares of sentences with each frame. {'; '.join(parts)}." if parts else TOO_FEW


def _statements_told(tables: SimpleNamespace, outlets: Mapping[str, str]) -> str:
    """The function in which the tellings differ most, with the first statement of each."""
    statements = tables.statements
    if statements.empty:
        return ""
    counts = statements.groupby(["function", "outlet"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=tables.functions["frame"], columns=list(outlets), fill_value=0)
    function = (counts.max(axis=1) - counts.min(axis=1)).idxmax()
    names = dict(zip(tables.functions["frame"], tables.functions["name"], strict=True))
    name = names[function].lower()
    if len(outlets) > MOST_OUTLETS:
        most = counts.loc[function].idxmax()
        return (
            f"A coder found {_counted(counts.loc[function].sum(), name)}, most in"
            f" {outlets[most]} ({counts.loc[function, most]})."
        )
    mine = statements[statements["function"] == function].drop_duplicates("outlet")
    first = mine.set_index("outlet")["statement"].str.strip().str.removesuffix(".")
    told = [
        f"{outlets[outlet]} has {_counted(n, name)}{f', first “{first[outlet]}.”' if n else '.'}"
        for outlet, n in counts.loc[function].items()
    ]
    return f"In a coder's words, {' '.join(told)}"


def _counted(number: int, name: str) -> str:
    """How many problems, causes, judgements or remedies."""
    if not number:
        return f"no {name}"
    return counted(int(number), name, f"{name[:-1]}ies" if name.endswith("y") else "")


def _frames_told(
    tables: SimpleNamespace, outlets: Mapping[str, str], names: Mapping[str, str]
) -> str:
    shared = tables.shares
    if not (shared["n"] >= FEW).any():
        return TOO_FEW
    if tells_articles(tables):
        return articles_told(tables.articles, outlets, names)
    if not shared["reliable"].any():
        return f"{NOTHING_KNOWN}, here or elsewhere. {_words_told(shared, names)}"
    by_codes = (shared["reliable"] & (shared["source"] == CODES)).any()
    by_whom = whose_codes(tables.coded) if by_codes else "words that fit the coders"
    if len(outlets) > MOST_OUTLETS:
        return (
            f"By {by_whom}, {headline(shared, outlets, names)}. {_difference_told(shared, names)}"
        )
    told: list[str] = []
    for outlet, (frames, count, n) in _leading(shared, outlets).items():
        have = f"have {' and as many '.join(names[frame] for frame in frames)}."
        first = f"By {by_whom}, {count} of {n} sentences in {outlets[outlet]} {have}"
        told.append(f"In {outlets[outlet]}, {count} of {n} sentences {have}" if told else first)
    return " ".join([*told, _difference_told(shared, names)])


def _words_told(shared: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The frame whose words most sentences hold: a count of words, and no more."""
    counts = shared.groupby("frame")["count"].sum()
    total = int(shared.groupby("outlet")["n"].max().sum())
    most = counts.idxmax()
    return (
        f"Words listed for {names[most]} stand in {counts[most]} of {total} sentences, more than"
        " those of any other frame. The figure is grey: it shows where to read, and is no finding."
    )


def _difference_told(shared: pd.DataFrame, names: Mapping[str, str]) -> str:
    apart = list(dict.fromkeys(names[high["frame"]] for high, _ in _apart(shared)))
    if apart:
        return f"Outlets are clearly apart in {listed(apart)}."
    return "With so few sentences no frame sets the outlets clearly apart."


def _apart(shared: pd.DataFrame) -> list[tuple[pd.Series, pd.Series]]:
    """For each frame that can be built on, the outlets furthest apart, if their intervals are."""
    pairs = []
    known = shared[shared["reliable"] & (shared["n"] >= FEW)].dropna(subset=["low", "high"])
    for _, rows in known.groupby("frame", sort=False):
        high, low = rows.loc[rows["share"].idxmax()], rows.loc[rows["share"].idxmin()]
        is_common = rows["count"].sum() / rows["n"].sum() > NEARLY_ALL
        if high["low"] > low["high"] and not is_common:
            pairs.append((high, low))
    return pairs


def _sentences(readings: pd.DataFrame, row: pd.Series) -> list[str]:
    """The first sentences of an outlet that have a frame."""
    mine = readings[(readings["frame"] == row["frame"]) & (readings["outlet"] == row["outlet"])]
    return mine.loc[mine["present"] == 1, "sentence_id"].head(SHOWN).tolist()


def _leading(
    shared: pd.DataFrame, outlets: Mapping[str, str], reliable: bool = True
) -> dict[str, tuple[list[str], int, int]]:
    """Each outlet's most frequent frames with their count and its sentences."""
    shown = shared[(shared["n"] >= FEW) & (shared["reliable"] | (not reliable))]
    leading = {}
    for outlet in outlets:
        rows = shown[shown["outlet"] == outlet]
        most = rows["count"].max()
        frames = rows.loc[rows["count"] == most, "frame"].tolist()
        if most >= LEAST and len(frames) <= MOST:
            leading[outlet] = frames, int(most), int(rows["n"].max())
    return leading


def _how_read(tables: SimpleNamespace) -> str:
    """By whom, with the agreement of coders and terms."""
    table, coded = tables.reliability, tables.coded
    by_codes = table[table["source"] == CODES]
    parts = []
    if len(by_codes):
        parts.append(f"A frame was present where most coders saw it ({whose_codes(coded)}).")
        if by_codes["alpha_coders"].notna().any():
            between = _alphas(by_codes["alpha_coders"])
            parts.append(f"The coders agreed with {between} [@krippendorff2018].")
        if by_codes["alpha_terms"].notna().any():
            parts.append(
                f"Lists of words agreed with the coders with {_alphas(by_codes['alpha_terms'])} and"
                " were not used."
            )
        return " ".join(parts)
    best = table["alpha_elsewhere"].max()
    here = table["alpha_terms"].dropna()
    told = f", and with the coders of this study {_alphas(here)}" if len(here) else ""
    return (
        "A sentence had a frame where a word of its list stood, names of actors passed over. On 203"
        f" labelled articles [@frermann2023] the generic lists had an alpha of at most {best:.2f}"
        f"{told} [@krippendorff2018]."
    )


def _alphas(alphas: pd.Series) -> str:
    low, high = alphas.min(), alphas.max()
    if round(low, 2) == round(high, 2):
        return f"an alpha of {low:.2f}"
    return f"alphas of {low:.2f} to {high:.2f}"
