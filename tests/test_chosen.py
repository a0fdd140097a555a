"""Which findings a page shows: the strongest, of different kinds, on different sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils.themes.finding import KINDS, Finding
from analysis_utils.themes.findings import words


def finding(kind="omission", weight=0.5, evidence=("a:s01",), sentence="Alpha says it."):
    return Finding(kind, weight, sentence, evidence, "coverage")


some_findings = st.lists(
    st.builds(
        finding,
        kind=st.sampled_from(sorted(KINDS)),
        weight=st.floats(0, 1),
        evidence=st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3).map(tuple),
    ),
    max_size=30,
)


@given(some_findings)
def test_the_strongest_comes_first_and_no_kind_tells_a_sentence_twice(found):
    picked = words.choose(found)
    assert len(picked) <= words.MOST
    if found:
        assert picked[0].weight == max(one.weight for one in found)
    told = [set(one.evidence) for one in picked if one.kind in words.WHAT_IS_TOLD]
    assert sum(map(len, told)) == len(set().union(*told))
    for kind in KINDS:
        told = [sentence for one in picked if one.kind == kind for sentence in set(one.evidence)]
        assert len(told) == len(set(told))


@given(some_findings)
def test_nothing_is_left_out_while_there_is_room(found):
    picked = words.choose(found)
    if len(picked) < words.MOST:
        for one in found:
            if one.weight < words.LEAST and len(picked) >= words.ENOUGH:
                continue
            better = words._is_told_better(one, found)
            assert better or any(words._says_the_same(one, other) for other in picked)


def test_a_second_of_a_kind_gives_way_to_another_kind_that_weighs_nearly_as_much():
    first, second = finding(weight=0.9), finding(weight=0.8, evidence=("a:s02",))
    voice = finding("voice", 0.75, ("a:s03",))
    assert words.choose([second, voice, first]) == [first, voice, second]
    heavier = finding(weight=0.96, evidence=("a:s04",))
    lead = finding(weight=1, evidence=("a:s03",))
    assert words.choose([voice, lead, heavier]) == [lead, heavier, voice]  # 0.96 * 0.8 > 0.75


def test_an_accusation_and_its_omission_are_told_once_by_the_heavier():
    omission, blame = finding(weight=0.68), finding("responsibility", 0.55)
    assert words.choose([blame, omission, finding(weight=1, evidence=("a:s02",))])[1] == omission
    assert blame not in words.choose([blame, omission])


def test_a_list_says_each_finding_and_leads_to_its_sentences_and_its_notebook(corpus):
    one = finding(sentence="Alpha leaves out “x < y”.", evidence=("tass:s05", "rferl:headline"))
    shown = words.in_order([one], corpus)
    assert "x &lt; y" in shown.html and 'href="0_findings.ipynb#tass:s05">TASS 5</a>' in shown.html
    assert ">RFE/RL headline</a>" in shown.html and 'href="3_coverage.ipynb"' in shown.html
    assert repr(shown) == "1. Alpha leaves out “x < y”."
    assert repr(words.in_order([], corpus)) == words.NOTHING


def test_only_kinds_that_are_shown_are_said_to_be_sure():
    told = words.sureness([finding()])
    assert "72 %" in told and "speakers" not in told
    assert "has not been measured" in words.sureness([finding("frame")])


@pytest.mark.parametrize(
    "changed", [{"kind": "gossip"}, {"weight": 1.1}, {"weight": -0.1}, {"sentence": " "}]
)
def test_a_finding_that_cannot_be_is_refused(changed):
    with pytest.raises(ValueError):
        finding(**changed)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2018, 6, 13), date(2018, 6, 13), "13 June 2018"),
        (date(2018, 6, 13), date(2018, 6, 15), "13 to 15 June 2018"),
        (date(2018, 5, 30), date(2018, 6, 2), "30 May 2018 to 2 June 2018"),
    ],
)
def test_days_are_told_as_a_newspaper_would(first, last, told):
    assert words._days(first, last) == told


#: What a reader of both articles of the default study would want told: the kind of the finding,
#: sentences that it rests on, and words that it must say.
READ = [
    ("omission", {"rferl:s01", "rferl:s04"}, ["ban", "malicious"]),
    ("voice", {"tass:s04"}, ["55 %", "32 %"]),
    ("voice", {"rferl:s04"}, ["European Parliament", "never in TASS"]),
    ("attribution", {"tass:s05", "rferl:s05"}, ["RFE/RL itself", "not binding"]),
    ("omission", {"rferl:s03"}, ["ties to the Kremlin", "deny"]),
    ("wording", {"tass:s05", "rferl:s05"}, ["obvious disrespect", "distinct lack of respect"]),
    ("omission", {"tass:s04", "tass:s08"}, ["Instagram", "resumed"]),
]


def test_the_first_page_tells_what_a_reader_of_both_articles_would(corpus):
    picked = words.chosen(corpus)
    for kind, sentences, said in READ:
        assert any(
            one.kind == kind
            and sentences <= set(one.evidence)
            and all(word in one.sentence for word in said)
            for one in picked
        ), (kind, said)
    assert picked[0].kind == "omission" and "malicious" in picked[0].sentence
