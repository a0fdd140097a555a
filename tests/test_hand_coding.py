"""Codes of people and methods, unit by unit."""

from types import SimpleNamespace

import pandas as pd
import pytest
from term_tables import text_tables

from analysis_utils.output import spreadsheets
from analysis_utils.schemas import Quotes
from analysis_utils.themes import actor_sentiment, frames
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.validity import comparison, hand_coding
from analysis_utils.themes.validity.coders import FIRST_CODER, MAJORITY, METHOD
from analysis_utils.themes.validity.units import all_units, unit_spans


def codes_of(text):
    """Codes from lines such as "ann s1 tone 1"."""
    rows = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(rows, columns=["coder", "unit_id", "variable", "value"], dtype="str")


def values(codes, variable, coder=FIRST_CODER):
    chosen = codes[(codes["variable"] == variable) & (codes["coder"] == coder)]
    return chosen.set_index("unit_id")["value"]


CODES = codes_of("""
ann s1 tone 1
ann s2 tone 1
ann s3 tone 0
ann s4 tone -1
bob s1 tone 1
bob s2 tone 0
bob s3 tone 0
eve s2 tone 0
""")


def test_most_coders_need_more_than_any_other_answer_and_two_coders():
    most = comparison.majority(CODES)
    # s2: two say 0 and one 1; s4 has one coder.
    assert values(most, "tone", MAJORITY).to_dict() == {"s1": "1", "s2": "0", "s3": "0"}
    tied = CODES[CODES["coder"] != "eve"]
    assert "s2" not in set(comparison.majority(tied)["unit_id"])


def test_the_method_beside_each_coder_by_hand():
    said = CODES[CODES["coder"] == "ann"].assign(coder=METHOD, value=["1", "0", "0", "0"])
    beside = comparison.beside_coders(CODES, said).set_index("coder")
    ann = beside.loc["ann"]
    # Right in s1 and s3; always 1 would be right in s1 and s2. F1 of 1 is 2/3, of 0 is 1/2,
    # of -1 is 0; always 1 has 2/3, 0, 0.
    assert (ann["n"], ann["accuracy"], ann["accuracy_baseline"]) == (4, 0.5, 0.5)
    assert ann["macro_f1"] == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert ann["macro_f1_baseline"] == pytest.approx(2 / 9)
    assert beside.loc["bob", "accuracy"] == 1 and beside.loc["bob", "alpha"] == 1
    assert beside.loc[MAJORITY, "n"] == 3


@pytest.fixture
def units():
    """Four sentences of one article, to be coded."""
    sentences = pd.DataFrame(
        {
            "sentence_id": ["s1", "s2", "s3", "s4"],
            "article_id": "a",
            "text": ["One.", "Two.", "Three.", "Four."],
        }
    )
    mentions = pd.DataFrame(columns=["mention_id", "sentence_id", "start", "end"])
    quotes = pd.DataFrame(columns=["quote_id", "sentence_id", "start", "end"])
    return all_units(SimpleNamespace(sentences=sentences, mentions=mentions, quotes=quotes))


def test_disagreements_stand_with_their_sentences_in_reading_order(units):
    more = pd.concat([codes_of("ann s3 kind direct\nbob s3 kind partial"), CODES])
    table = comparison.disagreements(more, units)
    kind, tone = (rows for _, rows in table.groupby("variable", sort=False))
    assert kind["unit_id"].unique().tolist() == ["s3"]
    assert tone["unit_id"].unique().tolist() == ["s2"]
    assert dict(zip(tone["coder"], tone["value"], strict=True)) == {
        "ann": "1",
        "bob": "0",
        "eve": "0",
    }
    assert set(tone["context"]) == {"One. ⟦Two.⟧ Three."}
    assert dict(zip(kind["coder"], kind["value"], strict=True))["eve"] == ""  # did not code it


def test_where_the_method_differs_from_every_coder(units):
    said = codes_of("\n".join(f"{METHOD} s{n} tone {v}" for n, v in enumerate([1, 1, -1, -1], 1)))
    table = comparison.disagreements(pd.concat([CODES, said]), units)
    assert table["unit_id"].unique().tolist() == ["s2", "s3"]  # ann is with the method in s2
    alone = comparison.against_method(CODES, said, units)
    assert alone["unit_id"].unique().tolist() == ["s3"]
    values = alone.set_index("coder")["value"]
    assert values[["ann", "bob", METHOD]].tolist() == ["0", "0", "-1"]


def test_coders_who_differ_where_the_method_says_nothing_do_not_differ_from_it(units):
    said = codes_of(f"{METHOD} s1 tone 1")
    assert comparison.against_method(CODES, said, units).empty


def test_units_with_the_same_id_stand_once(units):
    twice = pd.concat([units, units.assign(unit="quotes")])
    assert len(comparison.disagreements(CODES, twice)) == 3  # one unit, a row a coder


def test_nothing_coded_is_an_empty_table_everywhere(units):
    none = CODES.head(0)
    assert comparison.majority(none).empty
    assert comparison.beside_coders(none, CODES).empty
    assert comparison.disagreements(none, units).empty
    said = CODES[CODES["coder"] == "ann"].assign(coder=METHOD)
    assert comparison.against_method(none, said, units).empty


@pytest.fixture(scope="module")
def own(corpus):
    return hand_coding.study_codes(corpus)


def test_the_studys_sentences_are_units_of_a_sheet(own, corpus):
    assert set(values(own, "whole")) == {"1"}  # all sentences are cut as the coder cut them
    speech = values(own, "speech")
    assert speech["tass:headline"] == "0" and speech["tass:s09"] == "1"
    assert speech["tass:s07"] == "0"  # somebody's plan told as fact
    assert len(speech) == len(corpus.sentences)


def test_the_studys_mentions_are_units_of_a_sheet(own, corpus):
    meant = values(own, "actor")
    mentions = unit_spans(corpus, "mentions").set_index("unit_id")
    found = mentions["actor"]
    assert meant.index.tolist() == found.index.tolist()
    assert (meant != found).mean() < 0.05  # the rules are nearly always right here
    europe = mentions[(mentions["sentence_id"] == "rferl:s05") & (mentions["text"] == "Europe")]
    assert meant[europe.index[0]] == "europe"  # though it stands inside a label of the company
    polarity = values(own, "polarity")
    assert polarity.isin(["-1", "0", "1"]).all() and set(polarity) == {"-1", "0", "1"}
    of_pair = mentions.loc[polarity.index]
    assert not of_pair.duplicated(["sentence_id", "actor"]).any()  # a pair counts once


def test_the_studys_quotes_are_units_of_a_sheet(own, corpus):
    kinds = values(own, "kind")
    quotes = unit_spans(corpus, "quotes")
    assert set(kinds.index) <= set(quotes["unit_id"])
    unit = quotes.loc[quotes["text"].str.startswith("We are convinced"), "unit_id"].iloc[0]
    assert kinds[unit] == "direct"
    assert values(own, "speaker")[unit] == "kaspersky_lab" and values(own, "cue")[unit] == "say"


def test_frames_have_the_coders_that_their_file_names(own, study):
    frames = own[own["variable"].str.startswith("frame_")]
    assert set(frames["coder"]) == set(study.codes("frames")["coder"])  # language models
    assert len(frames) == len(study.codes("frames"))


def test_the_method_has_one_answer_for_every_unit(corpus):
    said = hand_coding.method_codes(
        corpus, theme_tables(actor_sentiment, corpus), theme_tables(frames, corpus)
    )
    assert not said.duplicated(["unit_id", "variable"]).any()
    counts = said.groupby("variable").size()
    assert counts["tone"] == counts["whole"] == counts["frame_conflict"] == len(corpus.sentences)
    assert counts["actor"] == counts["polarity"] == len(unit_spans(corpus, "mentions"))
    assert counts["kind"] == counts["speaker"] == unit_spans(corpus, "quotes")["unit_id"].nunique()


def test_the_methods_polarity_is_that_of_the_actor_of_each_mention(study):
    texts = ["Prosecutors praised Smith for her help and condemned Jones for his lies.",
             "Smith met reporters in Boston on Tuesday."]  # fmt: skip
    sentences, tokens = text_tables({"a": texts})
    named = [
        ("a:s01", texts[0], "Smith"),
        ("a:s01", texts[0], "Jones"),
        ("a:s02", texts[1], "Smith"),
    ]
    mentions = pd.DataFrame(
        [
            (f"a:m{number}", sentence, "a", name.lower(), text.index(name), name, "name")
            for number, (sentence, text, name) in enumerate(named)
        ],
        columns=["mention_id", "sentence_id", "outlet", "actor", "start", "text", "kind"],
    )
    actors = [SimpleNamespace(id=name, name=name.title()) for name in ("smith", "jones")]
    corpus = SimpleNamespace(
        study=SimpleNamespace(actors=actors, frames=(), folder=study.folder),
        sentences=sentences,
        tokens=tokens,
        mentions=mentions.assign(end=mentions["start"] + 5),
        quotes=Quotes.checked([]),
    )
    model = {"target_model": actor_sentiment.methods.METHODS["target_model"]}
    told = corpus.mentions, corpus.sentences, corpus.tokens, corpus.quotes
    sentiment = SimpleNamespace(
        scores=actor_sentiment.scoring.score_mentions(*told, model),
        sentence_scores=pd.DataFrame(columns=["sentence_id", "method", "label"]),
    )
    framing = SimpleNamespace(scores=pd.DataFrame(columns=["sentence_id", "frame", "present"]))
    said = hand_coding.method_codes(corpus, sentiment, framing)
    assert values(said, "polarity", METHOD).to_dict() == {
        f"a:s01:{(at := texts[0].index('Smith'))}-{at + 5}": "1",
        f"a:s01:{(at := texts[0].index('Jones'))}-{at + 5}": "-1",
        "a:s02:0-5": "0",
    }  # fmt: skip


def test_a_filled_sheet_is_compared_with_the_studys_own_codes(corpus, own, tmp_path, monkeypatch):
    from analysis_utils.measures import agreement
    from analysis_utils.themes.validity import coding_sheets

    sheet = coding_sheets.coding_sheet(corpus, "mentions", "bea")
    same = values(own, "actor")
    sheet["actor"] = sheet["unit_id"].map(same)
    sheet["polarity"] = sheet["unit_id"].map(values(own, "polarity")).astype("float")
    spreadsheets.write_xlsx(tmp_path / "mentions-bea.xlsx", {"codes": sheet})
    monkeypatch.setattr(
        hand_coding, "filled_sheets", lambda study: [tmp_path / "mentions-bea.xlsx"]
    )
    codes = hand_coding.all_codes(corpus, all_units(corpus))
    agreed = agreement.agreement(codes, {"polarity": "ordinal"}, draws=10).set_index("variable")
    assert agreed.loc["actor", ["coders", "units", "alpha"]].tolist() == [2, len(same), 1]
    assert agreed.loc["polarity", "percent_agreement"] == 1
    assert agreed.loc["speech", "note"] == agreement.NOT_KNOWN
