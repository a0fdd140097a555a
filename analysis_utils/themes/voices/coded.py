"""Found quotes beside hand codes, and the trivial method to beat: quotation marks only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from analysis_utils.annotation.language import count_words
from analysis_utils.schemas import Quotes, in_articles_of

#: The coder's types by the kind of quote that they are here.  ``unattributed`` is none of them:
#: words that read like somebody's and are given to nobody.
CODED_KINDS = {
    "direct": "direct",
    "direct_partial": "partial",
    "indirect": "reported",
    "speech_act": "reported",
}

#: A found and a coded quote are the same if they share this much of their letters
#: (those of both, divided by those of either).
SAME = 0.5

#: The letters and digits of a quote, each as its sentence and its place there.
Letters = set[tuple[str, int]]

_NO_PLACE = {"start": -1, "end": -1, "sentence_id": ""}


def coded_quotes(codes: pd.DataFrame | None) -> pd.DataFrame:
    """Hand codes of quotes as a table ``quotes``, unattributed words left out."""
    if codes is None:
        return Quotes.checked([])
    attributed = codes[codes["type"].isin(CODED_KINDS)]
    return Quotes.checked(
        _row(
            {
                "quote_id": f"{code.sentence_id.partition(':')[0]}:{code.quote_id}",
                "sentence_id": code.sentence_id,
                "start": code.start,
                "end": code.end,
                "text": code.text,
                "kind": CODED_KINDS[code.type],
                "speaker": code.speaker,
                "source": code.speaker,
                "cue": code.cue,
            }
        )
        for code in attributed.itertuples()
    )


def marked_quotes(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """The trivial method: a quote is what stands in quotation marks, and nothing else is.

    Its speaker is the mention nearest before a form of "say" outside the marks in a sentence of
    the quotation, else the last one mentioned before the quotation.

    Parameters
    ----------
    sentences, tokens, quotations, mentions
        Tables of the corpus.

    Returns
    -------
    Table ``quotes``, all of kind ``direct``.
    """
    speakers = _nearest_speakers(sentences, tokens, quotations, mentions)
    return Quotes.checked(
        _row(
            {
                "quote_id": row.quotation_id,
                "sentence_id": row.sentence_id,
                "start": row.start,
                "end": row.end,
                "text": row.text,
                "kind": "direct",
                "speaker": speakers[row.quotation_id][0],
                "cue": speakers[row.quotation_id][1],
            }
        )
        for row in quotations.itertuples()
    )


def match_quotes(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Each coded quote with the found one that shares most of its letters.

    Parameters
    ----------
    found, coded
        Tables ``quotes``; a quote is compared over all of its sentences.

    Returns
    -------
    One row a coded quote: ``quote_id``, ``kind``, ``speaker``, ``cue``, ``text`` (coded),
    ``found_id`` (empty if none shares ``SAME`` of its letters), ``shared`` (0 to 1) and
    whether ``exact`` (the same letters), ``kind_right``, ``speaker_right`` and ``cue_right``.
    A speaker who is no actor of the study is right by name.
    """
    matches = _best_matches(_letters(coded), _letters(found))
    columns = ["kind", "speaker", "cue"]
    table = coded.groupby("quote_id", sort=False)[columns].first()
    table["text"] = coded.groupby("quote_id")["text"].agg(" ".join)
    answers = found.drop_duplicates("quote_id").set_index("quote_id")[[*columns, "source"]]
    table["found_id"] = [matches.get(code, ("", 0))[0] for code in table.index]
    table["shared"] = [matches.get(code, ("", 0.0))[1] for code in table.index]
    table["exact"] = table["shared"] == 1
    answers = answers.reindex(table["found_id"])
    for column in columns:
        table[f"{column}_right"] = (answers[column].to_numpy() == table[column]).to_numpy()
    by_name = (answers["speaker"] == "").to_numpy() & (
        answers["source"].to_numpy() == table["speaker"]
    )
    table["speaker_right"] |= by_name
    return table.reset_index()


def agreement(found: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """How many of the coded quotes were found, by their kind.

    Parameters
    ----------
    found
        Table ``quotes``.
    codes
        Hand codes ``quotes``; None if the study has none, which gives an empty table.

    Returns
    -------
    One row a kind, and a last one for ``all``: ``coded`` (quotes), ``found``, ``recall``,
    ``exact`` (found with the same letters), ``speaker_right``, ``cue_right`` and
    ``both_right`` (of those found), and in the last row ``precision``: the share of found
    quotes that are coded.  Found quotes of unattributed words are left out of it.
    """
    if codes is None:
        return pd.DataFrame()
    matched = match_quotes(found, coded_quotes(codes))
    matched["both_right"] = matched["speaker_right"] & matched["cue_right"]
    groups = [(kind, matched[matched["kind"] == kind]) for kind in dict.fromkeys(matched["kind"])]
    rows = [_agreement_row(kind, rows) for kind, rows in [*groups, ("all", matched)]]
    table = pd.DataFrame(rows)
    counted = _attributed(found, codes)
    table["precision"] = None
    if counted:
        right = sum(quote_id in counted for quote_id in matched["found_id"])
        table.loc[table.index[-1], "precision"] = right / len(counted)
    return table.astype({"precision": float})


def _row(given: dict) -> dict:
    """A row of ``quotes`` with what is not known left empty."""
    empty = {"joint": "", "source": "", "cue": "", "inside": "", "speaker": ""}
    places = {
        f"{of}_{name}": value for of in ("source", "cue") for name, value in _NO_PLACE.items()
    }
    return {**empty, **places, "n_words": count_words(given["text"]), **given}


def _letters(quotes: pd.DataFrame) -> dict[str, Letters]:
    """The places of the letters and digits of each quote."""
    letters: dict[str, Letters] = {}
    for row in quotes.itertuples():
        places = {
            (row.sentence_id, row.start + place)
            for place, character in enumerate(row.text)
            if character.isalnum()
        }
        letters.setdefault(row.quote_id, set()).update(places)
    return {quote_id: places for quote_id, places in letters.items() if places}


def _best_matches(
    theirs: Mapping[str, Letters], ours: Mapping[str, Letters]
) -> dict[str, tuple[str, float]]:
    """Each coded quote's found one and the share of their letters, each found one used once."""
    near = defaultdict(set)  # found quotes by sentence: only those in the same can share letters
    for mine, letters in ours.items():
        for sentence_id, _ in letters:
            near[sentence_id].add(mine)
    pairs = sorted(
        (-shared, code, mine)
        for code, letters in theirs.items()
        for mine in set().union(
            *(near[sentence_id] for sentence_id in {name for name, _ in letters})
        )
        if (shared := len(letters & ours[mine]) / len(letters | ours[mine])) >= SAME
    )
    matches: dict[str, tuple[str, float]] = {}
    taken = set()
    for shared, code, mine in pairs:
        if code not in matches and mine not in taken:
            matches[code] = (mine, -shared)
            taken.add(mine)
    return matches


def _agreement_row(kind: str, matched: pd.DataFrame) -> dict:
    found = matched[matched["found_id"] != ""]
    return {
        "kind": kind,
        "coded": len(matched),
        "found": len(found),
        "recall": len(found) / max(len(matched), 1),
        **{
            column: int(found[column].sum())
            for column in ("exact", "speaker_right", "cue_right", "both_right")
        },
    }


def _attributed(found: pd.DataFrame, codes: pd.DataFrame) -> set[str]:
    """Ids of the found quotes in coded articles, those of unattributed words left out."""
    told = found[in_articles_of(found["sentence_id"], codes["sentence_id"])]
    unattributed = codes[~codes["type"].isin(CODED_KINDS)]
    nobodys = set(zip(unattributed["sentence_id"], unattributed["start"], strict=True))
    return {
        row.quote_id for row in told.itertuples() if (row.sentence_id, row.start) not in nobodys
    }


def _nearest_speakers(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
) -> dict[str, tuple[str, str]]:
    """Of each quotation the actor mentioned last before "say", else before itself; and the cue."""
    order = {sentence_id: place for place, sentence_id in enumerate(sentences["sentence_id"])}
    article = dict(zip(sentences["sentence_id"], sentences["article_id"], strict=True))
    named = defaultdict(list)
    for row in mentions.itertuples():
        named[article[row.sentence_id]].append((order[row.sentence_id], row.start, row.actor))
    said = _said_outside(tokens, quotations)
    speakers = {}
    for quotation_id, rows in quotations.groupby("quotation_id", sort=False):
        first = next(rows.itertuples())
        verbs = [place for each in rows["sentence_id"] for place in said.get(each, [])]
        sentence_id, start = (verbs or [(first.sentence_id, first.start)])[0]
        place = (order[sentence_id], start)
        before = [mention for mention in named[article[sentence_id]] if mention[:2] < place]
        speaker = max(before)[-1] if before else ""
        speakers[quotation_id] = (speaker, "say" if verbs else "")
    return speakers


def _said_outside(
    tokens: pd.DataFrame, quotations: pd.DataFrame
) -> dict[str, list[tuple[str, int]]]:
    """Where a form of "say" stands outside quotation marks, by sentence."""
    said = tokens.loc[tokens["lemma"].str.casefold() == "say", ["sentence_id", "start"]]
    marked = said.reset_index().merge(quotations, on="sentence_id", suffixes=("", "_mark"))
    inside = marked[(marked["start"] >= marked["start_mark"]) & (marked["start"] < marked["end"])]
    places = defaultdict(list)
    for row in said.drop(index=inside["index"].unique()).itertuples():
        places[row.sentence_id].append((row.sentence_id, row.start))
    return dict(places)
