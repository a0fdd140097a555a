"""What every column of the theme's tables is, and what the kinds in them mean."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.voice import VOICES
from analysis_utils.schemas import Table

#: How a triple is worded.
CONSTRUCTIONS = {
    "active": "the agent is the subject of the verb",
    "understood": "the agent is understood: control, coordination, participle or gerund",
    "act": "the subject is something that the agent did: “the call demonstrates”",
    "passive": "the agent stands in a by-phrase",
    "agentless passive": "who acts is left out",
    "nominal": "the act is a noun: “the decision against X”",
    "state of mind": "an adjective of mind: “is convinced”; the agent holds it",
}

#: How the act stands to fact.
MODALITIES = {
    "asserted": "told as done or doing",
    "future": "told as to come: “will”, or “to” in a headline",
    "planned": "intended, wished or decided, not told as done",
    "required": "asked, ordered, forced or due",
    "possible": "“may”, “might”, “can”, “could”",
    "conditional": "under “if”, “unless” or “until”, or with “would”",
    "alleged": "what somebody is accused of",
    "apparent": "how it looks or what is believed: “appeared to”, “is said to”, “reportedly”",
}

#: How a label is tied to what it labels.
RELATIONS = {
    "name": "a name or alias",
    "title": "what stands before a person's name",
    "modifier": "what stands before the name of any other actor",
    "possessive": "whose the actor is said to be: “Russia’s X”",
    "apposition": "a noun phrase beside the name, between commas",
    "description": "a definite description instead of the name",
    "predicate": "what the actor or act is said to be",
    "verdict": "what somebody calls it: “called it brave”, “dismissed it as a stunt”",
    "charge": "what somebody accuses it of, or blames it on",
    "praise": "what somebody praises it for",
    "example": "the class that it is an example of: “programs such as X”",
    "source": "what is said to come from it: “threats posed by X”",
    "noun": "the noun phrase for the act",
    "sign": "what the act is said to show",
}

_WHOSE = ["own", *dict.fromkeys(VOICES.values())]


class Triples(Table):
    """One row an act with its agent and its patient, in reading order."""

    sentence_id: Series[str] = pa.Field(description="sentence that tells it")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    agent: Series[str] = pa.Field(description="id of the actor who acts, or empty")
    verb: Series[str] = pa.Field(description="base form; of a noun, the verb it comes from")
    verb_start: Series[int] = pa.Field(ge=0, description="first character of the verb")
    verb_end: Series[int] = pa.Field(ge=0, description="character after its last one")
    object: Series[str] = pa.Field(description="words of the object, empty without one")
    object_head: Series[str] = pa.Field(description="noun of the object, or empty")
    object_start: Series[int] = pa.Field(ge=-1, description="its first character, or -1")
    object_end: Series[int] = pa.Field(ge=-1, description="character after its last one, or -1")
    patient: Series[str] = pa.Field(description="id of the actor it is done to, or empty")
    construction: Series[str] = pa.Field(
        isin=list(CONSTRUCTIONS), description="how it is worded, see CONSTRUCTIONS"
    )
    negated: Series[bool] = pa.Field(description="whether it is said not to happen")
    modality: Series[str] = pa.Field(
        isin=list(MODALITIES), description="how it stands to fact, see MODALITIES"
    )
    agent_words: Series[str] = pa.Field(
        description="the agent as written, also one that is no actor, or empty"
    )
    sure: Series[bool] = pa.Field(
        description="whether the parse says outright who acts and on whom, see find_triples"
    )
    voice: Series[str] = pa.Field(isin=_WHOSE, description="whose words tell it")
    speaker: Series[str] = pa.Field(description="id of the actor whose words they are, or empty")


class Labels(Table):
    """One row a name or label of an actor or of what it did, in reading order."""

    label_id: Series[str] = pa.Field(unique=True, description="sentence and number: tass:s05:n1")
    sentence_id: Series[str] = pa.Field(description="sentence it stands in")
    outlet: Series[str] = pa.Field(description="outlet that tells it")
    actor: Series[str] = pa.Field(description="id of the actor")
    of: Series[str] = pa.Field(
        isin=["actor", "act"], description="whether the actor is labelled or what it did"
    )
    start: Series[int] = pa.Field(ge=0, description="first character in the sentence")
    end: Series[int] = pa.Field(ge=0, description="character after the last one")
    text: Series[str] = pa.Field(description="the words as written")
    relation: Series[str] = pa.Field(
        isin=list(RELATIONS), description="how it is tied to what it labels, see RELATIONS"
    )
    voice: Series[str] = pa.Field(isin=_WHOSE, description="whose words they are")
    speaker: Series[str] = pa.Field(description="id of the actor whose words they are, or empty")
