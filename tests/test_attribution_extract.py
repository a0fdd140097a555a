"""Finding attributions, with weights made up for the test: each choice is worked by hand."""

import pytest
from attribution_articles import read, words_of

from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.blocks import Block, Blocks
from analysis_utils.annotation.attribution.extract import find_attributions


def weights(**steps):
    """Weights that find every "say" (probability 0.73), its subject and what follows to a verb."""
    made_up = {
        "cue": {"lemma=say/VERB": 11, "bias": -10},
        "left": {"size=0": 1},
        "right": {"size=0": 1},
        "source": {"path=nsubj<": 1},
        "content": {"shape=after1": 1, "start=after1/outside": -1, "end=after1/VERB": 2},
    }
    return made_up | steps


def found_in(*texts, options=None, **steps):
    """(source, cue, contents) of each attribution, as words."""
    article = read(*texts)
    return [
        (
            words_of(article, [each.source])[0] if each.source else "",
            words_of(article, [each.cue])[0],
            words_of(article, each.content),
        )
        for each in find_attributions(article, weights(**steps), **(options or {}))
    ]


def test_cue_source_and_content_are_the_best_of_their_candidates():
    assert found_in("The mayor said the dam will hold.") == [
        ("The mayor", "said", ["the dam will hold"]),
    ]


def test_the_cue_grows_to_the_best_size():
    [(_, cue, _)] = found_in("The mayor has often said the dam will hold.", left={"size=2": 1})
    assert cue == "has often said"


def test_no_source_is_a_candidate_too():
    [(source, *_)] = found_in("The mayor said the dam will hold.", source={"none": 1})
    assert source == ""


def test_a_cue_counts_from_the_threshold_on():
    text = "The mayor said the dam will hold."
    assert len(found_in(text, options={"threshold": 0.73})) == 1
    assert found_in(text, options={"threshold": 0.74}) == []


def test_a_cue_with_nothing_to_attribute_is_none():
    assert found_in("said") == []


def test_attributions_come_in_reading_order():
    found = found_in("The mayor said the dam will hold.", "The union said the dam holds.")
    assert [source for source, *_ in found] == ["The mayor", "The union"]


#: What hangs on another verb is no cue, unless it is judged by itself.
OUTER_ONLY = {"lemma=say/VERB": 11, "bias": -10, "dep=ccomp/VERB": -5}


def sources_in(text, **options):
    return [source for source, *_ in found_in(text, options=options, cue=OUTER_ONLY)]


def test_what_is_told_inside_a_content_is_added_if_asked_for():
    text = "The mayor said the union said the dam will hold."
    assert sources_in(text) == ["The mayor"]
    assert sources_in(text, nested=True) == ["The mayor", "the union"]


def test_what_is_told_inside_quotation_marks_is_not_added():
    text = "The mayor said “the union said the dam will hold”."
    assert sources_in(text, nested=True) == ["The mayor"]


def test_what_nobody_is_named_to_tell_inside_a_content_is_not_added():
    text = "The mayor said the union said the dam will hold."
    found = found_in(text, options={"nested": True}, cue=OUTER_ONLY, source={"none": 1})
    assert len(found) == 1


def test_an_article_without_words_has_no_attributions():
    assert find_attributions(Article("a"), weights()) == []


#: The second quotation stands inside the first, the fourth begins where the third ends.
BLOCKS = [
    Block("a", first=2, last=9, n_words=5),
    Block("b", first=4, last=6, n_words=1),
    Block("c", first=12, last=14, n_words=1),
    Block("d", first=14, last=17, n_words=2),
]


@pytest.mark.parametrize("place", range(20))
def test_quotations_are_found_by_place_as_if_each_were_looked_at(place):
    blocks = Blocks(BLOCKS)
    for end in range(place, 20):
        touching = [each for each in BLOCKS if place <= each.last and each.first <= end]
        assert blocks.touching(place, end) == touching
    assert list(blocks.after(place)) == [each for each in BLOCKS if each.first > place]
    ended = [each for each in BLOCKS if each.last < place]
    assert blocks.before(place) == (ended[-1] if ended else None)
