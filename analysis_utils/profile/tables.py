"""A profile of each outlet's telling: what the themes found, laid out on one page.

:func:`gather` asks each theme for its tables; everything else here only lays them side by
side: :func:`measures` in numbers, :func:`actor_table` and :func:`outlet_table` in words.
The paragraphs are composed in :mod:`analysis_utils.profile.prose`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils import actor_sentiment, coverage, frames, portrayal, show, voices
from analysis_utils.actor_sentiment.lexicons import METHODS
from analysis_utils.frames.terms import find_hits, study_frames

if TYPE_CHECKING:
    from analysis_utils.corpus import Corpus

#: What is measured, and of what the shares are.
MEASURES = {
    "mentions": ("Mentioned", "of the outlet's mentions of actors"),
    "words": ("Heard", "of the words of its articles"),
    "agent": ("Acts", "of the places where an actor acts"),
    "patient": ("Is acted upon", "of the places where an actor is acted upon"),
    "frames": ("Terms of the frame", "of its sentences"),
    "told": ("Told by", "of its sentences"),
}

#: By how many a sentence is told, as figures say it.
TOLD_BY = {
    "all": "all outlets",
    "some": "some others",
    "possibly": "perhaps another",
    "one": "this outlet alone",
}

#: Columns of :func:`actor_table`.
ACTOR_COLUMNS = (
    "actor",
    "outlet",
    "mentions",
    "called",
    "called by others",
    "acts",
    "is acted upon",
    "speaks",
    "spoken of",
    "tone",
)

#: How a table says that there is nothing to say.
NOTHING = "–"


@dataclass(frozen=True)
class Themes:
    """What the themes found: each table as its own module makes it."""

    clauses: pd.DataFrame
    speaker_shares: pd.DataFrame
    heard: pd.DataFrame
    triples: pd.DataFrame
    role_shares: pd.DataFrame
    labels: pd.DataFrame
    told: pd.DataFrame
    details: pd.DataFrame
    frame_shares: pd.DataFrame
    frame_names: dict[str, str]


def gather(corpus: Corpus) -> Themes:
    """The tables of all themes that the profile is made of."""
    study, outlets, actors = corpus.study, corpus.outlets, corpus.names["actor"]
    triples = portrayal.find_triples(corpus)
    pairs = coverage.align_corpus(corpus)
    told = coverage.tellings(corpus.sentences, pairs, outlets)
    looked_for = study_frames(study)
    return Themes(
        clauses=_clauses(corpus),
        speaker_shares=voices.speaker_shares(corpus.quotes, corpus.sentences, outlets),
        heard=voices.talked_about(
            corpus.mentions, corpus.quotes, corpus.sentences, study.actors, outlets
        ),
        triples=triples,
        role_shares=portrayal.role_shares(triples, outlets, actors),
        labels=portrayal.label_table(portrayal.find_labels(corpus)),
        told=told,
        details=coverage.unshared_details(coverage.read_corpus(corpus), pairs, told),
        frame_shares=frames.shares(_frame_scores(corpus, looked_for)),
        frame_names=frames.frame_names(looked_for),
    )


def _clauses(corpus: Corpus) -> pd.DataFrame:
    """Tone of the clause around each actor, by the lexicons; standfirsts left out."""
    told = corpus.sentences[corpus.sentences["part"] != "standfirst"]
    scores = actor_sentiment.score_mentions(
        corpus.mentions, told, corpus.tokens, corpus.quotes, METHODS
    )
    return scores[scores["scope"] == "clause"]


def _frame_scores(corpus: Corpus, looked_for) -> pd.DataFrame:
    hits = find_hits(corpus.sentences, corpus.tokens, looked_for, corpus.mentions)
    whose = voices.voice_of_spans(hits, corpus.quotes, corpus.sentences)
    return frames.score_sentences(corpus.sentences, hits, looked_for, whose)


def measures(themes: Themes, outlets: Mapping[str, str]) -> pd.DataFrame:
    """The profile in numbers.

    Returns
    -------
    One row a measure (see ``MEASURES``), item and outlet: ``measure``, ``item`` (id of an
    actor or a frame, or a kind of ``TOLD_BY``), ``outlet``, ``n``, ``of`` (what ``n`` is a
    part of), ``share`` (0 to 1), ``low`` and ``high`` (95 % bootstrap interval, NaN where
    there is none).
    """
    parts = [
        _mentions(themes.heard),
        _words(themes.speaker_shares, themes.heard),
        _roles(themes.role_shares),
        _frames(themes.frame_shares),
        _told(themes.told, outlets),
    ]
    columns = ["measure", "item", "outlet", "n", "of", "share", "low", "high"]
    return pd.concat(parts, ignore_index=True).reindex(columns=columns)


def _mentions(heard: pd.DataFrame) -> pd.DataFrame:
    table = heard.rename(columns={"actor": "item", "mentions": "n"})
    table["of"] = table.groupby("outlet")["n"].transform("sum")
    return table.assign(measure="mentions", share=table["n"] / table["of"].clip(lower=1))


def _words(shares: pd.DataFrame, heard: pd.DataFrame) -> pd.DataFrame:
    """Words given to each actor; none for those who are only talked about."""
    total = shares.groupby("outlet")["words"].sum()
    spoken = shares[shares["role"] == "actor"].rename(columns={"speaker": "item", "words": "n"})
    table = heard[["outlet", "actor"]].rename(columns={"actor": "item"})
    table = table.merge(spoken, on=["outlet", "item"], how="outer", sort=False)
    table["n"] = table["n"].fillna(0).astype(int)
    return table.assign(
        measure="words", of=table["outlet"].map(total), share=table["share"].fillna(0.0)
    )


def _roles(role_shares: pd.DataFrame) -> pd.DataFrame:
    return role_shares.rename(columns={"actor": "item", "role": "measure", "n_all": "of"})


def _frames(frame_shares: pd.DataFrame) -> pd.DataFrame:
    present = frame_shares[frame_shares["value"] == "present"]
    names = {"frame": "item", "count": "n", "n": "of", "mean": "share"}
    return present.rename(columns=names).assign(measure="frames")


def _told(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    counts = coverage.count_tellings(told, outlets).rename(columns={"told": "item"})
    total = counts.groupby("outlet")["n"].transform("sum")
    # "some" of two outlets are none; what nobody tells needs no row.
    shown = counts["item"].map(counts.groupby("item")["n"].sum()) > 0
    return counts.assign(measure="told", of=total)[shown]


def actor_table(themes: Themes, corpus: Corpus) -> pd.DataFrame:
    """How each outlet presents each actor, in words to read.

    Returns
    -------
    One row an actor and outlet that mentions it, in the order of the study: ``actor``,
    ``outlet`` (names), ``mentions``, ``called`` (labels in the outlet's own voice), ``called
    by others`` (with the speaker), ``acts`` and ``is acted upon`` (verbs, marked as in
    :func:`~analysis_utils.portrayal.worded`), ``speaks`` (words, and their share of the
    outlet's), ``spoken of`` (clauses by voice) and ``tone`` (mean polarity of VADER and
    TextBlob over these clauses; a lexicon's, and no finding by itself).
    """
    actors = corpus.names["actor"]
    heard = themes.heard[themes.heard["mentions"] > 0]
    verbs = portrayal.verbs_by_role(themes.triples)
    total = themes.speaker_shares.groupby("outlet")["words"].sum()
    rows = []
    for row in portrayal.order_by_study(heard, corpus).itertuples():
        mine = {"outlet": row.outlet, "actor": row.actor}
        labels, clauses = _of(themes.labels, mine), _of(themes.clauses, mine)
        rows.append(
            {
                "actor": actors[row.actor],
                "outlet": corpus.outlets[row.outlet],
                "mentions": row.mentions,
                "called": _called(labels[labels["voice"] == "own"], {}),
                "called by others": _called(labels[labels["voice"] != "own"], actors),
                "acts": _verbs(_of(verbs, mine | {"role": "agent"})),
                "is acted upon": _verbs(_of(verbs, mine | {"role": "patient"})),
                "speaks": _words_said(row, total[row.outlet]),
                "spoken of": _by_voice(clauses),
                "tone": _tone(clauses),
            }
        )
    return pd.DataFrame(rows, columns=list(ACTOR_COLUMNS))


def _of(table: pd.DataFrame, wanted: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a table that have these values."""
    chosen = pd.Series(True, index=table.index)
    for column, value in wanted.items():
        chosen &= table[column] == value
    return table[chosen]


def _called(labels: pd.DataFrame, speakers: Mapping[str, str]) -> str:
    said = [
        f"“{words}”"
        + (f" ({row.n})" if row.n > 1 else "")
        + (f" [{speakers.get(row.speaker, 'another source')}]" if speakers else "")
        for words, row in zip(label_words(labels), labels.itertuples(), strict=True)
    ]
    return "; ".join(dict.fromkeys(said)) or NOTHING


def label_words(labels: pd.DataFrame) -> list[str]:
    """The words of labels, with an ellipsis where the actor's name completes them."""
    open_ended = labels["relation"].isin(["source", "possessive"])
    return (labels["label"] + open_ended.map({True: " …", False: ""})).tolist()


def _verbs(verbs: pd.DataFrame) -> str:
    return "; ".join(verbs["verbs"]) or NOTHING


def _words_said(row, total: int) -> str:
    if not row.words:
        return "with others" if row.shared else NOTHING
    return f"{show.counted(row.words, 'word')} ({row.words / max(total, 1):.0%}), {row.heard}"


def _by_voice(clauses: pd.DataFrame) -> str:
    pairs = clauses.drop_duplicates(["sentence_id", "actor"])
    counts = pairs["voice"].value_counts()
    said = [
        f"{voice} {counts[voice]}" for voice in ("own", "reported", "quoted") if voice in counts
    ]
    return ", ".join(said) or NOTHING


def _tone(clauses: pd.DataFrame) -> str:
    means = clauses.groupby("method", sort=False)["polarity"].mean()
    return ", ".join(f"{method} {mean:+.2f}" for method, mean in means.items()) or NOTHING


def outlet_table(themes: Themes, corpus: Corpus) -> pd.DataFrame:
    """Each outlet's telling in figures and words: one row a matter, one column an outlet.

    Rows: articles, words, own voice, most heard, mentioned but never heard, told by this
    outlet alone, details of its own, and frames with most sentences.
    """
    columns = {
        name: _outlet_column(themes, corpus, outlet) for outlet, name in corpus.outlets.items()
    }
    return pd.DataFrame(columns).rename_axis("").reset_index()


def _outlet_column(themes: Themes, corpus: Corpus, outlet: str) -> dict[str, str]:
    shares = _of(themes.speaker_shares, {"outlet": outlet})
    own = shares.loc[shares["role"] == "own", "share"].sum()
    body = _of(themes.told, {"outlet": outlet, "part": "body"})
    alone = body[body["told"] == "one"]
    details = _of(themes.details, {"outlet": outlet})
    return {
        "articles": str((corpus.articles["outlet"] == outlet).sum()),
        "words": f"{shares['words'].sum():,}",
        "own voice": f"{own:.0%}" if len(shares) else NOTHING,
        "most heard": _most_heard(shares, corpus.names["actor"]),
        "mentioned, never heard": _never_heard(themes.heard, outlet, corpus.names["actor"]),
        "sentences told by it alone": f"{len(alone)} of {len(body)}",
        "details told by it alone": str(len(details)),
        "frames": _top_frames(themes, outlet),
    }


def _most_heard(shares: pd.DataFrame, actors: Mapping[str, str]) -> str:
    others = shares[shares["role"] != "own"].head(3)
    said = [f"{actors.get(row.speaker, row.source)} {row.share:.0%}" for row in others.itertuples()]
    return ", ".join(said) or NOTHING


def never_heard(heard: pd.DataFrame, outlet: str) -> list[str]:
    """Ids of the actors that an outlet mentions and lets say nothing, most mentioned first."""
    silent = heard[(heard["outlet"] == outlet) & (heard["heard"] == "never")]
    silent = silent[silent["mentions"] > 0]
    return silent.sort_values("mentions", ascending=False, kind="stable")["actor"].tolist()


def _never_heard(heard: pd.DataFrame, outlet: str, actors: Mapping[str, str]) -> str:
    return ", ".join(actors[actor] for actor in never_heard(heard, outlet)) or NOTHING


def top_frames(themes: Themes, outlet: str, most: int = 3) -> pd.DataFrame:
    """The frames whose terms stand in most of an outlet's sentences; rows of ``shares``."""
    present = _of(themes.frame_shares, {"outlet": outlet, "value": "present"})
    ordered = present[present["count"] > 0].sort_values("count", ascending=False, kind="stable")
    return ordered.head(most)


def _top_frames(themes: Themes, outlet: str) -> str:
    said = [
        f"{themes.frame_names[row.frame]} ({row.count} of {row.n})"
        for row in top_frames(themes, outlet)[["frame", "count", "n"]].itertuples(index=False)
    ]
    return ", ".join(said) or NOTHING
