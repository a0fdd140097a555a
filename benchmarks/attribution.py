"""How exactly sources, cues and contents of attributions are found in news articles.

Reads a folder in the layout of PolNeAR (Newell, Margolin and Ruths 2018):
``text/NAME.txt`` and ``attributions/NAME_CODER.ann``.  Prints precision, recall
and F1 of exact spans of each element.

- A span is the set of tokens that an element covers (a token counts if one of
  its characters is marked), quotation marks and final stops included.  A
  content cut in two by its cue is one span.
- A span found is right if the coder marked exactly the same tokens.  Source,
  cue and content are scored apart: a right source counts beside a wrong content.
- Within one file each span counts once, also if two attributions share it;
  attributions without a source only count for cue and content.  Of two marked
  contents of one attribution the union is taken.  Marks of no attribution,
  discarded passages and attributions without content are passed over; what is
  found in discarded passages counts as wrong.
- A text read by several coders counts once for each of them.

If the weights were learnt from articles of the folder, scores on it would say
little: then they come from cross-validation, five folds of whole articles, by
weights learnt without the fold.  For any other folder they are those of the
weights in ``analysis_utils/models/attribution``.  Which of the two is printed.

    python benchmarks/attribution.py FOLDER [--cross-validate]
        [--save [benchmarks/results/attribution.csv]]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis_utils.annotation.attribution.brat import FolderError, read_folder
from analysis_utils.annotation.attribution.evaluation import (
    cross_validated,
    fingerprints,
    found_spans,
    scores,
)
from analysis_utils.annotation.attribution.linear import load_weights, trained_on

RESULTS = Path(__file__).parent / "results" / "attribution.csv"
FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--cross-validate", action="store_true", help="do so also for articles not learnt from"
    )
    parser.add_argument(
        "--save", type=Path, nargs="?", const=RESULTS, metavar="FILE", help="write scores as CSV"
    )
    options = parser.parse_args()
    try:
        readings = read_folder(options.folder)
    except FolderError as error:
        raise SystemExit(str(error)) from None
    seen = set(fingerprints(readings)) & trained_on()
    if seen or options.cross_validate:
        weights = f"cross-validated, {FOLDS} folds of articles"
        table = cross_validated(readings, FOLDS)
    else:
        weights = "as committed, learnt from other articles"
        table = scores(readings, lambda article: found_spans(article, load_weights()))
    table.insert(0, "weights", weights)
    n_articles = len(set(fingerprints(readings)))
    table.insert(0, "articles", n_articles)
    print(f"{n_articles} articles, {len(readings)} readings of them; weights: {weights}")
    print(table.drop(columns=["articles", "weights"]).round(3).to_string(index=False))
    if options.save:
        table.round(3).to_csv(options.save, index=False)


if __name__ == "__main__":
    main()
