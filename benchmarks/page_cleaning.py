"""How well cleaning finds the article on news pages: token F1 against hand-cleaned text.

    python benchmarks/page_cleaning.py FOLDER [--save benchmarks/results/page_cleaning.csv]

FOLDER holds ``pages.json`` (a list of objects with ``page``, ``host`` and
``title``) and for each page ``<page>.page.txt``, what copying the whole page
gives, beside ``<page>.article.txt``, the article cleaned by hand.  The
evaluation set of Newspaper4k can be brought into this form.

Token F1 compares two texts as bags of lower-cased words: precision is the
share of kept words that the article has, recall the share of the article's
words that are kept.  The hand-cleaned articles have no headline, so the text
compared is that of the kept lines below it; the figure with the headline is
printed beside it, and that of taking the whole page for the article.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from analysis_utils.annotation.cleaning import label_lines, read_metadata

MEASURES = {
    "article": "standfirst and body",
    "with_headline": "all kept lines, headline too",
    "whole_page": "trivial: whole page",
}
SEED = 20180614
WORST = 10


def token_scores(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a text's words, as a bag, against the gold text's."""
    ours, theirs = (Counter(re.findall(r"\w+", words.lower())) for words in (text, gold))
    shared = (ours & theirs).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / ours.total(), shared / theirs.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure_page(folder: Path, entry: dict) -> dict:
    """One row of figures for a page."""
    page = _read(folder / f"{entry['page']}.page.txt")
    gold = _read(folder / f"{entry['page']}.article.txt")
    lines = label_lines(page, entry["page"])
    kept = lines[lines["kept"]]
    article = "\n".join(kept.loc[kept["kind"] != "headline", "clean"])
    precision, recall, f1 = token_scores(article, gold)
    return {
        "page": entry["page"],
        "host": entry.get("host", ""),
        "precision": precision,
        "recall": recall,
        "article": f1,
        "with_headline": token_scores("\n".join(kept["clean"]), gold)[2],
        "whole_page": token_scores(page, gold)[2],
        "headline_found": _same_words(read_metadata(lines)["headline"], entry.get("title", "")),
    }


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _same_words(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.lower()) == re.findall(r"\w+", other.lower())


def interval(values: pd.Series) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the mean over pages."""
    if len(values) < 2:
        return float("nan"), float("nan")
    rng = np.random.default_rng(SEED)
    found = stats.bootstrap((values,), np.mean, method="percentile", rng=rng)
    return found.confidence_interval.low, found.confidence_interval.high


def saved_results(scores: pd.DataFrame) -> pd.DataFrame:
    """The figures that the cleaning notebook quotes, one row a method."""
    rows = []
    for method, column in {"line rules": "article", "whole page": "whole_page"}.items():
        low, high = interval(scores[column])
        rows.append((method, len(scores), scores[column].mean(), low, high))
    return pd.DataFrame(rows, columns=["method", "pages", "token F1", "low", "high"]).round(3)


def report(scores: pd.DataFrame) -> str:
    """The figures as text."""
    out = [f"{len(scores)} pages, mean token F1 [95 % bootstrap interval over pages]"]
    for column, name in MEASURES.items():
        low, high = interval(scores[column])
        out.append(f"  {name:30} {scores[column].mean():.3f} [{low:.3f}, {high:.3f}]")
    out.append(f"  mean precision {scores['precision'].mean():.3f},"
               f" mean recall {scores['recall'].mean():.3f}")  # fmt: skip
    out.append(f"  headline word for word: {scores['headline_found'].mean():.3f} of pages")
    worst = scores.sort_values("article").head(WORST)
    columns = ["page", "host", "precision", "recall", "article"]
    table = worst[columns].rename(columns={"article": "F1"})
    out += ["", f"Worst {len(worst)} pages:", table.to_string(index=False, float_format="%.3f")]
    return "\n".join(out)


def main(arguments: list[str] | None = None) -> int:
    """Measure all pages of a folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with pages.json and the page texts")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the means as CSV")
    options = parser.parse_args(arguments)
    folder = options.folder
    try:
        entries = json.loads(_read(folder / "pages.json"))
        scores = pd.DataFrame([measure_page(folder, entry) for entry in entries])
    except FileNotFoundError as error:
        print(
            f"{error.filename} is missing. Give the folder that holds pages.json and, for each"
            " page, <page>.page.txt and <page>.article.txt.",
            file=sys.stderr,
        )
        return 2
    print(report(scores))
    if options.save:
        saved_results(scores).to_csv(options.save, index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
