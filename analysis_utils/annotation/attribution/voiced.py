"""Which attributions are voices: speech, writing, claims, demands and attitudes voiced.

The training texts also attribute plans, knowledge and deeds ("decided to
abandon", "needs to know"); in them nobody is heard.
"""

from __future__ import annotations

from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.extract import Attribution
from analysis_utils.annotation.attribution.words import NOUN_CLASSES, VERB_CLASSES

_VOICES = {"say", "claim", "order", "judge", "ask", "speak", "saying"}
_ATTITUDE_WORDS = """
    believe think hope fear worry doubt expect suspect feel regret consider regard view wish
    agree disagree vow pledge promise threaten offer propose volunteer guarantee wonder
    belief view opinion hope fear worry concern doubt suspicion expectation prediction demand
    request call appeal promise pledge vow proposal objection protest recommendation order
    agreement complaint wish
"""
_ATTITUDES = frozenset(_ATTITUDE_WORDS.split())
_FINDINGS = {"show", "find", "reveal", "indicate", "suggest", "demonstrate", "conclude", "estimate"}
_LIGHT = ("make", "give", "have", "take", "issue", "offer", "express", "raise", "voice", "release")
_DEEDS = {"begin", "continue", "record", "press", "paint", "examine", "investigate", "explore"}


def is_voice(article: Article, attribution: Attribution, direct: bool) -> bool:
    """Whether somebody is heard in an attribution; ``direct`` if in his or her own words."""
    if direct:
        return True
    head = key_word(article, attribution)
    lemma, pos = article.lemma[head], article.pos[head]
    if pos not in ("VERB", "AUX", "NOUN"):
        return pos == "PUNCT"
    if lemma == "accord":
        return True
    if article.kid(head, "neg") >= 0 or article.kid(attribution.head, "neg") >= 0:
        return False
    if pos == "NOUN":
        return lemma in _ATTITUDES or "saying" in NOUN_CLASSES.get(lemma, ())
    if lemma in _FINDINGS:
        return article.kid(head, "ccomp") >= 0
    if lemma in _LIGHT:
        return light_noun(article, attribution, head) is not None
    said = _VOICES & set(VERB_CLASSES.get(lemma, ())) and lemma not in _DEEDS
    return bool(said) or lemma in _ATTITUDES


def key_word(article: Article, attribution: Attribution) -> int:
    """The word of a cue that attributes: its last verb ("tried to explain"), else its head."""
    _, last = attribution.cue
    if article.pos[attribution.head] not in ("VERB", "AUX"):
        return attribution.head
    inner = [
        place
        for place in range(attribution.head, last + 1)
        if article.pos[place] == "VERB"
        and article.dep[place] in ("xcomp", "acl", "pcomp", "ccomp", "advcl")
    ]
    return inner[-1] if inner else attribution.head


def light_noun(article: Article, attribution: Attribution, verb: int) -> int | None:
    """The noun that says what a light verb does: "made a complaint"; None without one."""
    noun = article.kid(verb, "dobj")
    if 0 <= noun <= attribution.cue[1] and article.lemma[noun] in NOUN_CLASSES:
        return noun
    return None


def base_form(article: Article, attribution: Attribution) -> str:
    """A cue as a dictionary has it: "say", "point out", "according to", "express concern"."""
    head = key_word(article, attribution)
    lemma = article.lemma[head]
    first, last = attribution.cue
    if lemma == "accord":
        return "according to"
    if lemma in _LIGHT and (noun := light_noun(article, attribution, head)) is not None:
        return f"{lemma} {article.lemma[noun]}"
    particle = article.kid(head, "prt")
    return f"{lemma} {article.lower[particle]}" if first <= particle <= last else lemma
