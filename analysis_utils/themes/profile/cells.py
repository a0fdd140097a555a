"""What the profile's tables say in words: a cell for each matter of an actor, or of an outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.output.english import counted, listed

if TYPE_CHECKING:
    from analysis_utils.themes.profile.themes import Themes

#: What is told of each actor, in this order.
ACTOR_MATTERS = (
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

#: What is told of each outlet, in this order.
OUTLET_MATTERS = (
    "articles",
    "words",
    "own voice",
    "most heard",
    "mentioned, never heard",
    "sentences told by it alone",
    "details told by it alone",
    "frames",
)

#: How a cell says that there is nothing to say.
NOTHING = "–"

#: Voices in the order of cells.
_VOICES = ("own", "reported", "quoted")

#: How many of those who are heard most, and of the frames in most sentences, are told.
MOST_TOLD = 3

#: A frame in fewer sentences than this is not told.
LEAST_SENTENCES = 2


def cells_of_actor(
    themes: Themes, outlet: str, actor: str, names: Mapping[str, str]
) -> dict[str, str]:
    """What an outlet tells of an actor, by matter; dashes if it does not mention it.

    Parameters
    ----------
    themes
        As :func:`~analysis_utils.themes.profile.themes.gather` gives them.
    outlet, actor
        Their ids.
    names
        Names of the actors by id.
    """
    mine = {"outlet": outlet, "actor": actor}
    heard = of(themes.heard, mine)
    if not heard["mentions"].sum():
        return dict.fromkeys(ACTOR_MATTERS, NOTHING)
    (row,) = heard.itertuples()
    labels, clauses = of(themes.labels, mine), of(themes.clauses, mine)
    verbs = of(themes.verbs, mine)
    told = (
        str(row.mentions),
        _called(labels[labels["voice"] == "own"], {}),
        _called(labels[labels["voice"] != "own"], names),
        _called(of(themes.act_labels, mine), names),
        _verbs(of(verbs, {"role": "agent"})),
        _verbs(of(verbs, {"role": "patient"})),
        _words_said(row, of(themes.speaker_shares, {"outlet": outlet})),
        _by_voice(clauses),
        _tone(clauses),
    )
    return dict(zip(ACTOR_MATTERS, told, strict=True))


def of(table: pd.DataFrame, wanted: Mapping[str, str]) -> pd.DataFrame:
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
    said = [f"{voice} {counts[voice]}" for voice in _VOICES if voice in counts]
    return ", ".join(said) or NOTHING


def _tone(clauses: pd.DataFrame) -> str:
    """Mean polarity by voice, with the number of clauses."""
    groups = clauses.groupby("voice")["polarity"]
    means, sizes = groups.mean(), groups.size()
    said = [
        f"{voice} {means[voice]:+.2f} (n={sizes[voice]})" for voice in _VOICES if voice in means
    ]
    return ", ".join(said) or NOTHING


def cells_of_outlet(
    themes: Themes, outlet: str, names: Mapping[str, str], articles: int
) -> dict[str, str]:
    """How an outlet tells the event, by matter.

    Parameters
    ----------
    themes
        As :func:`~analysis_utils.themes.profile.themes.gather` gives them.
    outlet
        Its id.
    names
        Names of the actors by id.
    articles
        How many it has.
    """
    shares = of(themes.speaker_shares, {"outlet": outlet})
    own = shares.loc[shares["role"] == "own", "share"].sum()
    body = of(themes.told, {"outlet": outlet, "part": "body"})
    told = (
        str(articles),
        f"{shares['words'].sum():,}",
        f"{own:.0%}" if len(shares) else NOTHING,
        _most_heard(shares, names),
        _never_heard(themes.heard, outlet, names),
        f"{(body['told'] == 'one').sum()} of {len(body)}",
        str((themes.details["outlet"] == outlet).sum()),
        _top_frames(themes, outlet),
    )
    return dict(zip(OUTLET_MATTERS, told, strict=True))


def _most_heard(shares: pd.DataFrame, actors: Mapping[str, str]) -> str:
    others = shares[shares["role"] != "own"].head(MOST_TOLD)
    said = [f"{actors.get(row.speaker, row.source)} {row.share:.0%}" for row in others.itertuples()]
    return ", ".join(said) or NOTHING


def never_heard(heard: pd.DataFrame, outlet: str) -> list[str]:
    """Ids of the actors that an outlet mentions and lets say nothing, most mentioned first."""
    silent = heard[(heard["outlet"] == outlet) & (heard["heard"] == "never")]
    silent = silent[silent["mentions"] > 0]
    return silent.sort_values("mentions", ascending=False, kind="stable")["actor"].tolist()


def _never_heard(heard: pd.DataFrame, outlet: str, actors: Mapping[str, str]) -> str:
    return ", ".join(actors[actor] for actor in never_heard(heard, outlet)) or NOTHING


def top_frames(themes: Themes, outlet: str, most: int = MOST_TOLD) -> list[str]:
    """The frames in most of an outlet's sentences, with their numbers, as words.

    By the hand codes if the outlet has any, with the number of each coder, else by the terms.
    Frames in fewer than two sentences are left out; frames as frequent as the last are not.
    """
    coded = coded_frames_of(themes, outlet)
    if coded.empty:
        present = of(themes.frame_shares, {"outlet": outlet, "value": "present"})
        counts = present[["frame", "count"]].set_index("frame")
    else:
        counts = coded.set_index("frame").filter(like="coder ")
    mean = counts.mean(axis=1).sort_values(ascending=False, kind="stable")
    mean = mean[mean >= LEAST_SENTENCES]
    chosen = mean[mean >= mean.iloc[min(most, len(mean)) - 1]] if len(mean) else mean
    return [
        f"{themes.frame_names[frame]} ({listed([str(n) for n in counts.loc[frame]])})"
        for frame in chosen.index
    ]


def coded_frames_of(themes: Themes, outlet: str) -> pd.DataFrame:
    """What the coders of the frames found in an outlet; empty if none of it was coded."""
    coded = themes.coded_frames
    return coded if coded.empty else of(coded, {"outlet": outlet})


def _top_frames(themes: Themes, outlet: str) -> str:
    return ", ".join(top_frames(themes, outlet)) or NOTHING
