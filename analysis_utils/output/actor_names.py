"""What actors are called in prose: "the European Parliament", but "Europol"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus


def in_prose(corpus: Corpus) -> dict[str, str]:
    """The name of each actor by id, with "the" where the articles mostly say so.

    Parameters
    ----------
    corpus
        The corpus, whose bodies are counted.
    """
    text = " ".join(corpus.sentences.loc[corpus.sentences["part"] == "body", "text"])
    return {
        actor.id: f"the {actor.name}" if _takes_article(actor, text) else actor.name
        for actor in corpus.study.actors
    }


def _takes_article(actor, text: str) -> bool:
    """Whether half of the uses of a name have "the" before them; no person's do."""
    if actor.kind == "person" or actor.name.lower().startswith("the "):
        return False
    names = re.escape(actor.name)
    uses = re.findall(rf"\b([Tt]he )?{names}\b(?![’'\w-])", text)
    return bool(uses) and sum(map(bool, uses)) * 2 >= len(uses)


def starting(words: str) -> str:
    """Words as they begin a sentence.

    >>> starting("the European Parliament is heard")
    'The European Parliament is heard'
    """
    return words[:1].upper() + words[1:]
