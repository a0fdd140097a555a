"""Small tables, parsed and made up, for the tests of agency, naming and portrayal."""

from types import SimpleNamespace

import pandas as pd

from analysis_utils.annotation.actors import find_mentions
from analysis_utils.annotation.language import tokenise
from analysis_utils.annotation.quotation import find_quotations
from analysis_utils.schemas import Quotes
from analysis_utils.themes.portrayal.agency import find_triples

NO_QUOTES = Quotes.checked([])


def actor(name, kind="organisation", aliases=(), descriptions=(), pronouns=("it", "its")):
    return SimpleNamespace(
        id=name.lower(),
        name=name,
        kind=kind,
        aliases=list(aliases),
        descriptions=list(descriptions),
        pronouns=list(pronouns),
    )


ACTORS = [
    actor("Acme", descriptions=["the firm"]),
    actor("Norvik", kind="country"),
    actor("Unison", descriptions=["the union"]),
    actor("Smith", kind="person", pronouns=("he", "him", "his")),
]


def tables_of(*texts):
    sentences = pd.DataFrame(
        {
            "sentence_id": [f"a:s{number:02d}" for number in range(1, len(texts) + 1)],
            "article_id": "a",
            "outlet": "o",
            "part": "body",
            "paragraph": 1,
            "text": texts,
        }
    )
    tokens, quotations = tokenise(sentences), find_quotations(sentences)
    mentions = find_mentions(sentences, tokens, quotations, ACTORS)
    return sentences, tokens, quotations, mentions, ACTORS, NO_QUOTES


def triples_of(*texts):
    return find_triples(*tables_of(*texts))


def made_triples(*rows):
    """Rows of (sentence_id, agent, verb, patient), or with more columns by name."""
    return pd.DataFrame(
        [
            {
                "sentence_id": sentence_id,
                "outlet": sentence_id[0],
                "agent": agent,
                "verb": verb,
                "verb_start": 10 * sum(map(ord, verb)),
                "verb_end": 10 * sum(map(ord, verb)) + len(verb),
                "object": "",
                "object_head": "",
                "patient": patient,
                "construction": "active",
                "negated": False,
                "modality": "asserted",
                "voice": "own",
                "speaker": "",
            }
            | (rest[0] if rest else {})
            for sentence_id, agent, verb, patient, *rest in rows
        ]
    )
