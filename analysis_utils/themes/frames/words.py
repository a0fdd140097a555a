"""What the tables of frames say, as prose whose numbers are computed."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd

from analysis_utils.measures.agreement import TENTATIVE
from analysis_utils.measures.intervals import FEW
from analysis_utils.output.english import counted, listed
from analysis_utils.themes.frames.codebook import frame_names
from analysis_utils.themes.frames.coded import CODER, OTHER_CODER, TERMS, alphas
from analysis_utils.themes.frames.entman import FILLED, SHEET, is_at_work
from analysis_utils.themes.frames.similarity import SIMILARITY

if TYPE_CHECKING:
    from analysis_utils.annotation.corpus import Corpus
    from analysis_utils.study import Study

#: From this many sentences on an interval is about as wide as it should be
#: (see :mod:`analysis_utils.measures.intervals`); with fewer, intervals apart are no finding.
ENOUGH = 15

#: A title names a frame that leads in an outlet if so many sentences have it, and no more than
#: so many frames lead alike.
LEAST, MOST = 3, 2

#: What the figure shows.
SHOWN = (
    "Dots with intervals: share of each outlet's sentences that have each frame, in its own"
    " words and in others'."
)

#: Of fewer outlets than this a title says how many sentences it counts.
MANY_OUTLETS = 4


def answer(tables: SimpleNamespace, corpus: Corpus) -> str:
    """The frames that lead, where the outlets differ most, and in whose words the terms stand."""
    shown = tables.shares, corpus.outlets, frame_names(tables.codebook)
    fit = alphas(tables.comparison, tables.codebook)
    return f"{headline(*shown, fit)}. {finding(*shown, fit)}"


def headline(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    agreement: Mapping[str, float] | None = None,
) -> str:
    """Each outlet's most frequent frame, as the title of the figure.

    Where the agreement with coders is known, only frames with an alpha of ``TENTATIVE`` or
    more are looked at.  A frame that fewer than ``LEAST`` sentences have leads nowhere, nor do
    more than ``MOST`` alike.

    Parameters
    ----------
    shared
        As :func:`~analysis_utils.themes.frames.tables.shares` gives it.
    outlets, names
        Names of outlets and frames by id.
    agreement
        Alpha of the terms with the coders by frame; without it all frames are looked at.
    """
    leading = _leading(_trusted(shared, agreement))
    if not leading:
        which = "whose terms fit the coders " if agreement else ""
        return f"No frame {which}leads in any outlet with {LEAST} sentences or more"
    which = (
        "Most frequent, of frames whose terms fit the coders"
        if agreement
        else "Most frequent by terms"
    )
    few = len(leading) < MANY_OUTLETS
    counts = {outlet: f"{count} of {n}" if few else "" for outlet, (_, count, n) in leading.items()}
    by_frames: dict[str, list[str]] = {}
    for outlet, (frames, _, _) in leading.items():
        count = f" ({counts[outlet]})" if counts[outlet] else ""
        by_frames.setdefault(_together(frames, names), []).append(f"{outlets[outlet]}{count}")
    parts = [f"{frames} in {listed(tellers)}" for frames, tellers in by_frames.items()]
    return f"{which}: {'; '.join(parts)}"


def caption(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    agreement: Mapping[str, float] | None = None,
) -> str:
    """The caption of the figure: what, how many, which interval; see :func:`headline`."""
    sizes = shared.groupby("outlet")["n"].max()
    counts = listed([f"{outlets[o]} {sizes[o]}" for o in outlets if o in sizes])
    text = (
        f"Share of the sentences of the body ({counts}) in which a term of the frame stands, in"
        " the outlet's own words and in words that it reports or quotes; a sentence may have"
        " several frames, and one in both panels. Intervals are nominal 95% bootstrap intervals"
        f" over sentences, not drawn below {FEW} sentences; with fewer than {ENOUGH} they are too"
        " narrow, and where no or every sentence has the frame none can be drawn."
    )
    if agreement:
        text += (
            " Alpha: agreement of the terms with the hand codes beyond chance, at most 1; frames"
            f" with {TENTATIVE} or more count as fitting, on these articles and no others."
        )
    return text


def finding(
    shared: pd.DataFrame,
    outlets: Mapping[str, str],
    names: Mapping[str, str],
    agreement: Mapping[str, float] | None = None,
) -> str:
    """What the figure shows, as paragraphs: where the outlets differ, and in whose words; see
    :func:`headline`."""
    which = "Of the frames whose terms fit the coders" if agreement else "By their terms"
    difference = _difference(_trusted(shared, agreement), outlets, names, which)
    return f"{difference}\n\n{_whose_words(shared, outlets)}"


def coded_finding(
    counts: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """The frame that the coders see most in each outlet; takes ``coded.side_by_side``."""
    if counts.empty:
        return ""
    coders = [column for column in counts if str(column).startswith(CODER)]
    parts, without = [], []
    for outlet, rows in counts.groupby("outlet", sort=False):
        means = rows[coders].mean(axis=1)
        if not means.max() > 0:
            without.append(f"{outlets[outlet]} ({rows['n'].iloc[0]} sentences)")
            continue
        for _, row in rows[means == means.max()].head(1).iterrows():
            seen = listed([str(row[coder]) for coder in coders])
            parts.append(
                f"{names[row['frame']]} in {outlets[outlet]} ({seen} of {row['n']} sentences)"
            )
    told = "By the coders' own reading,"
    if not parts:
        return f"{told} no frame was coded in {listed(without)}."
    text = f"{told} the most frequent frame is {listed(parts)}."
    return f"{text} No frame was coded in {listed(without)}." if without else text


def conclusion(
    methods: pd.DataFrame, table: pd.DataFrame, names: Mapping[str, str], reader: str = TERMS
) -> str:
    """What the agreement allows one to conclude, as paragraphs; takes ``coded.methods_table``
    and ``coded.frames_table``."""
    if methods.empty:
        return (
            "Nobody has coded these frames by hand in this study, so nothing is known about how far"
            " the terms agree with a reader here. Treat what follows as a way into the sentences."
        )
    parts = [_group_conclusion(rows, reader) for _, rows in methods.groupby("group", sort=False)]
    return "\n\n".join([" ".join(parts), _by_frame(table, names)])


def similarity_finding(methods: pd.DataFrame) -> str:
    """Whether similarity to the description helps, as a sentence; takes
    ``coded.methods_table``."""
    readers = set(methods["reader"]) if len(methods) else set()
    if not {SIMILARITY, TERMS} <= readers:
        return "Without codes of two articles or more, similarity cannot be tested here."
    wide = methods.pivot(index="group", columns="reader", values="f1").reindex(
        methods["group"].unique()
    )
    compared = wide.dropna(subset=[SIMILARITY, TERMS])
    if compared.empty:
        return "Neither coders nor methods see a frame, so similarity cannot be tested here."
    parts = [
        f"{'above' if row[SIMILARITY] > row[TERMS] else 'not above'} the terms on {group}"
        f" (F1 {row[SIMILARITY]:.2f} against {row[TERMS]:.2f}, together"
        f" {row[f'{TERMS} or {SIMILARITY}']:.2f})"
        for group, row in compared.iterrows()
    ]
    return (
        f"Similarity to the description is {listed(parts)}. It needs coded sentences to set"
        " its thresholds and has no words to show for its answer, so what follows goes by the"
        " terms."
    )


def differences_finding(wrong: pd.DataFrame, names: Mapping[str, str]) -> str:
    """What the terms get wrong, as a sentence; takes ``coded.differences``."""
    if wrong.empty:
        return ""
    missed = wrong[wrong["reading"] == "missed"]
    false = len(wrong) - len(missed)
    text = (
        "Where the coders agree with each other, the terms overlook"
        f" {counted(len(missed), 'case')} of a frame and report"
        f" {counted(false, 'case')} that the coders do not see."
    )
    if len(missed):
        counts = missed["frame"].value_counts()
        most = [names[frame] for frame in missed["frame"].unique() if counts[frame] == counts.max()]
        text += (
            f" Most often missed: {listed(most)}"
            f" ({counted(counts.max(), 'sentence')}), in sentences that say it in"
            " other words or leave it to the reader."
        )
    return text


def cues_finding(evaluation: pd.DataFrame) -> str:
    """What the cues are worth, as a sentence; takes ``entman.evaluate``."""
    if evaluation.empty:
        return "Nobody has filled in the table for this study yet, so the cues are not tested here."
    every, cues = evaluation.iloc[-1], evaluation.iloc[-2]
    if not cues["chosen"]:
        return "The filled table names no sentence, so the cues cannot be tested on it."
    return (
        f"Of {counted(cues['chosen'], 'pair')} of function and sentence in the filled table,"
        f" the cues had proposed {cues['both']} (recall {cues['recall']:.2f}). Of all that they"
        f" propose, {cues['precision']:.0%} was chosen, against {every['precision']:.0%} if every"
        f" sentence were proposed for every function: {cues['proposed']} pairs to judge instead of"
        f" {every['proposed']}."
    )


def where_to_fill_in(study: Study, filled: pd.DataFrame) -> str:
    """What to do with the sheet, as a paragraph; takes the statements of the filled one."""
    folder = study.coding_folder
    is_own = folder.parent == study.folder
    place = "the study's folder coding" if is_own else f"coding/{folder.name} in the workspace"
    text = (
        f"The candidates stand in the sheet {SHEET} in {place}. To fill it in, write a statement"
        " in your own words where a sentence bears it, add rows as you need, and save it as"
        f" {FILLED} in the study's own folder; rows without a statement count as not filled in."
    )
    former = f"the build folder ({study.build_folder.name}), where an earlier version put it,"
    for at_work, where in ((folder, place), (study.build_folder, former)):
        if is_at_work(at_work / SHEET):
            text += (
                f" The sheet in {where} was not written anew, as somebody has filled it in or"
                f" it cannot be read. To have a new one, save that one as {FILLED} in the study's"
                " own folder, and then delete it where it lies."
            )
    if len(filled):
        text += f" It is filled in for this study: {counted(len(filled), 'statement')}."
    return text


def _trusted(shared: pd.DataFrame, agreement: Mapping[str, float] | None) -> pd.DataFrame:
    """The rows of frames whose terms agree with coders; all rows if that is not known."""
    if not agreement:
        return shared
    return shared[shared["frame"].map(agreement).fillna(0) >= TENTATIVE]


def _difference(
    shared: pd.DataFrame, outlets: Mapping[str, str], names: Mapping[str, str], which: str
) -> str:
    """The frame in which the outlets are widest apart, and what that is worth."""
    present = shared[shared["value"] == "present"]
    wide = present.pivot(index="frame", columns="outlet", values="mean")
    if len(wide.columns) < 2:
        return f"{which}, none can be compared."
    spread = (wide.max(axis=1) - wide.min(axis=1)).reindex(list(dict.fromkeys(present["frame"])))
    if spread.max() == 0:
        return f"{which}, all have the same share of each outlet's sentences."
    widest = wide.loc[spread.idxmax()]
    high, low = widest.idxmax(), widest.idxmin()
    text = (
        f"{which}, {names[widest.name]} sets the outlets furthest apart: {widest[high]:.0%} of"
        f" {outlets[high]}'s sentences have it and {widest[low]:.0%} of {outlets[low]}'s."
    )
    if (present.groupby("outlet")["n"].max() >= ENOUGH).sum() < 2:
        return f"{text} With so few sentences such a gap is no finding about the outlets."
    return f"{text} {_intervals_apart(present, names)}"


def _intervals_apart(present: pd.DataFrame, names: Mapping[str, str]) -> str:
    enough = present[(present["n"] >= ENOUGH) & (present["low"] < present["high"])]
    apart = [
        names[frame]
        for frame, rows in enough.groupby("frame", sort=False)
        if len(rows) > 1 and rows["low"].max() > rows["high"].min()
    ]
    if not apart:
        return (
            "Where two outlets have an interval, the two overlap in every frame; an outlet without"
            " a sentence has none."
        )
    return (
        f"Two outlets' intervals are apart in {listed(apart)}; of"
        f" {counted(present['frame'].nunique(), 'frame')} compared, some may be so by chance."
    )


def _whose_words(shared: pd.DataFrame, outlets: Mapping[str, str]) -> str:
    """How much of an outlet's framing others do: pairs of sentence and frame by voice."""
    sums = shared.pivot_table(index="outlet", columns="value", values="count", aggfunc="sum")
    parts = [
        f"{row['others']} of {row['present']} in {outlets[outlet]}"
        for outlet, row in sums.reindex([o for o in outlets if o in sums.index]).iterrows()
        if row["present"]
    ]
    if not parts:
        return "No sentence of the body holds a term of any frame."
    return (
        "Of the cases in which a sentence has a frame, a term stands in words that the outlet"
        f" reports or quotes in {listed(parts)}: there the outlet chose whom to let"
        " speak; the words are the speaker's own only where they are quoted."
    )


def _leading(shared: pd.DataFrame) -> dict[str, tuple[list[str], int, int]]:
    """Each outlet's most frequent frames with their count and its sentences."""
    present = shared[shared["value"] == "present"]
    leading = {}
    for outlet, rows in present.groupby("outlet", sort=False):
        most = rows["count"].max()
        frames = rows.loc[rows["count"] == most, "frame"].tolist()
        if most >= LEAST and len(frames) <= MOST:
            leading[outlet] = frames, int(most), int(rows["n"].max())
    return leading


def _together(frames: list[str], names: Mapping[str, str]) -> str:
    return listed([names[frame] for frame in frames])


def _group_conclusion(rows: pd.DataFrame, reader: str) -> str:
    by_reader = rows.set_index("reader")
    terms = by_reader.loc[reader]
    over = f"Over {counted(int(terms['n']), 'pair')} of sentence and frame ({terms['group']})"
    if pd.isna(terms["f1"]):
        return f"{over}, neither coders nor terms see a frame."
    text = f"{over}, the terms reach {_f1(terms, 'precision', 'recall')}"
    if pd.notna(terms["alpha"]):
        text += f" and an alpha of {terms['alpha']:.2f}"
    text += f", always saying yes {_f1(by_reader.loc['always present'])}"
    if OTHER_CODER in by_reader.index and pd.notna(by_reader.loc[OTHER_CODER, "f1"]):
        between = by_reader.loc[OTHER_CODER]
        text += f"; the coders agree with {_f1(between, 'alpha')}"
        if between["n"] < terms["n"]:
            text += f" over the {counted(int(between['n']), 'pair')} that both coded"
    return f"{text}."


def _f1(row: pd.Series, *beside: str) -> str:
    """F1, and other scores in brackets as far as there was anything to count."""
    told = ", ".join(f"{name} {row[name]:.2f}" for name in beside if pd.notna(row[name]))
    return f"an F1 of {row['f1']:.2f}{told and f' ({told})'}"


def _by_frame(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    absent = (table["found"] == 0) & table["f1"].isna()
    every = (table["f1"] == 1) & table["alpha"].isna()
    usable = table["alpha"] >= TENTATIVE
    kinds = {"yes": usable, "no": ~(usable | absent | every), "none": absent, "every": every}
    told = {
        key: listed([names[frame] for frame in table.loc[which, "frame"]])
        for key, which in kinds.items()
    }
    text = (
        f"Content analysis draws tentative conclusions from an alpha of {TENTATIVE:.3f} on. The"
        f" terms get there for {told['yes'] or 'no frame'}."
    )
    if told["no"]:
        text += f" They do not for {told['no']}: read the sentences there, not the shares."
    if told["none"]:
        text += f" Neither coders nor terms see {told['none']} anywhere."
    if told["every"]:
        text += f" Coders and terms see {told['every']} everywhere, which leaves alpha undefined."
    return text
