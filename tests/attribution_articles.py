"""Made-up articles for tests of attribution: parsed sentences, and attributions by their words."""

import pandas as pd

from analysis_utils.annotation.attribution.article import read_articles
from analysis_utils.annotation.attribution.extract import Attribution
from analysis_utils.annotation.language import count_words, tokenise
from analysis_utils.annotation.quotation import find_quotations


def sentence_rows(*texts):
    """Table ``sentences`` of one article; each text a paragraph of one sentence."""
    return pd.DataFrame(
        {
            "sentence_id": [f"a:s{number:02d}" for number in range(1, len(texts) + 1)],
            "article_id": "a",
            "outlet": "o",
            "part": "body",
            "paragraph": list(range(1, len(texts) + 1)),
            "text": list(texts),
            "n_words": [count_words(text) for text in texts],
        }
    )


def read(*texts):
    """The article of some texts."""
    sentences = sentence_rows(*texts)
    [article] = read_articles(sentences, tokenise(sentences), find_quotations(sentences))
    return article


def span(article, words):
    """The first and last place of words of an article, given with a space between tokens."""
    wanted = words.split()
    for first in range(len(article)):
        if article.text[first : first + len(wanted)] == wanted:
            return first, first + len(wanted) - 1
    raise ValueError(f"{words!r} is not in {article.text}")


def attribution(article, source, cue, *content, head="", probability=0.9):
    """An attribution by the words of its elements; ``head`` if it is not the cue's first word."""
    noun = None
    if source:
        first, last = span(article, source)
        inside = range(first, last + 1)
        noun = next(place for place in inside if article.head[place] not in inside)
    return Attribution(
        head=span(article, head or cue.split()[0])[0],
        cue=span(article, cue),
        source=span(article, source) if source else None,
        source_head=-1 if noun is None else noun,
        content=tuple(span(article, words) for words in content),
        probability=probability,
    )


def words_of(article, content):
    """The words of each stretch of a content."""
    return [article.words(range(start, end + 1)) for start, end in content]
