"""Terms: the units that are counted, with every merge in the open.

A term is a word in one form, a name of several words, or a compound however it
is spelled.  Every occurrence keeps its place in its sentence, so that a count
leads back to what was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.measures.terms.phrases import HYPHENS, find_phrases, join_phrases
from analysis_utils.measures.terms.word_forms import add_forms
from analysis_utils.schemas import Table
from analysis_utils.words import terms as words_of_terms

if TYPE_CHECKING:
    from analysis_utils.study.parts import Actor

#: Why the words as written and the term they count as differ.
MERGES = ("name", "spelling", "study", "word form", "")

#: What a term can be.
KINDS = ("word", "acronym", "number", "date", "name")


class Terms(Table):
    """One row an occurrence of a term, in reading order."""

    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    passage_id: Series[str] = pa.Field(
        description="the sentence, or the one of the article that it only repeats"
    )
    paragraph_id: Series[str] = pa.Field(
        description="paragraph, headline or standfirst it stands in"
    )
    article_id: Series[str] = pa.Field(description="article it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=1, description="character after the last one")
    surface: Series[str] = pa.Field(description="the words as written")
    term: Series[str] = pa.Field(description="the term they count as")
    kind: Series[str] = pa.Field(
        isin=KINDS, description="word, acronym, number, date or name (of the study's actors)"
    )
    merge: Series[str] = pa.Field(
        isin=MERGES,
        description="why surface and term differ: name, spelling, study, word form, or empty",
    )
    is_function_word: Series[bool] = pa.Field(
        description="whether it builds sentences rather than says something: 'the', 'of'"
    )


# A standfirst repeats a sentence if this share of its terms stands there too, and it has at
# least so many terms that this is no accident.
_REPEATED_SHARE = 0.9
_REPEATED_TERMS = 8


def find_terms(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    actors: Iterable[Actor] = (),
    merge_terms: Mapping[str, Iterable[str]] | None = None,
    unit: Literal["lemma", "word"] = "lemma",
) -> pd.DataFrame:
    """Every occurrence of every term.

    Punctuation, symbols and possessive marks are no terms; everything else is,
    function words and numbers too.  In this order:

    1. The variants in ``merge_terms`` count as the term they are given for.
    2. Names and aliases of the actors count as one term each, as the study writes
       them; of several that begin at the same place the longest holds.  An alias
       that only adds to a shorter name of the same actor ("President Donald
       Trump") is not one term: the shorter name in it is.
    3. Two words with a space or hyphen between them count as the same term as the
       word that joins them, where it stands in the text ("cyber crimes",
       "cyber-crime", "cybercrime").  With a space this asks that neither is a
       function word and that the first depends on the second, so that "may be"
       never becomes "maybe".  Such a compound counts in its base form.
    4. Other hyphenated words fall into their parts ("Moscow-based"), save those
       whose first part cannot stand alone ("non-binding").
    5. Words lose their capitals, save those never written small; acronyms keep
       them and lose their dots, so that ``US`` is never ``us``.  With
       ``unit="lemma"`` words count in their base form, else as they are written.

    Parameters
    ----------
    sentences, tokens
        Tables of a corpus (see :mod:`analysis_utils.schemas`).  Tokens of other
        sentences are left out, so a part of ``sentences`` can be given.
    actors
        The study's actors.
    merge_terms
        Other variants, by the term that they count as.
    unit
        ``"lemma"`` for base forms, ``"word"`` for forms as written.

    Returns
    -------
    See :class:`Terms`.

    Raises
    ------
    ValueError
        If ``unit`` is neither, or a variant stands under two terms.
    """
    if unit not in ("lemma", "word"):
        raise ValueError(f"unit is 'lemma' or 'word'; it was {unit!r}")
    words = _words(sentences, tokens)
    if words.empty:
        return Terms.checked([])
    words = add_forms(words).assign(joint=_joints(words), merge="")
    term = words["base"] if unit == "lemma" else words["form"]
    words["term"] = term.mask(words["proper"], _capitalised(words, term))
    # The number of the first word of the term that a word belongs to.
    words["first"] = np.arange(len(words))
    words = join_phrases(words, find_phrases(actors, merge_terms or {}))
    words = _join_compounds(words)
    return _occurrences(words)


def _words(sentences: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Tokens that are words, with the place of their sentence."""
    place = sentences[["sentence_id", "part"]].assign(
        sentence=sentences["text"],
        paragraph_id=sentences["article_id"]
        + ":"
        + ("p" + sentences["paragraph"].astype("str")).where(
            sentences["part"] == "body", sentences["part"]
        ),
    )
    words = tokens.merge(place, on="sentence_id", how="inner", validate="many_to_one")
    # The tagger takes some possessive marks for nouns.
    possessive = words["text"].isin(["'s", "’s"]) & ~words["pos"].isin(["AUX", "VERB", "PRON"])
    is_word = words["text"].str.contains(r"[^\W_]") & ~possessive & (words["tag"] != "POS")
    return words[is_word].reset_index(drop=True)


def _capitalised(words: pd.DataFrame, term: pd.Series) -> pd.Series:
    """Names as they are written most often (DeSantis, YouTube), save in lines of capitals."""
    written = words["proper"] & (words["text"].str.lower() == term) & ~words["text"].str.isupper()
    spellings = words.loc[written, "text"].groupby(term[written])
    common = {name: Counter(each).most_common(1)[0][0] for name, each in spellings}
    names = [common.get(each, each.capitalize()) for each in term]
    return pd.Series(names, index=term.index, dtype="str")


def _joints(words: pd.DataFrame) -> list[str | None]:
    """The text between each word and the next one of the same sentence; None at its end."""
    following = words.shift(-1)
    same = words["sentence_id"] == following["sentence_id"]
    until = following["start"].fillna(0).astype("int")
    return [
        sentence[end:start] if joined else None
        for sentence, end, start, joined in zip(
            words["sentence"], words["end"], until, same, strict=True
        )
    ]


def _join_compounds(words: pd.DataFrame) -> pd.DataFrame:
    """Join two words that also stand as one, and prefixes with the word they belong to."""
    following = words.shift(-1)
    single = (words["merge"] == "") & (words["kind"] == "word")
    alone = single & single.shift(-1, fill_value=False)
    hyphened = alone & words["joint"].isin(HYPHENS)
    modifies = words["head"] == following["token"]
    content = ~words["is_function_word"] & ~following["is_function_word"].eq(True)
    spaced = alone & (words["joint"] == " ") & modifies & content
    # "re-sign" has its hyphen so that nobody reads "resign".
    hyphened_variant = hyphened & (words["form"] != "re")
    solid = words["form"] + following["base"].fillna("")
    known = set(words.loc[single & (words["base"].str.len() > 4), "base"])
    variant = (spaced | hyphened_variant) & solid.isin(known)
    prefixed = hyphened & ~variant & words["form"].isin(words_of_terms.PREFIXES)
    words = _label_pairs(words, variant, solid, "spelling")
    noun = following["pos"] == "NOUN"
    second = following["form"].mask(noun, following["term"])
    words = _label_pairs(words, prefixed, words["form"] + "-" + second, "")
    return words.assign(term=_with_their_compounds(words, set(solid[variant]), single))


def _label_pairs(
    words: pd.DataFrame, begins: pd.Series, label: pd.Series, rule: str
) -> pd.DataFrame:
    """Make one term of each word in ``begins`` and the word after it."""
    begins = begins & ~begins.shift(fill_value=False)  # a word belongs to one pair
    begins &= words["first"] == np.arange(len(words))
    follows = begins.shift(fill_value=False)
    for column, value in {"term": label, "merge": rule, "is_function_word": False}.items():
        words[column] = words[column].mask(begins, value)
    words["first"] = words["first"].mask(follows, words["first"].shift(fill_value=0))
    return words


def _with_their_compounds(words: pd.DataFrame, merged: set[str], single: pd.Series) -> pd.Series:
    """Solid spellings in the base form that their open and hyphenated variants count in."""
    return words["term"].mask(single & words["base"].isin(merged), words["base"])


def _occurrences(words: pd.DataFrame) -> pd.DataFrame:
    """One row a term: its first word's row, reaching to the end of its last word."""
    last = words.groupby("first")["end"].last()
    terms = words[words["first"] == np.arange(len(words))]
    terms = terms.assign(end=last.to_numpy())
    terms["surface"] = [
        sentence[start:end]
        for sentence, start, end in zip(
            terms["sentence"], terms["start"], terms["end"], strict=True
        )
    ]
    share = terms.groupby("term")["is_function_word"].transform("mean")
    terms["is_function_word"] = (share > 0.5) & terms["kind"].ne("name")
    terms["merge"] = _reasons(terms)
    terms["passage_id"] = _passages(terms)
    return Terms.checked(terms)


def _reasons(terms: pd.DataFrame) -> pd.Series:
    """Why surface and term differ; empty where they differ in capitals only."""
    written = terms["surface"].str.lower().str.replace("’", "'")
    counted = terms["term"].str.lower()
    dotted = (written != counted) & (written.str.replace(".", "", regex=False) == counted)
    reasons = terms["merge"].mask((terms["merge"] == "") & (written != counted), "word form")
    one_name = (terms["merge"] == "name") & terms["surface"].str.contains(" ")
    return reasons.mask(dotted, "spelling").mask((written == counted) & ~one_name, "")


def _passages(terms: pd.DataFrame) -> pd.Series:
    """The sentence of each term, or the one of the same article that it only repeats: word
    for word, or as a headline or standfirst that holds little else."""
    once = terms.drop_duplicates("sentence_id")
    first = once.groupby(["article_id", "sentence"])["sentence_id"].transform("first")
    same = dict(zip(once["sentence_id"], first, strict=True))
    above = {sentence: same[body] for sentence, body in _repeated_above(terms).items()}
    return terms["sentence_id"].map(same | above)


def _repeated_above(terms: pd.DataFrame) -> dict[str, str]:
    """Headlines and standfirsts that only repeat a sentence of the body, and that sentence."""
    distinct = terms[["article_id", "sentence_id", "part", "term"]].drop_duplicates()
    above, body = (distinct[(distinct["part"] == "body") == is_body] for is_body in (False, True))
    pairs = above.merge(body, on=["article_id", "term"], suffixes=("", "_body"))
    shared = pairs.groupby(["sentence_id", "sentence_id_body"], sort=False).size()
    shared = shared.reset_index(name="n_shared")
    n_terms = distinct["sentence_id"].value_counts().reindex(shared["sentence_id"]).to_numpy()
    repeated = (shared["n_shared"] >= _REPEATED_SHARE * n_terms) & (n_terms >= _REPEATED_TERMS)
    first = shared[repeated].drop_duplicates("sentence_id")
    return dict(zip(first["sentence_id"], first["sentence_id_body"], strict=True))


def merged_variants(terms: pd.DataFrame, word_forms: bool = False) -> pd.DataFrame:
    """What was counted as one: spellings of one term, and names and phrases of several words.

    Parameters
    ----------
    terms
        As :func:`find_terms` gives them.
    word_forms
        Whether to list terms that differ only in their ending ("halt", "halts") too.

    Returns
    -------
    One row a term and variant, most frequent terms first: ``term``, ``variant``
    (as written, without capitals unless an acronym or name), ``merge`` (the
    rule), one column an outlet with its occurrences, and ``total``.
    """
    variants = terms.assign(variant=_variants(terms))
    outlets = list(dict.fromkeys(terms["outlet"]))
    counts = variants.pivot_table(
        index=["term", "variant"], columns="outlet", values="start", aggfunc="size", fill_value=0
    ).reindex(columns=outlets)
    counts["total"] = counts.sum(axis=1)
    rules = variants.groupby(["term", "variant"])["merge"].max()
    table = counts.assign(merge=rules).rename_axis(columns=None).reset_index()
    by_term = table.groupby("term")
    several = by_term["variant"].transform("size") > 1
    shown = several if word_forms else several & _respelled(table)
    shown |= table["merge"].isin(["name", "study"])
    table["of_term"] = by_term["total"].transform("sum")
    order = ["of_term", "term", "total", "variant"]
    table = table[shown].sort_values(order, ascending=[False, True, False, True])
    return table[["term", "variant", "merge", *outlets, "total"]].reset_index(drop=True)


def unmerged(terms: pd.DataFrame) -> pd.DataFrame:
    """The same occurrences, each variant counted as a term of its own."""
    return terms.assign(term=_variants(terms))


def _variants(terms: pd.DataFrame) -> pd.Series:
    """Surfaces without the capital of a sentence's first word."""
    keeps = terms["kind"].isin(["acronym", "name", "date"])
    return terms["surface"].where(keeps, terms["surface"].str.lower())


def _respelled(table: pd.DataFrame) -> pd.Series:
    """Whether any variant of a row's term was merged for more than its ending."""
    respelled = table["merge"].isin(["spelling", "study"])
    return respelled.groupby(table["term"]).transform("any")
