"""How much of their text articles of different outlets share word for word.

Outlets print the words of news agencies.  Two articles that share them are one telling, not two
that agree.  A sentence is shared if nearly all of its runs of four words stand in the other
article, so that a changed name or a cut clause does not hide it (Broder 1997).  Sentences that
are mostly quotation are left aside: a speaker's words are the same in every outlet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pandas as pd

from analysis_utils.words import derived, pages

#: Words of a run, and the share of a sentence's runs that stand in another article.
RUN, NEARLY_ALL = 4, 0.8

#: From this share of the shorter article's sentences, and this number of them, copies are told.
MUCH, FEWEST = 0.3, 3

#: A sentence of which quotations are more than this share of the letters is a speaker's.
_QUOTED = 0.5

#: Parts of a page on which other articles and pictures name agencies.
_BESIDE = ("navigation", "related", "advertisement", "credit", "comments", "footer")


def shared_texts(
    sentences: pd.DataFrame, quotations: pd.DataFrame, lines: pd.DataFrame
) -> pd.DataFrame:
    """Pairs of articles of different outlets that share much of their own words.

    Parameters
    ----------
    sentences, quotations, lines
        Tables of the corpus; the lines of the pages name the agencies.

    Returns
    -------
    One row a pair, those that share most first: ``article_id``, ``outlet``, ``other_article``,
    ``other_outlet``, ``shared`` (sentences of the shorter one that stand in the other),
    ``sentences`` (how many the shorter one has), ``agencies`` (that both pages name, with "; "
    between) and ``sentence_ids`` (those that are shared, with a space between).
    """
    own = _own_sentences(sentences, quotations)
    runs = {row.sentence_id: _runs(row.text) for row in own.itertuples()}
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in own.itertuples():
        for run in runs[row.sentence_id]:
            holders[run].add(row.article_id)
    outlet_of = dict(zip(own["article_id"], own["outlet"], strict=True))
    sizes = own["article_id"].value_counts()
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in own.itertuples():
        held = Counter(article for run in runs[row.sentence_id] for article in holders[run])
        for other, count in held.items():
            is_shared = count >= NEARLY_ALL * len(runs[row.sentence_id])
            if is_shared and outlet_of[other] != row.outlet:
                found[row.article_id, other].append(row.sentence_id)
    agencies = _agencies(lines)
    rows = []
    for (one, other), ids in found.items():
        is_shorter = (sizes[one], one) < (sizes[other], other)
        if is_shorter and len(ids) >= max(FEWEST, MUCH * sizes[one]):
            both = [name for name in agencies.get(one, ()) if name in agencies.get(other, ())]
            pair = one, outlet_of[one], other, outlet_of[other]
            rows.append((*pair, len(ids), int(sizes[one]), "; ".join(both), " ".join(ids)))
    columns = ["article_id", "outlet", "other_article", "other_outlet", "shared", "sentences"]
    table = pd.DataFrame(rows, columns=[*columns, "agencies", "sentence_ids"])
    return table.sort_values("shared", ascending=False, kind="stable", ignore_index=True)


def _own_sentences(sentences: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Sentences of the bodies that are long enough and no speaker's words."""
    quoted = (quotations["end"] - quotations["start"]).groupby(quotations["sentence_id"]).sum()
    share = sentences["sentence_id"].map(quoted).fillna(0) / sentences["text"].str.len()
    is_long = sentences["text"].str.count(r"\w+") >= 2 * RUN
    return sentences[(sentences["part"] == "body") & is_long & (share <= _QUOTED)]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@derived
def _named() -> dict[str, re.Pattern]:
    return {
        name: re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")
        for name, forms in pages.AGENCIES.items()
    }


def _agencies(lines: pd.DataFrame) -> dict[str, list[str]]:
    """The agencies that each article's page names, beside pictures and other articles."""
    kept = lines[~lines["kind"].isin(_BESIDE)]
    texts = kept.groupby("article_id")["text"].agg("\n".join)
    return {
        article: [name for name, form in _named().items() if form.search(text)]
        for article, text in texts.items()
    }
