"""A profile of each outlet's telling: what the themes found, laid out on one page.

``gather`` asks each theme for its tables; here they are only
laid side by side: by :func:`measures` in numbers, by :func:`actor_table` and
:func:`outlet_table` in words.
The paragraphs are composed in :mod:`analysis_utils.themes.profile.words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed
from analysis_utils.themes import coverage, portrayal

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.themes.profile.themes import Themes

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

#: What the table of actors tells of each, in its order.
MATTERS = (
    "mentions",
    "called by the outlet itself",
    "called in others' words",
    "its acts are called",
    "acts",
    "is acted upon",
    "is given",
    "clauses about it, by voice",
    "tone toward it, by the target model",
)

#: How a table says that there is nothing to say.
NOTHING = "–"


def measures(themes: Themes, outlets: Mapping[str, str]) -> pd.DataFrame:
    """The profile in numbers.

    Returns
    -------
    One row a measure (see ``MEASURES``), item and outlet: ``measure``, ``item`` (id of an
    actor or a frame, or a kind of ``TOLD_BY``), ``outlet``, ``n``, ``of`` (what ``n`` is a
    part of), ``share`` (0 to 1), ``low`` and ``high`` (95 % bootstrap interval, NaN where
    there is none) and ``sentences`` (in how many an actor acts or is acted upon, else NaN).
    """
    actors = _every_actor(themes.heard, themes.speaker_shares["outlet"].unique())
    parts = [
        _mentions(actors),
        _words(themes.speaker_shares, actors),
        _roles(themes.role_shares),
        _frames(themes.frame_shares),
        _told(themes.told, outlets),
    ]
    columns = ["measure", "item", "outlet", "n", "of", "share", "low", "high", "sentences"]
    return pd.concat(parts, ignore_index=True).reindex(columns=columns)


def _every_actor(heard: pd.DataFrame, outlets: Iterable[str]) -> pd.DataFrame:
    """Mentions of each actor in each outlet: 0 where an outlet passes it over, which is a
    finding too."""
    actors = heard["actor"].unique()
    index = pd.MultiIndex.from_product([outlets, actors], names=["outlet", "item"])
    mentions = heard.set_index(["outlet", "actor"])["mentions"].rename_axis(index.names)
    return mentions.reindex(index, fill_value=0).rename("n").reset_index()


def _mentions(table: pd.DataFrame) -> pd.DataFrame:
    of = table.groupby("outlet")["n"].transform("sum")
    return table.assign(measure="mentions", of=of, share=table["n"] / of.clip(lower=1))


def _words(shares: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Words given to each actor; none for those who are only talked about."""
    total = shares.groupby("outlet")["words"].sum()
    spoken = shares[shares["role"] == "actor"].rename(columns={"speaker": "item", "words": "n"})
    table = actors[["outlet", "item"]].merge(spoken, on=["outlet", "item"], how="left")
    table["n"] = table["n"].fillna(0).astype(int)
    return table.assign(
        measure="words", of=table["outlet"].map(total), share=table["share"].fillna(0.0)
    )


def _roles(role_shares: pd.DataFrame) -> pd.DataFrame:
    sentences = role_shares["sentence_ids"].str.split().str.len()
    table = role_shares.rename(columns={"actor": "item", "role": "measure", "n_all": "of"})
    return table.assign(sentences=sentences)


def _frames(frame_shares: pd.DataFrame) -> pd.DataFrame:
    present = frame_shares[frame_shares["value"] == "present"]
    names = {"frame": "item", "count": "n", "n": "of", "mean": "share"}
    return present.rename(columns=names).assign(measure="frames")


def _told(told: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    counts = coverage.tables.count_tellings(told, outlets).rename(columns={"told": "item"})
    total = counts.groupby("outlet")["n"].transform("sum")
    # "some" of two outlets are none; what nobody tells needs no row.
    shown = counts["item"].map(counts.groupby("item")["n"].sum()) > 0
    return counts.assign(measure="told", of=total)[shown]


def actor_table(themes: Themes, corpus: Corpus) -> pd.DataFrame:
    """How each outlet presents each actor: one row an actor and matter, one column an outlet.

    Matters of which no outlet tells anything have no row.

    Returns
    -------
    ``actor``, ``matter`` and a column an outlet, headed by its name.  Matters: mentions; what
    it is called, by the outlet itself and in others' words; what its acts are called; its
    verbs as the one who acts and who is acted upon, marked as by
    ``portrayal.tables.worded``; what it is given to say; in whose voice the
    clauses around it stand; and the mean tone toward it by voice, by the target model.
    """
    columns = {
        name: _outlet_cells(themes, corpus, outlet) for outlet, name in corpus.outlets.items()
    }
    mentioned = set(themes.heard.loc[themes.heard["mentions"] > 0, "actor"])
    rows = [
        {"actor": name, "matter": matter}
        | {outlet: cells[actor].get(matter, NOTHING) for outlet, cells in columns.items()}
        for actor, name in corpus.names["actor"].items()
        if actor in mentioned
        for matter in MATTERS
        if any(matter in cells[actor] for cells in columns.values())
    ]
    return pd.DataFrame(rows, columns=["actor", "matter", *corpus.outlets.values()])


def _outlet_cells(themes: Themes, corpus: Corpus, outlet: str) -> dict[str, dict[str, str]]:
    """For each actor the cells of one outlet, by matter; none if it is not mentioned."""
    names = corpus.names["actor"]
    verbs = portrayal.tables.verbs_by_role(themes.triples)
    shares = themes.speaker_shares[themes.speaker_shares["outlet"] == outlet]
    cells: dict[str, dict[str, str]] = {actor: {} for actor in names}
    here = themes.heard[(themes.heard["outlet"] == outlet) & (themes.heard["mentions"] > 0)]
    for row in here.itertuples():
        mine = {"outlet": outlet, "actor": row.actor}
        labels, clauses = _of(themes.labels, mine), _of(themes.clauses, mine)
        values = (
            str(row.mentions),
            _called(labels[labels["voice"] == "own"], {}),
            _called(labels[labels["voice"] != "own"], names),
            _called(_of(themes.act_labels, mine), names),
            _verbs(_of(verbs, mine | {"role": "agent"})),
            _verbs(_of(verbs, mine | {"role": "patient"})),
            _words_said(row, shares),
            _by_voice(clauses),
            _tone(clauses),
        )
        told = zip(MATTERS, values, strict=True)
        cells[row.actor] = {matter: value for matter, value in told if value != NOTHING}
    return cells


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
        + (f" [{speakers.get(row.speaker, 'another source')}]" if _by_others(row, speakers) else "")
        for words, row in zip(label_words(labels), labels.itertuples(), strict=True)
    ]
    return "; ".join(dict.fromkeys(said)) or NOTHING


def _by_others(label, speakers: Mapping[str, str]) -> bool:
    return bool(speakers) and label.voice != "own"


def label_words(labels: pd.DataFrame) -> list[str]:
    """The words of labels, with an ellipsis where the actor's name completes them."""
    open_ended = labels["relation"].isin(["source", "possessive"])
    return (labels["label"] + open_ended.map({True: " …", False: ""})).tolist()


def _verbs(verbs: pd.DataFrame) -> str:
    return "; ".join(verbs["verbs"]) or NOTHING


def _words_said(row, shares: pd.DataFrame) -> str:
    if not row.words:
        return "with others" if row.shared else NOTHING
    quoted = int(shares.loc[shares["speaker"] == row.actor, "quoted"].sum())
    share = row.words / max(shares["words"].sum(), 1)
    return f"{counted(row.words, 'word')} ({share:.0%}), {quoted:,} of them in quotation marks"


def _by_voice(clauses: pd.DataFrame) -> str:
    pairs = clauses.drop_duplicates(["sentence_id", "actor"])
    counts = pairs["voice"].value_counts()
    said = [
        f"{voice} {counts[voice]}" for voice in ("own", "reported", "quoted") if voice in counts
    ]
    return ", ".join(said) or NOTHING


def _tone(clauses: pd.DataFrame) -> str:
    """Mean polarity by voice, with the number of clauses."""
    groups = clauses.groupby("voice")["polarity"]
    means, sizes = groups.mean(), groups.size()
    said = [
        f"{voice} {means[voice]:+.2f} (n={sizes[voice]})"
        for voice in ("own", "reported", "quoted")
        if voice in means
    ]
    return ", ".join(said) or NOTHING


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


def top_frames(themes: Themes, outlet: str, most: int = 3) -> list[str]:
    """The frames in most of an outlet's sentences, with their numbers, as words.

    By the hand codes if the outlet has any, with the number of each coder, else by the terms.
    Frames in fewer than two sentences are left out; frames as frequent as the last are not.
    """
    coded = coded_frames_of(themes, outlet)
    if coded.empty:
        present = _of(themes.frame_shares, {"outlet": outlet, "value": "present"})
        counts = present[["frame", "count"]].set_index("frame")
    else:
        counts = coded.set_index("frame").filter(like="coder ")
    mean = counts.mean(axis=1).sort_values(ascending=False, kind="stable")
    mean = mean[mean >= 2]
    chosen = mean[mean >= mean.iloc[min(most, len(mean)) - 1]] if len(mean) else mean
    return [
        f"{themes.frame_names[frame]} ({listed([str(n) for n in counts.loc[frame]])})"
        for frame in chosen.index
    ]


def coded_frames_of(themes: Themes, outlet: str) -> pd.DataFrame:
    """What the coders of the frames found in an outlet; empty if none of it was coded."""
    coded = themes.coded_frames
    return coded if coded.empty else _of(coded, {"outlet": outlet})


def _top_frames(themes: Themes, outlet: str) -> str:
    return ", ".join(top_frames(themes, outlet)) or NOTHING
