"""Which triples the parse says outright: right readings of sentences that are easily misread."""

import pytest
from portrayal_tables import triples_of


def arrows(text):
    """What is sure and has an actor at both ends: (agent, verb, patient)."""
    table = triples_of(text)
    both = table["sure"] & (table["agent"] != "") & (table["patient"] != "")
    return table.loc[both, ["agent", "verb", "patient"]].to_numpy().tolist()


def sure(text):
    table = triples_of(text)
    return table.loc[table["sure"], ["agent", "verb", "patient"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "arrow"),
    [
        ("Acme sued Norvik.", ["acme", "sue", "norvik"]),
        ("Norvik was sued by Acme.", ["acme", "sue", "norvik"]),
        ("Smith visited Norvik and praised Unison.", ["smith", "praise", "unison"]),
        ("Smith, who fired the chief of Acme, joined Unison.", ["smith", "join", "unison"]),
        ("Smith met with Unison on Monday.", ["smith", "meet", "unison"]),
        ("Acme lied to Norvik for years.", ["acme", "lie", "norvik"]),
        ("Norvik accused Acme of fraud.", ["norvik", "accuse", "acme"]),
        ("Unison will sue Acme.", ["unison", "sue", "acme"]),
    ],
)
def test_what_is_said_outright_is_sure(text, arrow):
    assert arrow in arrows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Members shot down Smith's idea.",  # the idea is the object
        "Smith met with Unison's lawyers.",
        "Smith met with the parents of Unison's founder.",
        "Norvik is ready to block a huge lawsuit against Acme.",  # and so helps it
        "Smith challenged the efforts of Unison to leave.",
        "Smith repeated his description of Acme.",
        "Norvik opposed the talks with Acme.",
        "Smith wrote to the court about the Norvik constitution.",
        "Smith follows Unison on a website.",
        "Smith told Unison that it rained.",
        "Unison asked Smith for help.",
        "Smith blamed the decision of Acme.",
        "Smith denied that he had attacked Acme.",
        "A threat against Acme was read to Norvik.",
        "The letter, which was sent by Smith and by Unison, angered Norvik's clerks.",
        "The firm's sale hurt Norvik.",  # a nominal act
        "Smith might say that somebody has Acme.",
        "Acme uses Unison.",
        "Critics of Smith attacked Acme's plan.",
    ],
)
def test_what_stands_beside_inside_or_behind_the_object_is_no_arrow(text):
    assert arrows(text) == []


def test_whom_nobody_acts_on_outright_is_no_patient_either():
    assert ["", "destroy", "smith"] not in sure("They destroyed Smith's life.")
    assert ["", "hurt", "norvik"] not in sure("The storm hurt the harbours of Norvik.")
    assert ["", "fire", "smith"] in sure("Smith was fired on Monday.")


def test_a_threat_is_told_as_one():
    table = triples_of("Smith would sue Acme, or he would cancel the visit.")
    assert set(table["modality"]) == {"conditional"}


def test_texts_from_somebody_are_not_that_person():
    """Parsers tie "that" to the nearest name."""
    found = sure("He sent texts to Smith that insulted Norvik.")
    assert ["smith", "insult", "norvik"] not in found


def test_a_steering_verb_tells_no_act():
    assert [row for row in sure("Smith is going to talk.") if row[1] == "go"] == []


def test_an_act_on_oneself_by_another_is_not_guessed():
    """Whoever praises: the one who says so, or the one who left."""
    assert arrows("Acme said that Smith left and praised Smith.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Unison demanded that Acme leave Norvik.",
        "It is time for Smith to sue Acme.",
        "They spoke before Smith met Unison.",
        "Unison wants to ensure that Smith meets with Acme.",
        "Acme was invited without Smith asking Norvik.",
        "The trade pact, now led by Norvik, which Smith pulled out of last year, is weak.",
    ],
)
def test_what_is_wanted_or_has_not_come_is_not_told_as_done(text):
    assert arrows(text) == []


def test_a_participle_before_a_noun_is_no_act_of_whoever_stands_near():
    assert [row for row in sure("Smith spoke of the seized files.") if row[1] == "seize"] == []


def test_those_who_are_met_are_the_kin_and_a_court_acts_on_the_suit():
    assert arrows("Smith met with the parents of the chief of Unison.") == []
    assert arrows("Norvik appears ready to block a suit against Acme on behalf of women.") == []


def test_a_cancelled_visit_that_is_threatened_is_no_fact():
    table = triples_of("Smith told the council to act, or he would cancel the visit.")
    cancelled = table[table["verb"] == "cancel"]
    assert set(cancelled["modality"]) <= {"conditional"}


def test_an_act_told_before_the_verb_of_denial_is_told():
    """Parsers hang the first clause below the last verb."""
    text = "Unison accused Acme of fraud, charges Smith and Acme deny."
    assert ["unison", "accuse", "acme"] in arrows(text)
