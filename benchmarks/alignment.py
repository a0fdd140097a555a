"""How well sentences are aligned across outlets, and from which similarity on they count.

Reads a folder with one folder an event and in it one text file an article, as in
NewsWCL50 (Hamborg, Zhukova and Gipp 2019): ``event_0/0_LL.txt``, ``0_L.txt`` and so on.
``alignment_labels.csv`` beside this script says of pairs of sentences whether they tell
the same: ``strong`` (the main statement of both), ``partial`` (one says a statement that
the other makes too) or ``none`` (the same topic only).  They were read by one reader in two
rounds: the pairs that several similarities ranked highest, then what the mean of the views
still ranked above 0.5.  Pairs that nobody read count as ``none``.

The thresholds in ``analysis_utils.themes.coverage.alignment`` are the two numbers this prints last:

- a counterpart: the lowest similarity at and above which nine pairs in ten were read as
  ``strong`` or ``partial``;
- a sentence that stands alone: the highest value below which at most one in a hundred
  sentences with a counterpart has its best similarity.

``alignment_labels_events.csv`` and ``alone_labels_events.csv`` hold what was read on thirteen
other events: a seeded sample of linked pairs and of sentences that an earlier version called
alone (``alone``, or ``told`` where another outlet tells the matter).  The thresholds of words in
common were chosen on them.  ``--studies`` names the folder with a study an event, each of the
folder's name; an event that is not there is skipped, and said to be.

    python benchmarks/alignment.py FOLDER [--save benchmarks/results/alignment.csv]
    python benchmarks/alignment.py --studies FOLDER
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.study import read_study
from analysis_utils.themes import coverage
from analysis_utils.themes.coverage.alignment import VIEWS

LABELS = Path(__file__).with_name("alignment_labels.csv")
EVENT_LABELS = Path(__file__).with_name("alignment_labels_events.csv")
ALONE_LABELS = Path(__file__).with_name("alone_labels_events.csv")

#: Whom both events are about, so that they can be masked.
ACTORS = [
    ("trump", "Donald Trump", "person", ["Trump", "President Trump", "Mr. Trump"]),
    ("kim", "Kim Jong Un", "person", ["Kim Jong-un", "Kim", "Mr. Kim"]),
    ("pompeo", "Mike Pompeo", "person", ["Pompeo", "Mr. Pompeo"]),
    ("north_korea", "North Korea", "country", ["Pyongyang", "the North"]),
    ("south_korea", "South Korea", "country", ["Seoul", "the South"]),
    ("united_states", "United States", "country", ["U.S.", "US", "America", "Washington"]),
    ("china", "China", "country", ["Beijing"]),
    ("cia", "CIA", "institution", ["C.I.A.", "Central Intelligence Agency"]),
]

#: Share of the pairs above the first threshold that were read as telling the same, and share
#: of the sentences with a counterpart below the second.
PRECISION, LOST = 0.9, 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--studies", type=Path, metavar="FOLDER", help="studies of other events")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the scores as CSV")
    options = parser.parse_args()
    if options.studies:
        print(score_studies(options.studies).to_string(index=False))
    if not options.folder:
        return
    labels = pd.read_csv(LABELS)
    pairs = [align_event(options.folder / event, rows) for event, rows in labels.groupby("event")]
    table = score(pairs)
    print(table.to_string(index=False))
    together = pd.concat(pairs, ignore_index=True)
    print("\nWeights of a logistic regression on the views:")
    print(weights(together).round(1).to_string())
    print(f"\nCOUNTERPART = {counterpart_threshold(together):.3f}")
    print(f"POSSIBLE = {possible_threshold(together):.3f}")
    if options.save:
        table.to_csv(options.save, index=False)


def align_event(folder: Path, labels: pd.DataFrame) -> pd.DataFrame:
    """All pairs of an event with their similarity and ``strength`` (empty if not read)."""
    if not folder.is_dir():
        raise SystemExit(f"{folder}: no such folder. Give the one that holds it.")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["FRAMING_BUILD"] = scratch
        corpus = load_corpus(read_study(make_study(folder, Path(scratch) / folder.name)))
        pairs = coverage.tables.align_corpus(corpus, candidates=len(corpus.sentences))
    known = {
        frozenset(row[:2]): row[2]
        for row in labels[["sentence_id", "other_id", "strength"]].itertuples(index=False)
    }
    ids = zip(pairs["sentence_id"], pairs["other_id"], strict=True)
    return pairs.assign(event=folder.name, strength=[known.get(frozenset(i), "") for i in ids])


def score_studies(folder: Path) -> pd.DataFrame:
    """What holds of the pairs and the sentences that were read, as they are linked now."""
    pairs, alone = (pd.read_csv(path) for path in (EVENT_LABELS, ALONE_LABELS))
    verdicts: dict[str, list[bool]] = {"counterparts that tell the same": [], "alone": []}
    for event, rows in pairs.groupby("event"):
        if not (folder / str(event)).is_dir():
            print(f"{event}: no such study, skipped.")
            continue
        corpus = load_corpus(read_study(folder / str(event)))
        linked = coverage.tables.align_corpus(corpus)
        told = coverage.tables.tellings(
            corpus.sentences, linked, corpus.outlets, coverage.tables.read_corpus(corpus)
        )
        sure = linked[linked["link"] == "counterpart"].merge(rows, on=["sentence_id", "other_id"])
        lone = told[told["told"] == "one"].merge(alone[alone["event"] == event], on="sentence_id")
        verdicts["counterparts that tell the same"] += same(sure).tolist()
        verdicts["alone"] += (lone["verdict"] == "alone").tolist()
    scores = [(what, len(each), np.mean(each)) for what, each in verdicts.items()]
    return pd.DataFrame(scores, columns=["what", "read", "right"]).round(3)


def make_study(event: Path, folder: Path) -> Path:
    """A study of the articles of an event, one outlet each."""
    (folder / "pages").mkdir(parents=True)
    names = sorted(path.stem for path in event.glob("*.txt"))
    for name in names:
        shutil.copy(event / f"{name}.txt", folder / "pages")
    content = {
        "event": {"title": event.name, "start": "2018-04-17"},
        "outlets": [{"id": name, "name": name} for name in names],
        "articles": [{"id": name, "outlet": name, "page": f"pages/{name}.txt"} for name in names],
        "actors": [
            {"id": key, "name": name, "kind": kind, "aliases": aliases}
            for key, name, kind, aliases in ACTORS
        ],
    }
    (folder / "study.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder


def score(pairs: list[pd.DataFrame]) -> pd.DataFrame:
    """Average precision of each view and of their mean, as the mean of the events."""
    rows = []
    for view in (*VIEWS, "similarity"):
        by_event = [average_precision_score(same(event), event[view]) for event in pairs]
        strict = [
            average_precision_score(event["strength"] == "strong", event[view]) for event in pairs
        ]
        rows.append(
            {
                "similarity": VIEWS.get(view, "mean of the four"),
                "average_precision": round(float(np.mean(by_event)), 3),
                "strong_only": round(float(np.mean(strict)), 3),
                "pairs": sum(map(len, pairs)),
                "read": sum(int((event["strength"] != "").sum()) for event in pairs),
                "counterparts": sum(int(same(event).sum()) for event in pairs),
            }
        )
    return pd.DataFrame(rows)


def same(pairs: pd.DataFrame) -> pd.Series:
    """Whether a pair was read as telling the same, wholly or partly."""
    return pairs["strength"].isin(["strong", "partial"])


def weights(pairs: pd.DataFrame) -> pd.Series:
    """What a regression makes of the views; near to one another, so they are averaged."""
    model = LogisticRegression(C=1000, max_iter=5000).fit(pairs[list(VIEWS)], same(pairs))
    return pd.Series(model.coef_[0], index=list(VIEWS))


def counterpart_threshold(pairs: pd.DataFrame) -> float:
    """The lowest similarity at and above which ``PRECISION`` of the pairs are the same."""
    ranked = pairs.sort_values("similarity", ascending=False, kind="stable")
    precision = same(ranked).expanding().mean()
    return float(ranked.loc[precision >= PRECISION, "similarity"].min())


def possible_threshold(pairs: pd.DataFrame) -> float:
    """The highest value below which ``LOST`` of the sentences with a counterpart have their
    best similarity."""
    sides = [
        pairs.assign(same=same(pairs))[["event", side, "similarity", "same"]].set_axis(
            ["event", "sentence_id", "similarity", "same"], axis=1
        )
        for side in ("sentence_id", "other_id")
    ]
    best = pd.concat(sides).groupby(["event", "sentence_id"]).max()
    ordered = best.loc[best["same"], "similarity"].sort_values().to_numpy()
    return float(ordered[int(LOST * len(ordered))])


if __name__ == "__main__":
    main()
