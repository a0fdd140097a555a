"""Agency and naming beside hand codes: what was found, missed and wrongly found.

The coder left standfirsts out where they repeat the text, so they are left out here too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pandas as pd

from analysis_utils.annotation.parsed import read_sentences
from analysis_utils.output.english import counted
from analysis_utils.schemas import in_articles_of
from analysis_utils.themes.portrayal.clauses import lemma

#: What two triples must share to match.
TRIPLE_KEY = ("sentence_id", "agent", "verb", "patient")

#: A hand-coded label is found if this share of its content words stands in one label.
ENOUGH_WORDS = 0.5


def match_triples(triples: pd.DataFrame, codes: pd.DataFrame | None) -> pd.DataFrame:
    """Each coded and each found triple once, and whether it is both.

    A found triple matches a code if sentence, verb (base form), agent and patient are all
    the same; an empty agent or patient must be empty in both.  Objects need not be worded
    alike.  Whatever is found and not coded counts as false, save triples with no actor of
    the study that are no agentless passives, which
    :func:`~analysis_utils.themes.portrayal.agency.find_triples` does not give; articles without a
    code were not read by the coder and are left out.

    Returns
    -------
    ``sentence_id``, ``agent``, ``verb``, ``patient`` and ``result`` (``found``, ``missed``,
    or ``not coded``). Empty if the study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame(columns=[*TRIPLE_KEY, "result"])
    key = list(TRIPLE_KEY)
    coded = codes[key].fillna("").astype("str").drop_duplicates()
    read = in_articles_of(triples["sentence_id"], codes["sentence_id"])
    found = triples.loc[read, key].astype("str").drop_duplicates()
    both = coded.merge(found, on=key, how="outer", indicator="result", sort=False)
    names = {"both": "found", "left_only": "missed", "right_only": "not coded"}
    return both.assign(result=both["result"].astype("str").map(names))


def score_triples(methods: dict[str, pd.DataFrame], codes: pd.DataFrame | None) -> pd.DataFrame:
    """Precision and recall of tables of triples against the hand codes.

    Parameters
    ----------
    methods
        Tables of triples by the name of the method.
    codes
        Hand codes with ``sentence_id``, ``agent``, ``verb`` and ``patient``, or None.

    Returns
    -------
    One row a method: ``method``, ``coded``, ``found`` (triples the method gives), ``right``
    (both, see :func:`match_triples`), ``precision``, ``recall`` and ``f1``. Empty if the
    study has no hand codes.
    """
    if codes is None:
        return pd.DataFrame()
    rows = []
    for name, triples in methods.items():
        counts = match_triples(triples, codes)["result"].value_counts()
        right, missed, wrong = (int(counts.get(k, 0)) for k in ("found", "missed", "not coded"))
        rows.append(_scores(name, right, missed, wrong))
    return pd.DataFrame(rows)


def _scores(method: str, right: int, missed: int, wrong: int) -> dict:
    return {
        "method": method,
        "coded": right + missed,
        "found": right + wrong,
        "right": right,
        "precision": right / max(right + wrong, 1),
        "recall": right / max(right + missed, 1),
        "f1": 2 * right / max(2 * right + missed + wrong, 1),
    }


def nearest_actors(
    sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The trivial method: the nearest actor before a verb acts, the nearest after suffers.

    Every verb that is no auxiliary counts; verbs with no actor on either side are left out.

    Returns
    -------
    ``sentence_id``, ``agent``, ``verb`` and ``patient``.
    """
    by_sentence = dict(list(mentions.groupby("sentence_id")))
    rows = []
    for sentence in read_sentences(sentences, tokens):
        told = by_sentence.get(sentence.sentence_id)
        for token in sentence.tokens if told is not None else ():
            if token.pos == "VERB" and token.dep not in ("aux", "auxpass", "amod"):
                before = told.loc[told["end"] <= token.start, "actor"].tolist()
                after = told.loc[told["start"] >= token.end, "actor"].tolist()
                agent, patient = [*before, ""][len(before) - 1], [*after, ""][0]
                rows.append((sentence.sentence_id, agent, lemma(token), patient))
    table = pd.DataFrame(rows, columns=list(TRIPLE_KEY))
    return table[(table["agent"] != "") | (table["patient"] != "")].reset_index(drop=True)


def match_labels(
    labels: pd.DataFrame,
    codes: pd.DataFrame | None,
    tokens: pd.DataFrame,
    actors: Iterable,
) -> pd.DataFrame:
    """Each hand-coded label with the found label that is most like it.

    A coded label counts as found if a label of the same sentence, actor and kind (of the
    actor or of its act) has at least half of its content words.  Content words are those
    that are neither function words nor names of the study's actors; of a label without
    any, all words count.

    Returns
    -------
    ``sentence_id``, ``actor``, ``of``, ``label`` (as coded), ``found_label`` (as found, or
    empty), ``share`` (of the coded content words in it), ``dice`` (overlap of the two sets of
    words: 1 if they are the same) and ``found``. Empty if the study has no hand codes.
    """
    columns = ["sentence_id", "actor", "of", "label", "found_label", "share", "dice", "found"]
    if codes is None:
        return pd.DataFrame(columns=columns)
    function_words = set(tokens.loc[tokens["is_stop"], "text"].str.lower())
    known = [name for actor in actors for name in (actor.name, *actor.aliases)]
    left_out = function_words | {word for name in known for word in _words(name)}
    key = ["sentence_id", "actor", "of"]
    of_place = {place: rows["text"].tolist() for place, rows in labels.groupby(key)}
    rows = []
    for code in codes.itertuples():
        wanted = _words(code.label) - left_out or _words(code.label)
        others = of_place.get((code.sentence_id, code.actor, code.of), [])
        text = max(others, key=lambda text: _likeness(wanted, text, left_out), default="")
        share, dice = _likeness(wanted, text, left_out)
        place = (code.sentence_id, code.actor, code.of, code.label)
        rows.append((*place, text if share else "", share, dice, share >= ENOUGH_WORDS))
    return pd.DataFrame(rows, columns=columns)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", re.sub(r"[’']s\b", "", text.lower())))


def _likeness(wanted: Collection[str], text: str, left_out: Collection[str]) -> tuple:
    """The share of the wanted words in a text, and Dice's overlap of the two sets."""
    words = _words(text) - set(left_out) or _words(text)
    shared = len(set(wanted) & words)
    return shared / len(wanted), 2 * shared / max(len(wanted) + len(words), 1)


def mention_labels(mentions: pd.DataFrame) -> pd.DataFrame:
    """The trivial method for labels: the words that mention an actor, and nothing else."""
    named = mentions[mentions["kind"] != "pronoun"]
    return named[["sentence_id", "actor", "text"]].assign(of="actor")


def conclusion(scores: pd.DataFrame, matched: pd.DataFrame) -> str:
    """What :func:`score_triples` and :func:`match_labels` say, as a paragraph."""
    if scores.empty:
        return (
            "This study has no hand codes of who does what, so nothing is known about how often"
            " the triples below are right here. Read their sentences before you count them."
        )
    ours, *others = scores.itertuples()
    against = "".join(
        f" {other.method.capitalize()} has {other.precision:.0%} and {other.recall:.0%}."
        for other in others
    )
    text = (
        f"Of {counted(ours.found, 'triple')} found, {ours.right} are the coder's: a precision"
        f" of {ours.precision:.0%}; of the coder's {ours.coded}, {ours.recall:.0%} are found."
        f"{against}"
    )
    if matched.empty:
        return text
    return (
        f"{text} Of {counted(len(matched), 'coded label')}, {int(matched['found'].sum())} are"
        f" found; the words of coded and found labels overlap by {matched['dice'].mean():.2f} on"
        " average (1 is the same words)."
    )
