"""From a study to its tables: the hand codes are the standard."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis_utils.annotation import corpus as corpus_module
from analysis_utils.annotation import language
from analysis_utils.annotation.cleaning import PageError
from analysis_utils.annotation.corpus import article_text, fingerprint, is_cached, load_corpus
from analysis_utils.files.kept import CHECKSUMS
from analysis_utils.schemas import CORPUS_TABLES
from analysis_utils.study import StudyError, read_study
from analysis_utils.study.parts import PagePattern


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


def test_what_is_kept_bears_the_name_of_its_study(own_study):
    """So that a study elsewhere with the same name takes another folder, however it is run."""
    load_corpus(own_study)
    owner = (own_study.build_folder / "study.txt").read_text("utf-8")
    assert owner == f"{own_study.folder.resolve()}\n"


def test_the_cache_leaves_no_scratch_folder(own_study):
    load_corpus(own_study)
    assert [path.name for path in (own_study.build_folder / "cache").iterdir()] == [
        fingerprint(own_study)
    ]


PARTS = [*(f"{name}.parquet" for name in CORPUS_TABLES), CHECKSUMS]


def _cut(path):
    path.write_bytes(path.read_bytes()[:-20])


def _change(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty(path):
    path.write_bytes(b"{}")


def _folder(path):
    path.unlink()
    path.mkdir()


@pytest.fixture(scope="module")
def made(study):
    """The tables, made once."""
    return corpus_module._make_tables(study)


@pytest.mark.parametrize("damage", [Path.unlink, _cut, _change, _empty, _folder])
@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_cache_is_made_again_and_told_in_one_line(
    own_study, part, damage, made, monkeypatch, capsys
):
    monkeypatch.setattr(corpus_module, "_make_tables", lambda study: made)
    first = load_corpus(own_study)
    damage(own_study.build_folder / "cache" / fingerprint(own_study) / part)
    assert not is_cached(own_study)
    again = load_corpus(own_study)
    told = capsys.readouterr().err
    assert "was damaged, and is made again" in told and told.count("\n") == 1
    for name in CORPUS_TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name))
    assert is_cached(own_study)
    load_corpus(own_study)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("place", ["cache", "cache/own"])
def test_a_file_in_the_place_of_the_cache_makes_way(own_study, place, made, monkeypatch, capsys):
    monkeypatch.setattr(corpus_module, "_make_tables", lambda study: made)
    own_study.claim_build_folder()
    file = own_study.build_folder / place.replace("own", fingerprint(own_study))
    file.parent.mkdir(exist_ok=True)
    file.write_text("in the way", encoding="utf-8")
    load_corpus(own_study)
    told = capsys.readouterr().err
    assert told == f"{file}: this part of the cache was damaged, and is made again.\n"
    assert is_cached(own_study)


def test_a_cache_that_cannot_be_kept_is_an_error_and_leaves_nothing(own_study, made, monkeypatch):
    monkeypatch.setattr(corpus_module, "_make_tables", lambda study: made)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            load_corpus(own_study)
    assert list((own_study.build_folder / "cache").iterdir()) == []
    load_corpus(own_study)


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


#: Rooms that read the study and keep files: what they give is itself part of the cache's key.
ONLY_READING = {"study", "csv_tables", "kept", "kept_tables", "locks", "workspace", "writing"}

_FILES_OF_MODULES = """
import sys, {}
for name, module in sys.modules.items():
    if name.startswith("analysis_utils."):
        print(module.__file__)
"""


def files_of(modules):
    """The files of the package that these modules import when they are loaded."""
    probe = _FILES_OF_MODULES.format(modules)
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return {Path(line).resolve() for line in out.stdout.splitlines()}


def only_reads(path):
    return bool({path.stem, path.parent.name} & ONLY_READING)


def test_the_fingerprint_covers_every_module_that_makes_the_tables():
    """A module that the way from page to table imports must be part of the cache's key."""
    covered = {path.resolve() for path in corpus_module.annotating_files()}
    imported = files_of("analysis_utils.annotation.corpus")
    doors = {path for path in imported if path.name == "__init__.py" and path.stat().st_size < 200}
    assert {path for path in imported - covered - doors if not only_reads(path)} == set()


def test_modules_that_only_read_the_study_make_no_table():
    """What is left out of the cache's key is imported by nothing that makes the tables."""
    making = "actors", "attribution", "cleaning", "language", "parsed", "pronouns", "quotation"
    imported = files_of(", ".join(f"analysis_utils.annotation.{each}" for each in making))
    assert {path for path in imported if only_reads(path)} == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nframes:\n", "\nframes:\n  - {id: other, name: Other, description: Another}\n"),
        ("\nevent:\n  title: ", "\nevent:\n  title: Again - "),
        ("\nmerge_terms:\n", "\nmerge_terms:\n  told: [telt]\n"),
    ],
)
def test_what_the_tables_do_not_depend_on_leaves_them(own_study, old, new):
    file = own_study.folder / "study.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    changed = read_study(own_study.folder)
    assert changed != own_study
    assert fingerprint(changed) == fingerprint(own_study)


# Hand codes of pages that have changed since


def changed_page(study, old, new):
    """Change a page that was coded."""
    page = study.folder / "pages" / "tass.txt"
    text = page.read_bytes()
    assert old in text
    page.write_bytes(text.replace(old, new))


def keep_codes(study, *names):
    for path in (study.folder / "codes").glob("*.csv"):
        if path.stem not in names:
            path.unlink()


def faults_of(study, cache=True):
    with pytest.raises(StudyError) as caught:
        load_corpus(study, cache=cache)
    return caught.value.faults


def test_codes_of_a_page_that_has_changed_are_refused_from_the_cache_too(own_study):
    keep_codes(own_study, "mentions", "frames", "functions", "sentences")
    changed_page(own_study, b"Russian multinational", b"A Russian multinational")
    first, second = faults_of(own_study), faults_of(own_study)
    assert first == second == faults_of(own_study, cache=False)
    mentions, sentences = first
    codes = own_study.folder / "codes"
    assert (mentions.file, mentions.key) == (str(codes / "mentions.csv"), "text")
    line = (codes / "mentions.csv").read_text(encoding="utf-8").splitlines()[mentions.line - 1]
    assert line.startswith("tass:s01,")
    assert mentions.problem.startswith("tass:s01 has ")
    assert (sentences.file, sentences.line) == (str(codes / "sentences.csv"), 4)
    assert "tass:s01 reads otherwise now" in sentences.problem
    for fault in first:
        assert "the page or the cleaning changed after coding" in fault.problem
        assert "Put the page back" in fault.mend


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("frames", "a,tass:s99,conflict,0", "sentence_id"),
        ("alignment", "tass:s99,rferl:s01,strong", "sentence_id"),
        ("alignment", "tass:s12,rferl:s99,partial", "other_id"),
        ("facts", "f99,It rains,shared,tass:s01 tass:s99 rferl:s99,", "sentence_ids"),
        ("functions", "tass,problem,It rains,tass:s99,", "sentence_id"),
    ],
)
def test_codes_of_sentences_that_there_are_not_are_refused(own_study, name, row, column):
    path = own_study.folder / "codes" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{row}\n", encoding="utf-8")
    (fault,) = faults_of(read_study(own_study.folder))
    assert (fault.file, fault.line, fault.key) == (str(path), text.count("\n") + 1, column)
    assert "s99' " in fault.problem and "none of the sentences" in fault.problem


def test_a_cut_of_the_coder_that_no_codes_go_by_may_differ(own_study):
    keep_codes(own_study, "sentences")
    changed_page(own_study, b"Russian multinational", b"A Russian multinational")
    texts = load_corpus(own_study).sentences.set_index("sentence_id")["text"]
    assert texts["tass:s01"].startswith("A Russian")


@pytest.mark.slow
def test_nothing_of_a_sentence_without_end_is_lost(own_study):
    endless = "Europol said that " * 300 + "it left. " + "— " * 600 + "So it was."
    shutil.rmtree(own_study.folder / "codes")
    page, file = own_study.folder / own_study.articles[0].page, own_study.folder / "study.yml"
    page.write_text(page.read_text("utf-8") + f"\n{endless}\n", "utf-8")
    known = "page_patterns: [{kind: body, pattern: ^Europol said that Eu, reason: known}]"
    text = file.read_text("utf-8").replace("id: tass\n", f"id: tass\n    {known}\n", 1)
    file.write_text(text, "utf-8")
    made = load_corpus(read_study(own_study.folder), cache=False)
    line = made.lines.loc[made.lines["text"] == endless, "line_no"].item()
    pieces = made.sentences[made.sentences["line_no"] == line]
    assert " ".join(" ".join(pieces["text"]).split()) == endless
    n_tokens = made.tokens.groupby("sentence_id").size()
    assert n_tokens.max() <= language.LONGEST_SENTENCE


def test_all_pages_that_cannot_be_read_are_told_at_once(own_study):
    for entry in own_study.articles:
        (own_study.folder / entry.page).write_text("", "utf-8")
    with pytest.raises(PageError) as error:
        load_corpus(own_study)
    told = str(error.value).splitlines()
    assert [line.split(":")[0] for line in told] == list(own_study.outlet_names.values())
    assert all("the page is empty" in line for line in told)


def test_a_pattern_that_takes_too_long_is_tried_on_one_page_of_its_outlet_alone(
    own_study, monkeypatch
):
    monkeypatch.setattr("analysis_utils.annotation.cleaning.wording.PATTERN_SECONDS", 0.2)
    first = own_study.outlets[0]
    slow = PagePattern(kind="footer", pattern=r"(?=(a|a)*X)", reason="known")
    page = own_study.folder / own_study.articles[0].page
    page.write_text(f"{'a' * 80}\n{page.read_text('utf-8')}", encoding="utf-8")
    outlets = (first.model_copy(update={"page_patterns": (slow,)}), *own_study.outlets[1:])
    entries = [
        own_study.articles[0].model_copy(update={"id": name, "outlet": first.id})
        for name in ("one", "two", "three")
    ]
    many = own_study.model_copy(update={"outlets": outlets, "articles": tuple(entries)})
    with pytest.raises(PageError) as error:
        corpus_module.clean_pages(many)
    assert str(error.value).count("takes more than") == 1
