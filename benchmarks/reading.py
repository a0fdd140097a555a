"""How often what the measures say of unseen events is right, as somebody who read them judges.

    python benchmarks/reading.py FOLDER WORK [--half measuring] [--save]

FOLDER is BASIL's (Fan et al. 2019), with ``articles/`` in it.  For twelve of its events, drawn
once, studies are made in WORK as a user would make them: from the pages alone, with the actors
that are proposed.  Of what each measure says a sample is drawn and written to
``WORK/sheets/<half>.csv``, one row an item, with the verdicts that are known already.  A
reader fills in the rest after ``docs/reading-rules.md``; the next run takes the sheet's verdicts
into ``reading_verdicts.csv`` beside this script and scores them.

Rules may be mended by what the events of ``MENDING`` show.  Those of ``MEASURING`` are for the
score alone.  An item is known by a digest of its sentence and of what is claimed, so a verdict
holds as long as exactly the same is claimed; whoever changes a measure reads what is new.
``reading_verdicts.csv`` has no sentence of the articles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis_utils import load_corpus, new_study, read_study, theme_tables
from analysis_utils.annotation.corpus import Corpus
from analysis_utils.measures.intervals import share_interval
from analysis_utils.themes import coverage, findings, portrayal, voices
from analysis_utils.themes.portrayal.schemas import RELATIONS

#: Beginnings of the ids of twelve events, drawn once from those that nobody had read.
MENDING = ("0c78e748", "2a3fde8a", "7f9c83f7", "a28a0329", "b764f81f", "c21cb217")
MEASURING = ("2058ec60", "65cb14cb", "85475456", "97566c74", "a4f1d515", "f688c56d")
HALVES = {"mending": MENDING, "measuring": MEASURING}

#: Items of each measure in a sample.  The few findings, conflicts and actors are read whole.
WANTED = 60
READ_WHOLE = ("findings", "conflicts", "proposed actors")

VERDICTS = Path(__file__).with_name("reading_verdicts.csv")
RESULTS = Path(__file__).parent / "results" / "reading.csv"
KNOWN_BY = ["event", "measure", "item"]
KEPT = [*KNOWN_BY, "sentence_id", "verdict", "fault"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--half", choices=list(HALVES), default="mending")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args()
    if not (options.folder / "articles").is_dir():
        raise SystemExit(f"{options.folder} has no folder articles/: give BASIL's folder.")
    sheet = options.work / "sheets" / f"{options.half}.csv"
    verdicts = known(sheet)
    items = pd.concat(
        [claims(options.folder, options.work, event) for event in HALVES[options.half]],
        ignore_index=True,
    )
    read = sample(items).merge(verdicts, on=KNOWN_BY, how="left")
    sheet.parent.mkdir(parents=True, exist_ok=True)
    read.to_csv(sheet, index=False)
    keep(read, verdicts)
    table = score(read)
    print(table.to_string(index=False))
    print(f"\n{read['verdict'].isna().sum()} items have no verdict yet: fill them in in {sheet}")
    if options.save:
        table.to_csv(RESULTS, index=False)


def claims(folder: Path, work: Path, event: str) -> pd.DataFrame:
    """All that the measures say of an event: measure, sentence_id, outlet, text, claim, item."""
    corpus = load_corpus(_study(folder, work, event))
    rows = pd.DataFrame(
        [row for measure in MEASURES for row in measure(corpus)],
        columns=["measure", "sentence_id", "claim"],
    )
    sentences = corpus.sentences.set_index("sentence_id")
    for column in ("outlet", "text"):
        rows[column] = rows["sentence_id"].map(sentences[column]).fillna("")
    rows["event"] = event
    rows["item"] = [_digest(text, claim) for text, claim in zip(rows.text, rows.claim, strict=True)]
    return rows.drop_duplicates(KNOWN_BY)


def _digest(*texts: str) -> str:
    return hashlib.blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()


def _study(folder: Path, work: Path, event: str):
    """The study of an event, made anew where it is not there."""
    place = work / "studies" / f"basil_{event}"
    if not place.exists():
        pages = work / "pages" / event
        _write_pages(sorted((folder / "articles").glob(f"{event}*.json")), pages)
        new_study(str(place), [str(pages)], title=f"BASIL {event}")
    return read_study(place)


def _write_pages(articles: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in articles:
        article = json.loads(path.read_text(encoding="utf-8"))
        paragraphs = [" ".join(paragraph).strip() for paragraph in article["body-paragraphs"]]
        text = "\n\n".join([article["title"].strip(), *filter(None, paragraphs)])
        (folder / f"{article['source'].upper()}.txt").write_text(text + "\n", encoding="utf-8")


# What each measure says, as (measure, sentence_id, claim).

Claims = Iterator[tuple[str, str, str]]


def acts_and_arrows(corpus: Corpus) -> Claims:
    """Who surely does what: an arrow where both ends are actors of the study, else an act."""
    for row in theme_tables(portrayal, corpus).triples.itertuples():
        mark = " ".join(filter(None, ["not" if row.negated else "", row.modality]))
        claim = f"{row.agent or '–'} {row.verb} {row.patient or row.object_head or '–'} ({mark})"
        if row.sure:
            yield "arrows" if row.agent and row.patient else "acts", row.sentence_id, claim


def labels(corpus: Corpus) -> Claims:
    """What an actor is called; names, mere titles, and what its acts are called are apart."""
    found = theme_tables(portrayal, corpus).labels
    described = found["of"].eq("actor") & ~found["relation"].isin(["name", "title"])
    for row in found[described].itertuples():
        yield "labels", row.sentence_id, f"{row.actor}: “{row.text}”, {RELATIONS[row.relation]}"


def speakers(corpus: Corpus) -> Claims:
    """Who says what is quoted or reported."""
    for row in theme_tables(voices, corpus).listed.itertuples():
        who = row.speaker or row.source or row.as_written or "nobody named"
        first = str(row.sentence_ids).split()[0]
        yield "speakers", first, f"{who} says “{row.text}” ({row.kind})"


def mentions(corpus: Corpus) -> Claims:
    """Where an actor is named, pronouns apart."""
    named = corpus.mentions[corpus.mentions["kind"] != "pronoun"]
    for row in named.itertuples():
        yield "mentions", row.sentence_id, f"“{row.text}” at {row.start} is {row.actor}"


def pronouns(corpus: Corpus) -> Claims:
    """Whom he or she means; ``nobody`` where no rule says."""
    given = corpus.mentions[corpus.mentions["kind"] == "pronoun"]
    actor_at = given.set_index(["sentence_id", "start"])["actor"].to_dict()
    words = corpus.tokens[corpus.tokens["text"].str.lower().isin(["he", "she"])]
    for row in words.itertuples():
        actor = actor_at.get((row.sentence_id, row.start), "nobody")
        yield "pronouns", row.sentence_id, f"“{row.text}” at {row.start} is {actor}"


def told_alike(corpus: Corpus) -> Claims:
    """Which sentences tell the same, and which stand alone."""
    tables = theme_tables(coverage, corpus)
    text = corpus.sentences.set_index("sentence_id")["text"]
    sure = tables.pairs[tables.pairs["link"] == "counterpart"]
    for row in sure.itertuples():
        yield "pairs", row.sentence_id, f"tells the same as: {text[row.other_id]}"
    for row in tables.told[tables.told["told"] == "one"].itertuples():
        yield "lone statements", row.sentence_id, "no other outlet tells this"
    for row in tables.conflicts.itertuples():
        claim = f"“{row.words}” against “{row.other_words}” in: {text[row.other_id]}"
        yield "conflicts", row.sentence_id, claim


def proposed_actors(corpus: Corpus) -> Claims:
    """Whom a new study proposes as actors."""
    for actor in corpus.study.actors:
        yield "proposed actors", "", f"{actor.name}: {', '.join(actor.aliases)} ({actor.kind})"


def told_first(corpus: Corpus) -> Claims:
    """The findings of the first page."""
    for finding in findings.words.chosen(corpus):
        yield "findings", "", finding.sentence


MEASURES = (
    *(acts_and_arrows, labels, speakers, mentions, pronouns),
    *(told_alike, proposed_actors, told_first),
)


# Drawing, keeping and scoring.


def sample(items: pd.DataFrame) -> pd.DataFrame:
    """The items to be read: as many of each event, in the order of their digests.

    An order by digest is as good as one by chance, and what stays the same stays drawn when a
    measure changes.
    """
    parts = [_drawn(rows, measure) for measure, rows in items.groupby("measure", sort=False)]
    return pd.concat(parts, ignore_index=True)


def _drawn(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    if measure in READ_WHOLE:
        return rows
    rows = rows.sort_values("item")
    turn = rows.groupby("event").cumcount()
    return rows.assign(turn=turn).sort_values(["turn", "item"]).head(WANTED).drop(columns="turn")


def known(sheet: Path) -> pd.DataFrame:
    """All verdicts: those kept, and those that a reader has filled in in the sheet."""
    tables = [pd.read_csv(path, dtype=str) for path in (VERDICTS, sheet) if path.exists()]
    if not tables:
        return pd.DataFrame(columns=[*KNOWN_BY, "verdict", "fault"])
    together = pd.concat(tables, ignore_index=True).dropna(subset="verdict")
    together["verdict"] = together["verdict"].str.strip()
    return together.drop_duplicates(KNOWN_BY, keep="last")[[*KNOWN_BY, "verdict", "fault"]]


def keep(read: pd.DataFrame, verdicts: pd.DataFrame) -> None:
    """Write the verdicts on what is still claimed, and the older ones of other events."""
    judged = read.dropna(subset="verdict")
    old = pd.read_csv(VERDICTS, dtype=str) if VERDICTS.exists() else judged[KEPT].head(0)
    table = pd.concat([old, judged[KEPT]], ignore_index=True)
    table = table.drop_duplicates(KNOWN_BY, keep="last").sort_values(KNOWN_BY)
    table.to_csv(VERDICTS, index=False)


def score(read: pd.DataFrame) -> pd.DataFrame:
    """Share that is right of each measure, with a Wilson interval."""
    judged = read.dropna(subset="verdict")
    rows = [_row(measure, part["verdict"].eq("right")) for measure, part in _parts(judged)]
    return pd.DataFrame(rows)


def _parts(judged: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each measure.  Of pronouns the verdict names whom they mean."""
    for measure, rows in judged.groupby("measure", sort=False):
        if measure != "pronouns":
            yield measure, rows
            continue
        given = rows["claim"].str.extract(r" is (\w+)$")[0]
        rows = rows.assign(verdict=(given == rows["verdict"]).map({True: "right", False: "wrong"}))
        yield "he, she: those resolved", rows[given != "nobody"]
        yield "he, she: those that mean an actor", rows[judged.loc[rows.index, "verdict"] != "none"]


def _row(measure: str, right: pd.Series) -> dict:
    low, high = share_interval(int(right.sum()), len(right)) if len(right) else (None, None)
    share = right.mean() if len(right) else None
    return {
        "measure": measure,
        "n": len(right),
        "right": int(right.sum()),
        "share": share,
        "low": low,
        "high": high,
    }


if __name__ == "__main__":
    main()
