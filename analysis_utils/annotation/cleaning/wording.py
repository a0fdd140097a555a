"""The wording that news sites share: what menus, boxes, credits and bylines say.

One table, :func:`cues`; the first cue that fits a line wins.  It knows English
news pages in general and no site in particular: an outlet's own wording comes
from its ``page_patterns`` in the study file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Protocol

import regex

from analysis_utils.annotation.cleaning.pages import PageError
from analysis_utils.annotation.cleaning.stubs import OFFER, offer
from analysis_utils.files.normal_text import normal_pattern
from analysis_utils.words import derived, pages

#: Wording is looked for in the first and last characters of a line only.
LOOKED_AT = 240


#: Seconds of the processor that one pattern of an outlet may take over all lines of a page, however
#: busy the machine is with other things.  One that is written well takes a thousandth; one such
#: as ``(\w+ ?)*X`` tries more ways than there are atoms.
PATTERN_SECONDS = 2.0


#: An expression without repetition or choice, as those that are written of a table's rows.
_ONE_WAY = re.compile(r"(?:\\.|[^\\*+?{|(])*")


class Pattern(Protocol):
    """A compiled expression, of whichever library."""

    def search(self, text: str) -> object | None:
        """The first place that fits, or None."""


class PatternError(PageError):
    """A pattern of an outlet that takes too long on a page, as it would on the others."""


class TimedPattern:
    """An outlet's own expression, looked for in tidied lines within a budget of time."""

    def __init__(self, kind: str, pattern: str):
        self._kind, self._pattern = kind, pattern
        self._compiled = regex.compile(normal_pattern(pattern))
        self._left = PATTERN_SECONDS

    def search(self, text: str) -> object | None:
        """The first place in a line that fits, or None.

        Raises
        ------
        PatternError
            If the lines so far have taken longer than ``PATTERN_SECONDS``.
        """
        start = process_time()  # the clock by which the search itself looks when to end
        try:
            found = self._compiled.search(text, timeout=max(self._left, 0.001))
        except TimeoutError as error:
            raise PatternError(
                f"the page pattern {self._pattern!r} of kind {self._kind} takes more than"
                f" {PATTERN_SECONDS:.0f} seconds, over the line {text[:60]!r}. Write it in"
                " study.yml without one repetition inside another, as in (\\w+ ?)*, or take"
                " the first words of the line alone."
            ) from error
        self._left -= process_time() - start
        return found


@dataclass(frozen=True)
class Cue:
    """Wording that tells what a line is.

    ``opens`` if it heads a box of such lines, ``max_words`` of a line it is
    looked for in, ``sure`` if it overrules all other signs (an outlet's own),
    ``shares`` if it is a bar of share buttons.
    """

    kind: str
    pattern: Pattern
    reason: str
    opens: bool = False
    max_words: int = 60
    sure: bool = False
    shares: bool = False


def _whole(*phrases: str) -> str:
    """A line that is one of these phrases, whatever marks stand around it."""
    return rf"^\W*(?:{'|'.join(phrases)})\W*$"


def _front(*phrases: str) -> str:
    """A line that starts with one of these phrases."""
    return rf"^\W*(?:{'|'.join(phrases)})"


def _cue(kind: str, reason: str, *patterns: str, opens: bool = False, max_words: int = 60) -> Cue:
    return Cue(kind, re.compile("|".join(patterns), re.IGNORECASE), reason, opens, max_words)


@derived
def cues() -> tuple[Cue, ...]:
    """The wording that English news sites share; the first that fits wins."""
    sites, writers = pages.either("sites"), pages.either("writers")
    items, picture = pages.either("items"), pages.either("pictures")
    return (
        _cue(
            "template",
            "placeholder or code that the site failed to fill in",
            r"\{\{.*\}\}",
            r"\$\{.*\}",
            r"<%.*%>",
            r"\[\[.*\]\]",
            r"<\w+ [^>]*=[^>]*>|</\w+>",
        ),
        _cue(
            "advertisement",
            "label of an advertisement",
            _whole(
                r"(?:advertis(?:e|ing|ements?)|sponsored|promoted|paid)"
                r"(?: content| posts?| links?)?",
                r"(?:paid|sponsored) (?:content|post|for) by .*",
                r"sponsor content|ad feature|ad",
                r"(?:advertisement\W+)?(?:story|article|page|content) continues below.*",
            ),
        ),
        _cue(
            "notice",
            "says where the article was published first",
            r"\b(?:re-?published|published|reprinted|reproduced) (?:here )?(?:by )?courtesy of\b",
            r"\b(?:re-?published|reprinted|reproduced) (?:here )?(?:from|with|by|under)\b",
            r"\bthis (?:article|story|post|piece|content) (?:was |is )?(?:first |originally )+"
            r"(?:published|appeared)\b",
            max_words=40,
        ),
        _cue(
            "comments",
            "what readers may write or wrote",
            _whole(
                r"(?:\d+ )?(?:(?:show|view|hide|see|add|leave|post|write|read|join)"
                r"(?: all| a| the| your)? )?(?:\d+ )?"
                r"(?:comments?|replies|reply|conversation|discussion|responses)(?: \(?\d+\)?)?",
                r"what do you think",
            ),
            _front(
                r"(?:log|sign) in to (?:comment|reply|join)",
                r"(?:leave|post|write) a (?:reply|comment|response)",
                r"have your say|join the (?:conversation|discussion)",
            ),
            opens=True,
            max_words=12,
        ),
        _cue(
            "related",
            "label of a list of other articles",
            _whole(
                r"you (?:may|might|could|will)(?: also)? (?:be interested(?: in)?|like|enjoy|love)",
                r"(?:also|further|related|recommended|more) (?:read|reading|to read|links?)",
                r"read (?:also|next|this next|on|more(?: about)?)|see also|up next|next up",
                r"keep reading",
                r"most(?: (?:read|viewed|shared|popular|commented|watched|recent|clicked))+",
                rf"(?:trending|popular|top|latest|related|recommended|featured|more|recent|best|other|"
                rf"hot|editors?[’']?s?|must[- ]see)(?: most| top| related)?"
                rf" (?:{items}|picks?|choice|content|topics?|reads?|media|searches)",
                r"(?:trending|popular)(?: now| today| this week)?",
                r"recommended|related|featured|explore more",
                r"don[’']?t miss|in other news|must[- ]reads?|more must[- ]reads?.*",
                r"tags?|tagged(?: in| with| as)?|topics?|filed under|categor(?:y|ies)",
                r"more (?:from|on|about|by|in) .*|best of .*|more(?: .+)? (?:picks|"
                rf"{items})(?: .*)?",
                rf"(?:recent|latest|other|related) .{{0,30}}{items} (?:by|from|about|on) .*",
                r"about the authors?|(?:previous|next) article.*",
            ),
            opens=True,
            max_words=10,
        ),
        _cue(
            "related",
            "points to another article",
            r"^\W*(?:(?:read|watch|see|listen|learn|hear|find out)(?: more| also| next| now| here)?"
            r"|also|more|don[’']?t miss|(?:next|previous) story|must[- ]read|recommended|up next"
            r"|also (?:read|see|on .*)|(?:required|suggested|further) reading"
            rf"|related(?: (?:{items}|links?|content|reading))?)\s*[:>|»]",
            max_words=40,
        ),
        _cue(
            "related",
            "points to another article",
            r"^(?:click|tap) here\b",
            r"^read (?:our|the)(?: full| latest| complete)? .{0,60}"
            r"(?:review|story|article|guide|coverage|here)\W*$",
            max_words=14,
        ),
        _cue(
            "footer",
            "foot of the page: rights, terms or contact",
            r"^\W*(?:©|\(c\)).*(?:19|20)\d\d|^\W*copyright\b|\ball rights reserved\b",
            r"\bmay not be (?:published|reproduced|republished|reprinted)\b",
            r"\bwithout (?:the )?prior written\b",
            r"^(?:terms (?:of|and|&) |privacy (?:policy|notice|statement)"
            r"|cookies? (?:policy|settings|preferences|list|notice)|(?:your|eu) privacy|do not sell"
            r"|accessibility|contact us|about us|site ?map|advertise with|ad ?choices|careers"
            r"|masthead|media kit)",
            opens=True,
        ),
        Cue("footer", offer(), OFFER, opens=True),
        _cue(
            "footer",
            "newsletter or account box",
            r"\bsign(?:ing)? up\b.{0,80}"
            r"\b(?:newsletters?|inbox|e-?mails?|updates|alerts|notifications)\b",
            r"^\W*(?:sign up|subscribed?)\b",
            r"^get (?:the|our|all).{0,60}(?:newsletter|inbox|delivered|emailed)\b",
            r"\bnewsletters?\W*$",
            r"\b(?:delivered|straight|sent|right) (?:straight |directly )?to your (?:inbox|email)",
            r"^by (?:clicking|submitting|signing|providing|subscribing|continuing|entering"
            r"|registering)\b",
            r"\b(?:terms of (?:service|use)|privacy policy|terms and conditions)\b.{0,80}"
            r"\b(?:apply|agree|acknowledge|accept)",
            r"\b(?:agree|acknowledge|accept|consent)\b.{0,80}"
            r"\b(?:terms|privacy (?:policy|notice))\b",
            r"^thank(?:s| you) for (?:signing|subscribing|registering|reading|joining|supporting)",
            r"\b(?:have|got) (?:a|any) (?:news )?tips?\b.{0,60}(?:send|email|contact|submit|call)",
            r"\bprotected by recaptcha\b",
            r"^(?:please )?enter (?:a|your) .{0,20}(?:e-?mail|name|password)",
            r"^(?:your )?e-?mail(?: address)?\W*$|^(?:please )?(?:log|sign) ?in\b",
            opens=True,
        ),
        _cue(
            "footer",
            "about cookies and personal data",
            r"\bwe\b.{0,40}\b(?:use|store|set|place) (?:\S+ )?cookies\b|\bcookie policy\b",
            r"\b(?:accept(?: all)?|use of|social media|targeting|necessary) cookies\b",
            r"\bopt(?:ing)?[- ]out of\b",
            r"\bcookies?\b.{0,200}\b(?:browser|website|privacy|consent|third[- ]part)",
            r"\b(?:browser|website|privacy|consent|third[- ]part).{0,200}\bcookies?\b",
            r"\bpersonal (?:data|information)\b.{0,200}\b(?:privacy|consent|opt)\b",
            opens=True,
            max_words=200,
        ),
        _cue(
            "footer",
            "disclosure about selling links",
            r"\b(?:may|might|could|can) (?:earn|receive|get|make|collect) .{0,50}"
            r"\b(?:commission|affiliate|compensation|share of sales)\b",
            r"\baffiliate (?:links?|commission)\b",
            r"\bindependently (?:selected|reviewed|chosen|evaluated)\b",
            r"\b(?:purchase|buy|shop) .{0,40}through (?:our |the |these )?links\b",
        ),
        _cue(
            "credit",
            "credit or caption of a picture",
            r"^\W*(?:©|\(c\)|\(photo\b)|^(?:show|hide) caption",
            rf"^\W*(?:{picture}|video|file photo)"
            r"(?: credits?| courtesy(?: of)?| by| via)?\s*[:|/]",
            rf"^(?:{picture}|video) (?:courtesy(?: of)?|by|via|from|credit)\b",
            rf"\b{pages.either('picture_sources')}"
            r"\s*(?:images|photo|pictures|press)?\s*[)\]]?\W*$",
            rf"[(\[|] ?(?:{picture}|courtesy|via|ap photo|ap/|file|pictured|source)\b"
            r"[^)]*[)\]]?\W*$",
            rf"\b(?:{picture}|courtesy)(?: credit| by| courtesy| via)?:[^.]{{1,80}}\W*$",
        ),
        _cue(
            "byline",
            "names who wrote it",
            r"^(?:(?:written|words|story|reported|posted|reviewed|edited|review|photos and story"
            r"|medically reviewed|fact[- ]checked) )?by\b\W*(?-i:$|[^a-z\s])(?:\S* ){0,14}\S*$",
            max_words=16,
        ),
        _cue(
            "footer",
            "tells that the article was corrected or changed",
            r"^\W*this (?:article|story|piece|headline|report) (?:was|has been|is being)"
            r" (?:\w+ )?(?:amended|corrected|updated|edited|revised|changed)\b",
            r"^\W*(?:correction|clarification|editors?[’']?s? note)\b.{0,40}:",
            max_words=80,
        ),
        _cue(
            "byline",
            "names who reported and edited it",
            r"^\W*(?:additional |writing and |reporting and )*(?:reporting|writing|editing|edited"
            r"|compiled|graphics?|produced)\b[^.]{0,60}?\bby\b\W*(?-i:[A-Z])",
        ),
        _cue(
            "byline",
            "about who wrote it",
            r"\bcontribut(?:ed|ing) (?:to this|to the|reporting)",
            r"^contribut(?:ing|ors?)\b|^additional reporting\b",
            r"^(?:follow|contact|reach|e-?mail|write to|find|connect with) .{0,80}"
            rf"(?:@|\bon {sites}\b)",
            rf"\bis (?:an?|the|our|\S+[’']s) .{{0,80}}\b{writers}\b.{{0,40}}"
            r"\b(?:at|for|with|of|from|who|based|covering|specializing|and)\b",
            r"\bcan be reached at\b",
            max_words=150,
        ),
        _cue(
            "navigation",
            "menu or button of the site",
            _whole(
                r"skip (?:to|past)\b.*|back(?: to .{0,20})?|go to .{0,20}|jump to .*",
                r"opens in .{0,20}",
                r"(?:(?:main|site|open|close|toggle|mega) )*(?:menu|navigation)|home|my account",
                r"search(?: .{0,20})?|log ?(?:in|out)|sign ?(?:in|out)|register|subscribe(?: now)?",
                r"(?:show|load|see|view|read|learn|hide)(?: all| more| less| full)+(?: .{0,30})?",
                r"next|prev(?:ious)?|(?:previous|next) (?:slide|image|photo).*|\d+ ?[/|] ?\d+",
                r"follow(?: us| me)?(?: on .{0,20})?|stay connected|newsletters?|podcasts?",
                r"play(?: video)?|listen(?: to .{0,20})?|watch(?: live| now)?|live(?: tv)?|video",
                r"photos?|gallery|slideshow|expand|enlarge(?: image)?|tap to unmute",
                r"get (?:the )?app",
                r"updated|(?:first )?published|posted(?: on)?|last updated|or|and|in|by|more|ok|go",
                r"close|cancel|submit|loading|copied|copy(?: article)? link|bookmark|read in app",
                r"download(?: the)?(?: our)? app|save(?: this| article)*",
                r"gift(?: this)?(?: article)?|subscribers can (?:gift|share)\b.*",
                r"\d+ (?:shares?|likes?|views?|min(?:utes?)? read|min)|rate (?:it|this)",
                r"table of contents|in this article|home ?[»>›/|].*",
            ),
            max_words=8,
        ),
    )


_SHARE_BAR = Cue("navigation", re.compile(""), "share buttons", shares=True)
_SHARE_BAR_WORDS = 14
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def outlet_cues(patterns: Iterable) -> list[Cue]:
    """The page patterns of an outlet (``kind``, ``pattern``, ``reason``) as cues."""
    return [Cue(p.kind, _as_found(p), p.reason, max_words=sys.maxsize, sure=True) for p in patterns]


def _as_found(known) -> Pattern:
    """A pattern to be looked for; what can only fit in one way needs no limit of time."""
    if _ONE_WAY.fullmatch(known.pattern):
        return re.compile(normal_pattern(known.pattern))
    return TimedPattern(known.kind, known.pattern)


def find_cue(clean: str, n_words: int, patterns: Sequence[Cue] = ()) -> Cue | None:
    """The first wording of the outlet or of news sites that fits a tidied line."""
    for cue in patterns:
        if cue.pattern.search(clean):
            return cue
    looked_at = clean if len(clean) <= 2 * LOOKED_AT else clean[:LOOKED_AT] + clean[-LOOKED_AT:]
    for cue in cues():
        if n_words <= cue.max_words and cue.pattern.search(looked_at):
            return cue
    return _SHARE_BAR if n_words <= _SHARE_BAR_WORDS and _shares(looked_at) else None


def _shares(clean: str) -> bool:
    words = {word.lower() for word in _WORD.findall(clean)}
    buttons = pages.SHARE_BUTTONS
    return words <= buttons | pages.BESIDE_SHARE_BUTTONS and bool(words & buttons)
