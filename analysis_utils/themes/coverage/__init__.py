"""What all outlets tell, what some tell, what one tells alone, and where in the article.

- ``tables``: what outlets share, what one tells and another leaves out, and how they differ in it
- ``figures``: the figure of coverage: what each outlet tells, and where; what one leaves out on
  top
- ``words``: what the tables of coverage say, in sentences whose words are computed
- ``validation``: how well coverage is measured: against hand codes, and on public articles
- ``alignment``: which sentences of the outlets say the same: similarity, counterparts, statements
- ``amounts``: how many of what a sentence counts, of whom it says so, and how exact it is
- ``attributions``: who is made to say it: one outlet's own statement that is somebody's claim in
  another
- ``charged``: words that charge, judge, demand, promise or hedge, in the sentences of each outlet
- ``coded``: what was found beside the hand codes: aligned pairs, sentences told alone, facts told
  by one
- ``conflicts``: dates and numbers on which aligned sentences disagree
- ``dates``: the dates in a sentence, as the days or the years that they mean
- ``differing_words``: two sentences side by side: which words they share, and which stand in the
  same place
- ``evidence``: the sentences behind the heaviest omissions, each beside what comes nearest
  elsewhere
- ``matched_phrases``: aligned sentences phrase by phrase: what answers what, and who is made to
  say it
- ``neighbours``: what no single sentence of another outlet tells, but its words or two neighbours
  together do
- ``omissions``: what an outlet tells that others leave out, the most salient first
- ``pieces``: pieces of a sentence that can be quoted: clauses and phrases, cut only where the
  parse allows
- ``quotable``: pieces of sentences as they may be quoted: what only describes, and how well they
  read
- ``side_by_side``: aligned sentences to look at: side by side, the words that differ marked
- ``statements``: aligned sentences of all outlets that tell the same, joined into
  clusters
- ``vocabulary``: whether an outlet has a word at all: as written, spelled nearly alike, or near
  in meaning
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
