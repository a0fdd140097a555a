"""Whose a judgement is: sentences as newspapers write them, and the coder's reading."""

import pandas as pd
import pytest

from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.schemas import Quotes
from analysis_utils.themes.actor_sentiment.judges import judges

#: The coder's letters for whose voice a judgement is in.
HOLDERS = {
    "KL": "kaspersky_lab", "EK": "eugene_kaspersky", "EP": "european_parliament",
    "US": "united_states", "RU": "russia",
}  # fmt: skip

ACTORS = {"Acme": "acme", "Norvik": "norvik", "Smith": "smith"}


def judge_of(text, actor, part="body"):
    """Who judges an actor of a sentence in which no quote was found."""
    sentences = pd.DataFrame(
        [{"sentence_id": "a:s01", "article_id": "a", "outlet": "a", "part": part, "paragraph": 1,
          "text": text}]
    )  # fmt: skip
    mentions = pd.DataFrame(
        [
            {"sentence_id": "a:s01", "start": text.index(name), "actor": known, "kind": "name",
             "end": text.index(name) + len(name), "text": name}
            for name, known in ACTORS.items()
            if name in text
        ]
    )  # fmt: skip
    pairs = pd.DataFrame({"sentence_id": ["a:s01"], "actor": [actor]})
    told = sentences, tokenise(sentences), Quotes.checked([]), find_quotations(sentences)
    (row,) = judges(pairs, mentions, *told).to_dict("records")
    return row["judge"], row["holder"] or row["source"]


@pytest.mark.parametrize(
    ("text", "actor", "wanted"),
    [
        ("Acme has failed its customers.", "acme", ("own", "")),
        ("Smith sharply criticized Acme over its plans.", "acme", ("others", "smith")),
        ("Some leaders condemned Acme on Monday.", "acme", ("others", "Some leaders")),
        (
            "Five past and present senators urged the board to condemn Acme.",
            "acme",
            ("others", "Five past and present senators"),
        ),
        ("Acme was accused of fraud by Smith.", "acme", ("others", "smith")),
        ("Acme was accused of fraud.", "acme", ("others", "")),
        ("Officials are worried that Acme may sell its ships.", "acme", ("others", "")),
        ("Officials fear that Acme may sell its ships.", "acme", ("others", "Officials")),
        ("Smith believes that Acme is a disgrace.", "acme", ("others", "smith")),
        ("Smith sharply criticized Acme over its plans.", "smith", ("itself", "smith")),
        ("The reckless plan of Acme was a “disgrace”.", "acme", ("others", "")),
    ],
)
def test_a_judgement_belongs_to_whoever_makes_it(text, actor, wanted):
    assert judge_of(text, actor) == wanted


def test_a_headline_with_a_colon_is_the_words_of_who_stands_before_it():
    assert judge_of("Smith: Acme a disgrace", "acme", "headline") == ("others", "smith")
    assert judge_of("Smith: Acme a disgrace", "acme") == ("own", "")


def test_the_articles_judgements_have_the_holders_that_a_coder_gave_them(corpus, codes):
    """All but two: what the Parliament says of Russia is told by the company, and that the
    Parliament moved to ban the software stands in the company's sentence."""
    coded = codes("sentiment")
    known = corpus.mentions[["sentence_id", "actor"]].drop_duplicates()
    coded = coded[coded["polarity"] != 0].merge(known, on=["sentence_id", "actor"])
    told = corpus.sentences, corpus.tokens, corpus.quotes, corpus.quotations
    found = judges(coded, corpus.mentions, *told)
    right = found["holder"] == coded["voice"].map(HOLDERS)
    assert (len(right), right.sum()) == (16, 14)
    assert set(coded.loc[~right, "sentence_id"]) == {"tass:s02", "rferl:s01"}
