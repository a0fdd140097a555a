"""What the standfirst, or a summary that a page repeats, keeps of the text and what it drops."""

from __future__ import annotations

from difflib import SequenceMatcher

import pandas as pd

from analysis_utils.annotation.language import count_words

#: A sentence is kept by a summary if half of its words stand there in runs of two or more.
KEPT = 0.5
_RUN = 2


def summaries(lines: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What the standfirst, or a summary that the page repeats, keeps of the text and drops.

    Parameters
    ----------
    lines, sentences
        Tables of the corpus.  Summary paragraphs are no part of the text (they only
        repeat it); they are read here from the raw lines.

    Returns
    -------
    One row a sentence of the body that is kept: ``outlet``, ``kind`` (``standfirst``
    or ``summary``), ``line_no``, ``sentence_id``, ``kept`` (share of its words, 0 to
    1) and ``dropped`` (the words left out, in runs).
    """
    rows = []
    of_article = dict(list(sentences[sentences["part"] == "body"].groupby("article_id")))
    for line in lines[lines["kind"].isin(["standfirst", "summary"])].itertuples():
        for sentence in of_article.get(line.article_id, sentences.iloc[:0]).itertuples():
            share, dropped = _kept_words(line.text, sentence.text)
            if share >= KEPT:
                rows.append(
                    {
                        "outlet": sentence.outlet,
                        "kind": line.kind,
                        "line_no": line.line_no,
                        "sentence_id": sentence.sentence_id,
                        "kept": share,
                        "dropped": " … ".join(dropped),
                    }
                )
    columns = ["outlet", "kind", "line_no", "sentence_id", "kept", "dropped"]
    return pd.DataFrame(rows, columns=columns)


def _kept_words(summary: str, sentence: str) -> tuple[float, list[str]]:
    """The share of a sentence's words that a summary repeats in runs, and the other runs."""
    words = [word for word in sentence.split() if count_words(word)]
    short, whole = ([_bare(word) for word in text] for text in (summary.split(), words))
    blocks = SequenceMatcher(None, short, whole, autojunk=False).get_matching_blocks()
    kept = {
        at for block in blocks if block.size >= _RUN for at in range(block.b, block.b + block.size)
    }
    runs: list[list[str]] = []
    for at, word in enumerate(words):
        if at not in kept:
            runs = runs if at and at - 1 not in kept and runs else [*runs, []]
            runs[-1].append(word)
    dropped = [" ".join(run).strip(".,;:”\"'") for run in runs]
    return len(kept) / max(len(words), 1), dropped


def _bare(word: str) -> str:
    return "".join(character for character in word.lower() if character.isalnum())
