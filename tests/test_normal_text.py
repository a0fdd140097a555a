"""Text has one spelling wherever it enters, so that what reads alike is found alike."""

import json
import unicodedata

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils.annotation.cleaning import label_html, label_lines
from analysis_utils.annotation.cleaning.html import visible_text
from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.annotation.language import count_words
from analysis_utils.files.normal_text import UNSEEN, normal_pattern, normal_text
from analysis_utils.measures.terms import find_terms
from analysis_utils.output.spreadsheets import write_csv
from analysis_utils.own_study.building import new_study
from analysis_utils.study import read_study
from analysis_utils.study.code_checks import slid_codes
from analysis_utils.study.parts import PagePattern
from analysis_utils.themes.term_contrast.concordance import concordance
from analysis_utils.themes.validity.coders import name_key
from analysis_utils.themes.validity.coding_sheets import read_sheets, write_sheets
from analysis_utils.themes.validity.units import all_units

#: Characters that nobody sees, one of each kind, as pages and names have them inside words.
MARKS = (
    *("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u180e", "\ufe0f", "\u034f"),
    *("\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u202c", "\u2066", "\u2069", "\ufff9"),
    *("\x00", "\x07", "\x1b", "\x7f", "\x81", "\U000e0041", "\U000e0100"),
)

#: What a reader sees of most articles: no mark, and nothing that another sign stands for.
PLAIN = "abcxyzABCXYZ0189 .,;:!?'\"“”‘’–—…-()/&%$€½²™ßøñéüÅŁı"

#: What a keyboard has.
ASCII = "".join(map(chr, range(0x20, 0x7F)))

#: Signs whose order, neighbours or widths matter, and any other sign.
ODD = st.text(
    "".join(["aé\u0301\u0323\u0338=\u093c\u3099ﬁＡｶﾞ\u2190\u2adc👩❤ \xa0\u2028\x92", *MARKS])
)

PARAGRAPHS = [
    "The council of Riverton said on Tuesday that it would pay for a new bridge over the river.",
    "“This is a great day,” said the mayor, Zoë Smith, who has asked for it since the flood.",
    "Beta Sons accused the council of a bad decision, and the firm wants to go to court over it.",
    "A vote on the cost, which has grown twice since last year, is to follow in the autumn now.",
]


def marked(text, marks="\u00ad"):
    """The text with marks between the letters of its words."""
    places = range(len(text))
    return "".join(
        letter + marks[place % len(marks)] * (text[place : place + 2].isalpha())
        for place, letter in zip(places, text, strict=True)
    )


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def decomposed(text):
    return unicodedata.normalize("NFD", text)


SPELLINGS = {
    "plain": str,
    "decomposed": decomposed,
    "soft hyphens": marked,
    "marks without width": lambda text: marked(text, "\u200b\u2060\ufeff\u200d"),
    "wide": wide,
}


# --- The text alone ------------------------------------------------------------------------


@given(st.one_of(ODD, st.text()))
def test_normal_text_is_composed_and_stays_as_it_is(text):
    normal = normal_text(text)
    assert normal_text(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)
    assert not UNSEEN.search(normal)
    assert len(normal) <= 3 * len(text)


@given(st.text(PLAIN))
def test_plain_text_is_left_as_it_is(text):
    assert normal_text(text) == text


@given(st.lists(st.tuples(st.sampled_from(PLAIN), st.sampled_from(["", *MARKS]))))
def test_marks_and_accents_apart_make_no_difference(signs):
    plain = "".join(letter for letter, _ in signs)
    odd = "".join(mark.join(decomposed(letter)) + mark for letter, mark in signs)
    assert normal_text(odd) == normal_text(plain)


@given(st.text(ASCII))
def test_letters_of_another_width_are_plain(text):
    assert normal_text(wide(text)) == text


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_is_taken_out(mark):
    assert normal_text(f"Kas{mark}persky{mark} {mark}Lab{mark}") == "Kaspersky Lab"


@pytest.mark.parametrize("space", "\xa0\u2009\u202f\u3000\x0b\x0c\x1e\x85\u2028\u2029")
def test_each_space_is_a_plain_one(space):
    assert normal_text(f"a{space}b") == "a b"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ﬁve oﬃces", "five offices"),
        ("½ m², ™ and …", "½ m², ™ and …"),
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("It don\x92t, \x93he\x94 \x96 she", "It don’t, “he” – she"),  # Windows-1252 misread
        ("👩\u200d💻 and ❤\ufe0f\u200d🔥", "👩\u200d💻 and ❤\ufe0f\u200d🔥"),
        ("a\u200d👩 👩\u200d", "a👩 👩"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_normal_text_by_hand(text, normal):
    assert normal_text(text) == normal


# --- Patterns ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (decomposed("^Zoë: .*$"), "Zoë: live"),
        (wide("Photo") + r" by \w+$", "Photo by Ada"),
        (r"^Photo（s）$", "Photo(s)"),
        (r"^[（a]\）$", "()"),
        ("^Pho\u00adto:\xa0Ada$", "Photo: Ada"),
        (r"^\d{2}\.\u0041[\x41-\x5a]\\$", "12.AB\\"),
        ("^a\\\u00add$", "ad"),  # what had no meaning gets none
        ("^\\ｄ$", "d"),
    ],
)
def test_a_pattern_finds_the_normal_line(pattern, line):
    kind = PagePattern(kind="credit", pattern=pattern, reason="so it is told")
    page = "\n\n".join([line, *PARAGRAPHS])
    assert label_lines(page, "a", [kind])["kind"][0] == "credit"


def test_a_pattern_must_be_one_as_it_is_looked_for():
    with pytest.raises(ValueError, match="no regular expression"):
        PagePattern(kind="credit", pattern="a|\u00ad*", reason="so it is told")


@given(st.text(ASCII))
def test_a_plain_pattern_is_left_as_it_is(pattern):
    assert normal_pattern(pattern) == pattern


# --- Pages ---------------------------------------------------------------------------------


def html_page(paragraphs):
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<html><body><article><h1>A bridge at last</h1>{text}</article></body></html>"


def test_the_raw_line_stays_as_it_is_beside_the_clean_one():
    page = "\n\n".join(["A bridge at last", *map(marked, PARAGRAPHS)])
    lines = label_lines(page, "a")
    assert "".join(lines["text"] + lines["ending"]) == page
    assert lines["clean"][lines["kept"]].tolist() == ["A bridge at last", *PARAGRAPHS]


@pytest.mark.parametrize("mark", [each for each in MARKS if each >= "\xa0"])
def test_an_html_page_with_marks_keeps_every_word(mark):
    page = html_page([marked(each, mark) for each in PARAGRAPHS])
    lines = label_html(page, "a")
    assert "\n".join(lines["text"]) == visible_text(page)
    assert lines["clean"][lines["kept"]].tolist() == ["A bridge at last", *PARAGRAPHS]


def test_an_html_page_whose_quotes_were_misread_keeps_every_word():
    misread = [each.replace("“", "\x93").replace("”", "\x94") for each in PARAGRAPHS]
    told = [each.replace("e", "\x92") for each in misread]
    lines = label_html(html_page(told), "a")
    assert lines["clean"][lines["kept"]].tolist() == [
        "A bridge at last",
        *(each.replace("e", "’") for each in PARAGRAPHS),
    ]


@pytest.mark.parametrize("spelling", list(SPELLINGS))
def test_a_table_of_articles_reads_alike_however_it_is_spelt(spelling, tmp_path):
    spelt = SPELLINGS[spelling]
    row = {"headline": spelt("A bridge at last"), "text": "\n".join(map(spelt, PARAGRAPHS))}
    rows = [row | {"outlet": name} for name in (spelt("Zoë’s Paper"), "Zoë’s Paper", "Other")]
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    made = new_study(f"{tmp_path}/new", [str(path)]).study
    assert list(made.outlet_names.values()) == ["Zoë’s Paper", "Other"]
    texts = {(made.folder / entry.page).read_text("utf-8") for entry in made.articles}
    assert {text.partition("\n\n")[2] for text in texts} == {"\n\n".join(PARAGRAPHS) + "\n"}
    assert all("Headline: A bridge at last\n" in text for text in texts)


# --- From study to mentions ----------------------------------------------------------------

ACTORS = [
    {"id": "mayor", "name": "Zoë Smith", "kind": "person", "aliases": ["Smith"]},
    {"id": "council", "name": "council of Riverton", "kind": "institution"},
    {
        "id": "beta",
        "name": "Beta Sons",
        "kind": "organisation",
        "descriptions": ["the firm"],
    },
]


def study(folder, page=str, name=str, suffix="txt"):
    """A study whose pages and names are spelt in two ways."""
    (folder / "pages").mkdir(parents=True)
    texts = [page(each) for each in PARAGRAPHS]
    told = "\n\n".join([page("A bridge at last"), *texts]) if suffix == "txt" else html_page(texts)
    for outlet in "ab":
        (folder / "pages" / f"{outlet}.{suffix}").write_text(told, encoding="utf-8")
    actors = [
        {
            key: [name(each) for each in value] if isinstance(value, list) else value
            for key, value in actor.items()
        }
        | {"name": name(actor["name"])}
        for actor in ACTORS
    ]
    content = {
        "event": {"title": "A bridge", "start": "2024-05-01"},
        "outlets": [{"id": each, "name": each} for each in "ab"],
        "articles": [{"outlet": each, "page": f"pages/{each}.{suffix}"} for each in "ab"],
        "actors": actors,
    }
    text = yaml.safe_dump(content, allow_unicode=True)
    (folder / "study.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return load_corpus(read_study(study(tmp_path_factory.mktemp("plain") / "s")), cache=False)


@pytest.mark.parametrize("spelling", list(SPELLINGS)[1:])
def test_actors_are_found_however_page_and_names_are_spelt(spelling, plain, tmp_path):
    spelt = SPELLINGS[spelling]
    assert {"mayor", "council", "beta"} == set(plain.mentions["actor"])
    for place, (page, name) in enumerate([(spelt, str), (str, spelt), (spelt, spelt)]):
        read = read_study(study(tmp_path / str(place), page, name))
        corpus = load_corpus(read, cache=False)
        for table in ("sentences", "tokens", "quotations", "mentions", "quotes"):
            pd.testing.assert_frame_equal(getattr(corpus, table), getattr(plain, table))


def test_offsets_point_into_the_clean_text(tmp_path):
    folder = study(tmp_path / "s", lambda text: marked(decomposed(text)), suffix="html")
    corpus = load_corpus(read_study(folder), cache=False)
    article = corpus.articles.set_index("article_id")["text"]
    for row in corpus.sentences.itertuples():
        assert article[row.article_id][row.start : row.end] == row.text
    texts = corpus.sentences.set_index("sentence_id")["text"]
    for table in (corpus.mentions, corpus.quotes, corpus.tokens):
        assert len(table)
        for row in table.itertuples():
            assert texts[row.sentence_id][row.start : row.end] == row.text


def test_an_article_with_soft_hyphens_keeps_all_its_words_and_actors(tmp_path):
    """A page that offers breaks inside its words reads as any other."""
    folder = study(tmp_path / "s", lambda text: text.replace("ti", "t&shy;i"), suffix="html")
    shy = load_corpus(read_study(folder), cache=False)
    kept = shy.lines.loc[shy.lines["kept"] & (shy.lines["kind"] == "body"), "clean"]
    assert kept.tolist() == PARAGRAPHS * 2
    assert shy.articles["n_words"].tolist() == [sum(map(count_words, PARAGRAPHS))] * 2
    assert set(shy.mentions["actor"]) == {"mayor", "council", "beta"}


def test_codes_count_in_any_spelling_of_the_text(plain, tmp_path):
    sentence = plain.sentences.set_index("sentence_id").loc["a:s02"]
    start = sentence["text"].index("Zoë")
    row = f"a:s02,{start},{start + 9},{decomposed('Zoë')} Sm\u00adith,mayor,name\n"
    (tmp_path / "codes").mkdir()
    file = tmp_path / "codes" / "mentions.csv"
    file.write_text(f"sentence_id,start,end,text,actor,kind\n{row}", encoding="utf-8")
    texts = plain.sentences.set_index("sentence_id")["text"].to_dict()
    assert list(slid_codes(tmp_path, texts)) == []
    file.write_text(file.read_text("utf-8").replace("Sm", "Sn"), encoding="utf-8")
    assert "Snith" in str(next(slid_codes(tmp_path, texts)))


def test_terms_are_looked_up_in_any_spelling(plain):
    terms = find_terms(plain.sentences, plain.tokens)
    found = concordance("council", terms, plain.sentences)
    assert len(found)
    for spelt in SPELLINGS.values():
        pd.testing.assert_frame_equal(concordance(spelt("council"), terms, plain.sentences), found)


def test_coders_are_one_however_their_name_is_spelt():
    assert len({name_key(spelt("Zoë Lee")) for spelt in SPELLINGS.values()}) == 1


def test_a_sheet_is_known_again_however_a_program_spelt_it(plain, tmp_path):
    (path,) = write_sheets(plain, tmp_path, ["sentences"], ["csv"], "zoë")
    table = pd.read_csv(path, encoding="utf-8-sig")
    asked = table.columns.difference(["unit_id", "text", "context", "remark", "coder"])
    table[asked[0]] = "１"
    write_csv(path, table.map(lambda cell: decomposed(cell) if isinstance(cell, str) else cell))
    read = read_sheets([path], plain.study, all_units(plain))
    assert set(read["coder"]) == {"zoë"} and set(read["value"]) == {"1"}
    assert len(read) == len(table)
