"""From a study to its tables: :func:`load_corpus`.

``page -> lines -> article -> paragraphs -> sentences -> tokens -> mentions -> quotes``:
each arrow is a function of another module; this one ties them together and
keeps the result on disk, so that notebooks never parse a page again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils import words
from analysis_utils.annotation import actors, attribution, cleaning, language, quotation, turns
from analysis_utils.annotation.which_language import KNOWN
from analysis_utils.files.kept import NotKeptError
from analysis_utils.files.kept_tables import read_or_make, read_tables
from analysis_utils.files.progress import shown
from analysis_utils.schemas import (
    CORPUS_TABLES,
    PARTS,
    SCHEMA_VERSION,
    Articles,
    Sentences,
    Tokens,
)
from analysis_utils.study import Study
from analysis_utils.study.code_checks import lost_lines, slid_codes
from analysis_utils.study.file import StudyError
from analysis_utils.study.parts import ArticleEntry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

#: Libraries whose version can change what the tables say.
_ANNOTATORS = ("spacy", "trafilatura", "dateparser", "pdfplumber")

#: Rooms on the way from page to table: a change in one makes the tables anew.  Those that read
#: and check the study are left out, as what they read is itself part of the cache's key.
ANNOTATING = (
    "annotation",
    "schemas.py",
    *("files/budget.py", "files/faults.py", "files/model_files.py", "files/normal_text.py"),
    *("files/progress.py", "files/yaml_source.py"),
    "models/attribution",
    "words",
)

#: The parts of a study that the tables depend on.
_READ_PARTS = {"outlets", "articles", "actors"}


@dataclass(frozen=True)
class Corpus:
    """The tables of a study; :mod:`analysis_utils.schemas` says what each column is."""

    study: Study
    lines: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    quotations: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    #: The cache's key; empty for a corpus that was made or changed by hand.
    key: str = field(default="", init=False, compare=False)

    @property
    def outlets(self) -> dict[str, str]:
        """Names of the outlets with an article in English, by id, in the order of the study."""
        told = {entry.outlet for entry in self.study.articles if entry.language == KNOWN}
        return {outlet: name for outlet, name in self.study.outlet_names.items() if outlet in told}

    @property
    def names(self) -> dict[str, dict[str, str]]:
        """Names by id of the outlets and of the actors, for tables to show."""
        actors = {actor.id: actor.name for actor in self.study.actors}
        return {"outlet": self.outlets, "actor": actors}


def load_corpus(study: Study, cache: bool = True) -> Corpus:
    """The tables of a study, read from the cache or made from its pages.

    The cache lies under ``study.build_folder`` and is keyed by the study's outlets,
    articles and actors, its own words, the pages, the code that makes the tables and the version
    of the language model: whatever of these changes, the tables are made anew.  So are
    those of a cache that was damaged, which is told on standard error.

    Parameters
    ----------
    study
        As :func:`~analysis_utils.study.read_study` gives it.
    cache
        Whether to read and write the cache.

    Raises
    ------
    cleaning.PageError
        If pages cannot be read or hold no article; the message names them all.
    StudyError
        If hand codes do not stand in the sentences, or the study's own words have faults; with
        file, line and column.
    """
    with words.used_by(study.folder):
        tables = _cached_tables(study) if cache else _make_tables(study)
    _check_codes(study, tables["sentences"], tables["lines"])
    corpus = Corpus(study, **tables)
    if cache:  # set here, so that no changed copy has it
        object.__setattr__(corpus, "key", fingerprint(study))
    return corpus


def _cached_tables(study: Study) -> dict[str, pd.DataFrame]:
    folder = _cache(study)
    if not folder.is_dir():
        study.claim_build_folder()
    return read_or_make(folder, CORPUS_TABLES, lambda: _make_tables(study), lock="cache")


def _cache(study: Study) -> Path:
    return study.build_folder / "cache" / fingerprint(study)


def _check_codes(study: Study, sentences: pd.DataFrame, lines: pd.DataFrame) -> None:
    texts = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    known = set(zip(lines["article_id"], lines["line_no"], strict=True))
    if faults := [*slid_codes(study.folder, texts), *lost_lines(study.folder, known)]:
        raise StudyError(faults)


def is_cached(study: Study) -> bool:
    """Whether :func:`load_corpus` would find the study's tables on disk, whole."""
    try:
        read_tables(_cache(study), CORPUS_TABLES)
    except NotKeptError:
        return False
    return True


def fingerprint(study: Study) -> str:
    """Hash of everything the tables depend on: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in _inputs(study):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def _inputs(study: Study) -> Iterator[bytes]:
    yield str(SCHEMA_VERSION).encode()
    yield language.model_version().encode()
    for package in _ANNOTATORS:
        yield importlib.metadata.version(package).encode()
    for path in annotating_files():
        yield path.read_bytes()
    yield study.model_dump_json(include=_READ_PARTS).encode()
    for entry in study.articles:
        yield (study.folder / entry.page).read_bytes()
    for path in filter(Path.is_file, words.own_files(study.folder)):
        yield path.name.encode() + path.read_bytes()


def annotating_files() -> Iterator[Path]:
    """The files of the package that say how a page becomes tables."""
    package = Path(__file__).parent.parent
    for room in ANNOTATING:
        place = package / room
        found = [place] if place.is_file() else place.rglob("*")
        yield from sorted(path for path in found if path.suffix in {".py", ".json", ".yml", ".csv"})


def _make_tables(study: Study) -> dict[str, pd.DataFrame]:
    lines = pd.concat(clean_pages(study), ignore_index=True)
    scored = _scored(study)
    sentences, tokens = _sentences_and_tokens(scored, lines)
    quotations = quotation.find_quotations(sentences)
    mentions = actors.find_mentions(sentences, tokens, quotations, study.actors)
    quotes = attribution.find_quotes(sentences, tokens, quotations, mentions, study.actors)
    return {
        "lines": lines,
        "articles": _articles(scored, lines, sentences),
        "sentences": sentences,
        "tokens": tokens,
        "quotations": quotations,
        "mentions": mentions,
        "quotes": turns.with_turns(quotes, lines, sentences, study.actors),
    }


def _scored(study: Study) -> Study:
    """The study with the articles whose language the methods know; the others are only cleaned."""
    known = tuple(entry for entry in study.articles if entry.language == KNOWN)
    return study.model_copy(update={"articles": known})


def clean_pages(study: Study) -> list[pd.DataFrame]:
    """The labelled lines of each article.

    Raises
    ------
    cleaning.PageError
        If pages cannot be read or hold no article; the message names them all.
    """
    pages, faults = [], []
    stuck: set[str] = set()  # outlets whose patterns take too long on any page
    for entry in shown(study.articles, "Reading"):
        if entry.outlet in stuck:
            continue
        try:
            pages.append(_clean(study, entry))
        except cleaning.PageError as error:
            if isinstance(error, cleaning.PatternError):
                stuck.add(entry.outlet)
            faults.append(f"{study.outlet_names[entry.outlet]}: {error}")
    if faults:
        raise cleaning.PageError("\n".join(faults))
    return pages


def _clean(study: Study, entry: ArticleEntry) -> pd.DataFrame:
    patterns = study.outlet(entry.outlet).page_patterns
    return cleaning.clean_page(study.folder / entry.page, entry.id, patterns)


def _kept(lines: pd.DataFrame) -> pd.DataFrame:
    """The kept lines in reading order: headline, standfirst, then the body."""
    kept = lines[lines["kept"]]
    order = kept["kind"].map(PARTS.index)
    return kept.assign(order=order).sort_values(["order", "line_no"], kind="stable")


def article_text(lines: pd.DataFrame) -> str:
    """The text of one article from its lines: kept lines, one a line."""
    return "\n".join(_kept(lines)["clean"])


def _articles(study: Study, lines: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    body = sentences[sentences["part"] == "body"].groupby("article_id")
    counted = body.agg(
        n_paragraphs=("paragraph", "nunique"),
        n_sentences=("text", "size"),
        n_words=("n_words", "sum"),
    ).reindex([entry.id for entry in study.articles], fill_value=0)
    by_article = dict(list(lines.groupby("article_id")))
    rows = [
        {
            "article_id": entry.id,
            "outlet": entry.outlet,
            "page": entry.page,
            **cleaning.read_metadata(by_article[entry.id]),
            "text": article_text(by_article[entry.id]),
            **counted.loc[entry.id],
        }
        for entry in study.articles
    ]
    corrected = {entry.id: entry.published for entry in study.articles if entry.published}
    for row in rows:
        if row["article_id"] in corrected:
            row["published"] = corrected[row["article_id"]].isoformat()
    return Articles.checked(rows)


def _sentences_and_tokens(study: Study, lines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cut every kept line into sentences; a line never shares a sentence with the next."""
    outlet_of = {entry.id: entry.outlet for entry in study.articles}
    sentences, tokens = [], []
    by_article = list(lines[lines["article_id"].isin(outlet_of)].groupby("article_id", sort=False))
    for article_id, article_lines in shown(by_article, "Parsing", "article"):
        kept = _kept(article_lines)
        docs = language.parse(kept["clean"].tolist())
        for row, span in _place(article_id, kept, docs):
            row["outlet"] = outlet_of[article_id]
            sentences.append(row)
            tokens.extend(language.token_rows(row["sentence_id"], span, row["outlet"]))
    return Sentences.checked(sentences), Tokens.checked(tokens)


def _place(article_id: str, kept: pd.DataFrame, docs: list[Doc]) -> Iterator[tuple[dict, Span]]:
    """Each sentence of an article with its place: id, part, paragraph and offsets."""
    offset = paragraph = 0
    numbers = dict.fromkeys(PARTS, 0)
    for line, doc in zip(kept.itertuples(), docs, strict=True):
        is_body = line.kind == "body"
        paragraph += is_body
        for span in _spans(doc, line.kind):
            numbers[line.kind] += 1
            yield (
                {
                    "sentence_id": f"{article_id}:{_label(line.kind, numbers[line.kind])}",
                    "article_id": article_id,
                    "part": line.kind,
                    "paragraph": paragraph if is_body else 0,
                    "position": numbers["body"] if is_body else 0,
                    "line_no": line.line_no,
                    "start": offset + span.start_char,
                    "end": offset + span.end_char,
                    "text": span.text,
                    "n_words": language.count_words(span.text),
                },
                span,
            )
        offset += len(line.clean) + 1


def _label(part: str, number: int) -> str:
    if part == "body":
        return f"s{number:02d}"
    return part if number == 1 else f"{part}{number}"


def _spans(doc: Doc, part: str) -> list[Span]:
    """The sentences of a line; a headline is one, and a mark alone joins its neighbour.

    None is longer than ``language.LONGEST_SENTENCE``.
    """
    if part == "headline" and len(doc) <= language.LONGEST_SENTENCE:
        return [doc[:]]
    starts: list[int] = []
    for span in doc.sents:
        joins = starts and span.end - starts[-1] <= language.LONGEST_SENTENCE
        if not joins or language.count_words(span.text):
            starts.append(span.start)
    return [doc[start:end] for start, end in zip(starts, [*starts[1:], len(doc)], strict=True)]
