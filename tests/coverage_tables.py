"""Small corpora for the tests of coverage, made from a few sentences."""

import pandas as pd

from analysis_utils.annotation.actors import find_mentions
from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.schemas import Mentions


def tables(*rows, actors=()):
    """Sentences, tokens, mentions and quotations from (outlet, part, text)."""
    counts, made = {}, []
    for outlet, part, text in rows:
        number = counts[outlet, part] = counts.get((outlet, part), 0) + 1
        label = f"s{number:02d}" if part == "body" else part
        made.append(
            {
                "sentence_id": f"{outlet}:{label}",
                "article_id": outlet,
                "outlet": outlet,
                "part": part,
                "paragraph": number if part == "body" else 0,
                "position": number if part == "body" else 0,
                "text": text,
            }
        )
    sentences = pd.DataFrame(made)
    tokens, quotations = tokenise(sentences), find_quotations(sentences)
    mentions = Mentions.checked([])
    if actors:
        mentions = find_mentions(sentences, tokens, quotations, actors)
    return sentences, tokens, mentions, quotations
