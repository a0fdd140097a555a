"""The features of attribution are those that its weights were learnt with, and what they find."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from analysis_utils.annotation.attribution import contents, cues, find_quotes, sources
from analysis_utils.annotation.attribution.article import read_articles
from analysis_utils.annotation.attribution.extract import find_attributions
from analysis_utils.annotation.attribution.linear import load_weights
from analysis_utils.annotation.quotation import find_quotations

#: A made-up article with its parse, so that no other version of the parser changes the test.
FOLDER = Path(__file__).parent / "attribution"


@pytest.fixture(scope="module")
def article():
    sentences = pd.read_csv(FOLDER / "sentences.csv")
    tokens = pd.read_csv(FOLDER / "tokens.csv", keep_default_na=False)
    [article] = read_articles(sentences, tokens, find_quotations(sentences))
    return article


def told(article):
    """Every candidate of every step with its features, as text."""
    heads = cues.candidates(article)
    yield "cue", [(head, cues.features(article, head)) for head in heads]
    yield "cue by itself", [(head, cues.features(article, head, by_itself=True)) for head in heads]
    for step, sign, spans in (("left", -1, cues.spans_before), ("right", 1, cues.spans_after)):
        yield (
            step,
            [
                (head, size, cues.growth_features(article, head, size, sign))
                for head in heads
                for size in spans(article, head)
            ],
        )
    phrases = [
        (head, phrase)
        for head in heads
        for phrase in sources.candidates(article, (head,) * 2, head)
    ]
    yield (
        "source",
        [
            (head, phrase, sources.features(article, (head, head), head, phrase))
            for head, phrase in phrases
        ],
    )
    found = find_attributions(article, load_weights(), nested=True)
    yield (
        "content",
        [
            (
                each.head,
                option,
                contents.features(article, each.cue, each.head, each.source, option),
            )
            for each in found
            for option in contents.candidates(article, each.cue, each.head, each.source)
        ],
    )


def test_features_are_those_that_the_weights_were_learnt_with(article):
    """After a change that is meant, learn the weights anew, then save what this prints."""
    now = {step: hashlib.sha256(repr(rows).encode()).hexdigest() for step, rows in told(article)}
    learnt = json.loads((FOLDER / "features.json").read_text(encoding="utf-8"))
    assert now == learnt, json.dumps(now, indent=1)


#: Who says what in it, as a person reads it: kind, source and words.
READ = {
    ("partial", "Ferry firm", "reckless"),
    ("reported", "the port council", "ignoring warnings about ice"),
    ("direct", "chief executive Marta Lund", "We have sailed these waters for sixty years,"),
    ("partial", "a council memo seen by the Gazette", "floating hazards"),
    ("partial", "Council leader Per Ost, who was not at the meeting,",
     "absurd, late and – in places – untrue"),
    ("direct", "Ida Berg, a former captain,", "It is,"),
    ("partial", "Ida Berg, a former captain,", "had little to do with safety."),
    ("reported", "the weather service", "winds could reach 90 kilometres an hour"),
    ("partial", "Lund", "will not apologise."),
    ("reported", "She", "the talks will resume"),
    ("partial", "lawyers for both sides", "narrow"),
    ("direct", "Ost", "I was elected to keep people safe, and I intend to do it."),
    ("direct", "Ost", "Let them sail elsewhere,"),
}  # fmt: skip


def test_the_made_up_article_is_read_as_a_person_reads_it():
    sentences = pd.read_csv(FOLDER / "sentences.csv")
    tokens = pd.read_csv(FOLDER / "tokens.csv", keep_default_na=False)
    mentions = pd.DataFrame(columns=["sentence_id", "start", "end", "actor"])
    quotes = find_quotes(sentences, tokens, find_quotations(sentences), mentions, [])
    found = set(quotes[["kind", "source", "text"]].itertuples(index=False, name=None))
    assert found >= READ
    nested = quotes.set_index("text").loc["winds could reach 90 kilometres an hour", "inside"]
    assert quotes.set_index("quote_id").loc[nested, "source"] == "its spokesman"
