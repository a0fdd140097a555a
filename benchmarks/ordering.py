"""Which of two outlets is harsher on the same actor in the same event, beside readers' labels.

    python benchmarks/ordering.py FOLDER [--save [benchmarks/results/ordering.csv]]

FOLDER is BASIL's (Fan et al. 2019), with ``articles/`` and ``annotations/`` in it: events, each
told by three outlets.  Two articles make a pair where readers gave them different labels for an
actor, by either of two sets of labels: the feeling of the whole article toward the actor (negative,
neutral, positive), and the spans that they marked for the actor less those against it.  A pair is
ordered rightly if the measure has the harsher article lower.

All is cross-validated over events: what orders the pairs of an event was learnt from other events,
and so was the gap from which on a difference is told.  Every method has a gap of its own that lets
it tell as many pairs.  Intervals draw events again.  No method knows the outlets.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from analysis_utils import load_corpus, read_study
from analysis_utils.annotation.corpus import Corpus
from analysis_utils.measures.intervals import bootstrap_weights, percentile_interval
from analysis_utils.themes.actor_sentiment.article_tone import (
    LEAST_SENTENCES,
    marked,
    parts_of_tone,
    read,
)
from analysis_utils.themes.actor_sentiment.methods import TARGET_MODEL
from analysis_utils.themes.actor_sentiment.scoring import nearest, of_method, score_mentions
from training.article_tone import WANTED, Labelled, differences, folds, learn, part

RESULTS = Path(__file__).parent / "results" / "ordering.csv"

FEELINGS = {"neg": -1, "neu": 0, "pos": 1}

#: The two sets of labels.
ORDERS = {"feeling": "feeling of the whole article", "spans": "marked spans, for less against"}

#: Name of the measure in the saved table.
MEASURE = "tone of the article"

#: Last words of a name that means a group of people, and what else parties are called.
GROUPS = frozenset(
    {"administration", "authorities", "campaign", "candidates", "catholics", "democrats"}
    | {"lawmakers", "leaders", "members", "officials", "protesters", "republicans"}
)
PARTIES = {"democrat": ["Democrats"], "republican": ["Republicans", "GOP"]}
PARTIES["gop"] = PARTIES["republican"]

#: Words by which a name is no person's.
THINGS = re.compile(
    r"Act|Agency|Bureau|Congress|Court|Department|Enquirer|Force|House|Now|Party|Police|States|/"
    r"|^\S+$|-A$"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--save", type=Path, nargs="?", const=RESULTS, metavar="FILE", help="write scores as CSV"
    )
    options = parser.parse_args()
    texts, labels = labelled_events(options.folder)
    table = scores(*texts, labels)
    print(table.to_string(index=False))
    if options.save:
        table.to_csv(options.save, index=False)


# What is read.


def labelled_articles(folder: Path) -> Labelled:
    """All articles as they are read, with their labels."""
    (scored, sentences), labels = labelled_events(folder)
    return _labelled(of_method(scored, TARGET_MODEL), sentences, labels)


def labelled_events(folder: Path) -> tuple[tuple[pd.DataFrame, pd.DataFrame], pd.DataFrame]:
    """Scores by every method and sentences of all articles, and the labels of their actors.

    Returns
    -------
    Labels: a row an article and actor with ``event``, ``article_id``, ``actor``, ``kind``,
    ``feeling``, ``spans`` (marked for the actor less against it), ``against`` (marked against it)
    and ``marked`` (their texts with 1 or -1).
    """
    articles = sorted((folder / "articles").glob("*.json"))
    if not articles or not (folder / "annotations").is_dir():
        raise SystemExit(
            f"{folder}: no folders articles/ and annotations/ of BASIL in it. Give the folder that"
            " holds both."
        )
    scored, told, labels = [], [], []
    for event in sorted({path.stem[:-2] for path in articles}):
        corpus = _corpus([path for path in articles if path.stem.startswith(event)])
        tables = corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes
        scored.append(_of_event(nearest(score_mentions(*tables)), event))
        told.append(_of_event(corpus.sentences, event))
        labels += _labels(folder, event, corpus)
        print(f"{event[:8]} read", flush=True)
    return (pd.concat(scored, ignore_index=True), pd.concat(told, ignore_index=True)), pd.DataFrame(
        labels
    )


def _of_event(table: pd.DataFrame, event: str) -> pd.DataFrame:
    ids = {column: f"{event}:" + table[column] for column in ("article_id", "sentence_id")}
    return table.assign(**ids)


def _corpus(articles: list[Path]) -> Corpus:
    """The corpus of an event; its actors are those that the labels are of."""
    told = {f"o{path.stem[-1]}": json.loads(path.read_text("utf-8")) for path in articles}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, article in told.items():
            paragraphs = [" ".join(each) for each in article["body-paragraphs"]]
            text = "\n\n".join([article["title"], *paragraphs])
            (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        study = {
            "event": {"title": "Event", "start": date(2019, 1, 1), "end": date(2019, 1, 2)},
            "outlets": [{"id": name, "name": f"Outlet {name}"} for name in told],
            "articles": [{"id": name, "outlet": name, "page": f"{name}.txt"} for name in told],
            "actors": _actors([name for each in told.values() for name in each["main-entities"]]),
        }
        (folder / "study.yml").write_text(yaml.safe_dump(study, allow_unicode=True), "utf-8")
        return load_corpus(read_study(folder), cache=False)


def _actors(names: list[str]) -> list[dict]:
    """Each actor with what else it is called, by general rules; no other name serves two."""
    by_id: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        by_id.setdefault(actor_id(name), []).append(name)
    taken = set(names)
    actors = []
    for key, (name, *spellings) in by_id.items():
        others = [other for other in _other_names(name) if other not in taken]
        taken.update(others)
        kind = "person" if kind_of(name) == "persons" else "organisation"
        actors.append({"id": key, "name": name, "kind": kind, "aliases": [*spellings, *others]})
    return actors


def actor_id(name: str) -> str:
    return re.sub(r"\W+", "_", name).lower().strip("_")


def kind_of(name: str) -> str:
    """What an actor's name says that it is."""
    if name.split()[-1].lower() in GROUPS:
        return "groups"
    return "things" if THINGS.search(name) else "persons"


def _other_names(name: str) -> list[str]:
    *_, last = name.split()
    if kind_of(name) == "persons":
        return [] if last.endswith(".") else [last]
    parties = [PARTIES.get(re.sub(r"(?:s|ic)$", "", word.lower()), []) for word in name.split()]
    return [other for names in parties for other in names]


def _labels(folder: Path, event: str, corpus: Corpus) -> Iterator[dict]:
    """The labels of every actor in every article of an event."""
    for outlet in corpus.outlets:
        stem = f"{event}_{outlet[1:]}"
        article = json.loads((folder / "articles" / f"{stem}.json").read_text("utf-8"))
        given = json.loads((folder / "annotations" / f"{stem}_ann.json").read_text("utf-8"))
        for name in article["main-entities"]:
            key = name.replace(" ", "_")
            spans = [
                (_letters(span["txt"]), 1 if span["polarity"] == "pos" else -1)
                for span in given["phrase-level-annotations"]
                if span["target"] == key and span["txt"]
            ]
            yield {
                "event": event,
                "article_id": f"{event}:{outlet}",
                "actor": actor_id(name),
                "kind": kind_of(name),
                "feeling": FEELINGS[given["article-level-annotations"][f"author_feeling_{key}"]],
                "spans": sum(sign for _, sign in spans),
                "against": sum(sign < 0 for _, sign in spans),
                "marked": spans,
            }


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


# Pairs, and what orders them.


def _labelled(by_model: pd.DataFrame, sentences: pd.DataFrame, labels: pd.DataFrame) -> Labelled:
    told = read(by_model, sentences)
    texts = dict(zip(sentences["sentence_id"], sentences["text"].map(_letters), strict=True))
    spans = labels.set_index(["article_id", "actor"])["marked"].to_dict()
    marks = [
        _mark(texts[row.sentence_id], spans.get((row.article_id, row.actor), []))
        for row in told.pairs.itertuples()
    ]
    events = told.pairs["article_id"].str.rpartition(":")[0].to_numpy()
    differing = pairs(labels)
    return Labelled(told, events, np.array(marks), differing[differing["order"] != "alike"])


def _mark(sentence: str, spans: list[tuple[str, int]]) -> int:
    """Whether what readers marked in a sentence is for the actor (1), against it (-1) or none."""
    inside = [sign for span, sign in spans if span in sentence or sentence in span]
    return int(np.sign(sum(inside)))


def pairs(labels: pd.DataFrame) -> pd.DataFrame:
    """Any two articles of an event on one actor, once for each set of labels.

    Returns
    -------
    ``order`` (of ``ORDERS`` where the labels differ; ``alike`` where both sets give the same),
    ``event``, ``actor``, ``kind``, ``one`` and ``other`` (articles) and ``sign`` (1 if the second
    is harsher).
    """
    rows = []
    for (event, actor), group in labels.groupby(["event", "actor"]):
        for one, other in combinations(group.to_dict("records"), 2):
            signs = {order: int(np.sign(one[order] - other[order])) for order in ORDERS}
            found = {order: sign for order, sign in signs.items() if sign} or {"alike": 0}
            same = {"event": event, "actor": actor, "kind": one["kind"]}
            places = {"one": one["article_id"], "other": other["article_id"]}
            rows += [{"order": order, **same, **places, "sign": found[order]} for order in found]
    return pd.DataFrame(rows)


def scores(scored: pd.DataFrame, sentences: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """One row a set of labels and method, and for the measure one a kind of actor."""
    labelled = _labelled(of_method(scored, TARGET_MODEL), sentences, labels)
    table = pairs(labels)
    key = ["article_id", "outlet", "actor"]
    given = labels.assign(outlet="").set_index(key)
    simple = {
        "TextBlob, mean": of_method(scored, "textblob").groupby(key)["polarity"].mean(),
        "VADER, mean": of_method(scored, "vader").groupby(key)["polarity"].mean(),
        "target model, mean": of_method(scored, TARGET_MODEL).groupby(key)["polarity"].mean(),
        "target model, sum": of_method(scored, TARGET_MODEL).groupby(key)["polarity"].sum(),
        "readers' spans": given["spans"],
    }
    found = {name: _told_by_values(values, table) for name, values in simple.items()}
    found[MEASURE] = _told_by_model(labelled, table)
    rows = [
        _row(order, name, "all", table[mine], ordered[mine])
        for order in ORDERS
        for name, ordered in found.items()
        if (order, name) != ("spans", "readers' spans")  # which are the labels themselves
        for mine in [table["order"] == order]
    ]
    rows += [
        _row(order, MEASURE, kind, table[mine], found[MEASURE][mine])
        for order in ORDERS
        for kind in ("persons", "groups", "things")
        for mine in [(table["order"] == order) & (table["kind"] == kind)]
    ]
    alike = table["order"] == "alike"
    told = found[MEASURE][alike]
    rows += [_row("labelled alike", MEASURE, "all", table[alike], told)]
    coin = {"method": "a coin", "actors": "all", "right": 0.5, "told": 1.0}
    rows += [{"labels": ORDERS[order], **coin} for order in ORDERS]
    return pd.DataFrame(rows).round(3)


def _told_by_values(values: pd.Series, table: pd.DataFrame) -> pd.Series:
    """1 where the second article is told as harsher, -1 the first, 0 if no difference is told."""
    gaps = differences(values, table).fillna(0)
    told = pd.Series(0, table.index)
    for inside in folds(table["event"].to_numpy()):
        others = gaps[~inside & (table["order"] != "alike")].abs()
        told[inside] = _signs(gaps[inside], others.quantile(1 - WANTED))
    return told


def _told_by_model(labelled: Labelled, table: pd.DataFrame) -> pd.Series:
    told = pd.Series(0, table.index)
    for inside in folds(labelled.events):
        model, here = _learnt_without(labelled, inside), part(labelled.read, inside)
        parts = parts_of_tone(here, marked(model, here))
        parts = parts[parts["n"] >= LEAST_SENTENCES]
        rows = table["event"].isin(labelled.events[inside])
        gaps = differences(parts["judged"] + model["weight"] * parts["marked"], table[rows])
        told[rows] = _signs(gaps.fillna(0), model["gap"])
    return told


def _learnt_without(labelled: Labelled, inside: np.ndarray) -> Mapping:
    """The model, its weight and its gap learnt from the other events."""
    others = ~labelled.pairs["event"].isin(labelled.events[inside])
    return learn(
        Labelled(
            part(labelled.read, ~inside),
            labelled.events[~inside],
            labelled.spans[~inside],
            labelled.pairs[others],
        )
    )


def _signs(gaps: pd.Series, least: float) -> np.ndarray:
    return (np.sign(gaps) * (gaps.abs() >= max(least, 1e-9))).astype(int).to_numpy()


def _row(labels: str, method: str, actors: str, table: pd.DataFrame, told: pd.Series) -> dict:
    """Share of the pairs told that are ordered rightly, with an interval over events."""
    counted = pd.DataFrame(
        {"event": table["event"], "told": told != 0, "right": (told == table["sign"]) & (told != 0)}
    )
    low, high = _interval(counted)
    right, n_told = counted["right"].sum(), counted["told"].sum()
    return {
        "labels": ORDERS.get(labels, labels),
        "method": method,
        "actors": actors,
        "events": table["event"].nunique(),
        "pairs": len(table),
        "told": n_told / len(table) if len(table) else np.nan,
        "right": right / n_told if n_told and labels in ORDERS else np.nan,
        "low": low if labels in ORDERS else np.nan,
        "high": high if labels in ORDERS else np.nan,
    }


def _interval(counted: pd.DataFrame) -> tuple[float, float]:
    by_event = counted.groupby("event")[["right", "told"]].sum().to_numpy()
    if len(by_event) < 5:
        return np.nan, np.nan
    right, told = (bootstrap_weights(np.zeros(len(by_event))) @ by_event).T
    low, high = percentile_interval(right[told > 0] / told[told > 0])
    return float(low), float(high)


if __name__ == "__main__":
    main()
