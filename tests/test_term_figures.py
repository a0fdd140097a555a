"""The figures of a contrast: what they show, and that no text covers another."""

import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from term_tables import sentence_table, term_table

from analysis_utils.output.figures import house_style
from analysis_utils.themes.term_contrast.concordance import evidence
from analysis_utils.themes.term_contrast.evidence_page import plot_evidence
from analysis_utils.themes.term_contrast.figures import plot_contrast
from analysis_utils.themes.term_contrast.tables import contrast_terms, leading_terms

NAMES = {
    "a": "The Metropolitan Herald and Advertiser",
    "b": "Daily Courier",
    "c": "News of the Northern Provinces",
    "d": "Wire",
    "e": "The Very Long Name of a Public Service Broadcaster",
}
SENTENCE = (
    "the minister said {} of $5 and $6 for a very long and winding sentence that goes on and on"
)


@pytest.fixture(autouse=True)
def style():
    with plt.rc_context():
        house_style()
        yield
    plt.close("all")


def corpus(n_outlets: int):
    """Sentences and terms in which each outlet has words of its own, and all share some."""
    texts, documents = {}, {}
    for outlet in list(NAMES)[:n_outlets]:
        own = [f"word{outlet}{number}" for number in range(4)] + [f"internationalisation{outlet}"]
        texts[outlet] = [SENTENCE.format(word) for word in own for _ in range(3)]
        documents[outlet] = [text.split() for text in texts[outlet]]
    sentences = sentence_table(texts)
    terms = term_table(documents, function_words=("the", "of", "and", "a", "for", "that", "on"))
    # Places in the text instead of places in the list.
    texts_of = sentences.set_index("sentence_id")["text"]
    starts = [
        len(" ".join(texts_of[row.sentence_id].split()[: row.start])) + (row.start > 0)
        for row in terms.itertuples()
    ]
    terms = terms.assign(start=starts)
    return sentences, terms.assign(end=terms["start"] + terms["surface"].str.len())


def text_boxes(fig):
    """The visible texts of a figure with the pixels they cover."""
    fig.canvas.draw()
    renderer = fig.canvas.get_renderer()
    texts = [
        text for text in fig.findobj(plt.Text) if text.get_visible() and text.get_text().strip()
    ]
    shown = [
        text for text in texts if text.axes is None or text.axes.axison or text in text.axes.texts
    ]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in shown]


def assert_nothing_overlaps(fig):
    boxes = text_boxes(fig)
    assert boxes
    for (first, box), (second, other) in itertools.combinations(boxes, 2):
        # A pixel is no overlap: letters keep a margin inside their box.
        width = min(box.x1, other.x1) - max(box.x0, other.x0)
        height = min(box.y1, other.y1) - max(box.y0, other.y0)
        assert width < 1 or height < 2, f"{first!r} covers {second!r}"


def words_of(fig) -> list[str]:
    return [text for text, _ in text_boxes(fig)]


def dots_of(ax):
    """Where the dots of a panel stand."""
    dots = [drawn for drawn in ax.collections if isinstance(drawn, PathCollection)]
    return {tuple(place) for drawn in dots for place in drawn.get_offsets().tolist()}


def lines_of(ax):
    """Where the intervals of a panel begin and end, by row."""
    lines = [drawn for drawn in ax.collections if isinstance(drawn, LineCollection)]
    ends = [line for drawn in lines for line in drawn.get_segments()]
    return {round(line[0][1]): tuple(sorted(line[:, 0])) for line in ends}


@pytest.mark.parametrize("n_outlets", [2, 3, 4, 5])
def test_texts_of_the_contrast_do_not_overlap(n_outlets):
    _, terms = corpus(n_outlets)
    names = dict(list(NAMES.items())[:n_outlets])
    fig = plot_contrast(
        contrast_terms(terms, draws=50), names, n=5, title="A finding that takes some words " * 5
    )
    assert_nothing_overlaps(fig)
    for term in ("worda0", "wordb3"):
        assert words_of(fig).count(term) == 1
    assert "minister" not in words_of(fig)


@pytest.mark.parametrize("n_outlets", [2, 5])
def test_texts_of_the_evidence_do_not_overlap_and_stay_on_the_page(n_outlets):
    sentences, terms = corpus(n_outlets)
    names = dict(list(NAMES.items())[:n_outlets])
    contrast = contrast_terms(terms, draws=50)
    lines = evidence(leading_terms(contrast, 3), terms, sentences)
    fig = plot_evidence(contrast, lines, names, n=3, lines=2, title="A finding in words " * 9)
    assert_nothing_overlaps(fig)
    width, height = fig.bbox.width, fig.bbox.height
    for text, box in text_boxes(fig):
        assert min(box.x0, box.y0) >= 0 and box.x1 <= width and box.y1 <= height, text
    words = words_of(fig)
    assert words.count("worda0") == 3  # the term once, and twice as keyword
    assert any(word.startswith("of $5 and $6") and word.endswith("…") for word in words)


def test_counts_stand_at_the_edge_in_the_order_of_the_outlets():
    terms = term_table(
        {"a": [["ban"], ["ban", "firm"], ["ban"]], "b": [["hope"], ["hope"], ["firm"]]}
    )
    fig = plot_contrast(contrast_terms(terms, draws=50), {"a": "A", "b": "B"})
    words = words_of(fig)
    assert {"3 : 0", "0 : 2"} <= set(words)
    assert {"← more in A", "more in B →"} <= set(words)


def test_the_first_outlet_stands_to_the_left():
    terms = term_table({"a": [["ban"]] * 4 + [["firm"]], "b": [["hope"]] * 4 + [["firm"]]})
    fig = plot_contrast(contrast_terms(terms, draws=50), {"a": "A", "b": "B"})
    (ax,) = fig.axes
    ticks = {
        tick.get_text(): place
        for tick, place in zip(ax.get_yticklabels(), ax.get_yticks(), strict=True)
    }
    at = {round(y): x for x, y in dots_of(ax)}
    assert at[ticks["ban"]] < 0 < at[ticks["hope"]]


def test_leading_terms_leave_out_function_words_and_single_sentences():
    terms = term_table(
        {"a": [["ban", "the", "once"], ["ban", "the"]], "b": [["hope"], ["hope"]]},
        function_words=("the",),
    )
    contrast = contrast_terms(terms, draws=50)
    assert leading_terms(contrast)["term"].tolist() == ["ban", "hope"]
    assert set(leading_terms(contrast, min_sentences=1)["term"]) == {"ban", "hope", "once"}
    assert leading_terms(contrast, 0).empty


def test_a_term_leads_one_outlet_only():
    terms = term_table({"a": [["ban"]] * 3, "b": [["ban"], ["ban"], ["firm"]], "c": [["hope"]] * 4})
    leading = leading_terms(contrast_terms(terms, draws=50))
    assert leading["term"].is_unique
    assert leading.loc[leading["term"] == "ban", "outlet"].tolist() == ["a"]


def test_outlets_with_nothing_to_show_are_told():
    terms = term_table({"a": [["ban", "firm"]], "b": [["ban", "firm"]], "c": [["ban", "firm"]]})
    fig = plot_contrast(contrast_terms(terms, draws=20), {"a": "A", "b": "B", "c": "C"})
    assert words_of(fig).count("no term sets it apart") == 3
    both = terms[terms["outlet"] != "c"]
    fig = plot_contrast(contrast_terms(both, draws=20), {"a": "A", "b": "B"})
    assert "no term sets it apart" in words_of(fig)


def test_an_outlet_without_a_name_is_refused():
    terms = term_table({"a": [["ban"]], "b": [["firm"]]})
    with pytest.raises(ValueError, match="without a name: b"):
        plot_contrast(contrast_terms(terms, draws=20), {"a": "A"})


def test_dots_and_lines_stand_where_the_contrast_says():
    terms = term_table(
        {"a": [["ban"], ["ban", "firm"]] * 3, "b": [["hope"], ["hope"], ["firm"]] * 2}
    )
    contrast = contrast_terms(terms, draws=50)
    (ax,) = plot_contrast(contrast, {"a": "A", "b": "B"}).axes
    told = leading_terms(contrast).set_index("term")
    ban, hope = told.loc["ban"], told.loc["hope"]
    rows = [text.get_text() for text in ax.get_yticklabels()]
    assert (-ban["delta"], rows.index("ban")) in dots_of(ax)
    assert (hope["delta"], rows.index("hope")) in dots_of(ax)
    lines = lines_of(ax)
    assert lines[rows.index("ban")] == pytest.approx((-ban["high"], -ban["low"]))
    assert lines[rows.index("hope")] == pytest.approx((hope["low"], hope["high"]))


def test_other_groups_are_drawn_by_their_column():
    sentences, terms = corpus(2)
    terms = terms.assign(country=terms["outlet"].map({"a": "RU", "b": "US"}))
    contrast = contrast_terms(terms, by="country", draws=50)
    names = {"RU": "Russia", "US": "United States"}
    assert "more in United States →" in words_of(plot_contrast(contrast, names, by="country"))
    leading = leading_terms(contrast, 3, by="country")
    lines = evidence(leading, terms, sentences, by="country")
    fig = plot_evidence(contrast, lines, names, n=3, by="country")
    assert {"more in Russia", "more in United States"} <= set(words_of(fig))
    three = terms.assign(article=["x", "y", "z"] * (len(terms) // 3))
    contrast = contrast_terms(three, by="article", unit="article", draws=20)
    fig = plot_contrast(contrast, {"x": "X", "y": "Y", "z": "Z"}, by="article")
    assert len(fig.axes) == 3 and "more in Z →" in words_of(fig)


def test_a_contrast_of_two_is_drawn_on_axes_that_are_given():
    _, terms = corpus(3)
    fig, (first, second) = plt.subplots(1, 2)
    two = contrast_terms(terms[terms["outlet"] != "c"], draws=20)
    assert plot_contrast(two, NAMES, ax=second) is fig
    assert len(fig.axes) == 2 and dots_of(second) and not dots_of(first)
    with pytest.raises(ValueError, match="leave out ax"):
        plot_contrast(contrast_terms(terms, draws=20), NAMES, ax=first)


def test_a_sentence_is_shown_rather_than_the_standfirst_that_repeats_it():
    sentences = sentence_table(
        {"a": ["standfirst: ban it", "ban it", "ban ban now"], "b": ["hope so", "so hope"]}
    )
    told = {row.sentence_id: row.text.split() for row in sentences.itertuples()}
    rows = [
        {
            "sentence_id": sentence_id,
            "passage_id": "a:s01" if sentence_id == "a:standfirst" else sentence_id,
            "article_id": sentence_id[0],
            "outlet": sentence_id[0],
            "start": sum(len(word) + 1 for word in words[:place]),
            "end": sum(len(word) + 1 for word in words[:place]) + len(word),
            "term": word,
            "kind": "word",
            "is_function_word": word in ("it", "so", "now"),
        }
        for sentence_id, words in told.items()
        for place, word in enumerate(words)
    ]
    terms = pd.DataFrame(rows)
    contrast = contrast_terms(terms, draws=20, fewest=1)
    lines = evidence(leading_terms(contrast), terms, sentences)
    shown = words_of(plot_evidence(contrast, lines, {"a": "A", "b": "B"}))
    assert shown.count("a:s01") == 1 and shown.count("a:s02") == 1
    assert "a:standfirst" not in shown
