"""Lines of a page and their shape: what cleaning looks at.

A page here is what copying a whole news page gives: one line a menu item,
button, headline, paragraph or caption.  This module cuts it into lines, notes
the shape of each, recognises the wording that news sites share, and finds the
stretch of the page that holds the article.

The stretch is the first run of lines that scores half as much as the best or more: running
text scores for the article, short and boilerplate lines score against it (after Pasternack and Roth
2009, *Extracting Article Text from the Web with Maximum Subsequence
Segmentation*; shape features after Kohlschuetter, Fankhauser and Nejdl 2010,
*Boilerplate Detection using Shallow Text Features*).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis_utils.annotation.cleaning.metadata import is_dated
from analysis_utils.annotation.cleaning.pages import check_length
from analysis_utils.annotation.cleaning.wording import Cue, find_cue
from analysis_utils.files.normal_text import normal_text

# The numbers below were chosen by hand on 80 news pages of 80 sites.  They are not
# delicate: over a grid of a third up and down in five of them, the mean token F1 stays
# between 0.92 and 0.95; chosen on half of the pages they reach 0.94 on the other half.

#: A line of at least this many words can be running text.
PROSE_WORDS = 10
#: So many words are running text even without a sentence's end.
LONG_WORDS = 40
#: A line of more characters is data or code that the page carries: long articles on one line
#: are shorter, and a parser reads no million characters as one text.
LONGEST_PARAGRAPH = 100_000
#: Running text of a paragraph counts up to this many words: past it, longer is not surer.
COUNTED_WORDS = 40
#: What lines cost that speak against the article, in words of running text.
SHORT_COST = 6
SET_OFF_COST = 3
DATE_COST = 40
CUE_COST = 10
BOX_COST = 30
PRICE_COST = 2  # shop cards stand inside articles about goods
#: What a date with a byline or share buttons costs on top.
HEAD_COST = 40
#: A paragraph without a blank line after it, on a page that sets them off, counts this share.
UNSPACED_SHARE = 0.75
#: A break that costs more than this, in words, ends the article.
GAP_COST = 100
#: The article is the first run of at least this share of the best run's score: sites put
#: the article before what they want read next.
COMPARABLE_SHARE = 0.5
#: A page sets its paragraphs off when this share of its running text has a blank line after it.
SPACED_SHARE = 0.15

_OVERLONG = Cue(
    "template",
    re.compile(""),
    f"more than {LONGEST_PARAGRAPH:,} characters on one line: data or code, no paragraph",
    sure=True,
)

_PRICE = re.compile(r"[$£€] ?\d")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]»*]*$|[:;][\"'”’]?$")


@dataclass(frozen=True)
class PageLine:
    """A raw line with what its shape says."""

    text: str
    ending: str
    clean: str
    n_words: int
    ends_sentence: bool
    running: bool
    cue: Cue | None
    blank_before: bool
    blank_after: bool

    @property
    def blank(self) -> bool:
        """Whether there is nothing on the line."""
        return not self.clean


def split_lines(page: str) -> list[tuple[str, str]]:
    r"""Raw lines with their endings, cut at ``\n``, ``\r\n`` and ``\r`` only.

    ``str.splitlines`` would also cut at form feeds and other marks that are
    part of a line.  Joining all parts gives the page back.
    """
    pieces = re.split(r"(\r\n|\n|\r)", page)
    lines = list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))
    return lines if lines[-1] != ("", "") else lines[:-1]


def tidy(text: str) -> str:
    """Normal text with every run of spaces, no-break spaces included, as one space."""
    return " ".join(normal_text(text).split())


def is_running_text(clean: str, words: Sequence[str]) -> bool:
    """Whether a line reads as sentences: long enough, mostly lower case, a sentence's end."""
    if len(words) < PROSE_WORDS:
        return False
    some = words[:60]
    lower = sum(not word[0].isupper() and word[0].isalpha() for word in some) / len(some)
    ends = bool(_SENTENCE_END.search(clean[-8:]))
    cut_off = clean.endswith(("...", "…"))  # teasers break off, paragraphs do not
    return lower >= 0.45 and ((ends and not cut_off) or len(words) >= LONG_WORDS)


def read_lines(page: str, patterns: Sequence[Cue] = ()) -> list[PageLine]:
    """All lines of a page with their shape.

    Raises
    ------
    PageError
        If the page is too long to be an article, or a pattern takes too long.
    """
    pieces = split_lines(page)
    check_length(sum(len(text) for text, _ in pieces if len(text) <= LONGEST_PARAGRAPH))
    cleaned = [clean if _shows(clean) else "" for clean in (tidy(text) for text, _ in pieces)]
    return [
        _page_line(
            text,
            ending,
            cleaned[i],
            patterns,
            blank_before=i == 0 or not cleaned[i - 1],
            blank_after=i + 1 == len(pieces) or not cleaned[i + 1],
        )
        for i, (text, ending) in enumerate(pieces)
    ]


def _shows(clean: str) -> bool:
    """Whether there is anything to see: the icons that a site's own font draws are not."""
    return any(character.isprintable() and character != " " for character in clean)


def _page_line(text, ending, clean, patterns, **around) -> PageLine:
    words = clean.split()
    return PageLine(
        text=text,
        ending=ending,
        clean=clean,
        n_words=len(words),
        ends_sentence=bool(_SENTENCE_END.search(clean[-8:])),
        running=is_running_text(clean, words),
        cue=_cue_of(clean, len(words), patterns),
        **around,
    )


def _cue_of(clean: str, n_words: int, patterns: Sequence[Cue]) -> Cue | None:
    if len(clean) > LONGEST_PARAGRAPH:
        return _OVERLONG
    return find_cue(clean, n_words, patterns) if clean else None


def sets_paragraphs_off(lines: Iterable[PageLine], share: float = SPACED_SHARE) -> bool:
    """Whether the page puts a blank line after its paragraphs."""
    running = [line.blank_after for line in lines if line.running and line.cue is None]
    return bool(running) and sum(running) >= share * len(running)


def line_scores(lines: Sequence[PageLine]) -> list[float]:
    """What each line says for (above 0) or against being part of the article, in words.

    Between two stretches of running text a date and the head of a box each
    count in full once, as a list of other articles repeats them; a date with
    a byline or share buttons is the head of another article.
    """
    spaced = sets_paragraphs_off(lines)
    scores: list[float] = []
    met: set[str] = set()
    for line in lines:
        score, sign = _line_score(line, spaced), _sign(line)
        if score > 0:
            met.clear()
        elif sign in met and sign in ("date", "box"):
            score = -CUE_COST
        if sign and {*met, sign} >= {"date", "by or share"} and "head" not in met:
            met.add("head")
            score -= HEAD_COST
        met.add(sign)
        scores.append(score)
    return scores


def _sign(line: PageLine) -> str:
    """What in a break between paragraphs tells of another article; empty if nothing."""
    if line.blank or line.running:
        return ""
    if line.cue is None:
        return "date" if is_dated(line.clean) else ""
    if line.cue.opens:
        return "box"
    return "by or share" if line.cue.kind == "byline" or line.cue.shares else ""


def _line_score(line: PageLine, spaced: bool) -> float:
    if line.blank:
        return 0.0
    if line.cue is not None:
        return -BOX_COST if line.cue.opens else -CUE_COST
    if line.running:
        share = UNSPACED_SHARE if spaced and not line.blank_after else 1.0
        return share * min(line.n_words, COUNTED_WORDS)
    if is_dated(line.clean):
        return -DATE_COST
    if _PRICE.search(line.clean[:200]):
        return -PRICE_COST
    return -SET_OFF_COST if line.blank_after and spaced else -SHORT_COST


def best_run(scores: Sequence[float]) -> tuple[int, int]:
    """Half-open ends of the first run that scores nearly as much as the best; (0, 0) if none does.

    A run ends at the point after which its score falls by more than
    ``GAP_COST``: what was read before does not make up for a long break.
    """
    runs = _runs(scores)
    best = max((score for score, _, _ in runs), default=0.0)
    for score, start, stop in runs:
        if score >= COMPARABLE_SHARE * best:
            return start, stop
    return 0, 0


def _runs(scores: Sequence[float]) -> list[tuple[float, int, int]]:
    """Runs of lines as (score, start, stop), cut where a break costs too much."""
    runs: list[tuple[float, int, int]] = []
    total = peak = 0.0
    start = stop = 0
    for i, score in enumerate(scores):
        if total <= 0 and score > 0:
            start, total, peak = i, 0.0, 0.0
        elif total <= 0:
            continue
        total += score
        if total > peak:
            peak, stop = total, i + 1
        if total <= 0 or peak - total > GAP_COST:
            runs.append((peak, start, stop))
            total = 0.0
    return [*runs, (peak, start, stop)] if total > 0 else runs
