"""What every theme's page ends with: its trust, its method with sources, its tables as files."""

from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest

from analysis_utils.output import spreadsheets
from analysis_utils.output.spreadsheets import read_rows
from analysis_utils.themes import page, voices


@pytest.fixture
def corpus(tmp_path):
    folders = {"build_folder": tmp_path, "tables_folder": tmp_path / "tables"}
    return SimpleNamespace(study=SimpleNamespace(**folders))


@pytest.fixture
def theme():
    made = ModuleType("analysis_utils.themes.weather")
    made.words = SimpleNamespace(method=lambda tables, corpus: "Counted <b>, as in [@monroe2008].")
    return made


TABLES = SimpleNamespace(
    days=pd.DataFrame({"day": ["=1+1", "Monday"], "rain": [1.5, None]}),
    winds=pd.DataFrame({"from": ["west"]}),
)


def test_a_theme_is_trusted_by_its_scores_on_unseen_texts():
    assert "PolNeAR" in page.trust(voices).text or "F1" in page.trust(voices).text


def test_what_is_only_counted_has_no_score(theme):
    assert "there is no score" in page.trust(theme).text


def test_the_method_names_its_sources_and_folds_them(theme, corpus):
    shown = page.method(theme, TABLES, corpus)
    assert "Counted &lt;b&gt;, as in (Monroe, Colaresi and Quinn 2008)." in shown.html
    head, _, folded = shown.html.partition("<details")
    assert "Fightin" not in head and "Fightin" in folded and "<summary>1 reference<" in folded


def test_a_method_without_sources_has_no_list_of_them(theme, corpus):
    theme.words.method = lambda tables, corpus: "Counted."
    assert "details" not in page.method(theme, TABLES, corpus).html


def saved(corpus):
    return {path.name: path.read_bytes() for path in corpus.study.tables_folder.iterdir()}


def test_all_tables_are_saved_as_csv_and_in_one_workbook(theme, corpus):
    told = page.save_tables(theme, TABLES, corpus)
    assert set(saved(corpus)) == {"weather.xlsx", "weather_days.csv", "weather_winds.csv"}
    assert "All 2 tables" in told.text and "tables/weather.xlsx" in told.text
    for kind in ("xlsx", "csv"):
        path = corpus.study.tables_folder / (
            "weather.xlsx" if kind == "xlsx" else "weather_days.csv"
        )
        names, rows = read_rows(path, "day")
        assert names == ["day", "rain"] and [row[0] for _, row in rows] == ["=1+1", "Monday"]


def test_the_same_tables_are_not_written_out_twice(theme, corpus, monkeypatch):
    page.save_tables(theme, TABLES, corpus)
    first = saved(corpus)
    monkeypatch.setattr(spreadsheets, "xlsx_bytes", lambda *_, **__: pytest.fail("made again"))
    page.save_tables(theme, TABLES, corpus)
    assert saved(corpus) == first


def test_other_tables_are_and_the_old_ones_forgotten(theme, corpus):
    page.save_tables(theme, TABLES, corpus)
    first = saved(corpus)
    page.save_tables(theme, SimpleNamespace(days=TABLES.winds, winds=TABLES.days), corpus)
    assert saved(corpus)["weather.xlsx"] != first["weather.xlsx"]
    assert len(list((corpus.study.build_folder / "cache" / "tables").iterdir())) == 1


@pytest.mark.parametrize("many", [True, False])
def test_what_no_spreadsheet_holds_is_saved_as_csv_only(theme, corpus, monkeypatch, many):
    page.save_tables(theme, TABLES, corpus)
    if many:
        monkeypatch.setattr(page, "MOST_CELLS", 4)
    days = TABLES.days if many else pd.DataFrame({"day": ["x" * 40_000]})
    told = page.save_tables(theme, SimpleNamespace(days=days, winds=TABLES.winds), corpus)
    assert "CSV" in told.text and "weather.xlsx" not in saved(corpus)
    assert "weather_days.csv" in saved(corpus)
