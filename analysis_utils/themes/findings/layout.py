"""Articles laid side by side: on which row each sentence stands.

Sentences that tell the same stand on one row wherever the order of every article allows it.  Two
articles are laid so by dynamic programming over their links, as sequences are aligned in biology
(Needleman and Wunsch 1970); each further article is laid against the rows that are there.  Links
that would break the order of an article are kept as links to the other row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

#: What can be said of a sentence beside the other articles.
KINDS = {
    "shared": "another article tells it",
    "possible": "another article may tell it",
    "alone": "no other article tells it",
    "not compared": "a standfirst, which sums up the body",
}

#: A sure link weighs more than any likely one.
_SURE = 1.0

_Rows = list[list[str]]
_Weights = Mapping[tuple[str, str], float]


def lay_out(sentences: pd.DataFrame, pairs: pd.DataFrame, articles: Sequence[str]) -> pd.DataFrame:
    """The sentences of some articles with the row that each stands on.

    Parameters
    ----------
    sentences
        Table of the corpus.
    pairs
        As the theme of coverage has them.
    articles
        Ids of two articles or more, in the order of the columns.

    Returns
    -------
    See :class:`~analysis_utils.themes.findings.tables.Tellings`.
    """
    shown = sentences[sentences["article_id"].isin(articles)]
    ids = set(shown["sentence_id"])
    linked = pairs[(pairs["link"] != "") & pairs["sentence_id"].isin(ids)]
    linked = linked[linked["other_id"].isin(ids)]
    bodies = [
        shown.loc[(shown["article_id"] == article) & (shown["part"] == "body"), "sentence_id"]
        for article in articles
    ]
    rows = rows_of([body.to_list() for body in bodies], _weights(linked))
    row_of = {sentence: row for row, told in enumerate(rows, start=1) for sentence in told}
    links = _links(linked)
    place = {article: number for number, article in enumerate(articles)}
    table = shown.assign(
        row=shown["sentence_id"].map(row_of).fillna(0).astype(int),  # heads stand on top
        column=shown["article_id"].map(place),
    )
    for column, link in (("counterparts", "counterpart"), ("possible", "possible")):
        table[column] = [
            " ".join(other for other, how in links.get(sentence, {}).items() if how == link)
            for sentence in table["sentence_id"]
        ]
    table["kind"] = [_kind(row) for row in table.itertuples()]
    return table.sort_values("column", kind="stable", ignore_index=True)


def links_of(tellings: pd.DataFrame) -> pd.DataFrame:
    """The links between the sentences of some articles, each both ways round.

    Parameters
    ----------
    tellings
        As :func:`lay_out` gives them.

    Returns
    -------
    ``sentence_id``, ``other_id``, ``sure`` and ``level`` (whether both stand on one row); for each
    sentence sure ones first, then the likest.
    """
    row_of = tellings.set_index("sentence_id")["row"]
    links = pd.concat(
        tellings.assign(other_id=tellings[column].str.split(), sure=column == "counterparts")
        .explode("other_id")
        .dropna(subset="other_id")
        for column in ("counterparts", "possible")
    )
    links["level"] = links["other_id"].map(row_of) == links["row"]
    return links[["sentence_id", "other_id", "sure", "level"]].reset_index(drop=True)


def rows_of(articles: Sequence[Sequence[str]], weights: _Weights) -> _Rows:
    """Rows of sentences, each article in its own order from top to bottom.

    Parameters
    ----------
    articles
        The sentences of each.
    weights
        By pair of sentences, both ways round, how much they ought to stand on one row.

    Returns
    -------
    Rows from top to bottom, at most one sentence of an article on each.  Of more than two
    articles, sentences that stand alone share a row with such sentences of the other articles.
    """
    rows: _Rows = []
    for sentences in articles:
        rows = list(_laid(rows, sentences, weights))
    return rows if len(articles) <= 2 else list(_bands(rows, articles))


def _laid(rows: _Rows, sentences: Sequence[str], weights: _Weights) -> Iterator[list[str]]:
    """Rows with one more article: the heaviest way to lay it on them in order."""
    value = [[sum(weights.get((at, it), 0) for at in row) for it in sentences] for row in rows]
    # best[i][j]: the most that the rows from i on and the sentences from j on can weigh.
    best = [[0.0] * (len(sentences) + 1) for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(sentences))):
            both = best[i + 1][j + 1] + value[i][j] if value[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    i = j = 0
    while i < len(rows) and j < len(sentences):
        if value[i][j] and best[i][j] == best[i + 1][j + 1] + value[i][j]:
            yield [*rows[i], sentences[j]]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield rows[i]
            i += 1
        else:
            yield [sentences[j]]
            j += 1
    yield from rows[i:]
    yield from ([sentence] for sentence in sentences[j:])


def _bands(rows: _Rows, articles: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Rows in which each run of single sentences is one row, so that no page is half empty."""
    run: list[str] = []
    for row in rows:
        if len(row) == 1:
            run += row
            continue
        if run:
            yield run
        yield row
        run = []
    if run:
        yield run


def _weights(linked: pd.DataFrame) -> dict[tuple[str, str], float]:
    """What each link weighs; none that is only possible beside a sure one of the same article."""
    sure = linked[linked["link"] == "counterpart"]
    settled = {*zip(sure["sentence_id"], sure["other_outlet"], strict=True)}
    settled |= {*zip(sure["other_id"], sure["outlet"], strict=True)}
    weights = {}
    for pair in linked.itertuples():
        ends = {(pair.sentence_id, pair.other_outlet), (pair.other_id, pair.outlet)}
        if pair.link != "counterpart" and ends & settled:
            continue
        weight = pair.similarity + _SURE * (pair.link == "counterpart")
        weights[pair.sentence_id, pair.other_id] = weights[pair.other_id, pair.sentence_id] = weight
    return weights


def _links(linked: pd.DataFrame) -> dict[str, dict[str, str]]:
    """For each sentence those it is linked with, the likest first, and how."""
    links: dict[str, dict[str, str]] = {}
    for pair in linked.sort_values("similarity", ascending=False, kind="stable").itertuples():
        links.setdefault(pair.sentence_id, {})[pair.other_id] = pair.link
        links.setdefault(pair.other_id, {})[pair.sentence_id] = pair.link
    return links


def _kind(row) -> str:
    if row.part == "standfirst":
        return "not compared"
    return "shared" if row.counterparts else "possible" if row.possible else "alone"
