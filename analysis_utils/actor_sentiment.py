"""How each outlet speaks of each actor, and in whose voice.

For every sentence that mentions an actor, each method scores the whole
sentence and the clause around the actor.  Words in quotation marks are kept
apart from the outlet's own.  No number stands without the words that made it
(:func:`word_evidence`), the sentences where methods disagree
(:func:`disagreements`) and the comparison with hand codes and with a method
that always answers "neutral" (:func:`evaluate`).

Lexicons add up words; they do not know of whom a word is said.  "It shows
obvious disrespect towards Kaspersky Lab, Europe's reliable partner" gets one
score for all of its actors.  A scorer that reads the target plugs in as a
:class:`~analysis_utils.lexicons.Method`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis_utils.figures import FAINT, INK, outlet_colours, outlet_markers
from analysis_utils.language import count_words
from analysis_utils.lexicons import METHODS, Method
from analysis_utils.parsed import Mention, Sentence, clause_runs, read_sentences
from analysis_utils.uncertainty import mean_intervals

#: Columns of a table of scores.
SCORE_COLUMNS = (
    "sentence_id",
    "article_id",
    "outlet",
    "actor",
    "method",
    "scope",
    "polarity",
    "subjectivity",
    "words",
    "voice",
    "text",
)

#: Whose words were scored.
VOICES = {"own": "In the outlet's own words", "quoted": "In words it quotes"}

#: A mean of fewer sentences than this is drawn as one that says little.
FEW = 5

LEGEND_COLUMNS = 4

#: A score nearer to zero than this counts as neutral (VADER's own convention).
NEUTRAL_BELOW = 0.05


def score_mentions(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    methods: Mapping[str, Method] = METHODS,
) -> pd.DataFrame:
    """Score every sentence for every actor it mentions.

    Parameters
    ----------
    mentions, sentences, tokens, quotations
        Tables of the corpus.
    methods
        Methods by name.  A better model is one more entry:
        ``METHODS | {"my model": Method(function, masks_names=False)}``.

    Returns
    -------
    One row a sentence, actor, method and scope, in reading order:
    ``sentence_id``, ``article_id``, ``outlet``, ``actor``, ``method``,
    ``scope`` (``sentence``, or ``clause``: see :func:`~analysis_utils.parsed.clause_runs`),
    ``polarity`` (-1 to 1), ``subjectivity`` (0 to 1, or NaN), ``words`` that
    made the score ("unfair -0.50; safe +0.50"), ``voice`` (``quoted`` if
    half of the scored words or more stand in quotation marks, else ``own``)
    and ``text``, what was scored.
    """
    of_sentence = defaultdict(list)
    columns = ["sentence_id", *Mention._fields]
    for sentence_id, *mention in mentions[columns].itertuples(index=False, name=None):
        of_sentence[sentence_id].append(Mention(*mention))
    rows = []
    for sentence in read_sentences(sentences, tokens, quotations):
        if sentence.sentence_id in of_sentence:
            rows.extend(_score_sentence(sentence, of_sentence[sentence.sentence_id], methods))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every letter and digit of the spans made an x; the length stays."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[\w.]", "x", text[start:end]) + text[end:]
    return text


def summarise(
    scores: pd.DataFrame,
    by: Sequence[str] = ("actor", "outlet", "voice", "method", "scope"),
    value: str = "polarity",
    seed: int = 0,
) -> pd.DataFrame:
    """Mean score of each group with a bootstrap interval over sentences.

    Returns
    -------
    Columns of ``by``, then ``n``, ``n_units`` (sentences), ``mean``, ``low``,
    ``high``; see :func:`analysis_utils.uncertainty.mean_intervals`.
    """
    return mean_intervals(scores, value, list(by), unit="sentence_id", seed=seed)


def disagreements(scores: pd.DataFrame, threshold: float = NEUTRAL_BELOW) -> pd.DataFrame:
    """Sentences where methods contradict each other, or one is silent.

    Returns
    -------
    ``sentence_id``, ``outlet``, ``actor``, ``scope``, one column of polarity a
    method, and ``disagreement``: ``opposite signs`` or ``one is silent``.
    Rows where all methods have the same sign are left out.
    """
    key = ["sentence_id", "outlet", "actor", "scope"]
    methods = list(dict.fromkeys(scores["method"]))
    wide = scores.pivot(index=key, columns="method", values="polarity")[methods]
    wide = wide.reindex(scores.set_index(key).index.unique())
    signs = wide.map(lambda polarity: label(polarity, threshold))
    opposite = (signs.max(axis=1) > 0) & (signs.min(axis=1) < 0)
    silent = (signs == 0).any(axis=1) & (signs != 0).any(axis=1)
    kind = np.select([opposite, silent], ["opposite signs", "one is silent"], default="")
    table = wide.assign(disagreement=kind).reset_index().rename_axis(columns=None)
    return table[table["disagreement"] != ""].reset_index(drop=True)


def label(polarity: float, threshold: float = NEUTRAL_BELOW) -> int:
    """The sign of a score: -1, 0 or 1; nearer to zero than ``threshold`` is 0."""
    return 0 if abs(polarity) < threshold else int(np.sign(polarity))


def evaluate(
    scores: pd.DataFrame, codes: pd.DataFrame, threshold: float = NEUTRAL_BELOW
) -> pd.DataFrame:
    """Each method's labels beside hand codes and beside "always neutral".

    Parameters
    ----------
    scores
        As :func:`score_mentions` gives them.
    codes
        Hand codes with ``sentence_id``, ``actor`` and ``polarity`` (-1, 0, 1).
    threshold
        See :func:`label`.

    Returns
    -------
    One row a method and scope, and a last one ``always neutral``: ``n`` (coded
    pairs of sentence and actor), ``scored`` (pairs whose sentence mentions the
    actor; the others count as neutral), ``accuracy``, ``macro_f1`` (mean F1 of
    the three labels) and ``opposite`` (pairs with the opposite sign).
    """
    key = ["sentence_id", "actor"]
    rows = []
    for (method, scope), group in scores.groupby(["method", "scope"], sort=False):
        pairs = codes[key].merge(group[[*key, "polarity"]], on=key, how="left")["polarity"]
        guesses = [label(polarity, threshold) for polarity in pairs.fillna(0)]
        rows.append(_agreement(method, scope, codes["polarity"], guesses, int(pairs.count())))
    rows.append(_agreement("always neutral", "", codes["polarity"], [0] * len(codes), 0))
    return pd.DataFrame(rows)


def word_evidence(scores: pd.DataFrame) -> pd.DataFrame:
    """The words that made the scores, by outlet, voice, actor, method and scope.

    Returns
    -------
    ``outlet``, ``voice``, ``actor``, ``method``, ``scope``, ``word``, ``value``
    (mean value of the word), ``n`` (sentences) and ``sentence_ids``; strongest
    words first.
    """
    scored = scores[scores["words"] != ""]
    long = scored.assign(word=scored["words"].str.split("; ")).explode("word")
    parts = long["word"].astype("str").str.extract(r"^(.*) ([+-]\d+\.\d+)$")
    long = long.assign(word=parts[0], value=parts[1].astype(float))
    key = ["outlet", "voice", "actor", "method", "scope", "word"]
    found = long.groupby(key, sort=False).agg(
        value=("value", "mean"),
        n=("sentence_id", "nunique"),
        sentence_ids=("sentence_id", lambda ids: ", ".join(dict.fromkeys(ids))),
    )
    strongest = (found["value"].abs() * found["n"]).sort_values(ascending=False, kind="stable")
    return found.loc[strongest.index].reset_index()


def plot_sentiment(
    summary: pd.DataFrame,
    outlets: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    title: str = "",
) -> Figure:
    """Mean polarity of each actor by outlet, own voice beside quoted voice.

    One row an actor, one colour and marker an outlet, a line for the interval
    and the number of sentences at the right edge.  A mean of fewer than
    ``FEW`` sentences has a hollow marker: read its sentences instead.

    Parameters
    ----------
    summary
        As :func:`summarise` gives it, for one method and one scope.
    outlets
        Names of the outlets by id, in the order of the study.
    actors
        Names of the actors by id, in the order of the rows; by default their
        ids, the most often scored first.
    title
        What the figure shows, as a finding.

    Raises
    ------
    ValueError
        If the summary holds several methods or scopes, or nothing at all.
    """
    _check_one_method(summary)
    names = dict(actors) if actors else _by_frequency(summary)
    names = {actor: name for actor, name in names.items() if actor in set(summary["actor"])}
    voices = [voice for voice in VOICES if voice in set(summary["voice"])]
    height = 1.5 + len(names) * (0.17 * len(outlets) + 0.14)
    fig, axes = plt.subplots(
        1, len(voices), figsize=(8.6, height), sharex=True, sharey=True, squeeze=False
    )
    for axis, voice in zip(axes[0], voices, strict=True):
        _draw_voice(axis, summary[summary["voice"] == voice], outlets, list(names))
        axis.set_title(VOICES[voice], fontsize=10)
    axes[0][0].set_yticks(range(len(names)), list(names.values()))
    axes[0][0].set_ylim(len(names) - 0.5, -0.5)
    reach = summary[["mean", "low", "high"]].abs().max(axis=None)
    axes[0][0].set_xlim(-max(reach * 1.1, 0.2), max(reach * 1.1, 0.2))
    fig.supxlabel("Mean polarity: negative (left) to positive (right)", fontsize=9)
    _draw_legend(fig, outlets)
    if title:
        fig.suptitle(title, x=0.01, y=1, ha="left", va="bottom", fontweight="bold")
    legend_rows = -(-(len(outlets) + 1) // LEGEND_COLUMNS)
    fig.tight_layout(rect=(0, 0, 1, 1 - 0.2 * legend_rows / height))
    return fig


def _score_sentence(
    sentence: Sentence, mentions: Sequence[Mention], methods: Mapping[str, Method]
) -> Iterator[dict]:
    called = [(m.start, m.end) for m in mentions if m.kind != "pronoun"]
    masked = mask_spans(sentence.text, called)
    for actor in dict.fromkeys(mention.actor for mention in mentions):
        spans = [(m.start, m.end) for m in mentions if m.actor == actor]
        runs = {"sentence": [(0, len(sentence.text))], "clause": clause_runs(sentence, spans)}
        for name, method in methods.items():
            text = masked if method.masks_names else sentence.text
            for scope in method.scopes:
                scores = method.score(*_cut(text, runs[scope], spans[0]))
                yield {
                    "sentence_id": sentence.sentence_id,
                    "article_id": sentence.article_id,
                    "outlet": sentence.outlet,
                    "actor": actor,
                    "method": name,
                    "scope": scope,
                    "polarity": scores.polarity,
                    "subjectivity": scores.subjectivity,
                    "words": "; ".join(f"{word} {value:+.2f}" for word, value in scores.words),
                    "voice": _voice(sentence, runs[scope]),
                    "text": _cut(sentence.text, runs[scope], spans[0])[0],
                }


def _cut(
    text: str, runs: Sequence[tuple[int, int]], target: tuple[int, int]
) -> tuple[str, tuple[int, int]]:
    """The runs of a text joined by spaces, and where the target lies in them."""
    pieces, offset, place = [], 0, (0, 0)
    for start, end in runs:
        if start <= target[0] < end:
            place = (offset + target[0] - start, offset + min(target[1], end) - start)
        pieces.append(text[start:end])
        offset += end - start + 1
    return " ".join(pieces), place


def _voice(sentence: Sentence, runs: Sequence[tuple[int, int]]) -> str:
    """``quoted`` if half of the words or more stand inside quotation marks."""
    words = sum(count_words(sentence.text[start:end]) for start, end in runs)
    quoted = sum(
        count_words(sentence.text[max(start, first) : min(end, last)])
        for start, end in runs
        for _, first, last in sentence.quotations
        if max(start, first) < min(end, last)
    )
    return "quoted" if words and quoted >= words / 2 else "own"


def _check_one_method(summary: pd.DataFrame) -> None:
    if summary.empty:
        raise ValueError("there are no scores to plot: no sentence mentions an actor of the study")
    for column in ("method", "scope"):
        if column in summary and summary[column].nunique() > 1:
            found = ", ".join(map(str, summary[column].unique()))
            raise ValueError(f"choose one {column} to plot, of {found}")


def _by_frequency(summary: pd.DataFrame) -> dict[str, str]:
    counts = summary.groupby("actor", sort=False)["n"].sum()
    ordered = counts.sort_values(ascending=False, kind="stable").index
    return {actor: actor for actor in ordered}


def _draw_voice(
    axis: Axes, summary: pd.DataFrame, outlets: Mapping[str, str], actors: list[str]
) -> None:
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    offsets = dict(zip(outlets, np.linspace(-0.36, 0.36, 2 * len(outlets) + 1)[1::2], strict=True))
    axis.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    axis.grid(visible=False, axis="y")
    for line in range(1, len(actors)):
        axis.axhline(line - 0.5, color="#E4E4E4", linewidth=0.8)
    for row in summary[summary["actor"].isin(actors)].itertuples():
        place = actors.index(row.actor) + offsets[row.outlet]
        colour = colours[row.outlet]
        axis.plot([row.low, row.high], [place, place], color=colour, linewidth=1.6, zorder=2)
        axis.plot(
            row.mean,
            place,
            marker=markers[row.outlet],
            markersize=5.5,
            color=colour,
            markerfacecolor=colour if row.n >= FEW else "white",
            zorder=3,
            clip_on=False,
        )
        axis.annotate(
            f"n={row.n}",
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7,
            color=INK,
        )


def _draw_legend(fig: Figure, outlets: Mapping[str, str]) -> None:
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    handles = [
        Line2D([], [], color=colours[outlet], marker=markers[outlet], label=name)
        for outlet, name in outlets.items()
    ]
    hollow = Line2D([], [], color=FAINT, marker="o", markerfacecolor="white", linestyle="")
    hollow.set_label(f"hollow: fewer than {FEW} sentences")
    fig.legend(
        handles=[*handles, hollow],
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=LEGEND_COLUMNS,
        fontsize=8,
    )


def _agreement(
    method: str, scope: str, truth: pd.Series, guesses: Sequence[int], scored: int
) -> dict:
    from sklearn.metrics import accuracy_score, f1_score  # heavy: only where codes exist

    opposite = int((truth.to_numpy() * np.asarray(guesses) < 0).sum())
    return {
        "method": method,
        "scope": scope,
        "n": len(truth),
        "scored": scored,
        "accuracy": accuracy_score(truth, guesses),
        "macro_f1": f1_score(truth, guesses, labels=[-1, 0, 1], average="macro", zero_division=0),
        "opposite": opposite,
    }
