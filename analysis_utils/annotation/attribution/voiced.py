"""Which attributions are voices: speech, writing, claims, demands and attitudes voiced.

The training texts also attribute plans, knowledge and deeds ("decided to
abandon", "needs to know"); in them nobody is heard.
"""

from __future__ import annotations

from analysis_utils.annotation.attribution.article import Article
from analysis_utils.annotation.attribution.extract import Attribution
from analysis_utils.annotation.attribution.words import noun_classes, verb_classes
from analysis_utils.words import speech

_VOICES = {"say", "claim", "order", "judge", "ask", "speak", "saying"}


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
    if _is_question_of_a_thing(article, attribution, head):
        return False
    if article.kid(head, "neg") >= 0 or article.kid(attribution.head, "neg") >= 0:
        return False
    if pos == "NOUN":
        return lemma in speech.ATTITUDES or "saying" in noun_classes().get(lemma, ())
    if lemma in speech.FINDINGS:
        return article.kid(head, "ccomp") >= 0
    if lemma in speech.LIGHT_VERBS:
        return light_noun(article, attribution, head) is not None
    said = _VOICES & set(verb_classes().get(lemma, ())) and lemma not in speech.DEEDS
    return bool(said) or lemma in speech.ATTITUDES


def _is_question_of_a_thing(article: Article, attribution: Attribution, verb: int) -> bool:
    """Whether a thing is questioned or, in a headline, judged, and no word of it is given."""
    places = [p for start, end in attribution.content for p in range(start, end + 1)]
    told = article.kid(verb, "ccomp", "xcomp") >= 0 or any(article.quotation[p] for p in places)
    lemma, sentence = article.lemma[verb], article.sentence[verb]
    classes = set(verb_classes().get(lemma, ()))
    headline = article.parts[sentence] == "headline" and not classes & {"say", "claim"}
    # "Asks for help" asks for something; "questions the claims" asks nothing in words.
    return not told and (headline or ("ask" in classes and lemma not in ("ask", "wonder")))


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
    if 0 <= noun <= attribution.cue[1] and article.lemma[noun] in noun_classes():
        return noun
    return None


def base_form(article: Article, attribution: Attribution) -> str:
    """A cue as a dictionary has it: "say", "point out", "according to", "express concern"."""
    head = key_word(article, attribution)
    lemma = article.lemma[head]
    first, last = attribution.cue
    if lemma == "accord":
        return "according to"
    if lemma in speech.LIGHT_VERBS and (noun := light_noun(article, attribution, head)) is not None:
        return f"{lemma} {article.lemma[noun]}"
    particle = article.kid(head, "prt")
    return f"{lemma} {article.lower[particle]}" if first <= particle <= last else lemma
