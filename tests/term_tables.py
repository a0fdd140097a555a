"""Small tables for the tests of terms: from texts, or straight from lists of terms."""

import pandas as pd

from analysis_utils.annotation.language import tokenise
from analysis_utils.schemas import Sentences


def sentence_table(texts: dict[str, list[str]]) -> pd.DataFrame:
    """Sentences by outlet as table ``sentences``: each outlet has one article of that name.

    A text that begins with ``headline:`` or ``standfirst:`` is that part.
    """
    rows = []
    for outlet, sentences in texts.items():
        number = 0
        for line_no, text in enumerate(sentences, start=1):
            label, _, rest = text.partition(": ")
            part = label if label in ("headline", "standfirst") else "body"
            text = text if part == "body" else rest
            number += part == "body"
            rows.append(
                {
                    "sentence_id": f"{outlet}:{f's{number:02d}' if part == 'body' else part}",
                    "article_id": outlet,
                    "outlet": outlet,
                    "part": part,
                    "paragraph": number if part == "body" else 0,
                    "position": number if part == "body" else 0,
                    "line_no": line_no,
                    "start": 0,
                    "end": len(text),
                    "text": text,
                    "n_words": len(text.split()),
                }
            )
    return Sentences.checked(rows)


def text_tables(texts: dict[str, list[str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``sentences`` and ``tokens`` of sentences by outlet."""
    sentences = sentence_table(texts)
    return sentences, tokenise(sentences)


def term_table(documents: dict[str, list[list[str]]], function_words=()) -> pd.DataFrame:
    """Terms by outlet and sentence as a table of terms; nothing is parsed."""
    rows = [
        {
            "sentence_id": f"{outlet}:s{number:02d}",
            "passage_id": f"{outlet}:s{number:02d}",
            "paragraph_id": f"{outlet}:p{number}",
            "article_id": outlet,
            "outlet": outlet,
            "start": place,
            "end": place + 1,
            "surface": term,
            "term": term,
            "kind": "word",
            "merge": "",
            "is_function_word": term in function_words,
        }
        for outlet, sentences in documents.items()
        for number, terms in enumerate(sentences, start=1)
        for place, term in enumerate(terms)
    ]
    return pd.DataFrame(rows)
