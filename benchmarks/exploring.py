"""How soon each view of ``analysis_utils.lab`` answers a change.

Makes each view on the default study and on a made-up one of a thousand articles (copies of
the default study's, in which a third of the content words are drawn from a vocabulary of
twenty thousand), changes each of its controls in turn as a click would, and prints the
longest and the median answer.  Times hang on the machine and on what else it does: beside
them stands the time of a fixed piece of work (sorting two million random numbers), so that two
runs can be compared by ratios.

    python benchmarks/exploring.py [--articles 1000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis_utils import lab
from analysis_utils.annotation.corpus import Corpus, load_corpus
from analysis_utils.files.workspace import data_folder
from analysis_utils.study import DEFAULT_STUDY, read_study
from analysis_utils.themes import actor_sentiment

#: The vocabulary that copies draw from, with Zipf's frequencies, and for how many words.
VOCABULARY, REPLACED = 20_000, 1 / 3

#: Column of each table that names an article or a sentence of it.
_KEYS = {
    "lines": ["article_id"],
    "articles": ["article_id"],
    "sentences": ["sentence_id", "article_id"],
    "tokens": ["sentence_id"],
    "quotations": ["quotation_id", "sentence_id"],
    "mentions": ["mention_id", "sentence_id"],
    "quotes": ["quote_id", "sentence_id", "source_sentence_id", "cue_sentence_id", "inside"],
}

#: For each view, changes of its controls.
CHANGES = {
    "reader": [{"article": -1}, {"removed": True}, {"raw": True}, {"actors": False}],
    "terms": [
        {"measure": "g2"},
        {"unit": "word"},
        {"merge": False},
        {"word": "resolution"},
    ],
    "actors": [{"actor": -1}, {"method": "vader"}, {"voice": "quoted"}, {"outlet": -1}],
    "statements": [{"link": "all"}, {"order": "different"}, {"word": "Europol"}],
    "frames": [{"frame": -1}, {"terms": "malicious*, risk, spy"}, {"voice": "own"}],
    "tellings": [{"voices": False}, {"actors": False}, {"words": False}],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    small = load_corpus(read_study(data_folder() / DEFAULT_STUDY))
    rows = [*_measured(small, options.rounds)]
    print(f"Making a study of {options.articles} articles ...", flush=True)
    rows += _measured(enlarged(small, options.articles), options.rounds)
    print(pd.DataFrame(rows).to_string(index=False))


def enlarged(corpus: Corpus, articles: int, seed: int = 0) -> Corpus:
    """A corpus of so many articles: copies with other ids and partly other words."""
    copies = range(articles // len(corpus.articles))
    tables = {
        name: pd.concat([_renamed(getattr(corpus, name), keys, copy) for copy in copies])
        for name, keys in _KEYS.items()
    }
    tokens = tables["tokens"].reset_index(drop=True)
    draw = np.random.default_rng(seed)
    content = tokens["pos"].isin(["NOUN", "VERB", "ADJ"]).to_numpy()
    changed = content & (draw.random(len(tokens)) < REPLACED)
    ranks = np.arange(1, VOCABULARY + 1)
    ranks = draw.choice(ranks, changed.sum(), p=1 / ranks / (1 / ranks).sum())
    words = [f"w{''.join(chr(97 + int(digit)) for digit in str(rank))}" for rank in ranks]
    for column in ("text", "lemma"):
        tokens.loc[changed, column] = words
    tables = {name: table.reset_index(drop=True) for name, table in tables.items()}
    return replace(corpus, **tables | {"tokens": tokens})


def _renamed(table: pd.DataFrame, keys: list[str], copy: int) -> pd.DataFrame:
    """The table with ids of another copy: ``tass:s05`` is ``tass-7:s05`` there."""
    return table.assign(
        **{key: table[key].str.replace(r"^([^:]+)", rf"\1-{copy}", regex=True) for key in keys}
    )


def _measured(corpus: Corpus, rounds: int) -> Iterator[dict]:
    for name, make in _views(corpus).items():
        view = make()
        view.show()
        times = []
        for _ in range(rounds):
            for change in CHANGES[name]:
                chosen = {key: _value(view, key, value) for key, value in change.items()}
                times.append(_seconds(lambda: view.show(**chosen)))  # noqa: B023
        yield {
            "view": name,
            "articles": len(corpus.articles),
            "longest s": round(max(times), 2),
            "median s": round(statistics.median(times), 2),
            "fixed work s": round(_seconds(_fixed_work), 2),
        }


def _views(corpus: Corpus) -> dict[str, Callable[[], lab.View]]:
    """What makes each view; what its notebook has made before is made here."""
    lexicons = {
        name: actor_sentiment.methods.METHODS[name] for name in actor_sentiment.methods.LEXICONS
    }
    methods = actor_sentiment.methods.METHODS if len(corpus.articles) < 10 else lexicons
    return {
        "reader": lambda: lab.article_reader(corpus),
        "terms": lambda: lab.term_explorer(corpus),
        "actors": lambda: lab.actor_explorer(
            corpus, actor_sentiment.tables.by_methods(corpus, methods)
        ),
        "statements": lambda: lab.statement_explorer(corpus),
        "frames": lambda: lab.frame_explorer(corpus),
        "tellings": lambda: lab.tellings_explorer(corpus),
    }


def _value(view: lab.View, key: str, value):
    """The value itself; -1 is the last of the options."""
    if value != -1:
        return value
    control = next(each for each in view.controls if each.key == key)
    return list(control.options)[-1]


def _fixed_work() -> None:
    np.sort(np.random.default_rng(0).random(2_000_000))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
