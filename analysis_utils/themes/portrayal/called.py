"""What each actor is called: the names, titles and descriptions that tell something of it.

Of all labels only those are kept that say who or what kind the actor is: by what they end with
("firm", "dictator"), and by where they stand.  On texts that nobody tuned on, most wrong labels
were things, acts or attitudes that the parser had tied to an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.parsed import read_sentences
from analysis_utils.annotation.voice import VOICES
from analysis_utils.schemas import Table
from analysis_utils.themes.portrayal.schemas import RELATIONS
from analysis_utils.words import acts, derived, titles

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.annotation.parsed import Sentence

#: Relations of a label that can say what somebody is.
_TELLING = ("title", "modifier", "possessive", "apposition", "description", "predicate", "verdict")

#: Those in which words of reported speech are the outlet's choice all the same.
_CHOSEN = ("title", "modifier", "possessive", "apposition", "description")

#: Words that only point: "those nations", "such a move".
_POINTING = frozenset({"another", "any", "no", "other", "some", "such", "that", "these", "those"})

_PERSONAL = re.compile(r"(?:[^t]er|or|ist|ian|man|eer|ee|crat|arch)$")


class Called(Table):
    """One row an actor, outlet, label and voice, as often as it is used."""

    actor: Series[str] = pa.Field(description="id of the actor")
    outlet: Series[str] = pa.Field(description="outlet")
    label: Series[str] = pa.Field(description="as at its first use, without an article before it")
    article: Series[str] = pa.Field(
        isin=["a", "an", "the", ""], description="its article; where it has none, what fits it"
    )
    noun: Series[str] = pa.Field(description="the noun that tells the kind, in small letters")
    relation: Series[str] = pa.Field(
        isin=list(RELATIONS), description="how it is tied to what it labels, see RELATIONS"
    )
    voice: Series[str] = pa.Field(
        isin=["own", *dict.fromkeys(VOICES.values())], description="whose words they are"
    )
    speaker: Series[str] = pa.Field(description="id of the actor whose words they are, or empty")
    n: Series[int] = pa.Field(ge=1, description="how often")
    sentence_ids: Series[str] = pa.Field(description="sentences, with a space between")


def telling_labels(labels: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The labels that say who or what kind an actor is, those that are alike together.

    Parameters
    ----------
    labels
        As :func:`~analysis_utils.themes.portrayal.naming.find_labels` gives them.
    corpus
        The corpus they were found in.

    Returns
    -------
    See :class:`Called`: by the study's actors and outlets, most used first.
    """
    chosen = labels[(labels["of"] == "actor") & labels["relation"].isin(_TELLING)]
    sentences = {
        sentence.sentence_id: sentence
        for sentence in read_sentences(corpus.sentences, corpus.tokens)
    }
    kinds = {actor.id: actor.kind for actor in corpus.study.actors}
    names = corpus.names["actor"]
    rows = [
        {"label": label, "article": article, "noun": noun, **row._asdict()}
        for row in chosen.itertuples(index=False)
        for label, article, noun in _told(row, sentences[row.sentence_id], kinds[row.actor], names)
    ]
    columns = ["label", "article", "noun", *chosen.columns]
    table = pd.DataFrame(rows, columns=columns)
    table["folded"] = table["label"].astype("str").str.lower().str.replace("’", "'")
    key = ["actor", "outlet", "folded", "voice", "speaker"]
    grouped = table.groupby(key, sort=False).agg(
        label=("label", "first"),
        article=("article", "first"),
        noun=("noun", "first"),
        relation=("relation", "first"),
        n=("label", "size"),
        sentence_ids=("sentence_id", lambda ids: " ".join(dict.fromkeys(ids))),
    )
    order = {"actor": list(names), "outlet": list(corpus.outlets)}
    told = grouped.reset_index()[Called.columns()]
    return told.sort_values(
        ["actor", "outlet", "n"],
        key=lambda column: (
            column.map(order[column.name].index) if column.name in order else -column
        ),
        ignore_index=True,
        kind="stable",
    )


def own_choice(called: pd.DataFrame) -> pd.Series:
    """Whether each label is the outlet's own choice of words, and no one's whom it quotes.

    Reported speech is told in the outlet's words, save for what somebody says that one is.
    """
    reported = (called["voice"] == "reported") & called["relation"].isin(_CHOSEN)
    return ((called["voice"] == "own") & (called["relation"] != "verdict")) | reported


def _told(
    row, sentence: Sentence, kind: str, names: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The label as it is told, its article, and its noun; nothing if it does not say what kind."""
    start, end = _whole(sentence.text, row.start, row.end)
    words = [t for t in sentence.tokens if start <= t.start < end]
    text = re.sub(r"^(?:the|an?)\s+", "", sentence.text[start:end], flags=re.IGNORECASE)
    text = " ".join(text.translate(dict.fromkeys(map(ord, '“”"[]'))).split()).strip(" -,")
    text = re.sub(r"^(?:and|or) | (?:and|or)$", "", text)
    if not words or words[0].text.lower() in _POINTING or not text:
        return
    if row.relation == "possessive":
        if kind != "person" and words[-1].tag == "POS":
            yield f"{text} {names[row.actor]}", "", text
        return
    if row.relation in ("title", "modifier"):
        noun = words[-1]
        # "Working-class Republicans" are some of them, and "X Twitter" is no label of it.
        several = names[row.actor].endswith("s")
        hyphened = "-" in text.split()[-1] and row.relation == "modifier" and not several
    else:
        noun, hyphened = _noun(words), False
    if row.relation == "description" and (len(words) < 3 or names[row.actor] in text):
        return
    if kind == "person" and noun is not None and noun.tag in ("NNS", "NNPS"):
        return  # what several are called
    if row.relation == "title" and " and " in text:
        text = _last_office(text)
    if hyphened or (noun is not None and _names_a_kind(noun)):
        yield text, _article(words, text), noun.lemma.lower() if noun is not None else ""


def _last_office(text: str) -> str:
    """A title without another matter before it.

    >>> _last_office("chairman and founder"), _last_office("tax cuts and Senator")
    ('chairman and founder', 'Senator')
    """
    before, _, last = text.rpartition(" and ")
    word = before.split()[-1].lower()
    return text if word in _known() or _PERSONAL.search(word) else last


def _article(words: list, text: str) -> str:
    """The article that stands before a label, else the one that would."""
    first = words[0].text.lower()
    if first in ("a", "an", "the"):
        return first
    if (
        words[0].tag == "PRP$"
        or words[-1].tag in ("NNS", "NNPS")
        or re.match(r"[\w ]+['’]s ", text)
    ):
        return ""
    return "an" if text[0].lower() in "aeio" else "a"


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the rest of words that a hyphen joins to it: "nuclear-armed"."""
    before = re.search(r"[\w-]+-$", text[:start])
    return (before.start() if before else start), end


def _noun(words: list):
    """The noun on which the others hang."""
    numbers = {t.token for t in words}
    heads = [t for t in words if t.head not in numbers or t.head == t.token]
    nouns = [t for t in heads if t.pos in ("NOUN", "PROPN")]
    return nouns[0] if nouns else None


def _names_a_kind(noun) -> bool:
    """Whether a noun says who or what kind somebody is."""
    word = noun.lemma.lower().strip(".")
    if noun.tag not in ("NN", "NNS", "NNP", "NNPS") or word in acts.ACT_NOUNS:
        return False
    if word in _known():
        return True
    is_name = noun.tag.startswith("NNP") and noun.dep == "compound"
    return word not in titles.THINGS and not is_name and bool(_PERSONAL.search(word))


@derived
def _known() -> frozenset[str]:
    offices = {office.casefold() for office in titles.OFFICES}
    return frozenset(offices | titles.KINDS | titles.JUDGING | {"executive"})
