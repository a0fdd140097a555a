"""Persons of eight origins are proposed as persons and followed by their surname alone."""

import pytest
from invented_names import MEASURING, MENDING, cases

from analysis_utils.own_study.proposals import propose_actors


def followed(case):
    """Whether a person is proposed as one, with the surname."""
    proposals = propose_actors(case.texts, [text.outlet for text in case.texts])
    own = [each.actor for each in proposals if each.actor.name == case.full]
    return [actor.kind for actor in own] == ["person"] and case.surname in own[0].aliases


@pytest.mark.parametrize("half", [MENDING, MEASURING], ids=["mending", "measuring"])
def test_persons_of_eight_origins_are_persons_and_followed_by_surname(half):
    people = list(cases(half))
    assert len(people) == 56 and len({case.origin for case in people}) == 8
    assert len({case.full for case in people}) == 56
    missed = [f"{case.full} ({case.origin})" for case in people if not followed(case)]
    assert len(missed) <= 4, missed


def test_the_halves_share_no_name_and_no_report():
    words = [
        {word for case in cases(half) for word in case.full.split()}
        for half in (MENDING, MEASURING)
    ]
    assert not (words[0] & words[1]) - {"von", "van", "der"}
    assert not set(MENDING.reports) & set(MEASURING.reports)
