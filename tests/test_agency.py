"""Who does what to whom: constructions, understood subjects, negation, modality, hand codes."""

import pytest
from portrayal_tables import NO_QUOTES, tables_of, triples_of

from analysis_utils.schemas import Quotes
from analysis_utils.themes.portrayal.agency import find_triples
from analysis_utils.themes.portrayal.coded import score_triples
from analysis_utils.themes.portrayal.schemas import CONSTRUCTIONS, MODALITIES, Triples


def told(*texts):
    """Triples as (agent, verb, patient)."""
    table = triples_of(*texts)
    return set(table[["agent", "verb", "patient"]].itertuples(index=False, name=None))


def one(text, verb):
    table = triples_of(text)
    rows = table[table["verb"] == verb]
    assert len(rows) == 1, table[["agent", "verb", "patient"]]
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Acme sued Norvik.", ("acme", "sue", "norvik")),
        ("Norvik was sued by Acme.", ("acme", "sue", "norvik")),
        ("Norvik was sued on Monday.", ("", "sue", "norvik")),
        ("Acme decided to leave Norvik.", ("acme", "leave", "norvik")),
        ("Acme is ready to meet with Unison.", ("acme", "meet", "unison")),
        ("Norvik ordered Acme to pay Unison.", ("acme", "pay", "unison")),
        ("Acme was forced to pay Unison.", ("acme", "pay", "unison")),
        ("Acme announced a plan to sue Norvik.", ("acme", "sue", "norvik")),
        ("Norvik accused Acme of cheating Unison.", ("acme", "cheat", "unison")),
        ("After suing Norvik, Acme closed its harbour.", ("acme", "sue", "norvik")),
        ("Acme, which sued Norvik, will close.", ("acme", "sue", "norvik")),
        ("Norvik attacked the offices of Acme.", ("norvik", "attack", "acme")),
        ("Norvik banned Acme products.", ("norvik", "ban", "acme")),
        ("Acme ended cooperation with Unison.", ("acme", "end", "unison")),
        ("Norvik’s government sued Acme.", ("norvik", "sue", "acme")),
        ("The decision by Norvik has hurt Acme.", ("norvik", "hurt", "acme")),
        ("Norvik’s decision against Acme was a surprise.", ("norvik", "decide", "acme")),
        ("Firms such as Acme were fined.", ("", "fine", "acme")),
        ("Acme spoke to Norvik.", ("acme", "speak", "norvik")),
        ("Acme gave money to Norvik.", ("acme", "give", "norvik")),
        ("Acme wants Norvik to praise Unison.", ("norvik", "praise", "unison")),
        ("Norvik’s arrest of Smith shocked Unison.", ("norvik", "arrest", "smith")),
        ("Norvik’s attack on Acme failed.", ("norvik", "attack", "acme")),
        ("Norvik took a decision and it hurt Acme.", ("norvik", "hurt", "acme")),
        ("Acme removed and replaced Unison.", ("acme", "remove", "unison")),
        ("Smith sued himself and Norvik.", ("smith", "sue", "norvik")),
    ],
)
def test_a_construction_gives_its_triple(text, triple):
    assert triple in told(text)


def test_joined_agents_verbs_and_objects_give_a_triple_each():
    assert told("Acme and Unison sued Norvik.") == {
        ("acme", "sue", "norvik"),
        ("unison", "sue", "norvik"),
    }
    assert told("Acme sued and criticized Norvik.") >= {
        ("acme", "sue", "norvik"),
        ("acme", "criticize", "norvik"),
    }
    assert told("Norvik fined Acme and Unison.") == {
        ("norvik", "fine", "acme"),
        ("norvik", "fine", "unison"),
    }


def test_a_decision_is_taken_up_from_the_sentence_before():
    assert ("norvik", "hurt", "acme") in told(
        "Norvik passed a resolution on Monday.", "This decision hurt Acme."
    )
    assert ("unison", "hurt", "acme") in told(
        "Norvik passed a resolution on Monday.",
        "Unison voted for a boycott and decided to stay out.",
        "The move hurt Acme.",
    )


def test_what_is_no_act_gives_no_triple():
    assert told("Acme is a firm in Norvik.") == set()
    assert told("The weather was fine and the sea calm.") == set()
    assert "fight" not in {verb for _, verb, _ in told("Acme hired guards to fight crime.")}
    assert "fight" not in {verb for _, verb, _ in told("Acme ended a project on fighting crime.")}


@pytest.mark.parametrize(
    "text",
    [
        "Acme’s confiscated legal files were returned.",
        "Acme’s newly confiscated files were returned.",
        "Acme read the confiscated legal files.",
        "Its confiscated papers came back to Acme.",
        "Norvik returned Acme’s confiscated and damaged papers.",
        "The confiscated Acme papers came back.",
    ],
)
def test_a_participle_before_its_noun_is_no_act(text):
    assert "confiscate" not in {verb for _, verb, _ in told(text)}


def test_a_participle_behind_its_noun_or_with_an_auxiliary_is_an_act():
    assert ("acme", "confiscate", "") in told("Norvik read the papers confiscated by Acme.")
    assert ("acme", "confiscate", "") in told("Acme confiscated the papers.")
    assert ("", "confiscate", "acme") in told("The papers of Acme were confiscated.")


def test_a_raising_verb_is_no_act_of_its_own():
    assert told("Acme tends to sue Norvik.") == {("acme", "sue", "norvik")}
    assert told("Acme happened to meet Norvik.") == {("acme", "meet", "norvik")}


def test_an_actor_in_a_place_is_no_patient():
    assert told("Acme built ships in Norvik.") == {("acme", "build", "")}
    assert told("Smith travelled to Norvik.") == {("smith", "travel", "")}


@pytest.mark.parametrize(
    ("text", "triples"),
    [
        ("Acme resigned and then praised Norvik.", {("resign", ""), ("praise", "norvik")}),
        ("Acme returned to Norvik.", {("return", "")}),
        ("For Norvik, Acme built ships.", {("build", "")}),
        ("Acme voted with the aim of hurting Norvik.", {("vote", "")}),
        ("Norvik’s speech about Acme failed.", {("fail", "")}),
        ("Norvik loves its ships, Acme said.", {("love", ""), ("say", "")}),
        ("Norvik was based in Acme.", set()),
        ("The ships sold in Norvik sank.", set()),
        ("Ships were sold in Norvik.", {("sell", "")}),
        ("Norvik’s decision follows a call by Acme.", set()),
        ("Acme is supposed to leave.", {("leave", "")}),
    ],
)
def test_what_an_act_does_not_touch_is_no_patient(text, triples):
    assert {(verb, patient) for _, verb, patient in told(text)} == triples


def test_the_one_who_gives_the_order_does_not_do_it():
    assert ("", "leave", "norvik") in told("The decision to leave Norvik is bold.")
    assert "norvik" not in {agent for agent, _, _ in told("The decision to leave Norvik is bold.")}


def test_a_decision_does_not_do_what_was_decided():
    row = one("Norvik’s decision to leave hurt Acme.", "leave")
    assert (row["agent"], row["construction"]) == ("norvik", "understood")


def test_the_object_is_the_noun_that_a_relative_pronoun_stands_for():
    row = one("The ships that Acme sold sank.", "sell")
    assert (row["object"], row["object_head"], row["patient"]) == ("The ships", "ships", "")
    row = one("The ships that carry Acme sailed.", "sail")
    assert (row["object"], row["object_start"], row["object_end"]) == ("", -1, -1)


def test_of_a_measure_both_nouns_are_the_object():
    row = one("Acme showed a lack of respect for Norvik.", "show")
    assert (row["object_head"], row["patient"]) == ("lack of respect", "norvik")
    assert one("Acme bought a fleet of ships.", "buy")["object_head"] == "fleet"


def test_a_state_of_mind_is_that_of_its_holder():
    row = one("Acme is not convinced that Norvik pays.", "convince")
    assert (row["agent"], row["patient"], row["negated"]) == ("acme", "", True)
    row = one("Norvik is worried.", "worry")
    assert (row["agent"], row["construction"], row["negated"]) == (
        "norvik",
        "state of mind",
        False,
    )


def test_an_act_told_as_a_noun_is_told_as_done():
    row = one("Norvik’s attack on Acme failed.", "attack")
    assert (row["construction"], row["modality"], row["negated"]) == (
        "nominal",
        "asserted",
        False,
    )
    assert one("Norvik’s attack on Acme failed.", "fail")["construction"] == "act"


def test_the_agents_of_a_passive_are_as_written():
    table = triples_of("Norvik was accused by Acme and Unison of cheating Smith.")
    accused = table[table["verb"] == "accuse"]
    assert accused["agent"].tolist() == ["acme", "unison"]
    assert set(accused["agent_words"]) == {"Acme and Unison"}
    assert set(accused["patient"]) == {"norvik"}


def test_nobody_acts_upon_himself():
    table = triples_of("Acme closed its own harbour and sold its ships.")
    assert (table["agent"] == "acme").all()
    assert (table["patient"] == "").all()


def test_a_possessive_in_a_hostile_act_is_somebody_elses():
    text = "Acme says it will leave after Norvik moved to ban its ships."
    assert ("norvik", "ban", "acme") in told(text)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Acme did not sue Norvik.", "sue"),
        ("Acme never sued Norvik.", "sue"),
        ("Acme will no longer sue Norvik.", "sue"),
        ("Acme refused to sue Norvik.", "sue"),
        ("Acme left without suing Norvik.", "sue"),
        ("Acme has yet to sue Norvik.", "sue"),
    ],
)
def test_negation(text, verb):
    assert one(text, verb)["negated"]


def test_what_is_not_negated():
    assert not one("Acme sued Norvik.", "sue")["negated"]
    assert not one("Acme refused to sue Norvik.", "refuse")["negated"]
    assert not one("Norvik does not trade and instead it sued Acme.", "sue")["negated"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Acme sued Norvik.", "asserted"),
        ("Acme will sue Norvik.", "future"),
        ("Acme to sue Norvik", "future"),
        ("Acme decided to sue Norvik.", "planned"),
        ("Acme could sue Norvik.", "possible"),
        ("Acme must sue Norvik.", "required"),
        ("Acme has to sue Norvik.", "required"),
        ("Unison urged Acme to sue Norvik.", "required"),
        ("Acme would sue Norvik.", "conditional"),
        ("Unison will strike if Acme sues Norvik.", "conditional"),
        ("Unison accused Acme of suing Norvik.", "alleged"),
        ("Acme appeared to sue Norvik.", "apparent"),
        ("Acme seems to have sued Norvik.", "apparent"),
        ("Norvik seems to have been sued by Acme.", "apparent"),
        ("Acme seemed happy to sue Norvik.", "apparent"),
        ("It appeared that Acme sued Norvik.", "apparent"),
        ("Acme, it seems, sued Norvik.", "apparent"),
        ("Acme is said to have sued Norvik.", "apparent"),
        ("Acme reportedly sued Norvik.", "apparent"),
        ("Acme seems eager to sue Norvik.", "planned"),
        ("Acme is expected to sue Norvik.", "planned"),
        ("Acme tends to sue Norvik.", "asserted"),
        ("Acme was found to have sued Norvik.", "asserted"),
    ],
)
def test_modality(text, modality):
    row = one(text, "sue")
    assert row["modality"] == modality
    assert (row["agent"], row["patient"]) == ("acme", "norvik")


def test_joined_infinitives_of_a_raising_verb_only_seem():
    table = triples_of("Acme appeared to attack and insult Norvik.").set_index("verb")
    assert table["modality"].to_dict() == {"attack": "apparent", "insult": "apparent"}


def test_the_construction_is_named():
    assert one("Acme sued Norvik.", "sue")["construction"] == "active"
    assert one("Norvik was sued by Acme.", "sue")["construction"] == "passive"
    assert one("Norvik was sued.", "sue")["construction"] == "agentless passive"
    assert one("Acme chose to sue Norvik.", "sue")["construction"] == "understood"
    assert one("The decision by Norvik has hurt Acme.", "hurt")["construction"] == "act"
    assert one("Acme is convinced that it rains.", "convince")["construction"] == "state of mind"


def test_spans_are_those_of_the_words():
    text = "Yesterday Acme sued the great harbour of Norvik."
    row = one(text, "sue")
    assert text[row["verb_start"] : row["verb_end"]] == "sued"
    assert text[row["object_start"] : row["object_end"]] == row["object"]
    assert row["object"] == "the great harbour of Norvik"
    assert row["object_head"] == "harbour"
    assert row["agent_words"] == "Acme"


def test_voice_and_speaker_come_from_the_quotes():
    tables = tables_of("Acme sued Norvik, Unison said.")
    quote = {
        "quote_id": "a:v01",
        "sentence_id": "a:s01",
        "start": 0,
        "end": 16,
        "text": "Acme sued Norvik",
        "n_words": 3,
        "kind": "reported",
        "speaker": "unison",
        "joint": "",
        "source": "Unison",
        "source_sentence_id": "a:s01",
        "source_start": 18,
        "source_end": 24,
        "cue": "say",
        "cue_sentence_id": "a:s01",
        "cue_start": 25,
        "cue_end": 29,
        "inside": "",
    }
    found = find_triples(*tables[:-1], Quotes.checked([quote])).set_index("verb")
    assert found.loc["sue", ["voice", "speaker"]].tolist() == ["reported", "unison"]
    assert found.loc["say", ["voice", "speaker"]].tolist() == ["own", ""]


def test_no_sentences_no_triples():
    sentences, tokens, quotations, mentions, actors, quotes = tables_of("Acme sued Norvik.")
    nothing = sentences.iloc[:0], tokens.iloc[:0], quotations, mentions.iloc[:0]
    table = find_triples(*nothing, actors, quotes)
    assert table.empty
    assert list(table.columns) == Triples.columns()
    assert find_triples(sentences, tokens, quotations, mentions.iloc[:0], [], quotes).empty


def test_every_triple_involves_an_actor_or_hides_its_agent(corpus):
    told_here = corpus.sentences[corpus.sentences["part"] != "standfirst"]
    tables = corpus.tokens, corpus.quotations, corpus.mentions, corpus.study.actors
    table = find_triples(told_here, *tables, NO_QUOTES)
    hidden = table["construction"] == "agentless passive"
    assert ((table["agent"] != "") | (table["patient"] != "") | hidden).all()
    assert (table["agent"] != table["patient"]).where(table["agent"] != "", True).all()
    assert set(table["construction"]) <= set(CONSTRUCTIONS)
    assert set(table["modality"]) <= set(MODALITIES)
    texts = corpus.sentences.set_index("sentence_id")["text"]
    for row in table.itertuples():
        text = texts[row.sentence_id]
        assert text[row.verb_start : row.verb_end].strip()
        assert row.object == (text[row.object_start : row.object_end] if row.object else "")


def test_agreement_with_the_hand_codes(corpus, codes):
    told_here = corpus.sentences[corpus.sentences["part"] != "standfirst"]
    tables = corpus.tokens, corpus.quotations, corpus.mentions, corpus.study.actors
    table = find_triples(told_here, *tables, NO_QUOTES)
    scores = score_triples({"parse": table}, codes("triples")).iloc[0]
    assert scores["coded"] == 58
    assert scores["precision"] >= 0.95
    assert scores["recall"] >= 0.95
