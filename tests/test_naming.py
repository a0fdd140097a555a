"""What actors and acts are called: each relation, spans, hand codes."""

import pytest
from portrayal_tables import NO_QUOTES, actor, tables_of

from analysis_utils.themes.portrayal.coded import match_labels
from analysis_utils.themes.portrayal.naming import find_labels
from analysis_utils.themes.portrayal.schemas import RELATIONS, Labels


def labels_of(*texts):
    return find_labels(*tables_of(*texts))


def called(*texts):
    """Labels as (actor, of, relation, text), plain names left out."""
    table = labels_of(*texts)
    table = table[table["relation"] != "name"]
    columns = ["actor", "of", "relation", "text"]
    return set(table[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The mayor praised shipbuilder Acme.", ("acme", "actor", "modifier", "shipbuilder")),
        ("Norvik’s Acme closed.", ("acme", "actor", "possessive", "Norvik’s")),
        ("Prime Minister Smith resigned.", ("smith", "actor", "title", "Prime Minister")),
        (
            "Acme, the largest shipbuilder, closed.",
            ("acme", "actor", "apposition", "the largest shipbuilder"),
        ),
        (
            "Acme closed on Monday, and the firm of the year wept.",
            ("acme", "actor", "description", "the firm of the year"),
        ),
        (
            "Acme is a reliable partner.",
            ("acme", "actor", "predicate", "a reliable partner"),
        ),
        ("Smith called Acme a disgrace.", ("acme", "actor", "verdict", "a disgrace")),
        ("Smith described Acme as a thief.", ("acme", "actor", "verdict", "a thief")),
        (
            "Smith accused Acme of stealing money.",
            ("acme", "actor", "charge", "stealing money"),
        ),
        ("Smith praised Acme for its courage.", ("acme", "actor", "praise", "its courage")),
        ("Firms such as Acme closed.", ("acme", "actor", "example", "Firms such as Acme")),
        (
            "They fear the threats posed by Norvik.",
            ("norvik", "actor", "source", "the threats posed by"),
        ),
        (
            "Smith called Norvik’s decision unfair.",
            ("norvik", "act", "verdict", "unfair"),
        ),
        (
            "The decision by Norvik was not binding.",
            ("norvik", "act", "noun", "decision by Norvik"),
        ),
        ("The decision by Norvik was not binding.", ("norvik", "act", "predicate", "not binding")),
        (
            "The decision by Norvik shows contempt.",
            ("norvik", "act", "sign", "contempt"),
        ),
        (
            "Acme blamed Norvik’s decision on political motives.",
            ("norvik", "act", "charge", "political motives"),
        ),
    ],
)
def test_a_relation_gives_its_label(text, label):
    assert label in called(text)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Norvik and shipbuilder Acme signed.", {("acme", "modifier", "shipbuilder")}),
        ("Acme (the shipbuilder) closed.", {("acme", "apposition", "the shipbuilder")}),
        ("The shipbuilder, Acme, closed.", {("acme", "apposition", "The shipbuilder")}),
        ("Acme the shipbuilder closed.", set()),
        ("Acme, the firm, closed.", {("acme", "apposition", "the firm")}),
        ("Acme and the firm closed.", {("acme", "description", "the firm")}),
        ("Its owner, Smith, resigned.", {("smith", "apposition", "Its owner")}),
        ("Acme is not reliable.", {("acme", "predicate", "not reliable")}),
        ("Acme seems reliable.", {("acme", "predicate", "reliable")}),
        ("Acme is a partner in crime.", {("acme", "predicate", "a partner in crime")}),
        ("It is Acme.", set()),
        ("Acme was called a disgrace.", {("acme", "verdict", "a disgrace")}),
        ("Smith called Acme a disgrace on Monday.", {("acme", "verdict", "a disgrace")}),
        ("As a thief, Smith described Acme.", set()),
        ("Smith praised Acme on Monday for its courage.", {("acme", "praise", "its courage")}),
        ("Acme was accused of theft.", {("acme", "charge", "theft")}),
        (
            "Smith accused Norvik and Acme of theft.",
            {("norvik", "charge", "theft"), ("acme", "charge", "theft")},
        ),
        ("Norvik blamed the decision on Acme.", {("acme", "charge", "the decision")}),
        (
            "Firms such as Acme and Unison closed.",
            {
                ("acme", "example", "Firms such as Acme"),
                ("unison", "example", "Firms such as Acme and Unison"),
            },
        ),
        ("They fear the threats that Norvik poses.", set()),
        ("Acme showed contempt.", set()),
        ("Norvik’s decision was shown to Smith.", {("norvik", "noun", "decision")}),
        ("Three Acme ships sank.", set()),
        ("Yesterday morning Acme closed.", set()),
        ("Norvik praised embattled Acme.", {("acme", "modifier", "embattled")}),
    ],
)
def test_these_labels_and_no_others(text, labels):
    assert {(actor, relation, words) for actor, _, relation, words in called(text)} == labels


def test_labels_of_a_sentence_are_numbered_from_its_beginning():
    table = labels_of("Norvik met Acme, the firm, and the firm wept.", "Acme closed.")
    assert table["label_id"].tolist() == [*(f"a:s01:n{n}" for n in (1, 2, 3, 4)), "a:s02:n1"]
    assert table.groupby("sentence_id")["start"].is_monotonic_increasing.all()


def test_a_title_inside_an_alias_is_cut_from_the_name():

    from analysis_utils.annotation.parsed import Mention
    from analysis_utils.themes.portrayal.naming import _title_inside

    def cut(text, names):
        end = _title_inside(Mention(0, len(text), text, "x", "alias"), names)
        return text[:end].strip()

    assert cut("President Ann Smith", ["Ann Smith", "Smith", "President Ann Smith"]) == "President"
    assert cut("Ann Smith", ["Ann Smith", "Smith"]) == ""
    assert cut("Ann B. Smith", ["Ann Smith", "Smith", "Ann B. Smith"]) == ""
    assert cut("The Acme", ["Acme", "The Acme"]) == ""


@pytest.mark.parametrize("title", ["Mr.", "Mrs.", "Ms.", "Ms", "Miss", "Dr."])
def test_a_courtesy_title_is_no_label(title):
    assert called(f"{title} Smith resigned.") == set()
    assert called(f"Former mayor {title} Smith resigned.") == {
        ("smith", "actor", "title", "Former mayor")
    }


def test_a_courtesy_title_inside_an_alias_is_no_label(monkeypatch):
    aliased = [actor("Smith", kind="person", aliases=["Mr. Smith", "President Smith"])]
    monkeypatch.setattr("portrayal_tables.ACTORS", aliased)
    assert called("Mr. Smith resigned.") == set()
    assert called("President Smith resigned.") == {("smith", "actor", "title", "President")}


def test_two_actors_side_by_side_are_not_each_others_title():
    table = labels_of("Acme and Norvik signed.", "He told reporters Acme had closed.")
    assert set(table["relation"]) == {"name"}


def test_being_ready_is_no_label():
    assert called("Acme is ready to pay.") == set()
    assert called("Acme is convinced that it rains.") == set()


def test_spans_are_those_of_the_words():
    sentences, *others = tables_of(
        "Norvik’s Acme, the largest shipbuilder, closed.", "The firm is a mess."
    )
    texts = sentences.set_index("sentence_id")["text"]
    table = find_labels(sentences, *others)
    assert len(table) >= 4
    assert table["label_id"].is_unique
    assert set(table["relation"]) <= set(RELATIONS)
    for row in table.itertuples():
        assert texts[row.sentence_id][row.start : row.end] == row.text


def test_no_sentences_no_labels():
    sentences, tokens, quotations, mentions, actors, quotes = tables_of("Acme closed.")
    table = find_labels(
        sentences.iloc[:0], tokens.iloc[:0], quotations, mentions.iloc[:0], actors, quotes
    )
    assert table.empty
    assert list(table.columns) == Labels.columns()


def test_agreement_with_the_hand_codes(corpus, codes):
    told = corpus.sentences[corpus.sentences["part"] != "standfirst"]
    tables = corpus.tokens, corpus.quotations, corpus.mentions, corpus.study.actors
    table = find_labels(told, *tables, NO_QUOTES)
    matched = match_labels(table, codes("labels"), corpus.tokens, corpus.study.actors)
    assert len(matched) == 28
    assert matched["found"].sum() == 28
    # Labels are not found by making them long: most words of both are shared.
    assert matched["dice"].mean() > 0.8


def test_two_firms_from_a_close_reading(corpus):
    """TASS says what the firm does; RFE/RL says whose it is and where it sits."""
    told = corpus.sentences[corpus.sentences["part"] != "standfirst"]
    tables = corpus.tokens, corpus.quotations, corpus.mentions, corpus.study.actors
    table = find_labels(told, *tables, NO_QUOTES)
    firm = table[(table["actor"] == "kaspersky_lab") & (table["of"] == "actor")]
    texts = firm.groupby("outlet")["text"].agg(set)
    assert "Russian multinational cybersecurity and anti-virus firm" in texts["tass"]
    assert {"Russia’s", "the Moscow-based firm"} <= texts["rferl"]
