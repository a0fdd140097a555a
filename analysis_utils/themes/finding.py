"""One finding: a difference between the tellings, in a sentence that its evidence bears out."""

from __future__ import annotations

from dataclasses import dataclass

#: What a finding can be about, and what a reader would ask.
KINDS = {
    "omission": "what does an outlet leave out?",
    "voice": "whose words fill the article, and who is never heard?",
    "attribution": "who is made to say it?",
    "wording": "which other words tell the same?",
    "copy": "who prints the same words?",
    "conflict": "which dates and numbers disagree?",
    "responsibility": "who is made responsible?",
    "naming": "what is each actor called?",
    "tone": "how is each actor judged?",
    "frame": "what is the event made to be about?",
}


@dataclass(frozen=True)
class Finding:
    """A difference between the tellings.

    Attributes
    ----------
    kind
        One of ``KINDS``.
    weight
        From 0 to 1: how much a reader of one telling alone would miss.  Comparable across
        themes: 1 is the news itself, told in the lead or headline of one outlet and nowhere in
        another; 0.5 a matter of the body; below 0.2 a nuance.
    sentence
        What was found, in one plain sentence of at most thirty words; the articles' own words in
        “quotation marks”.
    evidence
        Ids of the sentences that show it.
    theme
        Name of the theme's folder, whose notebook says more.

    Raises
    ------
    ValueError
        If the kind is unknown, the weight out of range or the sentence empty.
    """

    kind: str
    weight: float
    sentence: str
    evidence: tuple[str, ...]
    theme: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a finding of kind {self.kind!r}: choose one of {', '.join(KINDS)}")
        if not 0 <= self.weight <= 1:
            raise ValueError(f"weight {self.weight} of a finding: give it one from 0 to 1")
        if not self.sentence.strip():
            raise ValueError("a finding needs a sentence")
