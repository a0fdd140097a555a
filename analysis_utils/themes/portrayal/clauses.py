"""Clauses of a parsed sentence: who is the subject of a verb, written or understood.

The parser ties most verbs to no subject at all: those of infinitives, participles, gerunds
and second conjuncts are understood.  :meth:`Clauses.subject` finds them by the rules of
control and coordination (Huddleston and Pullum 2002, chapters 14 and 15).  Where the parse
contradicts the agreement in number of a subject and its verb, agreement wins.
"""

from __future__ import annotations

from collections import defaultdict

from analysis_utils.annotation.parsed import SUBJECTS, Sentence
from analysis_utils.words import acts as words
from analysis_utils.words import pronouns

_NO_VERB_HERE = ("aux", "auxpass", "amod", "compound", "prep", "case", "mark", "punct", "prt")
_FINITE_CLAUSES = ("ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis")
_NOUNS = ("NOUN", "PROPN")


class Clauses:
    """The verbs of one sentence with their subjects, objects, negation and modality."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._below = defaultdict(list)
        for token in sentence.tokens:
            if token.head != token.token:
                self._below[token.head].append(token)

    def below(self, token, *relations: str) -> list:
        """Tokens that hang on a token, in reading order; of some relations, or all."""
        found = self._below[token.token]
        return [child for child in found if child.dep in relations] if relations else found

    def head(self, token):
        """The head of a token; the token itself if it is the root."""
        return self.sentence.tokens[token.head]

    def tells_act(self, token) -> bool:
        """Whether a token is a verb that tells an act.

        Not "be", auxiliaries, participles that stand before a noun, infinitives of purpose
        ("to fight crime") and gerunds that say what something is for or about ("a project
        on fighting crime"): what somebody means to do is not told as done.
        """
        if token.pos not in ("VERB", "AUX") or token.dep in _NO_VERB_HERE:
            return False
        if lemma(token) in words.BEING or not token.text[0].isalpha():
            return False
        if self._has_to(token) or self._only_raises(token) or self._is_attributive(token):
            return False
        if token.dep == "conj":
            return self._coordinated(token)
        if token.dep == "advcl" and not self.below(token, *SUBJECTS):
            return not self.is_infinitive(token) or self._is_headline(token)
        return token.dep != "pcomp" or self._gerund_subject(token) is not None

    def _has_to(self, verb) -> bool:
        """Whether "have" only steers an infinitive: "has to leave", "has yet to leave"."""
        steers = self.below(verb, "xcomp") and not self.below(verb, "dobj")
        return lemma(verb) == "have" and bool(steers)

    def _only_raises(self, verb) -> bool:
        """Whether a verb only steers an infinitive: "tends to win"."""
        return lemma(verb) in words.RAISING and bool(self.below(verb, "xcomp"))

    def _is_attributive(self, verb) -> bool:
        """Whether a participle stands before its noun: "the seized papers", "X's stolen ship".

        Parsers may take it for the verb of the sentence; but right after an article or a
        possessive, or after an adverb in between ("its newly seized ship"), none can stand.
        """
        if verb.tag not in ("VBN", "VBD"):
            return False
        before = self.sentence.at(verb.token - 1)
        while before is not None and before.tag in ("RB", "RBR", "RBS", "HYPH"):
            before = self.sentence.at(before.token - 1)
        if before is None:
            return False
        is_article = before.tag == "DT" and before.text.lower() in ("the", "a", "an")
        return is_article or before.tag in ("POS", "PRP$")

    def _coordinated(self, token) -> bool:
        """A second verb tells an act if the first does and has a form that can join it."""
        first = self.head(token)
        if self.below(token, *SUBJECTS):
            return True
        bare_gerund = token.tag == "VBG" and not self.below(token, "aux")
        progressive = first.tag == "VBG"
        fits = not bare_gerund or progressive or first.tag == "VBN"
        return fits and (lemma(first) == "be" or self.tells_act(first))

    def is_infinitive(self, verb) -> bool:
        """Whether the verb, or the first of its conjuncts, stands with "to"."""
        if any(child.text.lower() == "to" for child in self.below(verb, "aux")):
            return True
        return verb.dep == "conj" and verb.tag == "VB" and self.is_infinitive(self.head(verb))

    def is_passive(self, verb) -> bool:
        """Whether the subject of the verb is the one it is done to."""
        if self.below(verb, "auxpass", "nsubjpass"):
            return True
        if self.below(verb, "nsubj", "aux", "dobj"):
            return False
        if verb.dep == "conj" and verb.tag == "VBN":
            return self.is_passive(self.head(verb))
        if verb.dep == "advcl":  # "Asked about it, she said", not "she said it, headed for"
            return verb.tag == "VBN" and verb.token < self.head(verb).token
        return verb.tag in ("VBN", "VBD") and verb.dep == "acl"

    def by_agents(self, verb) -> list:
        """The nouns of "by ..." in a passive."""
        return [noun for by in self.below(verb, "agent") for noun in self.below(by, "pobj")]

    def conjuncts(self, noun) -> list:
        """A noun and those joined to it by "and"."""
        found = [noun]
        for other in found:
            found.extend(self.below(other, "conj"))
        return found

    def subject(self, verb):
        """The subject of a verb, its own or the one understood; None without one."""
        own = self._own_subject(verb)
        if own is not None:
            return self.antecedent(own, verb)
        rule = {
            "conj": self._shared_subject,
            "xcomp": self._controller,
            "ccomp": self._nonfinite_subject,
            "acl": self._modified_noun,
            "relcl": self._headline_noun,
            "advcl": self._adverbial_subject,
            "pcomp": self._gerund_subject,
        }.get(verb.dep)
        return rule(verb) if rule else None

    def _own_subject(self, verb):
        subjects = self.below(verb, *SUBJECTS)
        before = [subject for subject in subjects if subject.token < verb.token]
        return before[-1] if before else (subjects[0] if subjects else None)

    def antecedent(self, pronoun, verb):
        """The noun that a relative pronoun stands for; any other token is its own.

        The parser's choice, unless verb and noun differ in number: then the nearest noun
        before the pronoun that agrees.
        """
        if verb.dep != "relcl" or pronoun.text.lower() not in pronouns.RELATIVE:
            return pronoun
        parsed = self.head(verb)
        if self._agrees(parsed, verb):
            return parsed
        between = self.sentence.tokens[parsed.token + 1 : pronoun.token]
        nouns = [token for token in reversed(between) if token.pos in _NOUNS]
        return next((noun for noun in nouns if self._agrees(noun, verb)), parsed)

    def _agrees(self, noun, verb) -> bool:
        """Whether noun and verb agree in number, as far as their forms tell."""
        aux = self.below(verb, "aux", "auxpass")
        finite = aux[0] if aux else verb
        plural = (
            noun.tag in ("NNS", "NNPS")
            or noun.text.lower() in pronouns.PLURAL
            or bool(self.below(noun, "conj"))
        )
        mention = self.sentence.mention_at(noun)
        if noun.pos == "PROPN" and mention and not self.below(noun, "conj"):
            return True  # names such as "United States" take either
        if finite.tag == "VBZ" or finite.text.lower() == "was":
            return not plural
        if finite.tag == "VBP" or finite.text.lower() == "were":
            return plural or noun.text.lower() in ("i", "you")
        return True

    def _shared_subject(self, verb):
        first = self.head(verb)
        subject = self.subject(first)
        if subject is None or self._agrees(subject, verb):
            return subject
        above = self.head(first)
        further = self.subject(above) if above.pos in ("VERB", "AUX") else None
        return further if further is not None and self._agrees(further, verb) else subject

    def _controller(self, verb):
        """Who does what an infinitive says: "ordered them to leave", "was ready to meet"."""
        above = self.head(verb)
        if above.pos in ("ADJ", "ADV") and above.dep in ("acomp", "oprd", "advmod", "conj"):
            return None if lemma(above) in words.TOUGH else self._subject_above(above)
        if above.pos not in ("VERB", "AUX") or above.dep == "amod":
            return self._subject_above(above) if above.dep == "acomp" else None
        objects = self.below(above, "dobj", "dative")
        if objects and objects[0].token < verb.token and not self.is_passive(above):
            controls = lemma(above) not in words.SUBJECT_CONTROL
            return objects[0] if controls else self.subject(above)
        return self.subject(above)

    def _nonfinite_subject(self, verb):
        is_gerund = verb.tag == "VBG" and not self.below(verb, "aux")
        return self._controller(verb) if is_gerund or self.is_infinitive(verb) else None

    def _subject_above(self, word):
        while word.head != word.token:
            word = self.head(word)
            if word.pos in ("VERB", "AUX"):
                return self.subject(word)
        return None

    def _modified_noun(self, verb):
        """The noun that a participle or infinitive hangs on."""
        noun = self.head(verb)
        addressed = self.is_infinitive(verb) and lemma(noun) in words.ADDRESSED
        return None if addressed else noun

    def _headline_noun(self, verb):
        """The noun before a reduced relative clause, or of a headline ("Firm to leave")."""
        is_subject = verb.tag == "VBG" or self._is_headline(verb)
        return self.head(verb) if is_subject else None

    def _is_headline(self, verb) -> bool:
        """Whether a sentence is a noun and an infinitive: headlines tell so what will be.

        Parsers may take the noun for a verb; the name of an actor is none.
        """
        noun = self.head(verb)
        is_noun = noun.pos in _NOUNS or self.sentence.mention_at(noun) is not None
        return self.is_infinitive(verb) and noun.head == noun.token and is_noun

    def _adverbial_subject(self, verb):
        above = self.head(verb)
        if self._is_headline(verb):
            return above
        return self.subject(above) if above.pos in ("VERB", "AUX") else self._subject_above(above)

    def _gerund_subject(self, verb):
        """Who does what a gerund after a preposition says; None if it tells no act."""
        preposition = self.head(verb)
        above = self.head(preposition)
        if preposition.text.lower() in words.ADVERBIAL:
            is_verb = above.pos in ("VERB", "AUX")
            return self.subject(above) if is_verb else self._subject_above(above)
        if above.pos == "VERB":
            return self._charged(above)
        if lemma(above) in words.ACCOUNTS:
            return self._subject_above(above)
        return None

    def _charged(self, verb):
        """The one accused, praised or kept from what follows; of "admit", its subject."""
        name = lemma(verb)
        if name in words.OWNING_UP:
            return self.subject(verb)
        if name not in words.CHARGING | words.CREDITING | words.PREVENTING:
            return None
        if self.is_passive(verb):
            return self.subject(verb)
        return next(iter(self.below(verb, "dobj")), None)

    def negated(self, verb) -> bool:
        """Whether it is said not to happen: "not", "never", "no longer", "refused to"."""
        if self.below(verb, "neg") or any(
            self.below(adverb, "neg") or adverb.text.lower() in ("never", "hardly", "barely")
            for adverb in self.below(verb, "advmod")
        ):
            return True
        if any(self._is_no(word) for word in self.below(verb, "dobj", *SUBJECTS)):
            return True
        above = self.head(verb)
        if verb.dep == "pcomp":
            governor = self.head(above)
            return above.text.lower() == "without" or lemma(governor) in words.PREVENTING
        if verb.dep == "conj" and not self.below(verb, *SUBJECTS):
            joint = {cc.text.lower() for cc in self.below(above, "cc")}
            return bool(joint & {"or", "nor"}) and self.negated(above)
        if verb.dep == "xcomp" and self._has_to(above):
            yet = {child.text.lower() for word in (verb, above) for child in self.below(word)}
            return "yet" in yet or self.negated(above)
        if verb.dep == "xcomp" and above.pos == "VERB":
            refused = self.is_infinitive(verb) or verb.tag == "VBG"
            return (refused and lemma(above) in words.REFUSING) or self.negated(above)
        return False

    def _is_no(self, noun) -> bool:
        determiners = {child.text.lower() for child in self.below(noun, "det", "neg")}
        return noun.text.lower() in ("nobody", "nothing", "none") or "no" in determiners

    def modality(self, verb) -> str:
        """How the act stands to fact: see ``MODALITIES``."""
        aux = {child.text.lower() for child in self.below(verb, "aux")}
        marks = {child.text.lower() for child in self.below(verb, "mark", "advmod")}
        if marks & {"if", "unless", "until", "whether"} or "would" in aux:
            return "conditional"
        if aux & {"will", "shall", "'ll", "’ll", "wo"}:
            return "future"
        if aux & {"may", "might", "could", "can", "ca"}:
            return "possible"
        if aux & {"must", "should", "ought"}:
            return "required"
        if self._only_seems(verb):
            return "apparent"
        if verb.dep == "conj" and verb.tag in ("VB", self.head(verb).tag):
            return self.modality(self.head(verb))
        return self._governed_modality(verb)

    def _only_seems(self, verb) -> bool:
        """Whether it is told as how it looks or as hearsay: "appeared to", "is said to"."""
        if any(child.text.lower() in words.APPARENTLY for child in self.below(verb, "advmod")):
            return True
        if any(lemma(child) in words.SEEMING for child in self.below(verb, "parataxis")):
            return True  # "The firm, it seems, sold it"
        above = self.head(verb)
        if verb.dep not in ("xcomp", "ccomp", "acomp", "oprd"):
            return False
        if lemma(above) in words.SEEMING:
            return True
        return lemma(above) in words.HEARSAY and self.is_passive(above)

    def _governed_modality(self, verb) -> str:
        above = self.head(verb)
        if verb.dep == "pcomp":
            charged = lemma(self.head(above)) in words.CHARGING
            return "alleged" if charged else "asserted"
        if not self.is_infinitive(verb):
            return "asserted"
        if verb.dep in ("relcl", "advcl") and self._is_headline(verb):
            return "future"
        if (
            lemma(above) in words.REQUIRING
            or self._has_to(above)
            or self._is_within(verb, words.REQUIRING)
        ):
            return "required"
        planning = words.PLANNING | words.WILL_NOUNS | set(words.ACT_NOUNS)
        if lemma(above) in planning:
            return "planned"
        # "Seemed happy to meet": what hangs on a state that only seems does so too.
        is_state = above.pos == "ADJ" and verb.dep == "xcomp"
        return "apparent" if is_state and self._only_seems(above) else "asserted"

    def _is_within(self, verb, governors: frozenset[str]) -> bool:
        """Whether an infinitive hangs on a participle of the object of some verb.

        "Ordered agencies using it to remove it": parsers tie the infinitive to "using".
        """
        participle = self.head(verb)
        if verb.dep != "xcomp" or participle.dep != "acl":
            return False
        noun = self.head(participle)
        return noun.dep == "dobj" and lemma(self.head(noun)) in governors

    def phrase(self, token, stop: tuple[str, ...] = ()) -> list:
        """The tokens under a token, itself included, in reading order.

        Branches whose relation is in ``stop`` are left out.
        """
        found, waiting = [], [token]
        while waiting:
            word = waiting.pop()
            found.append(word)
            waiting.extend(child for child in self._below[word.token] if child.dep not in stop)
        return sorted(found, key=lambda word: word.token)

    def span(self, tokens: list) -> tuple[int, int]:
        """Characters from the first to the last of some tokens, without marks at the ends."""
        inner = list(tokens)
        while len(inner) > 1 and inner[-1].pos == "PUNCT":
            inner.pop()
        while len(inner) > 1 and inner[0].pos == "PUNCT":
            inner.pop(0)
        return inner[0].start, inner[-1].end


def lemma(token) -> str:
    """The base form in small letters."""
    return token.lemma.lower()
