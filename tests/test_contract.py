"""Every theme keeps the contract, with hand codes and without, from the cache and made anew."""

import dataclasses
import inspect
import re
from functools import partial
from importlib import import_module
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.figure import Figure as Picture
from matplotlib.text import Text
from prose import words

from analysis_utils import themes
from analysis_utils.output.figures import HIGHEST, WIDTHS, Figure
from analysis_utils.output.references import cited, references
from analysis_utils.schemas import VALIDATION_COLUMNS, Table, Validation
from analysis_utils.themes.contract import ROOMS, theme_tables, validated
from analysis_utils.themes.finding import Finding

NAMES = sorted(path.parent.name for path in Path(themes.__path__[0]).glob("*/__init__.py"))

#: What is said of codes, by people or by language models.
CODES = re.compile(r"hand codes|coded by hand|made by language models")

each_theme = pytest.mark.parametrize("name", NAMES)


def opened(name):
    return import_module(f"{themes.__name__}.{name}")


def parameters(function):
    return list(inspect.signature(function).parameters)


@pytest.fixture(scope="module")
def bare(corpus):
    """The corpus without hand codes, and without a cache."""
    study = corpus.study.model_copy()
    object.__setattr__(study, "codes", lambda name: None)
    return dataclasses.replace(corpus, study=study)


@each_theme
def test_a_theme_has_its_four_files_and_a_question_to_answer(name):
    theme = opened(name)
    assert set(ROOMS) <= set(dir(theme))
    assert theme.__doc__.strip()
    assert all(getattr(theme, room).__doc__ for room in ROOMS)
    with pytest.raises(AttributeError, match="no_such_room"):
        _ = theme.no_such_room


@each_theme
def test_signatures_are_alike(name):
    theme = opened(name)
    assert parameters(theme.tables.make) == ["corpus"]
    for made in (theme.words.answer, theme.words.findings, theme.words.method):
        assert parameters(made) == ["tables", "corpus"]
    assert parameters(theme.validation.validate) == ["tables", "corpus"]
    for figure in theme.figures.FIGURES.values():
        assert parameters(figure) == ["tables", "corpus"]


@each_theme
def test_every_column_says_what_it_is(name):
    for schema in opened(name).tables.SCHEMAS.values():
        assert issubclass(schema, Table)
        assert schema.__doc__.startswith("One row ")
        assert schema.describe()["meaning"].str.len().gt(3).all(), schema.__name__


@each_theme
def test_tables_are_the_same_from_the_cache_and_made_anew(name, corpus):
    theme = opened(name)
    theme_tables(theme, corpus)
    kept = vars(theme_tables(theme, corpus))
    made = vars(theme_tables(theme, dataclasses.replace(corpus)))
    assert list(kept) == list(made) == list(theme.tables.SCHEMAS)
    for table, frame in made.items():
        pd.testing.assert_frame_equal(kept[table], frame)


@each_theme
@pytest.mark.parametrize("width", WIDTHS)
def test_figures_are_values_that_are_drawn_at_both_widths(name, width, corpus):
    theme = opened(name)
    tables = theme_tables(theme, corpus)
    for made in theme.figures.FIGURES.values():
        figure = made(tables, corpus)
        assert isinstance(figure, Figure) and isinstance(figure.draw, partial)
        assert isinstance(figure.data, pd.DataFrame)
        picture = figure.picture(width)
        assert isinstance(picture, Picture)
        across, high = (25.4 * inches for inches in picture.get_size_inches())
        assert across == pytest.approx(WIDTHS[width], abs=0.01)
        assert high <= HIGHEST
        written = [text for text in picture.findobj(Text) if text.get_text().strip()]
        assert min(text.get_fontsize() for text in written) >= 7
        plt.close(picture)


@each_theme
def test_answers_are_sentences(name, corpus):
    theme = opened(name)
    answer = theme.words.answer(theme_tables(theme, corpus), corpus)
    assert answer[0].isupper() and answer.rstrip().endswith(".")
    assert "nan" not in answer.lower().split()


@each_theme
def test_findings_are_short_sentences_that_lead_to_their_evidence(name, corpus):
    theme = opened(name)
    ids = set(corpus.sentences["sentence_id"])
    for finding in theme.words.findings(theme_tables(theme, corpus), corpus):
        assert isinstance(finding, Finding)
        assert finding.evidence and set(finding.evidence) <= ids
        assert len(words(finding.sentence)) <= 30, finding.sentence
        assert finding.sentence.endswith((".", ".”"))
        assert finding.theme in NAMES


@each_theme
def test_the_method_is_a_paragraph_with_its_sources(name, corpus):
    theme = opened(name)
    method = theme.words.method(theme_tables(theme, corpus), corpus)
    assert "\n\n" not in method and method.endswith(".")
    assert "@" not in cited(method)
    assert all(entry.endswith(".") for entry in references(method))


@each_theme
def test_scores_have_the_same_columns_in_every_theme(name, corpus):
    scores = validated(opened(name), corpus)
    assert tuple(scores.columns) == VALIDATION_COLUMNS
    pd.testing.assert_frame_equal(scores, Validation.checked(scores))


@each_theme
def test_without_hand_codes_a_theme_claims_nothing_by_them(name, bare):
    theme = opened(name)
    tables = theme_tables(theme, bare)
    scores = theme.validation.validate(tables, bare)
    answer = theme.words.answer(tables, bare)
    assert answer
    assert not [each for each in (*scores["against"], answer) if CODES.search(each)]
    for made in theme.figures.FIGURES.values():
        plt.close(made(tables, bare).picture())
