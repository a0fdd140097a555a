"""Which attributions are voices, and what their cues are called."""

import pytest
from attribution_articles import attribution, read

from analysis_utils.annotation.attribution.voiced import base_form, is_voice

# Each sentence with the cue, the content and the head of the cue.
HEARD = [
    ("The report shows that the dam leaks.", "shows", "that the dam leaks", ""),
    ("The survey found that most drivers walked out.", "found", "that most drivers walked out", ""),
    ("The union demanded a rise.", "demanded", "a rise", ""),
    ("The mayor hopes that the dam holds.", "hopes", "that the dam holds", ""),
    ("The mayor welcomed the deal.", "welcomed", "the deal", ""),
    ("The union made a complaint about pay.", "made a complaint", "about pay", ""),
    ("The mayor tried to explain the delay.", "tried to explain", "the delay", ""),
    ("Its statement that the dam leaks was wrong.", "statement", "that the dam leaks", ""),
    ("Her hope that the dam holds was vain.", "hope", "that the dam holds", ""),
    ("The dam leaks, according to the mayor.", "according to", "The dam leaks", ""),
    ("The mayor: the dam leaks.", ":", "the dam leaks", ""),
]
SILENT = [
    ("The report shows signs of haste.", "shows", "signs of haste", ""),
    ("The divers found a crack.", "found", "a crack", ""),
    ("The plan revealed the old bridge.", "revealed", "the old bridge", ""),
    ("The mayor decided to close the dam.", "decided", "to close the dam", ""),
    ("The mayor knows that the dam leaks.", "knows", "that the dam leaks", ""),
    ("The divers examined the dam.", "examined", "the dam", ""),
    ("The union began the strike.", "began", "the strike", ""),
    ("The union made a raft of wood.", "made a raft", "of wood", ""),
    ("The mayor did not say that the dam leaks.", "did not say", "that the dam leaks", "say"),
    ("The idea that the dam leaks was new.", "idea", "that the dam leaks", ""),
]


def cue_in(text, cue, content, head):
    article = read(text)
    return article, attribution(article, "", cue, content, head=head)


@pytest.mark.parametrize(("text", "cue", "content", "head"), HEARD)
def test_in_speech_claims_judgements_and_voiced_attitudes_somebody_is_heard(
    text, cue, content, head
):
    assert is_voice(*cue_in(text, cue, content, head), direct=False)


@pytest.mark.parametrize(("text", "cue", "content", "head"), SILENT)
def test_in_deeds_plans_knowledge_and_silence_nobody_is_heard(text, cue, content, head):
    assert not is_voice(*cue_in(text, cue, content, head), direct=False)


@pytest.mark.parametrize(("text", "cue", "content", "head"), SILENT)
def test_in_their_own_words_everybody_is_heard(text, cue, content, head):
    assert is_voice(*cue_in(text, cue, content, head), direct=True)


@pytest.mark.parametrize(
    ("text", "cue", "head", "expected"),
    [
        ("The mayor has said that the dam leaks.", "has said", "said", "say"),
        ("The mayor pointed out that the dam leaks.", "pointed out", "", "point out"),
        ("The mayor tried to explain that the dam leaks.", "tried to explain", "", "explain"),
        ("The mayor voiced concern that the dam leaks.", "voiced concern", "", "voice concern"),
        ("According to the mayor, the dam leaks.", "According to", "", "according to"),
        ("Its warning that the dam leaks came late.", "warning", "", "warning"),
    ],
)
def test_a_cue_is_named_as_a_dictionary_has_it(text, cue, head, expected):
    assert base_form(*cue_in(text, cue, "the dam leaks", head)) == expected
