"""Terms: what is merged, what is not, and where each occurrence stands."""

from types import SimpleNamespace

import pandas as pd
import pytest
from term_tables import sentence_table, text_tables

from analysis_utils.annotation.language import tokenise
from analysis_utils.measures.terms import Terms, find_terms, merged_variants, unmerged
from analysis_utils.measures.terms.word_forms import is_acronym, normal_form


def actor(name: str, *aliases: str) -> SimpleNamespace:
    return SimpleNamespace(id=name.lower(), name=name, aliases=aliases)


def terms_of(texts: dict[str, list[str]] | list[str], **options) -> pd.DataFrame:
    texts = texts if isinstance(texts, dict) else {"a": texts}
    return find_terms(*text_tables(texts), **options)


def found(*texts: str, **options) -> list[str]:
    return terms_of(list(texts), **options)["term"].tolist()


@pytest.fixture(scope="module")
def sentences(codes):
    """The hand-coded sentences as table ``sentences``."""
    coded = codes("sentences")
    texts: dict[str, list[str]] = {"tass": [], "rferl": []}
    for sentence_id, text in zip(coded["sentence_id"], coded["text"], strict=True):
        outlet, place = sentence_id.split(":")
        texts[outlet].append(
            text if place.startswith("s0") or place[1:].isdigit() else f"{place}: {text}"
        )
    return sentence_table(texts)


@pytest.fixture(scope="module")
def terms(study, sentences):
    return find_terms(sentences, tokenise(sentences), study.actors, study.merge_terms)


def counts(terms: pd.DataFrame, term: str) -> dict[str, int]:
    return terms[terms["term"] == term].groupby("outlet").size().to_dict()


# The two articles, read by hand.


@pytest.mark.parametrize(
    ("term", "tass", "rferl"),
    [
        ("cybercrime", 4, 4),  # "cyber crimes" four times, "cybercrime" four times
        ("antivirus", 1, 2),  # "anti-virus" and "antivirus"
        ("US", 3, 1),  # "US" three times, "U.S." once
        ("Kaspersky Lab", 6, 4),
        ("Kaspersky", 0, 5),  # the surname alone, for the company
        ("European Parliament", 4, 2),
        ("EU Parliament", 1, 0),
        ("Eugene Kaspersky", 1, 0),
        ("Yevgeny Kaspersky", 0, 1),
        ("North Korea", 2, 0),
        ("Europol", 4, 2),
        ("freeze", 3, 0),  # freeze, freeze, frozen
        ("halt", 1, 2),
        ("resolution", 4, 0),
        ("hope", 1, 0),
        ("hop", 0, 0),
        ("us", 0, 0),
        ("cyber", 2, 0),  # only in "cyber threats"
        ("crime", 0, 0),
        ("non-binding", 1, 0),
        ("motive", 0, 1),
    ],
)
def test_counts_of_the_two_articles(terms, term, tass, rferl):
    by_outlet = counts(terms, term)
    assert (by_outlet.get("tass", 0), by_outlet.get("rferl", 0)) == (tass, rferl)


def test_names_of_several_words_agree_with_the_hand_codes(terms, codes):
    mentions = codes("mentions")
    coded = mentions[mentions["text"] == "Kaspersky Lab"]
    by_outlet = coded["sentence_id"].str.split(":").str[0].value_counts().to_dict()
    # The codes leave out what is inside another mention or attributive; terms count all.
    for outlet, number in by_outlet.items():
        assert counts(terms, "Kaspersky Lab")[outlet] >= number


def test_a_standfirst_that_repeats_a_sentence_is_told_apart(terms):
    repeated = terms[terms["sentence_id"] != terms["passage_id"]]
    assert set(repeated["sentence_id"]) == {"tass:standfirst"}
    assert set(repeated["passage_id"]) == {"tass:s02"}


def test_every_term_leads_back_to_its_words(terms, sentences):
    assert list(terms) == Terms.columns()
    texts = sentences.set_index("sentence_id")["text"]
    for row in terms.itertuples():
        assert texts[row.sentence_id][row.start : row.end] == row.surface
    following = terms.groupby("sentence_id")["start"].shift(-1)
    assert (terms["end"] <= following)[following.notna()].all()


def test_only_marks_stand_outside_of_terms(terms, sentences):
    for sentence in sentences.itertuples():
        rest = list(sentence.text)
        for row in terms[terms["sentence_id"] == sentence.sentence_id].itertuples():
            rest[row.start : row.end] = [""] * (row.end - row.start)
        outside = "".join(rest).replace("'s", "").replace("’s", "")
        assert not any(map(str.isalnum, outside)), outside


def test_the_merges_of_the_two_articles_are_shown(terms):
    merged = merged_variants(terms)
    assert list(merged) == ["term", "variant", "merge", "tass", "rferl", "total"]
    spelled = merged[merged["term"].isin(["cybercrime", "US", "antivirus"])]
    columns = ["term", "variant", "tass", "rferl"]
    assert set(spelled[columns].itertuples(index=False, name=None)) == {
        ("cybercrime", "cyber crimes", 4, 0),
        ("cybercrime", "cybercrime", 0, 4),
        ("US", "US", 3, 0),
        ("US", "U.S.", 0, 1),
        ("antivirus", "anti-virus", 1, 0),
        ("antivirus", "antivirus", 0, 2),
    }  # fmt: skip
    names = merged[merged["merge"] == "name"]
    assert {"Kaspersky Lab", "European Parliament", "North Korea"} <= set(names["term"])
    assert "freeze" not in set(merged["term"])
    forms = merged_variants(terms, word_forms=True)
    assert set(forms.loc[forms["term"] == "freeze", "variant"]) == {"freeze", "frozen"}


# Case, acronyms and word forms.


def test_the_united_states_are_never_us():
    terms = terms_of(["The US told us that the U.S. would help us."])
    assert counts(terms, "US") == {"a": 2}
    assert set(terms.loc[terms["surface"] == "us", "term"]) == {"we"}
    as_written = terms_of(["The US told us that the U.S. would help us."], unit="word")
    assert counts(as_written, "us") == {"a": 2}
    assert not terms.loc[terms["term"] == "US", "is_function_word"].any()


def test_acronyms_in_a_line_of_capitals():
    term = found("The US and the EU met.", "headline: US WARNS EUROPE ABOUT IRAN SANCTIONS TODAY")
    assert term.count("US") == 2
    assert {"sanction", "today"} <= {word.lower() for word in term}
    assert not {"SANCTIONS", "SANCTION", "TODAY"} & set(term)


def test_title_case_headlines_count_as_the_same_words():
    texts = ["headline: Parliament Adopts New Resolutions", "It adopted two resolutions, new ones."]
    terms = terms_of(texts)
    assert counts(terms, "resolution") == {"a": 2}
    assert counts(terms, "adopt") == {"a": 2}


def test_months_are_not_modal_verbs():
    terms = terms_of(["The talks in May may fail in March."])
    assert terms.loc[terms["surface"] == "May", "kind"].tolist() == ["date"]
    assert {"May", "may"} <= set(terms["term"])


def test_words_never_written_small_keep_their_capital():
    assert "Russian" in found("The Russian company left.", "Many Russian firms did.")
    assert "minister" in found("The Minister spoke.", "A minister left.")


def test_units():
    text = "The company hopes that talks resume."
    assert found(text) == ["the", "company", "hope", "that", "talk", "resume"]
    assert found(text, unit="word") == ["the", "company", "hopes", "that", "talks", "resume"]
    with pytest.raises(ValueError, match="lemma"):
        found(text, unit="stem")


@pytest.mark.parametrize("word", ["US", "U.S.", "U.S", "EU", "CEO", "MPs", "G7", "NATO"])
def test_acronyms(word):
    assert is_acronym(word)
    assert normal_form(word) == word.replace(".", "")


@pytest.mark.parametrize(
    "word", ["us", "A", "As", "I", "Europol", "2018", "COVID-19", "Mr.", "iPhone", "is"]
)
def test_words_that_are_no_acronyms(word):
    assert not is_acronym(word)


def test_function_words_are_marked_and_stay():
    terms = terms_of(["The firm has not said that several of its projects, including this, ended."])
    marked = set(terms.loc[terms["is_function_word"], "term"])
    assert marked == {"the", "have", "not", "that", "several", "of", "its", "include", "this"}
    assert {"firm", "say", "project", "end"} <= set(terms["term"])


def test_numbers_and_dates_stay_and_can_be_told_apart():
    terms = terms_of(["On 13 June 2018 it sold 400 phones on a Thursday."])
    kinds = terms.set_index("surface")["kind"]
    assert kinds[["13", "2018", "400"]].eq("number").all()
    assert kinds[["June", "Thursday"]].eq("date").all()


def test_a_number_may_have_one_digit():
    terms = terms_of(["It sold 5 phones."])
    assert terms.set_index("surface").loc["5", "kind"] == "number"


def test_verbs_on_a_list_of_stop_words_say_something_and_adverbs_on_it_do_not():
    terms = terms_of(["Again they show that banks give credit."]).set_index("term")
    assert terms.loc["again", "is_function_word"]
    assert not terms.loc[["show", "give"], "is_function_word"].any()


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("NATO, OPEC, UNESCO condemned attacks.", "NATO"),  # three of five long words: not most
        ("WHO, FBI, CIA, DEA attacked Moscow.", "WHO"),  # words of three letters do not count
        ("UNESCO, UNICEF join them.", "UNESCO"),  # those of four do
    ],
)
def test_a_line_is_in_capitals_if_most_of_its_longer_words_are(text, acronym):
    terms = terms_of([text]).set_index("surface")
    assert terms.loc[acronym, ["term", "kind"]].tolist() == [acronym, "acronym"]


def test_possessives_and_quotation_marks_are_no_terms():
    names = [actor("Russia"), actor("Europe")]
    assert found("“Russia’s firm,” Europe's critics said.", actors=names) == [
        "Russia", "firm", "Europe", "critic", "say",
    ]  # fmt: skip


# Compounds.


def test_compounds_merge_however_they_are_spelled():
    terms = terms_of(
        {
            "a": ["They fight cyber crimes.", "A cyber-crime is hard to prove."],
            "b": ["Cybercrime pays.", "Many cybercrimes go unseen."],
        }
    )
    assert counts(terms, "cybercrime") == {"a": 2, "b": 2}
    as_written = terms_of(
        {"a": ["They fight cyber crimes."], "b": ["Cybercrime pays."]}, unit="word"
    )
    assert counts(as_written, "cybercrime") == {"a": 1, "b": 1}


def test_open_compounds_stay_apart_if_no_joined_spelling_stands_anywhere():
    assert {"cyber", "crime"} <= set(found("They fight cyber crimes."))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("It may be late, and maybe it is not.", "maybe"),
        ("He works every day, which is an everyday affair.", "everyday"),
        ("They walked in to the room and into the hall.", "into"),
        ("They want to re-sign him after he had to resign.", "resign"),
        ("Any one of them can do what anyone can.", "anyone"),
        ("Results show case numbers rising; it will showcase them.", "showcase"),
        ("They set up a new setup.", "setup"),
    ],
)
def test_words_that_only_look_like_a_compound_stay_apart(text, joined):
    terms = terms_of([text])
    assert "spelling" not in set(terms["merge"])
    assert counts(terms, joined) == {"a": 1}


def test_hyphenated_words_fall_into_their_parts_save_bound_prefixes():
    assert found("The Moscow-based firm left.") == ["the", "Moscow", "base", "firm", "leave"]
    assert "non-binding" in found("It is non-binding.")
    assert "ex-president" in found("Two ex-presidents came.")


# Names and the study's own variants.


def test_the_longest_name_holds():
    actors = [actor("Kaspersky Lab", "Kaspersky"), actor("Eugene Kaspersky")]
    terms = terms_of(["Eugene Kaspersky founded Kaspersky Lab; Kaspersky grew."], actors=actors)
    assert terms["term"].tolist() == [
        "Eugene Kaspersky", "found", "Kaspersky Lab", "Kaspersky", "grow",
    ]  # fmt: skip
    assert terms["kind"].tolist() == ["name", "word", "name", "name", "word"]


def test_an_alias_that_only_adds_to_a_name_gives_the_name():
    actors = [actor("Donald Trump", "Trump", "President Donald Trump")]
    terms = terms_of(["President Donald Trump left."], actors=actors)
    assert terms["surface"].tolist() == ["President", "Donald Trump", "left"]


def test_names_ask_for_their_capital_and_do_not_cross_marks():
    actors = [actor("Turkey"), actor("North Korea")]
    terms = terms_of(["They ate turkey in Turkey.", "Go north, Korea is there."], actors=actors)
    assert counts(terms, "Turkey") == {"a": 1}
    assert counts(terms, "North Korea") == {}


def test_an_alias_in_capitals_is_not_the_pronoun():
    terms = terms_of(["Us and the US."], actors=[actor("United States", "US")])
    assert counts(terms, "US") == {"a": 1}


def test_merge_terms_of_the_study():
    merge = {"antivirus": ("anti-virus software", "virus scanner")}
    terms = terms_of(
        ["Anti-virus software, virus scanners and antivirus tools."], merge_terms=merge
    )
    assert counts(terms, "antivirus") == {"a": 3}
    assert terms.loc[terms["term"] == "antivirus", "merge"].tolist() == ["study", "study", ""]
    assert merged_variants(terms)["variant"].tolist() == [
        "anti-virus software", "antivirus", "virus scanners",
    ]  # fmt: skip


def test_merge_terms_go_before_names():
    terms = terms_of(
        ["The United States and the US."],
        actors=[actor("United States", "US")],
        merge_terms={"US": ("United States",)},
    )
    assert counts(terms, "US") == {"a": 2}


def test_a_variant_under_two_terms_is_refused():
    with pytest.raises(ValueError, match=r"'halt'.*'freeze'.*'stop'"):
        found("They halt.", merge_terms={"freeze": ("halt",), "stop": ("halt",)})


# Repetition, and edges.


def test_a_sentence_told_twice_is_one_passage():
    texts = ["The meeting went well.", "He left.", "The meeting went well."]
    terms = terms_of({"a": texts, "b": ["The meeting went well."]})
    passages = terms.drop_duplicates("sentence_id").set_index("sentence_id")["passage_id"]
    assert passages.to_dict() == {
        "a:s01": "a:s01", "a:s02": "a:s02", "a:s03": "a:s01", "b:s01": "b:s01",
    }  # fmt: skip


def test_paragraphs_are_named():
    terms = terms_of(["headline: Firm leaves", "The firm left."])
    assert terms["paragraph_id"].unique().tolist() == ["a:headline", "a:p1"]


def test_tokens_of_other_sentences_are_left_out():
    sentences, tokens = text_tables({"a": ["The firm left.", "It came back."]})
    assert set(find_terms(sentences.head(1), tokens)["sentence_id"]) == {"a:s01"}


def test_no_words_give_an_empty_table():
    terms = terms_of(["—"])
    assert terms.empty
    assert list(terms) == Terms.columns()
    assert merged_variants(terms).empty


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("People's Party", "Voters left the People’s Party."),
        ("Procter & Gamble", "It bought Procter & Gamble."),
        ("McDonald's", "It sued McDonald's yesterday."),
        ("Johnson & Johnson", "Johnson & Johnson's plan failed."),
    ],
)
def test_names_with_a_possessive_or_an_ampersand_are_one_term(name, text):
    terms = found(text, actors=[actor(name)])
    assert terms.count(name) == 1
    assert not {"people", "party", "procter", "johnson"} & {term.lower() for term in terms}


def test_a_possessive_does_not_make_a_name_of_two_words():
    terms = found("They heard that Acme's works closed.", actors=[actor("Acme Works")])
    assert "Acme Works" not in terms and "Acme" in terms


def test_a_name_is_written_as_the_articles_write_it():
    told = "Voters who had come early praised DeSantis for his plan on YouTube."
    terms = found(told, "DeSantis left.", "DESANTIS LEFT EARLY")
    assert terms.count("DeSantis") == 3 and "YouTube" in terms


# Where the rules begin and end.


def passages_of(above: str, *body: str) -> dict[str, str]:
    terms = terms_of([f"standfirst: {above}", *body])
    return terms.drop_duplicates("sentence_id").set_index("sentence_id")["passage_id"].to_dict()


EIGHT = "alpha beta gamma delta epsilon zeta eta theta"


def test_a_standfirst_of_eight_terms_can_repeat_and_one_of_seven_cannot():
    repeating = passages_of(f"{EIGHT}.", "Nothing.", f"{EIGHT} and more.")
    assert repeating["a:standfirst"] == "a:s02"
    seven = EIGHT.removesuffix(" theta")
    assert passages_of(f"{seven}.", f"{seven} and more.")["a:standfirst"] == "a:standfirst"


def test_a_standfirst_repeats_a_sentence_that_has_nine_in_ten_of_its_terms():
    ten = f"{EIGHT} iota kappa"
    nine = ten.removesuffix(" kappa")
    assert passages_of(f"{ten}.", f"{nine} omega.")["a:standfirst"] == "a:s01"
    eight = nine.removesuffix(" iota")
    assert passages_of(f"{ten}.", f"{eight} omega.")["a:standfirst"] == "a:standfirst"


def test_a_sentence_of_the_body_repeats_no_other_one():
    passages = passages_of("Other words.", f"{EIGHT}.", f"{EIGHT} omega.")
    assert passages["a:s01"] == "a:s01" and passages["a:s02"] == "a:s02"


def test_one_spelling_alone_is_no_merge():
    terms = terms_of(["The U.S. left."])
    assert terms.loc[terms["term"] == "US", "merge"].tolist() == ["spelling"]
    assert merged_variants(terms).empty
    assert merged_variants(terms, word_forms=True).empty


def test_why_a_term_is_not_as_written():
    terms = terms_of(["The firm hopes."], actors=[actor("Firm")])
    assert dict(zip(terms["surface"], terms["merge"], strict=True)) == {
        "The": "", "firm": "", "hopes": "word form",
    }  # fmt: skip
    named = terms_of(["Acme Works hopes."], actors=[actor("Acme Works")])
    assert named["merge"].tolist() == ["name", "word form"]


def test_a_word_that_is_as_often_a_function_word_as_not_is_none():
    sentences, tokens = text_tables({"a": ["They like it.", "He worked like mad."]})
    like = tokens["text"] == "like"
    tokens.loc[like, "pos"] = ["VERB", "ADP"]
    tokens.loc[like, "dep"] = ["ROOT", "prep"]
    terms = find_terms(sentences, tokens)
    assert not terms.loc[terms["term"] == "like", "is_function_word"].any()


def test_variants_go_by_their_term_most_frequent_first():
    terms = terms_of(
        {"b": ["Cyber crimes and cyber crimes.", "Anti-virus."], "a": ["Cybercrime, antivirus."]}
    )
    merged = merged_variants(terms)
    assert merged["variant"].tolist() == [
        "cyber crimes", "cybercrime", "anti-virus", "antivirus",
    ]  # fmt: skip
    assert merged[["b", "a", "total"]].to_numpy().tolist() == [
        [2, 0, 2], [0, 1, 1], [1, 0, 1], [0, 1, 1],
    ]  # fmt: skip


def test_a_solid_spelling_of_four_letters_joins_no_two_words():
    assert "spelling" not in set(terms_of(["They set in-to motion into it."])["merge"])


def test_a_word_belongs_to_one_pair_only():
    terms = terms_of(["An anti-virus-scanner; antivirus; virusscanner."])
    assert terms["surface"].tolist()[1:3] == ["anti-virus", "scanner"]


def test_unmerged_variants_count_as_written():
    terms = unmerged(terms_of({"a": ["They fight cyber crimes."], "b": ["Cybercrime pays."]}))
    assert counts(terms, "cyber crimes") == {"a": 1} and counts(terms, "cybercrime") == {"b": 1}


def test_a_solid_spelling_of_five_letters_is_one():
    assert counts(terms_of(["They met to-day.", "Many meet today."]), "today") == {"a": 2}
