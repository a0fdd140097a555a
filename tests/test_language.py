"""Words, sentences and tokens through the one spaCy pipeline."""

import pandas as pd
import pytest

from analysis_utils.annotation import language


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("—", 0),
        ("non-binding", 1),
        ('"We are convinced," it said.', 5),
        ("today’s unprecedented, zero-evidence decision", 4),
        ("90\u00a0days", 2),
    ],
)
def test_words_are_runs_with_a_letter_or_digit(text, words):
    assert language.count_words(text) == words


def test_word_counts_equal_the_hand_codes(codes):
    coded = codes("sentences")
    assert coded["text"].map(language.count_words).tolist() == coded["n_words"].tolist()


def test_tokens_lie_where_they_say():
    sentences = pd.DataFrame(
        {
            "sentence_id": ["a:s01", "a:s02"],
            "text": ["Europe’s police agency said no.", "It is ready."],
        }
    )
    tokens = language.tokenise(sentences)
    text_of = sentences.set_index("sentence_id")["text"]
    for token in tokens.itertuples():
        assert text_of[token.sentence_id][token.start : token.end] == token.text
    counts = tokens.groupby("sentence_id")["head"].max()
    assert (counts < tokens.groupby("sentence_id").size()).all()


@pytest.mark.parametrize(
    ("word", "lemma", "wanted"),
    [
        ("hopes", "hop", "hope"), ("hoped", "hop", "hope"), ("hoping", "hop", "hope"),
        ("hops", "hop", "hop"), ("hopped", "hop", "hop"), ("passes", "pass", "pass"),
        ("goes", "go", "go"), ("watches", "watch", "watch"), ("fixed", "fix", "fix"),
        ("visited", "visit", "visit"), ("ended", "end", "end"), ("motives", "motif", "motive"),
        ("lives", "life", "life"), ("data", "datum", "data"), ("installed", "instal", "install"),
        ("buses", "bus", "bus"), ("Rated", "rat", "rate"), ("said", "say", "say"),
        ("shows", "show", "show"), ("vowed", "vow", "vow"), ("Media", "Media", "Media"),
    ],
)  # fmt: skip
def test_base_forms(word, lemma, wanted):
    assert language.base_form(word, lemma) == wanted


def test_the_corpus_has_the_mended_forms():
    sentences = pd.DataFrame(
        {
            "sentence_id": ["a:s01"],
            "text": ["It hopes that the motives are good."],
            "outlet": ["alpha"],
        }
    )
    tokens = language.tokenise(sentences)
    assert {"hope", "motive"} <= set(tokens["lemma"])
    assert set(tokens["outlet"]) == {"alpha"} and set(tokens["article_id"]) == {"a"}


def test_a_missing_model_says_what_to_do(monkeypatch):
    monkeypatch.setattr(language, "MODEL_NAMES", ("no_such_model",))
    language.load_pipeline.cache_clear()
    with pytest.raises(language.ModelMissing, match="make"):
        language.load_pipeline()
    language.load_pipeline.cache_clear()
    assert "not installed" in language.model_version()


LONG = "Europol said that " * 400 + "it left, and nobody knew. Then it rained."


@pytest.mark.parametrize("text", [LONG, "word " * 1000, ", ".join(["Ada North"] * 400), "! " * 999])
def test_no_sentence_is_longer_than_rules_can_weigh(text):
    (doc,) = language.parse([text])
    sentences = list(doc.sents)
    assert max(map(len, sentences)) <= language.LONGEST_SENTENCE
    assert "".join(each.text_with_ws for each in sentences) == text
    for sentence in sentences:
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)


def test_a_long_sentence_is_cut_after_a_mark():
    (doc,) = language.parse(["Ada North and Ben South, " * 100])
    assert {sentence[-1].text for sentence in doc.sents if len(sentence) > 50} == {","}


def test_prose_is_parsed_once(monkeypatch):
    text = "The council said that it would pay, as it had no choice. " * 20
    before = [token.head.i for token in language.load_pipeline()(text)]
    (doc,) = language.parse([text])
    assert [token.head.i for token in doc] == before
