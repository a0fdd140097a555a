"""From a study to its tables: the hand codes are the standard."""

import shutil
import subprocess
import sys

import pandas as pd
import pytest

from analysis_utils import corpus as corpus_module
from analysis_utils.corpus import article_text, fingerprint, is_cached, load_corpus
from analysis_utils.study import read_study
from analysis_utils.tables import CORPUS_TABLES


@pytest.fixture
def own_study(study, tmp_path, monkeypatch):
    """A copy of the default study that a test may change, with a build folder of its own."""
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    folder = tmp_path / "own-study"
    shutil.copytree(study.folder, folder)
    return read_study(folder)


def test_sentences_are_those_of_the_hand_codes(corpus, codes):
    found = corpus.sentences[["sentence_id", "line_no", "n_words", "text"]]
    coded = codes("sentences").set_index("sentence_id").loc[found["sentence_id"]].reset_index()
    assert len(found) == 24
    pd.testing.assert_frame_equal(found, coded[found.columns], check_dtype=False)


def test_every_table_keeps_its_schema(corpus):
    for name, schema in CORPUS_TABLES.items():
        table = getattr(corpus, name)
        pd.testing.assert_frame_equal(table, schema.checked(table))


def test_sentences_lie_where_they_say_in_the_article(corpus):
    text_of = corpus.articles.set_index("article_id")["text"]
    for row in corpus.sentences.itertuples():
        assert text_of[row.article_id][row.start : row.end] == row.text


def test_sentences_and_tokens_lead_back_to_the_raw_line(corpus):
    raw = corpus.lines.set_index(["article_id", "line_no"])["text"]
    for row in corpus.sentences.itertuples():
        line = raw[row.article_id, row.line_no].replace("\u00a0", " ")
        assert row.text in line


def test_articles_carry_what_their_pages_say(corpus):
    tass, rferl = corpus.articles.set_index("article_id").loc[["tass", "rferl"]].itertuples()
    assert tass.headline.startswith("Kaspersky Lab halts cooperation")
    assert (tass.published, tass.section) == ("2018-06-14T11:06+03:00", "Business & Economy")
    assert tass.dateline == "MOSCOW, June 14. /TASS/."
    assert (tass.n_paragraphs, tass.n_sentences) == (7, 12)
    assert rferl.headline == "Kaspersky to halt cooperation with Europe to fight cybercrime"
    assert (rferl.published, rferl.standfirst) == ("2018-06-15", "")
    assert "courtesy of Radio Free Europe" in rferl.notice
    assert (rferl.n_paragraphs, rferl.n_sentences) == (9, 9)


def test_the_second_load_reads_the_cache_and_gives_the_same(own_study, monkeypatch):
    first = load_corpus(own_study)
    assert is_cached(own_study)
    monkeypatch.setattr(corpus_module, "_make_tables", lambda study: pytest.fail("parsed again"))
    second = load_corpus(own_study)
    for name in CORPUS_TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_the_cache_leaves_no_scratch_folder(own_study):
    load_corpus(own_study)
    assert [path.name for path in (own_study.build_folder / "cache").iterdir()] == [
        fingerprint(own_study)
    ]


def test_a_changed_page_or_actor_makes_the_tables_anew(own_study):
    before = fingerprint(own_study)
    page = own_study.folder / "pages" / "tass.txt"
    page.write_bytes(page.read_bytes().replace(b"obvious", b"evident"))
    changed_page = fingerprint(own_study)
    file = own_study.folder / "study.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("Moscow-based firm", "Moscow firm"))
    changed_actor = fingerprint(read_study(own_study.folder))
    assert len({before, changed_page, changed_actor}) == 3


def test_a_corrected_date_overrides_the_page(own_study):
    file = own_study.folder / "study.yml"
    text = file.read_text(encoding="utf-8").replace(
        "page: pages/rferl.txt", "page: pages/rferl.txt\n    published: 2018-06-16"
    )
    file.write_text(text, encoding="utf-8")
    articles = load_corpus(read_study(own_study.folder)).articles.set_index("article_id")
    assert articles.loc["rferl", "published"] == "2018-06-16"
    assert articles.loc["tass", "published"] == "2018-06-14T11:06+03:00"


def test_article_text_puts_the_headline_first_wherever_it_stands():
    lines = pd.DataFrame(
        {
            "line_no": [1, 2, 3],
            "kind": ["standfirst", "headline", "body"],
            "kept": True,
            "clean": ["In short.", "Headline", "The text."],
        }
    )
    assert article_text(lines) == "Headline\nIn short.\nThe text."


def test_the_fingerprint_covers_every_module_that_makes_the_tables():
    """A module that the way from page to table imports must be part of the cache's key."""
    probe = (
        "import sys, analysis_utils.corpus;"
        "print(*sorted(name for name in sys.modules if name.startswith('analysis_utils.')))"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    imported = {name.split(".")[1] for name in out.stdout.split()}
    assert imported - set(corpus_module.ANNOTATING_MODULES) == set()
