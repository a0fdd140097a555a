"""Mentions of actors: the hand codes, and made-up sentences about other actors."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis_utils.annotation.actors import find_mentions
from analysis_utils.annotation.language import count_words, tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.study.parts import ACTOR_KINDS
from analysis_utils.themes.actor_sentiment.mentioned import agreement_with_codes


def actor(name, kind, aliases=(), descriptions=(), pronouns=None):
    return SimpleNamespace(
        id=name.split()[-1].lower(),
        name=name,
        kind=kind,
        aliases=aliases,
        descriptions=descriptions,
        pronouns=pronouns or ACTOR_KINDS[kind],
    )


ACTORS = (
    actor("Ada Brown", "person", ["Brown"], ["the minister"], ("she", "her")),
    actor("Carl Dale", "person", ["Dale"], pronouns=("he", "him", "his")),
    actor("Acme", "organisation", ["Acme Works"], ["the firm", "the Oslo-based firm"]),
    actor("Norvik", "country", ["NV", "N.V."], ["Norvik's army"]),
    actor("Transport Council", "institution", ["Council"], ["members of the Transport Council"]),
)


def mentions_in(*paragraphs, actors=ACTORS, part="body"):
    """(text, actor, kind) of every mention; each paragraph is a list of sentences."""
    rows = [
        {
            "sentence_id": f"a:s{number:02d}.{place}",
            "article_id": "a",
            "outlet": "o",
            "part": part,
            "paragraph": number,
            "text": text,
            "n_words": count_words(text),
        }
        for number, texts in enumerate(paragraphs, start=1)
        for place, text in enumerate([texts] if isinstance(texts, str) else texts)
    ]
    sentences = pd.DataFrame(rows)
    found = find_mentions(sentences, tokenise(sentences), find_quotations(sentences), actors)
    return list(found[["text", "actor", "kind"]].itertuples(index=False, name=None))


def pronouns_in(*paragraphs, **options):
    found = mentions_in(*paragraphs, **options)
    return [(text, who) for text, who, kind in found if kind == "pronoun"]


@pytest.fixture(scope="module")
def agreement(corpus, codes):
    return agreement_with_codes(corpus.mentions, codes("mentions")).set_index("kind")


def test_agreement_with_the_hand_codes(agreement):
    assert agreement.loc["all", "precision"] >= 0.95
    assert agreement.loc["all", "recall"] >= 0.95
    for kind in ("name", "alias", "description"):
        assert agreement.loc[kind, "recall"] >= 0.95
        assert agreement.loc[kind, "precision"] >= 0.95
    assert agreement.loc["pronoun", "recall"] >= 0.85
    assert agreement.loc["pronoun", "precision"] >= 0.95


def test_no_trap_of_the_hand_codes_is_taken_for_an_actor(corpus, codes):
    traps = codes("mentions").query("kind == 'trap'")
    both = traps.merge(corpus.mentions, on=["sentence_id", "start", "end"])
    assert len(traps) == 10
    assert both.empty


def test_offsets_are_true_and_mentions_never_overlap(corpus):
    texts = corpus.sentences.set_index("sentence_id")["text"]
    assert corpus.mentions["sentence_id"].isin(texts.index).all()
    for sentence_id, rows in corpus.mentions.groupby("sentence_id"):
        end = 0
        for row in rows.itertuples():
            assert texts[sentence_id][row.start : row.end] == row.text
            assert row.start >= end
            end = row.end


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Transport Council met.", [("The Transport Council", "council", "name")]),
        ("Norvik’s army left.", [("Norvik’s army", "norvik", "description")]),
        ("Exports to NV fell.", [("NV", "norvik", "alias")]),
        ("Navy and nv ships left.", []),
        ("The N.V.-led group left.", []),
        ("The anti-NV vote, the anti‑NV vote.", []),
        ("The NV–led group left.", []),
        ("NV–Acme talks failed.", [("NV", "norvik", "alias"), ("Acme", "acme", "name")]),
        ("The pro-Norvik group left.", []),
        ("Acmeville grew.", []),
        ("Mail info@Acme.org now.", []),
        ("Former president Ada Brown left.", [("Ada Brown", "brown", "name")]),
        ("Mr. Dale met Minister Brown.", [("Dale", "dale", "alias"), ("Brown", "brown", "alias")]),
        ("Lucy Brown met Tom Dale.", []),
        ("They met at the Brown University campus.", []),
        ("The NV Senate voted.", [("The NV", "norvik", "alias")]),
        ("The Oslo-based firm grew.", [("The Oslo-based firm", "acme", "description")]),
    ],
)
def test_phrases_match_whole_names_only(sentence, expected):
    assert mentions_in([sentence]) == expected


def test_the_longest_phrase_wins():
    found = mentions_in(["Members of the Transport Council saw the Acme Works gate."])
    assert [text for text, _, _ in found] == [
        "Members of the Transport Council",
        "the Acme Works",
    ]


def test_a_description_without_capitals_needs_its_actor_before():
    assert mentions_in(["The firm grew."]) == []
    assert mentions_in("Acme fell.", "The firm grew.")[1] == ("The firm", "acme", "description")


def test_an_adjective_is_no_description():
    assert [text for text, _, _ in mentions_in("Acme rose.", "It was the firm friend of all.")] == [
        "Acme"
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Acme says it will close its shop."], [("it", "acme"), ("its", "acme")]),
        (["Acme said it was a sad day."], []),
        (["Acme said it was clear that prices rose."], []),
        (["Acme said “it shows a lack of respect.”"], []),
        (["Although the plan failed, it shows courage, Acme said."], []),
        (["Acme, which makes ships, grew."], [("which", "acme")]),
        (["Carl Dale, who makes ships, left."], [("who", "dale")]),
        (["The market lost its way."], []),
        (["Acme said the market lost its way."], []),
        (["Acme fell after the Council banned its ships."], []),
        (["Ada Brown said she would sell her boat."], [("she", "brown"), ("her", "brown")]),
        (["Ada Brown said he would come."], []),
        (["Tom Smith said his boat sank near Norvik."], []),
        (
            ["Acme met members of the Transport Council and heard their plans."],
            [("their", "council")],
        ),
        (["Acme sold ships and their owners wept."], []),
    ],
)
def test_pronouns_within_a_sentence(paragraphs, expected):
    assert pronouns_in(paragraphs) == expected


def test_praise_for_a_rival_is_left_open():
    rival = actor("Emil Frank", "person", pronouns=("he", "him", "his"))
    sentence = ["Carl Dale praised Emil Frank for his courage."]
    assert pronouns_in(sentence, actors=(*ACTORS, rival)) == []


def test_we_in_a_quotation_is_its_speaker():
    assert pronouns_in(['"We will sell our ships," Acme said.']) == [
        ("We", "acme"),
        ("our", "acme"),
    ]


def test_we_is_the_organisation_that_the_speaker_is_introduced_with():
    found = pronouns_in(['"We will wait and I agree," Acme director Carl Dale said.'])
    assert found == [("We", "acme"), ("I", "dale")]
    assert pronouns_in(['"We will wait," Carl Dale said.']) == []


def test_we_outside_quotation_marks_or_by_a_stranger_is_left_alone():
    assert pronouns_in("Acme fell.", ["We heard it in town."]) == []
    assert pronouns_in("Acme fell.", ['"We will wait," Tom Smith said.']) == []


def test_a_quotation_without_a_speaker_takes_the_one_of_the_sentence_before():
    found = pronouns_in(["The ships are old, Acme said.", '"We will sell them."'])
    assert found == [("We", "acme")]
    assert pronouns_in(["The ships are old, Acme said."], ['"We will sell them."']) == []


def test_it_said_is_whoever_spoke_last():
    assert pronouns_in(["Prices rose, Acme said."], ['"All is well," it said.']) == [("it", "acme")]
    stranger = ["Prices rose, Acme said."], ["Prices fell, Zeta said."], ['"Well," it said.']
    assert pronouns_in(*stranger) == []


def test_he_who_opens_a_sentence_is_the_subject_before_unless_two_fit():
    assert pronouns_in(["Carl Dale left town.", "He took a boat."]) == [("He", "dale")]
    rival = actor("Emil Frank", "person", pronouns=("he", "him", "his"))
    two = ["Carl Dale met Emil Frank.", "He took a boat."]
    assert pronouns_in(two, actors=(*ACTORS, rival)) == []
    assert pronouns_in(["Tom Smith left town.", "He met Carl Dale."]) == []


def test_an_actor_without_pronouns_gets_none():
    silent = SimpleNamespace(**(vars(ACTORS[2]) | {"pronouns": ()}))
    text = ["Acme, which fell, said it would wait.", '"We wait," Acme said.']
    assert pronouns_in(text, actors=(silent,)) == []


def test_no_actors_no_mentions():
    assert mentions_in(["Acme fell."], actors=()) == []


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("The Moscow-based firm Kaspersky Lab said so.", ["Lab"]),
        ("Kaspersky Lab’s chief left.", ["Lab"]),
        ("It was the European Parliament that voted.", ["Parliament"]),
    ],
)
def test_a_mention_names_the_token_that_heads_it(corpus, text, heads):
    from analysis_utils.annotation.actors import find_mentions
    from analysis_utils.annotation.language import tokenise
    from analysis_utils.annotation.quotation import find_quotations

    place = {"article_id": "a", "outlet": "x", "part": "body", "paragraph": 1, "position": 1}
    sentences = pd.DataFrame([{"sentence_id": "a:s01", "text": text, **place}])
    tokens = tokenise(sentences)
    found = find_mentions(sentences, tokens, find_quotations(sentences), corpus.study.actors)
    names = found[found["kind"] == "name"]
    assert tokens.set_index("token").loc[names["head"], "text"].tolist() == heads


# --- Parties without a name, surnames that are words ------------------------------------------


CROWD = (
    actor("migrants", "group", ["migrant", "asylum seekers"]),
    actor("the gunman", "person"),
    actor("Teresa May", "person", ["May"]),
    actor("Rita Paul", "person", ["Paul"]),
    actor("Ursula von der Heide", "person", ["von der Heide"]),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Migrants crossed the border, and the asylum seekers sang.",
         ["Migrants", "the asylum seekers"]),
        ("A migrant camp was closed, and one migrant fell ill.", ["migrant"]),
        ("The gunman fled.", ["The gunman"]),
        ("In May, May spoke. She will go on May 3.", ["May"]),
        ("Speaker Paul D. Rennie met Senator Paul.", ["Paul"]),
        ("Von der Heide left, and they thanked von der Heide.", ["Von der Heide", "von der Heide"]),
    ],
)  # fmt: skip
def test_parties_without_a_name_and_surnames_that_are_words(text, found):
    told = mentions_in(text, actors=CROWD)
    assert [words for words, _, kind in told if kind != "pronoun"] == found
