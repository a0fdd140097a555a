"""Whom articles speak of: kinds of fault that were found by reading, each with its relatives."""

import pytest

from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.own_study.building import new_study
from analysis_utils.own_study.proposals import propose_actors
from analysis_utils.own_study.reading import Text


@pytest.mark.parametrize("sign", ["\ufeff", "\u200b", "\u00ad"])
def test_a_mark_that_does_not_show_is_no_text(sign, tmp_path):
    told = f"The harbour {sign}board of Port{sign}Ellan met on Monday, and Ann North spoke to it."
    for name in ("Bay Post", "Hill Times"):
        (tmp_path / f"{name}.txt").write_text(f"The board meets\n\n{told}\n", "utf-8")
    study = new_study(
        f"{tmp_path}/new", [str(tmp_path / "Bay Post.txt"), str(tmp_path / "Hill Times.txt")]
    ).study
    corpus = load_corpus(study, cache=False)
    assert "board of PortEllan met" in corpus.sentences["text"].str.cat(sep=" ")
    for shown in (corpus.sentences["text"], corpus.tokens["text"], corpus.articles["text"]):
        assert not shown.str.contains(sign).any()


def proposed(*lines, outlets=("Bay Post", "Hill Times")):
    """Actors by name that are proposed when each outlet has these paragraphs."""
    texts = [Text(outlet, outlet, "", lines) for outlet in outlets]
    return {each.actor.name: each.actor for each in propose_actors(texts, outlets)}


def test_names_are_whole():
    found = proposed(
        "The Justice Department and the Department of Energy answered the letter on Monday.",
        "The Department of Energy said that the Justice Department had asked for it.",
        "Lawyers of the Justice Department met those of the Department of Energy twice.",
    )
    assert {"Justice Department", "Department of Energy"} <= set(found)
    assert "Department" not in found and "Energy" not in found


@pytest.mark.parametrize(
    ("lines", "name", "other"),
    [
        (("The European Union agreed. The EU will vote.",) * 2, "European Union", "EU"),
        (("The Supreme Court ruled. The U.S. Supreme Court heard the case.",) * 2,
         "United States Supreme Court", "Supreme Court"),
        (("The Republican Party won. Republicans cheered, and the GOP sang.",) * 2,
         "Republican Party", "GOP"),
    ],
)  # fmt: skip
def test_names_of_one_actor_are_one(lines, name, other):
    found = proposed(*lines)
    owner = next(actor for actor in found.values() if other in (actor.name, *actor.aliases))
    assert {owner.name, *owner.aliases} >= {other}
    assert (
        sum(
            other.casefold() in (a.name.casefold(), *map(str.casefold, a.aliases))
            for a in found.values()
        )
        == 1
    )
    assert len([actor for actor in found.values() if actor.kind != "country"]) == 1, name


def test_the_people_of_a_country_are_no_second_actor():
    found = proposed(
        "Iran rejected the offer. Iranians filled the squares of the capital.",
        "Iran wants to talk, its minister said, and Iranians want bread.",
    )
    assert "Iran" in found and "Iranians" not in found


MIGRANTS = (
    "The migrants crossed the border on Sunday. Officials said the migrants broke the law.",
    "Asylum seekers waited in the rain, and a migrant from the south fell ill.",
    "The caravan set out in March. Soldiers stopped the caravan, and migrants sang.",
)


def test_a_party_without_a_name_is_proposed_with_its_other_names():
    found = proposed(*MIGRANTS)
    actor = found["migrants"]
    assert actor.kind == "group" and "they" in actor.pronouns
    assert {"migrant", "asylum seekers", "caravan"} <= set(actor.aliases)
    assert "officials" not in found


@pytest.mark.parametrize(
    ("lines", "name", "kind"),
    [
        (("Police closed the road. Police said the car was stolen.",
          "A man told police that he had slept. Police searched the house."), "police", "group"),
        (("The gunman entered the shop. Witnesses said the gunman wore a mask.",
          "The gunman fled. Nobody knows the gunman."), "the gunman", "person"),
        (("Patients waited for hours. The hospital sent the patients home.",
          "Patients have sued it. Judges heard the patients."), "patients", "group"),
    ],
)  # fmt: skip
def test_relatives_of_parties_without_a_name(lines, name, kind):
    assert proposed(*lines)[name].kind == kind


def test_inserts_and_headlines_in_the_text_are_no_actors():
    found = proposed(
        "Mayor Ada North opened the bridge in May. North was glad.",
        "Ada North Opens Bridge As Crowd Cheers Loudly",
        "North said that the bridge had cost less than in January.",
    )
    assert set(found) == {"Ada North"}


@pytest.mark.parametrize(
    ("lines", "full", "surname"),
    [
        (("Commission chief Ursula von der Heide met the ministers. Von der Heide smiled.",
          "The ministers told von der Heide that they agreed."), "Ursula von der Heide",
         "von der Heide"),
        (("Prime Minister Teresa May spoke. In May, May had been ill, and it may rain.",
          "This was known. The minister said that May would go."), "Teresa May", "May"),
    ],
)  # fmt: skip
def test_names_with_small_words_and_of_months(lines, full, surname):
    found = proposed(*lines)
    assert found[full].kind == "person" and surname in found[full].aliases
    assert not {"In", "This", "Von", "The"} & {
        form for a in found.values() for form in (a.name, *a.aliases)
    }


def test_a_first_name_is_no_alias_of_a_surname():
    found = proposed(
        "Senator Rita Paul was there. The clerk met Speaker Paul D. Rennie, and Rennie spoke.",
        "Rita Paul had asked for it. Speaker Paul Rennie told reporters that she was late.",
    )
    owners = [actor.name for actor in found.values() if "Paul" in actor.aliases]
    assert not owners


def test_an_office_tells_who_is_meant_where_one_alone_bears_it():
    one = ("President Ann Reed spoke. Reed left early, and the president was tired.",) * 2
    assert proposed(*one)["Ann Reed"].descriptions == ("the president",)
    two = (*one, "President Joao Costa came too. Costa and the president talked.")
    assert not any(actor.descriptions for actor in proposed(*two).values())
