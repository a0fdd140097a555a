"""Transcripts and interviews: who has the word is told by a label, "OKAFOR:", "Q:" and "A:".

A turn is its speaker's own words, as a quotation is; the turns of those who ask or present
("HNT ANCHOR") are the outlet's own voice.  Stage directions ("(BEGIN VIDEO CLIP)") and times are
no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from analysis_utils.schemas import Quotes
from analysis_utils.words import derived, speech

#: So many turns, and such a share of the lines, make a transcript.
_FEWEST, _SHARE = 4, 0.4

_CAPITALS = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,4}"
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_TURN = re.compile(
    rf"(?P<who>{_CAPITALS}|[QA]|{_NAME})(?P<role>, [^:()]{{2,60}})?(?: ?\([^()]*\))?: (?=\S)"
)

#: "(CROSSTALK)", "(on camera)", "[20:01:12]".
_DIRECTION = re.compile(r" ?(?:\([A-Z][A-Z ,.'’:-]+\)|\[\d\d?:\d\d(?::\d\d)?\])")

#: Who asks and who answers.
_ASKS, _ANSWERS = "Q", "A"


def without_directions(lines: pd.DataFrame) -> pd.DataFrame:
    """The labelled lines of one article; of a transcript without labels and stage directions.

    The raw lines stay as they are, so that every turn can be traced.
    """
    kept = lines["kept"] & (lines["kind"] == "body")
    if not _is_transcript(lines.loc[kept, "clean"]):
        return lines
    clean = lines["clean"].where(~kept, lines["clean"].map(_spoken))
    empty = kept & (clean == "")
    told = lines.assign(clean=clean, kept=lines["kept"] & ~empty)
    told.loc[empty, ["kind", "reason"]] = [
        "template",
        "a stage direction or a time of a transcript",
    ]
    return told


def _is_transcript(texts: Iterable[str]) -> bool:
    texts = [text for text in texts if _DIRECTION.sub("", text)]
    labels = Counter(found["who"] for text in texts if (found := _TURN.match(text)))
    turns = sum(labels.values())
    return turns >= max(_FEWEST, _SHARE * len(texts)) and turns > len(labels) and len(labels) > 1


def _spoken(text: str) -> str:
    found = _TURN.match(text)
    return _DIRECTION.sub("", text[found.end() :] if found else text).strip()


def with_turns(
    quotes: pd.DataFrame, lines: pd.DataFrame, sentences: pd.DataFrame, actors: Iterable
) -> pd.DataFrame:
    """The quotes of a corpus and the turns of its transcripts.

    What is told inside a turn names it in ``inside``.

    Parameters
    ----------
    quotes, lines, sentences
        Tables of the corpus.
    actors
        The study's actors, with ``id``, ``name`` and ``aliases``.
    """
    actors = list(actors)
    rows: list[dict] = []
    for article_id, article in lines.groupby("article_id", sort=False):
        # Only in a transcript do kept lines lack a label that the raw line has.
        if (article["kept"] & _cut(article)).any():
            here = sentences[(sentences["article_id"] == article_id)]
            rows.extend(_rows(str(article_id), article, here, actors))
    if not rows:
        return quotes
    turns = pd.DataFrame(rows)
    turn_of = dict(zip(turns["sentence_id"], turns["quote_id"], strict=True))
    held = quotes["inside"].mask(quotes["inside"] == "", quotes["sentence_id"].map(turn_of))
    both = pd.concat([quotes.assign(inside=held.fillna("")), turns], ignore_index=True)
    return Quotes.checked(both.sort_values("quote_id", kind="stable").to_dict("records"))


def _cut(article: pd.DataFrame) -> pd.Series:
    turns = article["text"].str.strip().str.match(_TURN.pattern)
    return turns & ~article["clean"].str.match(_TURN.pattern)


def _rows(
    article_id: str, lines: pd.DataFrame, sentences: pd.DataFrame, actors: list
) -> Iterator[dict]:
    speakers = _speakers(lines)
    by_line = dict(list(sentences[sentences["part"] == "body"].groupby("line_no")))
    speaker, number = "", 0
    for line in lines[lines["kept"] & (lines["kind"] == "body")].itertuples():
        found = _TURN.match(line.text.strip())
        speaker = speakers[found["who"]] if found else speaker
        if not speaker or line.line_no not in by_line:
            continue
        number += 1
        for sentence in by_line[line.line_no].itertuples():
            yield {
                "quote_id": f"{article_id}:t{number:02d}",
                "sentence_id": sentence.sentence_id,
                "start": 0,
                "end": len(sentence.text),
                "text": sentence.text,
                "n_words": sentence.n_words,
                "kind": "direct",
                "speaker": _actor(speaker, actors),
                "joint": "",
                "source": speaker,
                "source_sentence_id": "",
                "source_start": -1,
                "source_end": -1,
                "cue": "",
                "cue_sentence_id": "",
                "cue_start": -1,
                "cue_end": -1,
                "inside": "",
            }


def _speakers(lines: pd.DataFrame) -> dict[str, str]:
    """Whose words stand behind each label: a full name, or empty for the outlet's own people."""
    found = [_TURN.match(text.strip()) for text in lines["text"]]
    turns = [turn for turn in found if turn]
    full: dict[str, str] = {}
    own: set[str] = {_ASKS}
    for turn in turns:
        longer = (t["who"] for t in turns if t["who"].endswith(f" {turn['who']}"))
        full[turn["who"]] = next(longer, turn["who"])
        if turn["role"] and re.search(rf"\b(?:{_hosts()})\b", turn["role"], re.IGNORECASE):
            own.add(turn["who"])
    return {label: "" if {label, name} & own else _named(name) for label, name in full.items()}


@derived
def _hosts() -> str:
    return speech.either("hosts")


def _named(label: str) -> str:
    """A label as a name: "RUTH OKAFOR" is Ruth Okafor, "A" whoever answers."""
    if label == _ANSWERS:
        return "the person interviewed"
    return label.title() if label.isupper() else label


def _actor(name: str, actors: list) -> str:
    """The actor of that name."""
    wanted = name.casefold()
    for actor in actors:
        if wanted in {each.casefold() for each in (actor.name, *actor.aliases)}:
            return actor.id
    return ""
