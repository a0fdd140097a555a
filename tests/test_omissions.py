"""What an outlet leaves out: pieces to quote, worked by hand, and the reading of the articles."""

from types import SimpleNamespace

import pandas as pd
import pytest
from coverage_tables import tables

from analysis_utils.annotation.language import count_words
from analysis_utils.annotation.parsed import read_sentences
from analysis_utils.themes import coverage
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.coverage import words
from analysis_utils.themes.coverage.alignment import align
from analysis_utils.themes.coverage.differing_words import read_words
from analysis_utils.themes.coverage.omissions import find_omissions
from analysis_utils.themes.coverage.pieces import pieces
from analysis_utils.themes.coverage.tables import tellings

OUTLETS = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def left_out(*rows):
    """Omissions of a corpus of sentences (outlet, text)."""
    sentences, tokens, mentions, quotations = tables(*((o, "body", text) for o, text in rows))
    pairs = align(sentences, tokens, mentions, quotations)
    readings = read_words(sentences, tokens, mentions, quotations)
    told = tellings(sentences, pairs, {o: OUTLETS[o] for o, _ in rows})
    return find_omissions(readings, pairs, told, mentions)


def pieces_of(text, most):
    sentences, tokens, _, quotations = tables(("a", "body", text))
    (sentence,) = read_sentences(sentences, tokens, quotations)
    return [sentence.text[start:end] for start, end in pieces(sentence, most)]


def test_pieces_are_cut_at_clauses_and_never_in_a_list():
    text = "The mayor resigned on Monday because auditors had found bribes, debts and forged bills."
    found = pieces_of(text, 8)
    assert "The mayor resigned on Monday" in found
    assert "auditors had found bribes, debts and forged bills" in found
    assert not any(piece.endswith(("bribes", "and", "because", ",")) for piece in found)


def test_no_piece_says_the_contrary():
    for text in (
        "The bank has not committed to pay back the money.",
        "The minister refused to pay back the money.",
    ):
        assert not any(
            piece.startswith(("pay", "to pay", "committed")) for piece in pieces_of(text, 6)
        )


def test_what_one_alone_tells_is_left_out_by_the_other():
    found = left_out(
        ("a", "Parliament banned the malicious software of the firm."),
        ("a", "The firm will meet its customers on Monday."),
        ("b", "The firm will meet customers on Monday."),
    )
    assert found["sentence_id"].tolist() == ["a:s01"]
    assert found["missing"].tolist() == ["b"]


def test_what_the_other_tells_in_other_words_is_not_left_out():
    found = left_out(
        ("a", "The lawyer was killed in the attack, the police said."),
        ("b", "Police say that the attorney died when he was attacked."),
    )
    assert found.empty


def test_a_lead_weighs_more_than_the_same_further_down():
    news = "Parliament banned the malicious software of the firm."
    other = ("b", "Rain fell all day.")
    first = left_out(("a", news), ("a", "Rain fell all day."), other)
    last = left_out(("a", "Rain fell all day."), ("a", news), other)
    assert first["weight"].item() > last["weight"].item()


@pytest.fixture(scope="module")
def told(corpus):
    return theme_tables(coverage, corpus)


@pytest.fixture(scope="module")
def found(told, corpus):
    return words.findings(told, corpus)


def test_the_core_omission_comes_first(found):
    """TASS never tells what the text says about Kaspersky Lab (hand code f04)."""
    first = found[0]
    assert first.kind == "omission" and first.evidence == ("rferl:s01", "rferl:s04")
    assert "ban" in first.sentence and "malicious" in first.sentence
    assert "RFE/RL" in first.sentence and "first and fourth sentences" in first.sentence


@pytest.mark.parametrize(
    ("sentence_id", "matters"),
    [
        ("rferl:s03", ("accused", "Kremlin", "deny")),  # f17 and f18
        ("tass:s04", ("Instagram",)),  # f09
        ("tass:s08", ("resumed",)),  # f11
    ],
)
def test_other_omissions_by_the_hand_codes_are_told(found, sentence_id, matters):
    (finding,) = [one for one in found if one.kind == "omission" and sentence_id in one.evidence]
    assert all(matter in finding.sentence for matter in matters)


def test_nothing_that_both_tell_is_called_left_out(told, codes):
    """Sentences that tell what is shared, and nothing else, are nowhere among the omissions."""
    facts = codes("facts")
    one = facts[facts["status"].str.endswith("_only")]["sentence_ids"].str.split().explode()
    assert set(told.omissions["sentence_id"]) <= set(one)


def test_the_statement_that_changes_its_speaker(found):
    (finding,) = [one for one in found if one.kind == "attribution"]
    assert set(finding.evidence) == {"tass:s05", "rferl:s05"}  # f05
    assert "was not binding" in finding.sentence


def test_the_statement_in_two_translations(found):
    (finding,) = [one for one in found if one.kind == "wording"]
    for phrase in ("obvious disrespect", "lack of respect", "reliable partner", "firm friend"):
        assert phrase in finding.sentence


def test_the_dates_that_disagree(found):
    (finding,) = [one for one in found if one.kind == "conflict"]
    assert "“Thursday” (14 June)" in finding.sentence and "“13 June”" in finding.sentence  # f23


def test_findings_are_short_plain_and_true_to_the_articles(found, corpus):
    text = " ".join(corpus.sentences["text"])
    for finding in found:
        assert count_words(finding.sentence) <= 30 and finding.sentence.endswith(".")
        for quote in finding.sentence.split("“")[1:]:
            for piece in quote.partition("”")[0].split(" … "):
                assert piece.removeprefix("… ") in text or "‘" in piece


@pytest.mark.parametrize(
    ("text", "expected"),
    [('an "open" door', "“an ‘open’ door”"), ("an “open", "“an open”"), ("a door", "“a door”")],
)
def test_marks_inside_a_quotation(text, expected):
    assert words.quoted(text) == expected


def rows(*lines):
    """Rows of the table ``omissions``, in the order of their weights."""
    told = pd.DataFrame(
        [dict.fromkeys(("more", "brief"), "") | {"voice": "own"} | line for line in lines]
    )
    return SimpleNamespace(omissions=told.assign(matter=range(len(told))))


def test_two_matters_of_an_outlet_that_weigh_alike_are_told_together(corpus):
    one = {"outlet": "tass", "missing": "rferl", "sentence_id": "tass:s04", "weight": 0.6}
    one |= {"text": "we are forced to freeze our cooperation"}
    two = one | {"sentence_id": "tass:s08", "weight": 0.5, "text": "the projects will be resumed"}
    (both,) = words._omissions(rows(one, two), corpus)
    assert both.evidence == ("tass:s04", "tass:s08") and both.weight == 0.6
    assert "in its fourth and eighth sentences" in both.sentence
    light = two | {"weight": 0.4}
    assert len(list(words._omissions(rows(one, light), corpus))) == 2
    assert len(list(words._omissions(rows(one, two | {"outlet": "rferl"}), corpus))) == 2


def test_what_does_not_fit_a_sentence_is_told_by_fewer_words(corpus):
    one = {"outlet": "tass", "missing": "rferl", "sentence_id": "tass:s04", "weight": 0.6}
    one |= {"text": " ".join(["one"] * 14)}
    two = one | {"sentence_id": "tass:s08", "text": " ".join(["two"] * 14), "brief": "two two"}
    (both,) = words._omissions(rows(one, two), corpus)
    assert "“two two”" in both.sentence and count_words(both.sentence) <= words.LONGEST
    endless = one | {"text": " ".join(["one"] * 40)}
    assert list(words._omissions(rows(endless), corpus)) == []
