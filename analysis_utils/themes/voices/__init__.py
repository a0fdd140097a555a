"""Whose words each outlet gives: who is quoted, how much, how introduced, and who never speaks.

- ``tables``: whose words each outlet gives: who is quoted, how much, how introduced, and who
  never speaks
- ``figures``: the figure of voices: whose words fill each outlet's articles
- ``words``: what the tables of voices say, as prose whose numbers are computed
- ``validation``: how far the voices agree with hand codes, and with people's labels on public
  news
- ``camps``: who speaks for whom: "the company's CEO X" and "a spokesman for Y" count with company
  and Y
- ``coded``: found quotes beside hand codes, and the trivial method to beat: quotation marks only
- ``heard``: who is talked about, and who is heard: a silence is claimed only where nothing speaks
  for it
- ``identity``: who a source is that the articles only point at: "the president said", "he added"
- ``reporting_verbs``: reporting verbs and what they tell of the outlet's stance: "said",
  "claimed" or "admitted"
- ``sources``: who a source is: an actor of the study, another named source, or nobody that is
  named
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
