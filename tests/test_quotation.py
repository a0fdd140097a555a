"""Quotation marks: the hand codes, and properties of small made-up paragraphs."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils.annotation.language import count_words
from analysis_utils.annotation.quotation import find_quotations


def sentences_of(*paragraphs, part="body"):
    """A sentences table: each paragraph is a list of sentences."""
    rows = []
    for paragraph, texts in enumerate(paragraphs, start=1):
        for text in [texts] if isinstance(texts, str) else texts:
            number = len(rows) + 1
            rows.append(
                {
                    "sentence_id": f"a:s{number:02d}",
                    "article_id": "a",
                    "part": part,
                    "paragraph": paragraph,
                    "text": text,
                    "n_words": count_words(text),
                }
            )
    return pd.DataFrame(
        rows, columns=["sentence_id", "article_id", "part", "paragraph", "text", "n_words"]
    )


def quoted(*paragraphs, **options):
    return find_quotations(sentences_of(*paragraphs, **options))["text"].tolist()


def test_every_direct_quotation_of_the_hand_codes_is_found_exactly(corpus, codes):
    quotes = codes("quotes")
    expected = quotes[quotes["type"].isin(["direct", "direct_partial"])]
    found = corpus.quotations
    place = ["sentence_id", "start", "end", "text"]
    assert set(found[place].itertuples(index=False)) == set(expected[place].itertuples(index=False))
    # One quotation of the hand codes is one quotation here, also over two sentences.
    both = found.merge(expected, on=place)
    assert both.groupby("quotation_id")["quote_id"].nunique().eq(1).all()
    assert both.groupby("quote_id")["quotation_id"].nunique().eq(1).all()


def test_the_lost_opening_mark_is_repaired_and_reported(corpus):
    found = corpus.quotations.set_index("sentence_id")
    assert found.loc["rferl:s02", "repaired"] == "opening"
    assert found.loc["rferl:s02", "start"] == 0
    assert (found.drop(index="rferl:s02")["repaired"] == "").all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," he said.', ["Yes,"]),
        ("“Yes,” he said. “No.”", ["Yes,", "No."]),
        ('“Mixed," he said.', ["Mixed,"]),
        ("Er sagte „Ja“ und «Nein».", ["Ja", "Nein"]),
        ('He said:"Glued on."', ["Glued on."]),
        ('It ("the plan") failed—"badly"—today.', ["the plan", "badly"]),
        ("It’s the firm's 'plan' of '18.", ["plan"]),
        ("The crews’ boats and the firm’s men.", []),
        (
            "‘The crews’ boats were old,’ she said. ‘That’s it.’",
            ["The crews’ boats were old,", "That’s it."],
        ),
        ("He said ``we are done'' today.", ["we are done"]),
        ("‘He told me “go away” twice,’ she said.", ["He told me “go away” twice,"]),
        ("– We were warned, said Reed.", ["We were warned,"]),
        ("- A first item of a list", []),
        ("Rock 'n' roll and 'em all.", []),
        ('A 27" screen and a 6\' 2" man.', []),
        ('He called it "a 27" screen for all" today.', ['a 27" screen for all']),
        ('The "reliable" source.', ["reliable"]),
        ("The 'so-called' “partner”.", ["so-called", "partner"]),
        ('""', []),
    ],
)
def test_marks_within_one_sentence(text, expected):
    assert quoted([text]) == expected


def test_a_quotation_over_sentences_is_one_quotation():
    found = find_quotations(sentences_of(['"One.', 'Two," she said.', '"Three."']))
    assert found["text"].tolist() == ["One.", "Two,", "Three."]
    assert found["quotation_id"].tolist() == ["a:q01", "a:q01", "a:q02"]


def test_each_paragraph_of_a_long_quotation_reopens_and_only_the_last_closes():
    found = find_quotations(sentences_of("“One.", ["“Two.", "Three.”"], "Not quoted."))
    assert found["text"].tolist() == ["One.", "Two.", "Three."]
    assert found["quotation_id"].nunique() == 1
    assert (found["repaired"] == "").all()


def test_a_lost_closing_mark_ends_with_the_paragraph():
    found = find_quotations(sentences_of(["“One.", "Two."], "Not quoted."))
    assert found["text"].tolist() == ["One.", "Two."]
    assert found["repaired"].tolist() == ["closing", "closing"]


def test_a_new_opening_mark_ends_the_quotation_before_it():
    found = find_quotations(sentences_of(["“One, he said.", "“Two,” he said."]))
    assert found["text"].tolist() == ["One, he said.", "Two,"]
    assert found["repaired"].tolist() == ["closing", ""]


def test_a_lost_opening_mark_begins_after_the_quotation_before_it():
    assert quoted(["“One,” he said, two,” he added."]) == ["One,", "he said, two,"]


def test_a_headline_never_runs_on():
    table = sentences_of("“Lost mark", part="headline")
    table = pd.concat([table, sentences_of("“Text.”").assign(sentence_id="a:s02")])
    assert find_quotations(table)["quotation_id"].tolist() == ["a:q01", "a:q02"]


def test_articles_do_not_leak_into_each_other():
    first, second = sentences_of("“Open"), sentences_of("“Next.”")
    second = second.assign(article_id="b", sentence_id="b:s01")
    assert find_quotations(pd.concat([first, second]))["repaired"].tolist() == ["closing", ""]


def test_no_sentences_no_quotations():
    assert find_quotations(sentences_of()).empty


pieces = st.text(alphabet="ab1 .,'’\"“”„«»", max_size=30)


@given(st.lists(st.lists(pieces, min_size=1, max_size=3), max_size=4))
def test_any_text_gives_true_offsets_that_never_overlap(paragraphs):
    sentences = sentences_of(*paragraphs)
    found = find_quotations(sentences)
    texts = sentences.set_index("sentence_id")["text"]
    for sentence_id, rows in found.groupby("sentence_id"):
        previous = 0
        for row in rows.sort_values("start").itertuples():
            assert texts[sentence_id][row.start : row.end] == row.text == row.text.strip() != ""
            assert row.start >= previous
            previous = row.end
    pd.testing.assert_frame_equal(found, find_quotations(sentences))
