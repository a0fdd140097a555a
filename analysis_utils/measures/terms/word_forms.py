"""One word, one form: case, acronyms, dates, base forms and function words.

Small rules, each for a way in which the same word looks different or different
words look the same: ``US`` is never ``us``, ``May`` is not ``may``, ``hopes``
comes from ``hope``.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis_utils.words import terms, times

#: Closed classes of Universal Dependencies, of words that build sentences rather than say things.
FUNCTION_CLASSES = ("ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ")

# Letters with dots between them (U.S.), or capitals with digits and a plural s (MPs, G7).
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}s?|[^\W\d_](?:\.?[^\W_])+\.?s?")


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: ``US``, ``U.S.``, ``MPs``, ``G7``.

    >>> [is_acronym(word) for word in ("US", "U.S.", "MPs", "us", "A", "Europol", "2018")]
    [True, True, True, False, False, False, False]
    """
    stem = word.removesuffix("s")
    letters = [character for character in stem if character.isalnum()]
    return len(letters) > 1 and stem.isupper() and bool(_ACRONYM.fullmatch(word))


def normal_form(word: str) -> str:
    """A word without its case, or an acronym in capitals without its dots.

    >>> [normal_form(word) for word in ("The", "Today’s", "U.S.", "US", "us", "MPs")]
    ['the', "today's", 'US', 'US', 'us', 'MPs']
    """
    if is_acronym(word):
        return word.replace(".", "")
    return word.lower().replace("’", "'")


def add_forms(words: pd.DataFrame) -> pd.DataFrame:
    """Words with their forms.

    Parameters
    ----------
    words
        Rows of :class:`~analysis_utils.schemas.Tokens`, words only.

    Returns
    -------
    The same rows with ``form`` (the word in its normal form), ``base`` (its base
    form; acronyms lose their plural s), ``kind`` (``word``, ``acronym``,
    ``number`` or ``date``), ``proper`` (whether the word is never written small)
    and ``is_function_word``.
    """
    words = words.assign(form=words["text"].map(_by_word(words["text"], normal_form)))
    capitals = words["text"].map(_by_word(words["text"], is_acronym))
    shouted = _share(words, words["text"].str.isupper())
    # In a line set in capitals only a word known as an acronym from elsewhere is one.
    known = set(words.loc[capitals & ~shouted, "form"])
    acronym = capitals & (~shouted | words["form"].isin(known))
    words["form"] = words["form"].where(acronym, words["form"].str.lower())

    date = words["text"].isin(times.MONTHS | times.WEEKDAYS) & (words["pos"] == "PROPN")
    number = words["text"].str[0].str.isdecimal()
    words["form"] = words["form"].where(~date, words["text"])
    words["kind"] = "word"
    for kind, applies in {"acronym": acronym, "number": number, "date": date}.items():
        words["kind"] = words["kind"].where(~applies, kind)
    words["base"] = _base_forms(words)
    words["is_function_word"] = _function_words(words)
    words["proper"] = _proper(words) & ~words["is_function_word"]
    return words


def _by_word(words: pd.Series, function) -> dict:
    """The function's value for each distinct word: texts repeat their words."""
    return {word: function(word) for word in words.unique()}


def _share(words: pd.DataFrame, holds: pd.Series, more_than: float = 0.6) -> pd.Series:
    """Whether something holds for most of the longer words of a row's sentence."""
    long = words["text"].str.len() > 3
    share = holds.where(long).astype("float").groupby(words["sentence_id"]).transform("mean")
    return share > more_than


def _base_forms(words: pd.DataFrame) -> pd.Series:
    base = words["lemma"].str.lower().str.replace("’", "'")
    base = _untitled(words, base)
    as_written = words["kind"] != "word"
    base = base.where(~as_written, words["form"])
    plural = (words["kind"] == "acronym") & base.str.endswith("s")
    return base.where(~plural, base.str.removesuffix("s"))


def _untitled(words: pd.DataFrame, base: pd.Series) -> pd.Series:
    """Headlines In Title Case look like names to the tagger, which leaves names as they
    are: give their words the base form that the same word has most often elsewhere."""
    titled = _share(words, words["text"].str[0].str.isupper()) & (words["pos"] == "PROPN")
    elsewhere = pd.DataFrame({"form": words["form"], "base": base})[words["pos"] != "PROPN"]
    counts = elsewhere.value_counts().reset_index(name="n")
    counts = counts.sort_values(["form", "n", "base"], ascending=[True, False, True])
    usual = counts.drop_duplicates("form").set_index("form")["base"]
    return base.where(~titled, words["form"].map(usual).astype("str").fillna(base))


def _proper(words: pd.DataFrame) -> pd.Series:
    """Whether every occurrence has a capital that neither the first place in a sentence nor
    a headline in title case explains."""
    capital = words["text"].str[0].str.isupper()
    first = words["token"].eq(words.groupby("sentence_id")["token"].transform("min"))
    telling = ~first & ~_share(words, capital)
    always = capital.where(telling).astype("float").groupby(words["base"]).transform("mean")
    return (always == 1) & (words["kind"] == "word")


def _function_words(words: pd.DataFrame) -> pd.Series:
    """Closed word classes, light verbs, quantifiers, prepositions made from verbs ("including")
    and the adverbs on spaCy's list; never an acronym, which may be tagged as a pronoun."""
    by_class = words["pos"].isin(FUNCTION_CLASSES) | (words["dep"] == "prep")
    by_word = words["form"].isin(terms.QUANTIFIERS) | words["base"].isin(terms.LIGHT_VERBS)
    by_word |= (words["pos"] == "ADV") & words["is_stop"]
    return (by_class | by_word) & (words["kind"] == "word")
