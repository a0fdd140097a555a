"""Labels of the alignment on other events: ids and verdicts, no text."""

import re

import pandas as pd
import pytest

from analysis_utils.files.workspace import collection

BENCHMARKS = collection() / "benchmarks"


@pytest.mark.parametrize(
    ("name", "columns", "verdicts"),
    [
        (
            "alignment_labels_events.csv",
            ["event", "sentence_id", "other_id", "strength"],
            {"partial", "none"},
        ),
        ("alone_labels_events.csv", ["event", "sentence_id", "verdict"], {"alone", "told"}),
    ],
)
def test_labels_are_ids_and_verdicts(name, columns, verdicts):
    labels = pd.read_csv(BENCHMARKS / name)
    assert list(labels) == columns
    assert set(labels[columns[-1]]) == verdicts
    assert all(re.fullmatch(r"\w+:(?:s\d+|headline)", each) for each in labels["sentence_id"])
    assert len(labels) >= 100 and not labels.duplicated(columns[:-1]).any()
