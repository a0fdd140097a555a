"""Voices: whose every word is, shares by speaker, who is heard, reporting verbs, agreement."""

import matplotlib
import numpy as np
import pandas as pd
import pytest

from analysis_utils.annotation.language import count_words
from analysis_utils.annotation.voice import voice_of_spans, word_voices
from analysis_utils.schemas import Quotes
from analysis_utils.study.file import StudyError
from analysis_utils.themes import voices
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.voices import coded, reporting_verbs, sources, validation, words
from analysis_utils.themes.voices.reporting_verbs import STANCES, UNGROUPED, read_verbs, stance_of

matplotlib.use("Agg")

TEXTS = {
    "a:s01": "The mayor said the bridge is safe and that the union had promised help.",
    "a:s02": "“We are,” said the union, “glad.”",
    "a:s03": "It rained.",
    "b:s01": "Nobody spoke at all — not once.",
}


@pytest.fixture(scope="module")
def sentences():
    return made_sentences(TEXTS)


def made_sentences(texts):
    rows = [
        {
            "sentence_id": sentence_id,
            "article_id": sentence_id[0],
            "outlet": sentence_id[0],
            "part": "headline" if sentence_id.endswith("headline") else "body",
            "paragraph": 1,
            "position": int(sentence_id[-2:]) if sentence_id[-2:].isdigit() else 0,
            "text": text,
            "n_words": count_words(text),
        }
        for sentence_id, text in texts.items()
    ]
    return pd.DataFrame(rows)


def quote(quote_id, sentence_id, text, kind="reported", speaker="", texts=TEXTS, **more):
    """A row of ``quotes`` whose content stands once in its sentence."""
    start = texts[sentence_id].index(text)
    empty = {"joint": "", "source": "", "cue": "say", "inside": ""}
    places = {f"{of}_start": -1 for of in ("source", "cue")}
    places |= {f"{of}_end": -1 for of in ("source", "cue")}
    places |= {f"{of}_sentence_id": "" for of in ("source", "cue")}
    return {
        **empty,
        **places,
        "quote_id": quote_id,
        "sentence_id": sentence_id,
        "start": start,
        "end": start + len(text),
        "text": text,
        "n_words": count_words(text),
        "kind": kind,
        "speaker": speaker,
        **more,
    }


@pytest.fixture(scope="module")
def quotes():
    """The mayor reports the union; the union's own quote is cut in two by its cue."""
    said = "the bridge is safe and that the union had promised help"
    return Quotes.checked(
        [
            quote("a:v01", "a:s01", said, speaker="mayor"),
            quote("a:v02", "a:s01", "help", speaker="union", inside="a:v01"),
            quote("a:v03", "a:s02", "We are,", "direct", "union"),
            quote("a:v03", "a:s02", "glad.", "direct", "union"),
        ]
    )


def span(sentence_id, text):
    start = TEXTS[sentence_id].index(text)
    return {"sentence_id": sentence_id, "start": start, "end": start + len(text)}


@pytest.mark.parametrize(
    ("sentence_id", "text", "voice", "speaker", "quote_id"),
    [
        ("a:s01", "bridge", "reported", "mayor", "a:v01"),
        ("a:s01", "The mayor said", "own", "", ""),
        ("a:s01", "help", "reported", "union", "a:v02"),
        ("a:s01", "promised help", "reported", "union", "a:v02"),  # half of it is enough
        ("a:s01", "had promised help", "reported", "mayor", "a:v01"),  # a third is not
        ("a:s01", "mayor said the bridge", "reported", "mayor", "a:v01"),
        ("a:s01", "The mayor said the bridge", "own", "", ""),
        ("a:s02", "glad", "quoted", "union", "a:v03"),
        ("a:s02", "We are,” said the union, “glad", "quoted", "union", "a:v03"),  # 3 of 6
        ("a:s02", "said the union", "own", "", ""),
        ("a:s03", "It rained.", "own", "", ""),
        ("b:s01", "—", "own", "", ""),
    ],
)
def test_the_quote_with_half_of_the_words_decides(
    sentences, quotes, sentence_id, text, voice, speaker, quote_id
):
    (found,) = voice_of_spans(
        pd.DataFrame([span(sentence_id, text)]), quotes, sentences
    ).itertuples(index=False)
    assert (found.voice, found.speaker, found.quote_id) == (voice, speaker, quote_id)


def test_the_outermost_quote_can_decide_too(sentences, quotes):
    spans = pd.DataFrame([span("a:s01", "help")])
    found = voice_of_spans(spans, quotes, sentences, outermost=True)
    assert found["speaker"].tolist() == ["mayor"]


def test_without_a_link_the_smaller_quote_is_the_inner_one(sentences, quotes):
    spans = pd.DataFrame([span("a:s01", "help")])
    unlinked = quotes.assign(inside="")
    assert voice_of_spans(spans, unlinked, sentences)["speaker"].tolist() == ["union"]


def test_a_span_without_words_is_measured_in_characters(sentences):
    dash = Quotes.checked([quote("b:v01", "b:s01", "at all — not", speaker="mayor")])
    found = voice_of_spans(pd.DataFrame([span("b:s01", "—")]), dash, sentences)
    assert found["voice"].tolist() == ["reported"]


def test_quotes_inside_each_other_in_a_circle_do_not_hang(sentences, quotes):
    circle = quotes.assign(inside=quotes["quote_id"].map({"a:v01": "a:v02", "a:v02": "a:v01"}))
    circle["inside"] = circle["inside"].fillna("")
    assert len(voice_of_spans(pd.DataFrame([span("a:s01", "help")]), circle, sentences)) == 1


def test_every_span_keeps_its_row(sentences, quotes):
    spans = pd.DataFrame([span("a:s02", "glad"), span("a:s03", "rained")], index=[7, 3])
    found = voice_of_spans(spans, quotes, sentences)
    assert found.index.tolist() == [7, 3]
    assert found["voice"].tolist() == ["quoted", "own"]
    assert voice_of_spans(spans.iloc[:0], quotes, sentences).empty
    assert (voice_of_spans(spans, quotes.iloc[:0], sentences)["voice"] == "own").all()


def test_many_spans_are_no_trouble(corpus):
    by_hand = coded.coded_quotes(corpus.study.codes("quotes"))
    spans = corpus.mentions.sample(100_000, replace=True, random_state=0)
    found = voice_of_spans(spans, by_hand, corpus.sentences)
    assert found.index.equals(spans.index)


def test_every_word_has_one_voice(corpus):
    by_hand = coded.coded_quotes(corpus.study.codes("quotes"))
    words = word_voices(by_hand, corpus.sentences)
    assert not words.duplicated(["sentence_id", "start"]).any()
    counts = words.groupby("sentence_id").size().reindex(corpus.sentences["sentence_id"])
    assert counts.tolist() == corpus.sentences["n_words"].tolist()


def test_the_voices_of_known_mentions(corpus):
    """From a close reading: "some MPs" is the company's phrase, "the company said" the agency's."""
    by_hand = coded.coded_quotes(corpus.study.codes("quotes"))
    found = corpus.mentions.join(voice_of_spans(corpus.mentions, by_hand, corpus.sentences))
    found = found.set_index(["sentence_id", "text"])
    assert tuple(found.loc[("tass:s05", "some MPs"), ["voice", "speaker"]]) == (
        "reported",
        "kaspersky_lab",
    )
    assert found.loc[("tass:s05", "the company"), "voice"] == "own"
    assert found.loc[("tass:s04", "the EU Parliament"), "voice"] == "quoted"
    assert found.loc[("tass:s04", "the EU Parliament"), "speaker"] == "eugene_kaspersky"


def test_shares_by_hand(sentences, quotes):
    found = voices.tables.speaker_shares(quotes, sentences, ["a", "b"]).set_index(
        ["outlet", "speaker"]
    )
    # a: 14 + 6 + 2 words. The mayor's 11 hold the union's nested one; the union's own are 3.
    assert found.loc[("a", "mayor"), ["reported", "quoted", "words"]].tolist() == [11, 0, 11]
    assert found.loc[("a", "union"), ["reported", "quoted", "words"]].tolist() == [0, 3, 3]
    assert found.loc[("a", ""), "words"] == 22 - 14
    assert found.loc[("a", "mayor"), "share"] == pytest.approx(11 / 22)
    assert found.loc[("b", ""), "share"] == 1
    # The union's nested quote is counted as a quote, its word is the mayor's.
    assert found["n_quotes"].to_dict() == {
        ("a", ""): 0,
        ("a", "mayor"): 1,
        ("a", "union"): 2,
        ("b", ""): 0,
    }
    assert found["low"].isna().all()  # three sentences are too few


def test_an_outlet_without_own_words_or_without_any_has_a_row_all_the_same():
    texts = {"a:s01": "“We are glad.”"}
    told = Quotes.checked([quote("a:v01", "a:s01", "We are glad.", "direct", texts=texts)])
    found = voices.tables.speaker_shares(told, made_sentences(texts), ["a", "b"])
    assert found[["outlet", "role", "words"]].values.tolist() == [
        ["a", "own", 0],
        ["a", "unnamed", 3],
        ["b", "own", 0],
    ]
    assert words.headline(found, {"a": "Alpha", "b": "Beta"}, {}) == (
        "All words are the outlets' own"
    )


def test_every_quote_is_listed_once_with_its_text(sentences, quotes):
    listed = voices.tables.list_quotes(quotes, sentences).set_index("quote_id")
    assert listed.index.tolist() == ["a:v01", "a:v02", "a:v03"]
    assert listed.loc["a:v03", ["text", "n_words"]].tolist() == ["We are, … glad.", 3]
    assert listed.loc["a:v02", "inside"] == "a:v01"
    assert voices.tables.list_quotes(quotes.iloc[:0], sentences).empty


def test_a_headline_is_not_added(quotes):
    texts = {**TEXTS, "a:headline": "Bridge is safe, mayor says"}
    more = quote("a:v09", "a:headline", "Bridge is safe", texts=texts, speaker="mayor")
    both = Quotes.checked([*quotes.to_dict("records"), more])
    table = made_sentences(texts)
    shares = voices.tables.speaker_shares(both, table, ["a"]).set_index("speaker")
    assert shares["words"].sum() == 22
    assert shares.loc["mayor", "n_quotes"] == 1


def test_shares_of_the_hand_codes_are_those_of_counting(corpus):
    codes = corpus.study.codes("quotes")
    by_hand = coded.coded_quotes(codes)
    found = voices.tables.speaker_shares(by_hand, corpus.sentences, corpus.outlets)
    attributed = codes[codes["type"] != "unattributed"]
    outlet = attributed["sentence_id"].str.split(":").str[0]
    words = attributed["text"].map(count_words).groupby([outlet, attributed["speaker"]]).sum()
    said = found[found["role"] == "actor"].set_index(["outlet", "speaker"])["words"]
    assert said.sort_index().to_dict() == words.sort_index().to_dict()
    assert found.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    assert (found["low"] <= found["share"]).all() and (found["share"] <= found["high"]).all()


def test_a_shared_quote_counts_for_the_first_and_is_listed(sentences):
    shared = Quotes.checked(
        [quote("a:v01", "a:s01", "the bridge is safe", speaker="mayor", joint="union")]
    )
    found = voices.tables.speaker_shares(shared, sentences, ["a"]).set_index("speaker")
    assert found.loc["mayor", ["n_quotes", "n_shared", "words"]].tolist() == [1, 1, 4]
    assert "union" not in found.index
    told = voices.tables.list_quotes(shared, sentences)
    assert told["joint"].tolist() == ["union"]


def made_outlets(articles):
    """Outlets with so many articles: every second one gives all its words to somebody."""
    texts = {
        f"{outlet}{number}:s{place:02d}": "It rained all day, and nobody came to the bridge."
        for outlet, count in articles.items()
        for number in range(count)
        for place in range(1, 9)
    }
    told = made_sentences(texts)
    told["article_id"] = told["sentence_id"].str.partition(":")[0]
    given = [key for key in texts if int(key[1]) % 2]
    said = [quote(f"{key}:v", key, texts[key], source="she", texts=texts) for key in given]
    return Quotes.checked(said), told


def test_where_all_outlets_have_five_articles_a_share_is_as_sure_as_these_are_alike():
    quotes, sentences = made_outlets({"a": 6, "b": 6})
    by_article = voices.tables.speaker_shares(quotes, sentences, ["a", "b"])
    one_article = sentences.assign(article_id=sentences["outlet"])
    by_sentence = voices.tables.speaker_shares(quotes, one_article, ["a", "b"])
    assert set(by_article["unit"]) == {"articles"} and set(by_sentence["unit"]) == {"sentences"}
    assert (by_article["share"] == by_sentence["share"]).all()
    widths = [table["high"] - table["low"] for table in (by_article, by_sentence)]
    assert (widths[0] > 1.5 * widths[1]).all()


def test_one_outlet_of_few_articles_makes_sentences_the_unit_of_all():
    quotes, sentences = made_outlets({"a": 6, "b": 4})
    found = voices.tables.speaker_shares(quotes, sentences, ["a", "b"])
    assert set(found["unit"]) == {"sentences"}


def test_sources_that_are_no_actors_have_names():
    texts = {"a:s01": "x y z w v"}
    rows = [
        quote("a:v01", "a:s01", "x", texts=texts, source="Ann Lewis, a director of the plant"),
        quote("a:v02", "a:s01", "y", texts=texts, source="Lewis"),
        quote("a:v03", "a:s01", "z", texts=texts, source="She"),
        quote("a:v04", "a:s01", "w", texts=texts, source="Officials"),
        quote("a:v06", "a:s01", "w", texts=texts, source="officials"),
        quote("a:v07", "a:s01", "w", texts=texts, source="Mr. Lewis"),
        quote("a:v05", "a:s01", "v", texts=texts, source="the firm", speaker="acme"),
    ]
    named = sources.name_sources(Quotes.checked(rows))
    assert named["source"].tolist() == [
        *("Ann Lewis", "Ann Lewis", sources.UNNAMED, "Officials", "Officials", "Ann Lewis", "")
    ]
    assert named["role"].tolist() == ["other"] * 2 + ["unnamed"] + ["other"] * 3 + ["actor"]
    assert named["as_written"].tolist()[1] == "Lewis"


def test_the_projects_verbs_are_many_and_sound(study):
    verbs = read_verbs(study)
    assert len(verbs) >= 200
    assert set(verbs["stance"]) == set(STANCES)
    assert (verbs["source"] != "").all()
    expected = {"say": "neutral", "claim": "doubting", "admit": "endorsing", "accuse": "hostile"}
    assert {verb: stance_of(pd.Series([verb]), verbs)[0] for verb in expected} == expected


def test_a_phrase_has_the_stance_of_its_verb_and_unknown_cues_are_told(study):
    verbs = read_verbs(study)
    cues = pd.Series(["According to", "dismiss as", "telegraph", ""])
    assert stance_of(cues, verbs).tolist() == ["neutral", "hostile", UNGROUPED, ""]


class Folder:
    def __init__(self, folder):
        self.folder = folder


def test_a_study_overrules_and_adds_verbs(tmp_path):
    (tmp_path / "reporting_verbs.csv").write_text("verb,stance\nsay,doubting\nTelegraph,neutral\n")
    verbs = read_verbs(Folder(tmp_path))
    assert stance_of(pd.Series(["say", "telegraph", "claim"]), verbs).tolist() == [
        "doubting",
        "neutral",
        "doubting",
    ]
    assert verbs["own"].sum() == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("verb,stance\nsay,friendly\n", r"line 2, stance: 'friendly' is no stance. Write one of"),
        ("verb,stance\nsay,netural\n", "Did you mean neutral?"),
        ("verb,stance\n,neutral\n", "line 2, verb: there is no verb"),
        ("verb,stance\nsay,neutral\nsay,hostile\n", "line 3, verb: 'say' stands here twice"),
        ("verb;stance\nsay;neutral\n", "line 1, verb: the column is missing"),
        ("verb,stance\nsay,neutral,x,y\n", "line 2: there are more or fewer cells"),
        ("verb,stance\nsay\n", "line 2: there are more or fewer cells"),
        ('verb,stance\n"say,neutral\n', "no valid CSV"),
    ],
)
def test_a_faulty_file_of_verbs_is_told_with_its_line(tmp_path, content, told):
    (tmp_path / "reporting_verbs.csv").write_text(content)
    with pytest.raises(StudyError) as error:
        read_verbs(Folder(tmp_path))
    assert told in str(error.value) and "reporting_verbs.csv" in str(error.value)


def test_a_file_of_verbs_that_is_not_utf8_is_told(tmp_path):
    (tmp_path / "reporting_verbs.csv").write_bytes("verb,stance\nséy,neutral\n".encode("latin-1"))
    with pytest.raises(StudyError, match="not in UTF-8"):
        read_verbs(Folder(tmp_path))


def test_cues_are_counted_with_speakers_and_sentences(sentences, quotes, study):
    cued = quotes.assign(cue=["claim", "promise", "say", "say"])
    listed = voices.tables.list_quotes(cued, sentences)
    cues = reporting_verbs.group_cues(listed, read_verbs(study), ["a", "b"])
    assert cues["cue"].tolist() == ["promise", "say", "claim"]
    assert cues.set_index("cue").loc["say", ["n", "sentence_ids"]].tolist() == [1, "a:s02"]
    assert cues.set_index("cue")["stance"]["claim"] == "doubting"


def codes_table(*rows):
    columns = ["quote_id", "sentence_id", "type", "speaker", "cue", "start", "end", "text"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture(scope="module")
def small_codes():
    return codes_table(
        ("q1", "a:s01", "indirect", "mayor", "say", 15, 33, "the bridge is safe"),
        ("q2", "a:s02", "direct", "union", "say", 1, 8, "We are,"),
        ("q2", "a:s02", "direct", "union", "say", 27, 32, "glad."),
        ("q3", "a:s03", "unattributed", "union", "", 0, 10, "It rained."),
    )


def test_agreement_by_hand(quotes, small_codes):
    found = coded.agreement(quotes, small_codes).set_index("kind")
    # The mayor's quote shares 15 of 45 letters with the coded one: not the same.
    assert found.loc["direct", ["coded", "found", "exact", "both_right"]].tolist() == [1, 1, 1, 1]
    assert found.loc["reported", ["coded", "found"]].tolist() == [1, 0]
    assert found.loc["all", "recall"] == 0.5
    assert found.loc["all", "precision"] == pytest.approx(1 / 3)


def test_a_found_quote_of_unattributed_words_is_no_error(small_codes):
    rained = Quotes.checked([quote("a:v01", "a:s03", "It rained.", speaker="union")])
    assert np.isnan(coded.agreement(rained, small_codes)["precision"].iloc[-1])


def test_a_coded_speaker_who_is_no_actor_is_compared_by_name(sentences):
    codes = codes_table(("q1", "a:s03", "indirect", "Ann Lewis", "say", 0, 10, "It rained."))
    found = Quotes.checked([quote("a:v01", "a:s03", "It rained.", source="Ann Lewis")])
    assert coded.agreement(found, codes)["both_right"].iloc[-1] == 1
    tables = {"coded": coded.coded_quotes(codes), "found": found}
    table = validation.compare_shares(tables, sentences, ["a"], ["mayor"])
    assert (table["found, points"] == 0).all() and set(table["speaker"]) == {""}


def test_articles_that_nobody_coded_are_not_compared(sentences):
    codes = codes_table(("q1", "a:s03", "indirect", "mayor", "say", 0, 10, "It rained."))
    found = [quote("a:v01", "a:s03", "It rained.", speaker="mayor")]
    texts = {"b:s01": "They left, he said."}
    elsewhere = quote("b:v01", "b:s01", "They left", speaker="union", texts=texts)
    found = Quotes.checked([*found, elsewhere])
    told = pd.concat([sentences, made_sentences(texts)])
    assert coded.agreement(found, codes)["precision"].iloc[-1] == 1
    tables = {"coded": coded.coded_quotes(codes), "found": found}
    table = validation.compare_shares(tables, told, ["a", "b"], ["mayor", "union"])
    assert set(table["outlet"]) == {"a"} and (table["found, points"] == 0).all()


def test_one_found_quote_answers_one_code():
    codes = codes_table(
        ("q1", "a:s03", "indirect", "mayor", "say", 0, 10, "It rained."),
        ("q2", "a:s03", "indirect", "union", "say", 0, 10, "It rained."),
    )
    once = Quotes.checked([quote("a:v01", "a:s03", "It rained.", speaker="mayor")])
    assert coded.agreement(once, codes)["found"].iloc[-1] == 1


def test_a_quote_over_two_sentences_is_matched_over_both():
    codes = codes_table(
        ("q1", "a:s02", "direct", "union", "say", 1, 8, "We are,"),
        ("q1", "a:s03", "direct", "union", "say", 0, 10, "It rained."),
        ("q2", "a:s01", "direct", "union", "say", 1, 8, "We are,"),  # the same places elsewhere
    )
    found = [quote("a:v01", "a:s03", "It rained."), quote("a:v02", "a:s02", "We are,")]
    matched = coded.match_quotes(Quotes.checked(found), coded.coded_quotes(codes))
    # 8 of 13 letters stand in the third sentence, 5 of 13 in the second.
    assert matched["found_id"].tolist() == ["a:v01", ""]
    assert matched["shared"].tolist() == pytest.approx([8 / 13, 0])


def test_without_hand_codes_nothing_is_claimed(quotes, sentences):
    assert coded.agreement(quotes, None).empty
    tables = {"hand codes": coded.coded_quotes(None), "rules": quotes}
    assert validation.compare_shares(tables, sentences, ["a"], []).empty


def test_the_trivial_method_on_the_default_study(corpus):
    """Marks alone: all six quotations, none of the reported speech, half of the speakers."""
    marked = coded.marked_quotes(
        corpus.sentences, corpus.tokens, corpus.quotations, corpus.mentions
    )
    found = coded.agreement(marked, corpus.study.codes("quotes")).set_index("kind")
    assert found.loc["direct", "found"] == 5
    assert found.loc["partial", "found"] == 1
    assert found.loc["reported", "found"] == 0


def test_shares_side_by_side_by_hand(sentences, quotes):
    tables = {"one": quotes, "none": quotes.iloc[:0]}
    table = validation.compare_shares(tables, sentences, ["a"], ["mayor", "union"])
    rows = table.set_index(["role", "speaker"])
    assert rows.loc[("actor", "mayor"), "none, points"] == pytest.approx(-50)
    assert rows.loc[("own", ""), "none, points"] == pytest.approx(100 * 14 / 22)


def test_the_quotes_found_are_the_coders(corpus, codes):
    """Every direct and partial quote with speaker and cue; nine in ten of the reported."""
    found = coded.agreement(corpus.quotes, codes("quotes")).set_index("kind")
    for kind in ("direct", "partial"):
        row = found.loc[kind]
        assert row["coded"] == row["found"] == row["both_right"]
    assert found.loc["reported", "recall"] >= 0.9


def test_the_shares_are_within_two_points_of_the_coders(corpus, codes):
    tables = {"coded": coded.coded_quotes(codes("quotes")), "found": corpus.quotes}
    actors = corpus.names["actor"]
    compared = validation.compare_shares(tables, corpus.sentences, corpus.outlets, actors)
    assert compared["found, points"].abs().max() <= 2


def test_public_scores_are_told_if_there_are_any(corpus, monkeypatch):
    saved = pd.DataFrame(
        {"articles": 9, "weights": "w", "element": ["cue"], "f1": [0.7], "marked": [50]}
    )
    monkeypatch.setattr(
        "analysis_utils.themes.voices.validation.benchmark_results", lambda name: saved
    )
    row = validation.validate(theme_tables(voices, corpus), corpus).iloc[-1]
    assert row[["value", "n", "unit"]].tolist() == [0.7, 50, "cues"]

    def missing(name):
        raise FileNotFoundError(name)

    monkeypatch.setattr("analysis_utils.themes.voices.validation.benchmark_results", missing)
    assert (
        validation.validate(theme_tables(voices, corpus), corpus)["against"] == "hand codes"
    ).all()


def test_every_measure_is_told_with_its_trivial_method(corpus):
    table = validation.validate(theme_tables(voices, corpus), corpus)
    assert table["value"].between(0, 1).all() and table["baseline_value"].between(0, 1).all()
    assert (table["value"] >= table["baseline_value"]).all()
    assert (table[["measure", "against", "score", "baseline", "known_errors"]] != "").all(axis=None)
