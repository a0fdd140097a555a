"""Small tables, parsed and made up, for the tests of agency, naming and portrayal."""

from types import SimpleNamespace

import numpy as np
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


def many_triples(n_outlets, n_actors):
    """Triples of sixty sentences an outlet, with long names, and these by id."""
    draw = np.random.default_rng(0)
    outlets = {f"o{n}": f"A long outlet name number {n} $_$" for n in range(n_outlets)}
    actors = {f"a{n}": f"The Very Long Name of Actor Number {n} & Sons" for n in range(n_actors)}
    verbs = ["accuse", "meet", "abandon", "denounce", "cooperate", "extradite"]
    rows = []
    for outlet in outlets:
        for number in range(60):
            agent, patient = draw.choice(list(actors), 2)
            verb = verbs[draw.integers(len(verbs))]
            patient = patient if patient != agent else ""
            rows.append((f"{outlet}:s{number}", agent, verb, patient, {"outlet": outlet}))
    return made_triples(*rows), outlets, actors
