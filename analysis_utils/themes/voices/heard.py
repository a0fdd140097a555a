"""Who is talked about, and who is heard: a silence is claimed only where nothing speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from analysis_utils.annotation.parsed import SUBJECTS
from analysis_utils.annotation.people import FAMILIES, agreeing
from analysis_utils.schemas import Table, article_of
from analysis_utils.words import pronouns, speech

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus

#: Sources of whom nobody can tell whom they speak for.
_OFFICIALS = r"\b(?:[Oo]fficials?|[Aa]dministration|[Aa]uthorities)\b"

#: Sentences at the beginning of a body that tell the news itself.
LEAD = 2


class Heard(Table):
    """One row an outlet and actor that it mentions or lets speak, most mentioned first."""

    outlet: Series[str] = pa.Field(description="outlet")
    actor: Series[str] = pa.Field(description="id of the actor")
    mentions: Series[int] = pa.Field(ge=0, description="mentions, pronouns included")
    lead: Series[bool] = pa.Field(description="whether headline, standfirst or lead mention it")
    quotes: Series[int] = pa.Field(ge=0, description="quotes of the actor, or told for it")
    quoted: Series[int] = pa.Field(ge=0, description="words in quotation marks")
    words: Series[int] = pa.Field(ge=0, description="words in all")
    silent: Series[bool] = pa.Field(
        description="whether nothing at all lets it speak: no quote, no share in one, no source"
        " that names it, no verb of speech"
    )


def talked_about(corpus: Corpus, quotes: pd.DataFrame) -> pd.DataFrame:
    """How often each actor is spoken of, and whether it is heard.

    Parameters
    ----------
    corpus
        The corpus.
    quotes
        As ``identified`` gives them, with those of spokespeople given to whom they speak for.

    Returns
    -------
    See :class:`Heard`.
    """
    outlet_of = corpus.sentences.set_index("sentence_id")["outlet"]
    mentions = corpus.mentions.assign(outlet=corpus.mentions["sentence_id"].map(outlet_of))
    said = quotes.assign(outlet=quotes["sentence_id"].map(outlet_of), actor=quotes["speaker"])
    said["marked"] = said["n_words"].where(said["kind"] != "reported", 0)
    key = ["outlet", "actor"]
    table = pd.DataFrame({"mentions": mentions.groupby(key).size()})
    body = corpus.sentences["part"] == "body"
    opening = corpus.sentences[~body | (corpus.sentences["position"] <= LEAD)]["sentence_id"]
    first = mentions[mentions["sentence_id"].isin(opening)].groupby(key).size()
    counts = said[said["actor"] != ""].groupby(key)
    table = table.join(
        counts.agg(
            quotes=("quote_id", "nunique"), quoted=("marked", "sum"), words=("n_words", "sum")
        ),
        how="outer",
    )
    table = table.fillna(0).astype(int)
    table["lead"] = table.index.isin(first.index)
    heard = set(_heard(corpus, said))
    table["silent"] = [place not in heard for place in table.index]
    return _in_order(table.reset_index(), corpus)


def _heard(corpus: Corpus, said: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Outlet and actor wherever something may let the actor speak."""
    yield from said[["outlet", "actor"]].itertuples(index=False, name=None)
    for outlet, joint in said[["outlet", "joint"]].itertuples(index=False, name=None):
        yield from ((outlet, actor) for actor in joint.split())
    sources = said[["outlet", "as_written", "source_sentence_id", "source_start", "source_end"]]
    held = sources.merge(
        corpus.mentions[["sentence_id", "actor", "start", "end"]],
        left_on="source_sentence_id", right_on="sentence_id",
    )  # fmt: skip
    held = held[(held["start"] < held["source_end"]) & (held["source_start"] < held["end"])]
    yield from held[["outlet", "actor"]].itertuples(index=False, name=None)
    yield from _of_the_nation(corpus, sources)
    yield from _of_officials(corpus, said)
    yield from _of_open_sources(corpus, said)
    yield from _speaking(corpus, said)


def _of_the_nation(corpus: Corpus, sources: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """A country is heard through its people: "Japanese officials" of Japan."""
    for actor in corpus.study.actors:
        if actor.kind == "country":
            stems = [name[: max(4, len(name) - 1)] for name in (actor.name, *actor.aliases)]
            named = sources["as_written"].str.contains("|".join(map(re.escape, stems)))
            yield from ((outlet, actor.id) for outlet in sources.loc[named, "outlet"])


def _of_officials(corpus: Corpus, said: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Any institution may be heard through officials of whom nobody says whose they are."""
    nobodys = said[(said["actor"] == "") & said["as_written"].str.contains(_OFFICIALS)]
    institutions = [actor.id for actor in corpus.study.actors if actor.kind == "institution"]
    yield from ((outlet, actor) for outlet in nobodys["outlet"].unique() for actor in institutions)


def _of_open_sources(corpus: Corpus, said: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Whoever may be a source that nothing names: "she said", "the man said", words without one."""
    by_place = corpus.mentions.assign(article=corpus.mentions["sentence_id"].map(article_of))
    told_of = by_place.groupby("article")["actor"].agg(set)
    nobodys = said[(said["actor"] == "") & (said["speaks_for"] == "")]
    for row in nobodys.drop_duplicates("quote_id").itertuples():
        article = article_of(row.sentence_id)
        for actor in corpus.study.actors:
            if actor.id in told_of.get(article, ()) and _may_be(actor, row.source):
                yield row.outlet, actor.id


def _may_be(actor, source: str) -> bool:
    """Whether a source as it is known may be an actor; a name is somebody else's."""
    first = source.lower().partition(" ")[0]
    if first in FAMILIES:
        return actor.kind == "person" and first in agreeing(actor.name, actor.pronouns)
    if first == "it":
        return actor.kind != "person"
    described = first == "the" and not re.search(r"[A-Z]", source[1:])
    return not first or first in pronouns.UNNAMED or described


def dead(corpus: Corpus) -> set[str]:
    """Actors of whom the articles tell that they died: nobody is called silent for that."""
    tokens = corpus.tokens.set_index(["sentence_id", "token"])
    found = set()
    for mention in corpus.mentions[corpus.mentions["head"] >= 0].itertuples():
        word = tokens.loc[(mention.sentence_id, mention.head)]
        above = tokens.loc[(mention.sentence_id, word["head"])]
        if word["dep"] == "pobj":
            above = tokens.loc[(mention.sentence_id, above["head"])]
        lemma = above["lemma"].lower()
        dies = word["dep"] in SUBJECTS and lemma in speech.DYING
        killed = word["dep"] in ("nsubjpass", "dobj") and lemma in speech.KILLING
        if dies or killed or (word["dep"] in ("poss", "pobj") and lemma in speech.DEATHS):
            found.add(mention.actor)
    return found


def _speaking(corpus: Corpus, said: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Actors before a word of speech that brings in nobody else's words, and owners of a statement.

    No words of theirs were found, and yet they may be heard: "X, who owns a farm, notes that".
    """
    tokens = corpus.tokens.assign(word=corpus.tokens["lemma"].str.lower())
    named = corpus.mentions[["sentence_id", "head", "actor"]]
    verbs = speech.REPORTING | speech.VERBS_SAY | speech.VERBS_CLAIM
    cues = said[said["actor"] != ""].set_index(["cue_sentence_id", "cue_start"]).index
    free = ~tokens.set_index(["sentence_id", "start"]).index.isin(cues)
    held = _inside(tokens, said)
    # The parser takes "notes" for a noun at times.
    is_verb = (tokens["pos"] == "VERB") & tokens["word"].isin(verbs)
    speaking = tokens[free & ~held & (is_verb | tokens["word"].isin(speech.SAYING))]
    opening = named.sort_values("head").drop_duplicates("sentence_id")
    near = opening.merge(speaking[["sentence_id", "token"]], on="sentence_id")
    near = near[near["head"] < near["token"]].drop(columns="token")
    above = tokens[["sentence_id", "token", "word"]].rename(columns={"token": "above"})
    owners = tokens[tokens["dep"] == "poss"].rename(columns={"head": "above", "token": "head"})
    owners = owners[["sentence_id", "head", "above"]].merge(above, on=["sentence_id", "above"])
    clauses = tokens[tokens["dep"].isin(["acl", "ccomp"])].rename(columns={"head": "above"})
    owners = owners[owners["word"].isin(speech.NOUNS_SAYING)]
    owners = owners.merge(clauses[["sentence_id", "above"]], on=["sentence_id", "above"])
    found = pd.concat([near, named.merge(owners, on=["sentence_id", "head"])])
    outlets = corpus.sentences.set_index("sentence_id")["outlet"]
    yield from zip(found["sentence_id"].map(outlets), found["actor"], strict=True)


def _inside(tokens: pd.DataFrame, said: pd.DataFrame) -> pd.Series:
    """Whether each token stands in somebody's words."""
    spans = said[["sentence_id", "start", "end"]]
    both = tokens[["sentence_id", "start"]].reset_index().merge(spans, on="sentence_id")
    held = both[(both["start_x"] >= both["start_y"]) & (both["start_x"] < both["end"])]
    return tokens.index.isin(held["index"])


def _in_order(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Outlets as the study has them, the most mentioned actor first."""
    first = {outlet: rank for rank, outlet in enumerate(corpus.outlets)}
    then = {actor: rank for rank, actor in enumerate(corpus.names["actor"])}
    placed = table.assign(first=table["outlet"].map(first), then=table["actor"].map(then))
    by = ["first", "mentions", "words", "then"]
    ordered = placed[placed["then"].notna()].sort_values(by, ascending=[True, False, False, True])
    return ordered[Heard.columns()].reset_index(drop=True)
