"""Views to explore: what is chosen is what is shown, and nothing of a page is markup."""

import html
import re
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis_utils import lab
from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.files.workspace import data_folder
from analysis_utils.lab import terms
from analysis_utils.lab.view import Choice, Several, Switch, View, Words
from analysis_utils.measures.terms import find_terms
from analysis_utils.output import cells
from analysis_utils.output.annotate import Mark, Voice, annotated, badges
from analysis_utils.report.pages import safe_html
from analysis_utils.study import read_study
from analysis_utils.themes import actor_sentiment, term_contrast
from analysis_utils.themes.contract import theme_tables
from analysis_utils.themes.term_contrast.tables import contrast_terms

HOSTILE = '<script>window.ran=1</script><img src=x onerror="window.ran=1"> \u202eevil'


@pytest.fixture(scope="module")
def corpus():
    return load_corpus(read_study(data_folder() / "kaspersky-europol"))


@pytest.fixture(scope="module")
def hostile(corpus):
    """The corpus as if every line and sentence held markup."""
    texts = {
        "lines": ["text", "reason"],
        "articles": ["headline"],
        "sentences": ["text"],
        "quotes": ["source", "text"],
    }
    changed = {
        name: getattr(corpus, name).assign(
            **{column: getattr(corpus, name)[column] + HOSTILE for column in columns}
        )
        for name, columns in texts.items()
    }
    return replace(corpus, **changed)


def views(corpus):
    methods = {
        name: actor_sentiment.methods.METHODS[name] for name in actor_sentiment.methods.LEXICONS
    }
    tones = actor_sentiment.tables.by_methods(corpus, methods)
    return {
        "reader": lab.article_reader(corpus),
        "terms": lab.term_explorer(corpus),
        "actors": lab.actor_explorer(corpus, tones),
        "statements": lab.statement_explorer(corpus),
        "frames": lab.frame_explorer(corpus),
        "tellings": lab.tellings_explorer(corpus),
    }


@pytest.fixture(scope="module")
def made(corpus):
    return views(corpus)


#: For each view: choices, and what is then shown that was not before.
CHANGES = [
    ("reader", {"article": "rferl"}, "Moscow-based firm"),
    ("reader", {"removed": True}, "menus, buttons"),
    ("reader", {"raw": True}, "raw page"),
    ("terms", {"measure": "g2"}, "log-likelihood ratio"),
    ("terms", {"unit": "word"}, "frozen"),
    ("terms", {"merge": False}, "No variants are merged"),
    ("terms", {"word": "malicious"}, "“malicious” in its sentences: 1 occurrence"),
    ("terms", {"outlets": ("tass",)}, "two outlets or more"),
    ("terms", {"word": "resolutoin"}, "does not occur; terms like it: resolution"),
    ("actors", {"actor": "europol"}, 'title="Europol">'),
    ("actors", {"method": "textblob", "actor": "russia"}, "unfair"),
    ("actors", {"voice": "quoted", "outlet": "rferl"}, "3 sentences"),
    ("statements", {"link": "all"}, "possible"),
    ("statements", {"word": "disrespect"}, "1 pair of sentences"),
    ("frames", {"frame": "security_threat"}, "malicious"),
    ("frames", {"terms": "resum*"}, "<mark>resumed</mark>"),
    ("frames", {"terms": "a*"}, "would find almost anything"),
    ("tellings", {"articles": ("rferl", "tass")}, "RFE/RL</th><th"),
    ("tellings", {"articles": ("tass",)}, "choose two to 5 articles"),
]


@pytest.mark.parametrize(("name", "choices", "wanted"), CHANGES)
def test_what_is_chosen_is_shown(made, name, choices, wanted):
    assert wanted not in made[name].show().html
    assert wanted in html.unescape(made[name].show(**choices).html)


def test_a_choice_that_is_none_is_told(made):
    with pytest.raises(TypeError, match="no choice named colour; there are article"):
        made["reader"].show(colour="red")


@pytest.mark.slow
def test_nothing_of_a_page_is_markup(hostile):
    for name, view in views(hostile).items():
        shown = [view._repr_mimebundle_()["text/html"]]
        for choices in [choices for each, choices, _ in CHANGES if each == name]:
            shown.append(cells.visible(view.show(**choices).html))
        for each in shown:
            assert "<script" not in each and "<img src=x" not in each and "\u202e" not in each, name
    assert "&lt;script&gt;" in shown[0]


def test_long_lines_are_cut_and_say_so(corpus):
    lines = corpus.lines.assign(text="x" * 200_000)
    reader = lab.article_reader(replace(corpus, lines=lines))
    shown = reader.show(raw=True, removed=True).html
    assert "197,000 more characters" in shown
    assert len(shown) < 10 * cells.LONGEST_CELL * len(lines)


def test_without_a_reader_at_the_screen_a_view_is_static(made, monkeypatch):
    for name in ("FRAMING_VIEWS", "JPY_SESSION_NAME", "VSCODE_PID"):
        monkeypatch.delenv(name, raising=False)
    bundle = made["reader"]._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert "<details>" in bundle["text/html"] and "Kaspersky Lab" in bundle["text/html"]
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/7_cleaning.ipynb")
    assert any("widget-view" in kind for kind in made["reader"]._repr_mimebundle_())
    monkeypatch.setenv("FRAMING_VIEWS", "static")
    assert set(made["reader"]._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_static_forms_hold_no_picture_that_another_machine_would_draw_otherwise(made):
    assert all("data:image" not in view.static().html for view in made.values())
    assert "data:image/png" in made["terms"].show().html


def test_static_forms_come_through_the_reports_cleaning(made):
    clean = safe_html([])
    for view in made.values():
        shown = clean(view.static().html)
        assert "<details>" in shown and "&lt;" not in shown
        assert "vertical-align" not in re.sub(r"<style.*?</style>|<[^>]*>", "", shown, flags=re.S)


def controls_and_result(view):
    row, result = view.widget().children
    return {each.description: each for each in row.children}, result


def test_a_click_changes_the_result(made):
    controls, result = controls_and_result(made["reader"])
    before = result.value
    controls["Article"].value = "rferl"
    assert result.value != before and "Moscow-based" in result.value


def test_an_outlet_that_is_not_in_the_contrast_is_not_spoken_of(corpus):
    found = find_terms(corpus.sentences, corpus.tokens, corpus.study.actors, {})
    outlets = {"third": "The Third", **corpus.outlets}
    shown = terms._figure(contrast_terms(found), "z", outlets)
    assert "TASS leads with “resolution”" in shown.text and "Third" not in shown.text


def test_the_term_explorer_begins_with_what_the_theme_has_made(corpus, monkeypatch):
    theme_tables(term_contrast, corpus)

    def refuse(*_):
        raise AssertionError("the terms are found already")

    monkeypatch.setattr(terms, "find_terms", refuse)
    view = lab.term_explorer(corpus)
    assert "resolution" in view.static().html
    with pytest.raises(AssertionError, match="found already"):
        view.show(unit="word")


def test_any_measure_is_drawn_from_zero():
    leading = pd.DataFrame({"outlet": ["a", "b"], "term": ["ban", "hope"], "g2": [3.0, 1.5]})
    (ax,) = terms.plot_measure(leading, "g2", {"a": "A", "b": "B", "c": "C"}).axes
    dots = [place for drawn in ax.collections for place in drawn.get_offsets().tolist()]
    assert {tuple(place) for place in dots} == {(3.0, 0.0), (1.5, 1.0)}
    assert ax.get_xlim()[0] == 0
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["A", "B"]
    plt.close(ax.figure)


def test_another_frame_brings_its_terms_and_edited_ones_are_kept(made):
    controls, result = controls_and_result(made["frames"])
    first = controls["Terms"].value
    controls["Frame"].value = "security_threat"
    assert "malicious*" in controls["Terms"].value and "malicious" in result.value
    controls["Terms"].value = "ransomware"
    assert "<mark>ransomware</mark>" in result.value
    controls["Frame"].value = "conflict"
    assert controls["Terms"].value == first
    controls["Frame"].value = "security_threat"
    assert controls["Terms"].value == "ransomware"


def test_the_actor_explorer_goes_from_low_to_high(made):
    shown = made["actors"].show(method="vader").html
    scores = [float(found) for found in re.findall(r"<td[^>]*>([+-]\d\.\d\d)</td>", shown)]
    assert len(scores) > 10 and scores == sorted(scores)


def test_controls_say_what_they_begin_with():
    shown = View(
        "made",
        "Made up",
        (
            Choice("one", "One", {"a": "first", "b": "second"}, "b"),
            Several("some", "Some", {"a": "first", "b": "second"}),
            Switch("on", "On", True),
            Words("text", "Text", "<b>"),
            Words("blank", "Blank"),
        ),
        lambda **choices: cells.prose(repr(choices)),
    ).static()
    assert "One: second; Some: first and second; On: yes; Text: “&lt;b&gt;”." in shown.html
    assert "'blank': ''" in shown.text


def test_words_that_are_typed_are_spelt_as_the_articles_are():
    view = View("made", "Made up", (Words("text", "Text"),), lambda text: cells.prose(text))
    assert view.show(text="Zoe\u0308\u200b Ｌｅｅ").text == "Zoë Lee"


def without_marks(shown):
    """The text that was annotated, labels left out."""
    shown = re.sub(r"<(sup|small)[^>]*>.*?</\1>", "", shown, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


@given(st.text(max_size=40), st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_marks_change_no_letter_of_the_text(text, places):
    one, two, three, four = sorted(min(place, len(text)) for place in places)
    marks = [Mark(one, two, "a"), Mark(three, four, "b")]
    voices = [Voice(two, four, "Ann"), Voice(four, len(text), "")]
    known = badges({"a": "Ann <b>", "b": "Bob"})
    assert without_marks(annotated(text, marks, voices, known)) == text


def test_marks_say_who_without_colour():
    known = badges({"acme": "Acme Works", "ann": "Ann Lee"}, ["Ann Lee"])
    marks = [Mark(0, 2, "ann"), Mark(8, 12, "acme")]
    shown = annotated("He left Acme. So be it.", marks, [Voice(14, 19, "Ann Lee")], known)
    assert re.search(r"He<sup[^>]*>AL</sup></b>", shown)  # the words do not say who he is
    assert re.search(r'title="Acme Works">Acme</b>', shown)
    assert re.search(r"<small[^>]*>AL </small>So be", shown)
    others = annotated("So be it.", [], [Voice(0, 5, "a man"), Voice(6, 8, "")], known)
    assert re.search(r"<small[^>]*>a man: </small>So be", others)
    assert re.search(r"<small[^>]*>\?: </small>it", others)


def test_a_voice_that_goes_on_is_not_named_again():
    voices = [Voice(0, 2, "Ann"), Voice(3, 5, "Ann"), Voice(6, 8, "Bob")]
    shown = annotated("So be it.", [], voices, {})
    assert shown.count("Ann: ") == 1 and shown.count("Bob: ") == 1


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12, unique=True))
def test_no_two_actors_share_their_letters(names):
    letters = [badge.letters for badge in badges(dict(enumerate(names))).values()]
    assert len(set(letters)) == len(letters)
