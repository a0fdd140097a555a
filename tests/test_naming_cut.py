"""Labels that are easily taken from the wrong words, or cut so that they mean something else."""

import pytest
from portrayal_tables import tables_of

from analysis_utils.themes.portrayal.naming import find_labels


def labels(text):
    table = find_labels(*tables_of(text))
    found = table[~table["relation"].isin(["name", "description"])]
    return found[["actor", "text"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The suit was brought by the firm's new lawyer, Smith.",
            ["smith", "the firm's new lawyer"],
        ),
        ("He met the powerful Acme.", ["acme", "the powerful"]),
        ("Smith is a key figure in the inquiry.", ["smith", "a key figure in the inquiry"]),
        ("Unison criticized Smith for lying.", ["smith", "lying"]),
        ("Smith was accused of fraud.", ["smith", "fraud"]),
        ("Smith was the first mayor.", ["smith", "the first mayor"]),
    ],
)
def test_what_describes_an_actor_is_found(text, label):
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "The candidate for mayor, Smith, spoke.",  # no mayor yet
        "They saw a nuclear-armed Acme.",  # not merely armed
        "Several other Acme workers left.",
        "It was a tight Acme race.",
        "Smith was the fourth person charged with fraud.",
        "Smith wants to become mayor.",
        "There was a lot of interest, Smith said.",
        "Unison criticized Smith of Norvik over the plan.",
        "Smith isn't guilty.",
    ],
)
def test_what_is_cut_or_belongs_to_others_is_no_label(text):
    wrong = ["mayor", "armed", "several other", "fourth person", "lot of interest", "Norvik"]
    wrong += ["tight", "guilty"]
    texts = [label for _, label in labels(text)]
    assert not [label for label in texts for word in wrong if label.strip("a ") == word]
    assert not [label for label in texts if label.startswith(("n't", "the fourth", "a tight"))]


def test_what_somebody_is_charged_with_saying_is_no_label_by_the_outlet():
    assert labels("Unison defended Acme by saying that Smith is the real liar.") == []
