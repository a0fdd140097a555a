"""Scores of actors in sentences: lexicons and clauses by hand, means, and the words behind them."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.parsed import Mention, clause_runs, read_sentences
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.schemas import Quotes
from analysis_utils.themes.actor_sentiment import evidence
from analysis_utils.themes.actor_sentiment.answers import Scores, label, words_with_values
from analysis_utils.themes.actor_sentiment.evidence import SMALLEST_EFFECT, model_evidence
from analysis_utils.themes.actor_sentiment.lexicons import score_textblob, score_vader
from analysis_utils.themes.actor_sentiment.methods import METHODS, Method, one_by_one
from analysis_utils.themes.actor_sentiment.scoring import (
    _cut,
    mask_spans,
    most_specific,
    nearest,
    score_mentions,
    score_sentences,
)


def parsed(text):
    sentences = pd.DataFrame(
        [
            {
                "sentence_id": "a:s01",
                "article_id": "a",
                "outlet": "o",
                "part": "body",
                "paragraph": 1,
                "text": text,
            }
        ]
    )
    tables = sentences, tokenise(sentences), find_quotations(sentences)
    return tables, next(read_sentences(*tables))


def scores_of(text, *actors, methods=METHODS):
    """Scores of a text that names each actor once."""
    (sentences, tokens, _), _ = parsed(text)
    mentions = pd.DataFrame(
        {
            "mention_id": [f"a:s01:m{number}" for number in range(len(actors))],
            "sentence_id": "a:s01",
            "outlet": "o",
            "actor": actors,
            "start": [text.index(actor) for actor in actors],
            "end": [text.index(actor) + len(actor) for actor in actors],
            "text": actors,
            "kind": "name",
        }
    )
    return score_mentions(mentions, sentences, tokens, Quotes.checked([]), methods)


def test_textblob_is_the_mean_of_its_words():
    scores = score_textblob("An unfair but safe method of late.")
    assert dict(scores.words) == {"unfair": -0.5, "safe": 0.5, "late": -0.3}
    assert scores.polarity == -0.1
    assert 0 <= scores.subjectivity <= 1


def test_textblob_agrees_with_its_public_class():
    from textblob import TextBlob

    text = "It is not a good or very reliable plan, they say."
    assert score_textblob(text)[:2] == pytest.approx(tuple(TextBlob(text).sentiment))


def test_vader_squeezes_the_sum_of_its_words():
    # One known word, "unfair" (-2.1): -2.1 / sqrt(2.1 ** 2 + 15), Hutto and Gilbert's alpha.
    scores = score_vader("The method was unfair.")
    assert scores.words == (("unfair", -2.1 / 4),)
    assert scores.polarity == pytest.approx(-2.1 / math.sqrt(2.1**2 + 15), abs=5e-5)
    assert math.isnan(scores.subjectivity)


@pytest.mark.parametrize("scorer", [score_textblob, score_vader])
@pytest.mark.parametrize("text", ["", "Norvik.", "xxxx xx x", "It isn’t good.", "😀"])
def test_scorers_stay_on_their_scales(scorer, text):
    scores = scorer(text)
    assert -1 <= scores.polarity <= 1
    assert math.isnan(scores.subjectivity) or 0 <= scores.subjectivity <= 1


def test_a_curly_apostrophe_negates_as_a_straight_one():
    curly, straight = score_vader("It isn’t good."), score_vader("It isn't good.")
    assert curly.polarity == straight.polarity < 0


def test_label_is_the_sign_beyond_the_threshold():
    assert [label(value) for value in (-0.3, -0.049, 0, 0.049, 0.05, 1)] == [-1, 0, 0, 0, 1, 1]


def test_the_label_is_the_most_probable_one_not_the_sign():
    assert Scores(0.2, probabilities=(0.2, 0.4, 0.4)).label == 0
    assert Scores(-0.1, probabilities=(0.3, 0.5, 0.2)).label == 0
    assert Scores(-0.1).label == -1


def test_names_are_masked_for_lexicons_and_whole_for_others():
    seen = []

    def spy(texts, targets):
        seen.extend(zip(texts, targets, strict=True))
        return [Scores(0.0) for _ in texts]

    text = "The United Happy Front left."
    methods = {"vader": METHODS["vader"], "spy": Method(spy, "Spy", False, ("target",))}
    scores = scores_of(text, "United Happy Front", methods=methods)
    assert (scores["polarity"] == 0).all()
    assert seen == [(text, [(4, 22)])]
    raw = Method(one_by_one(score_vader), "Raw", masks_names=False)
    assert (scores_of(text, "United Happy Front", methods={"raw": raw})["polarity"] > 0.5).all()


def test_the_clause_leaves_out_what_is_said_of_others():
    text = "Acme makes good ships, although Norvik called the awful plan a disaster."
    scores = scores_of(text, "Acme", "Norvik", methods={"vader": METHODS["vader"]})
    polarity = scores.set_index(["actor", "scope"])["polarity"]
    assert polarity["Acme", "sentence"] == polarity["Norvik", "sentence"]
    assert polarity["Acme", "clause"] > 0 > polarity["Norvik", "clause"]


def test_a_relative_clause_belongs_to_its_name():
    text = "They met Acme, which has been a reliable partner, the mayor said."
    _, sentence = parsed(text)
    start = text.index("Acme")
    runs = clause_runs(sentence, [(start, start + 4)])
    words = " ".join(text[a:b] for a, b in runs)
    assert "reliable partner" in words
    assert "mayor" not in words


def test_without_a_verb_the_clause_is_a_window():
    text = "Acme " + "and more " * 20
    _, sentence = parsed(text.strip())
    for token in sentence.tokens:
        assert token.pos not in ("VERB", "AUX")
    ((start, end),) = clause_runs(sentence, [(0, 4)])
    assert (start, text[:end].split()[-1]) == (0, "more")
    assert len(text[:end].split()) == 9


def test_the_model_is_asked_for_names_in_the_whole_sentence():
    seen = []

    def spy(texts, targets):
        seen.extend(zip(texts, targets, strict=True))
        return [Scores(0.5, probabilities=(0.1, 0.3, 0.6)) for _ in texts]

    text = "Acme said Norvik had let Acme down, and it was sorry for itself."
    (sentences, tokens, _), _ = parsed(text)
    places = [
        (0, 4, "acme", "name"),
        (10, 16, "norvik", "description"),
        (25, 29, "acme", "alias"),
        (40, 42, "acme", "pronoun"),
    ]
    mentions = pd.DataFrame(places, columns=["start", "end", "actor", "kind"]).assign(
        sentence_id="a:s01", text="Acme"
    )
    methods = {"spy": Method(spy, "Spy", False, ("target",))}
    found = score_mentions(mentions, sentences, tokens, Quotes.checked([]), methods)
    assert seen == [(text, [(0, 4), (25, 29)]), (text, [(10, 16)])]
    assert found["label"].tolist() == [1, 1]
    assert found["text"].tolist() == [text, text]
    assert found[["negative", "neutral", "positive"]].iloc[0].tolist() == [0.1, 0.3, 0.6]


def test_a_possessive_before_a_description_stays_readable():
    def asked(text, kind):
        return most_specific([Mention(4, 4 + len(text), text, "acme", kind)])

    assert asked("our company", "description") == [(8, 15)]
    assert asked("Its  rival", "description") == [(9, 14)]
    assert asked("the company", "description") == [(4, 15)]
    assert asked("hers", "description") == asked("its ", "description") == [(4, 8)]
    assert asked("Our Time Press", "name") == [(4, 18)]
    assert asked("our", "pronoun") == [(4, 7)]


def test_clause_offsets_are_true_and_in_order(corpus):
    for sentence in read_sentences(corpus.sentences, corpus.tokens, corpus.quotations):
        rows = corpus.mentions[corpus.mentions["sentence_id"] == sentence.sentence_id]
        for row in rows.itertuples():
            runs = clause_runs(sentence, [(row.start, row.end)])
            assert runs == sorted(runs)
            assert any(a <= row.start < b for a, b in runs), row


def test_words_are_told_with_their_values():
    words = [("unfair", -0.5), ("very safe", 0.254)]
    assert words_with_values(words) == "unfair -0.50; very safe +0.25"
    assert words_with_values([]) == ""


def spy_on(seen, label_of=lambda text: 0):
    """A scorer that notes what it is asked."""

    def score(texts, targets):
        seen.extend(zip(texts, targets, strict=True))
        return [Scores(0.5 * label_of(text)) for text in texts]

    return score


def test_masks_keep_the_length_and_what_is_no_letter():
    assert mask_spans("The U.S. and A-1 left", [(4, 8), (13, 16)]) == "The xxxx and x-x left"


def test_whole_sentences_are_masked_and_asked_for_nobody():
    sentences = pd.DataFrame(
        {
            "sentence_id": ["a:standfirst", "a:s01"],
            "outlet": ["a", "a"],
            "part": ["standfirst", "body"],
            "text": ["Acme won.", "It said Acme lost."],
        },
        index=[7, 9],
    )
    mentions = pd.DataFrame(
        [("a:standfirst", 0, 4, "name"), ("a:s01", 0, 2, "pronoun"), ("a:s01", 8, 12, "alias")],
        columns=["sentence_id", "start", "end", "kind"],
    )
    masked, raw = [], []
    methods = {
        "masked": Method(spy_on(masked, lambda text: 1)),
        "raw": Method(spy_on(raw, lambda text: -1), masks_names=False),
        "target": Method(spy_on(masked), scopes=("target",)),
    }
    found = score_sentences(sentences, mentions, methods)
    assert masked == [("xxxx won.", []), ("It said xxxx lost.", [])]
    assert raw == [("Acme won.", []), ("It said Acme lost.", [])]
    assert found.to_dict("list") == {
        "sentence_id": ["a:standfirst"] * 2 + ["a:s01"] * 2,
        "outlet": ["a"] * 4,
        "part": ["standfirst"] * 2 + ["body"] * 2,
        "method": ["masked", "raw"] * 2,
        "polarity": [0.5, -0.5] * 2,
        "label": [1, -1] * 2,
    }
    assert found.index.tolist() == [0, 1, 2, 3]


def test_nearest_scores_leave_out_wider_scopes_and_standfirsts():
    rows = [(1, True, "body"), (2, False, "body"), (3, True, "standfirst"), (4, True, "headline")]
    table = pd.DataFrame(rows, columns=["row", "narrowest", "part"])
    assert nearest(table)["row"].tolist() == [1, 4]
    assert nearest(table.iloc[:0].astype(object)).columns.tolist() == table.columns.tolist()


def test_the_narrowest_scope_of_each_method_is_told():
    found = scores_of("Acme left.", "Acme", methods={"vader": METHODS["vader"]})
    assert found.set_index("scope")["narrowest"].to_dict() == {"sentence": False, "clause": True}
    assert (found["part"] == "body").all()


def test_runs_of_a_clause_are_joined_and_places_moved():
    runs, mentions = [(0, 2), (6, 11)], [(9, 14), (6, 8), (3, 5), (0, 1), (11, 12)]
    assert _cut("ab cd ef gh ij", runs, mentions) == ("ab ef gh", [(0, 1), (6, 8), (3, 5)])


def quoted(text, words, kind="direct", speaker="acme"):
    """Table ``quotes`` with words of a sentence."""
    start = text.index(words)
    nowhere = {
        f"{of}_{name}": value
        for of in ("source", "cue")
        for name, value in {"start": -1, "end": -1, "sentence_id": ""}.items()
    }
    row = {
        "quote_id": "a:v01", "sentence_id": "a:s01", "start": start, "end": start + len(words),
        "text": words, "n_words": len(words.split()), "kind": kind, "speaker": speaker,
        "joint": "", "source": "", "cue": "", "inside": "", **nowhere,
    }  # fmt: skip
    return Quotes.checked([row])


@pytest.mark.parametrize(
    ("words", "voice"),
    [("the deal with Norvik was unfair and much too late", "quoted"), ("unfair", "own")],
)
def test_a_score_has_the_voice_of_the_larger_part(words, voice):
    text = "Acme said “the deal with Norvik was unfair and much too late”."
    (sentences, tokens, _), _ = parsed(text)
    start = text.index("Norvik")
    mentions = pd.DataFrame(
        [("a:s01", "norvik", start, start + 6, "Norvik", "name")],
        columns=["sentence_id", "actor", "start", "end", "text", "kind"],
    )
    method = {"spy": Method(spy_on([]), scopes=("sentence",))}
    (row,) = score_mentions(mentions, sentences, tokens, quoted(text, words), method).to_dict(
        "records"
    )
    assert (row["voice"], row["speaker"]) == (voice, "acme" if voice == "quoted" else "")


#: What each word does in a made-up model, in reading order.
EFFECTS = [
    ("slightly", SMALLEST_EFFECT), ("hardly", SMALLEST_EFFECT / 2), ("bad", -0.3),
    ("worse", -0.5), ("good", 0.2), ("ill", -0.1), ("hurt", -0.2), ("merely", -SMALLEST_EFFECT),
]  # fmt: skip


@pytest.fixture
def judged(monkeypatch):
    """Scores of three sentences, of which one judges nobody, and what the model is asked."""
    asked = []

    def effects(text, target):
        asked.append((text, target))
        return EFFECTS

    monkeypatch.setattr(evidence, "word_effects", effects)
    ids = ["a:s01", "a:s02", "a:s03"]
    scores = pd.DataFrame(
        {"sentence_id": ids, "polarity": [-0.4, 0.0, 0.6], "label": [-1, 0, 1]}
    ).assign(outlet="o", actor="acme")
    mentions = pd.DataFrame({"sentence_id": ids}).assign(
        actor="acme", start=0, end=4, text="Acme", kind="name"
    )
    sentences = pd.DataFrame({"sentence_id": ids, "text": ["Acme one", "Acme two", "Acme three"]})
    return asked, (scores, mentions, sentences)


def test_the_words_behind_judgements_stand_strongest_first(judged):
    asked, tables = judged
    found = model_evidence(*tables)
    assert asked == [("Acme one", [(0, 4)]), ("Acme three", [(0, 4)])]
    assert found["polarity"].tolist() == [-0.4, 0.6]
    assert found["pushed_down_by"].tolist() == ["worse -0.50; bad -0.30; hurt -0.20"] * 2
    assert found["pushed_up_by"].tolist() == ["good +0.20; slightly +0.01"] * 2
    assert found["text"].tolist() == ["Acme one", "Acme three"]


def test_only_the_strongest_judgements_are_asked_for(judged):
    asked, tables = judged
    found = model_evidence(*tables, pairs=1, most=9)
    assert asked == [("Acme three", [(0, 4)])]
    assert found["pushed_down_by"].item().endswith("ill -0.10; merely -0.01")
    assert model_evidence(tables[0].iloc[:0], *tables[1:]).empty
    assert model_evidence(tables[0].iloc[:0], *tables[1:]).columns[-1] == "text"


def test_by_default_thirty_judgements_are_asked_for(monkeypatch):
    monkeypatch.setattr(evidence, "word_effects", lambda text, target: [])
    ids = [f"a:s{number:02d}" for number in range(31)]
    scores = pd.DataFrame({"sentence_id": ids, "polarity": np.linspace(0.1, 0.9, 31)})
    mentions = pd.DataFrame({"sentence_id": ids, "start": 0, "end": 4, "text": "Acme"})
    mentions = mentions.assign(actor="acme", kind="name")
    sentences = pd.DataFrame({"sentence_id": ids, "text": "Acme left."})
    found = model_evidence(scores.assign(label=1, outlet="o", actor="acme"), mentions, sentences)
    assert found["sentence_id"].tolist() == ids[1:]
