"""Which words set the tellings apart: term frequencies of each outlet against the rest.

- ``tables``: which words set the tellings apart: term frequencies of each outlet against the rest
- ``figures``: the figure of a term contrast: the first terms of each outlet by log-odds and by
  TF-IDF
- ``words``: what the tables of a term contrast say, as prose whose numbers are computed
- ``validation``: nothing to validate: a count is no reading of the text, and has no score
- ``alike``: how alike outlets are in their words
- ``concordance``: concordance: every occurrence of a term in its sentence, keyword in context
  (KWIC)
- ``house_style``: house style: what an outlet's rules and its page write, whatever the event
- ``keyness``: three measures of how much more often one side uses a term than the other, from
  counts alone
- ``leading``: which terms lead an outlet: those that say something, in enough of it, beyond
  chance
- ``tfidf``: TF-IDF contrast: terms that fill the sentences of one outlet and are rare in all
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
