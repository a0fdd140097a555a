"""What is compared: the articles side by side, and how much of each is the outlet's own voice.

- ``tables``: the tellings side by side: on which row each sentence stands, and whose words it
  gives
- ``figures``: how the articles are built, beside each other: a block a sentence, shaded by whose
  words
- ``words``: the study in sentences: what is compared, what was found, how sure it is, and its
  limits
- ``validation``: how far the sentences, which all themes count, agree with hand codes
- ``by_article``: a table an article: what the themes count, one row each, for statistics of one's
  own
- ``glance``: each outlet at a glance: who speaks most, what it calls whom, and what it does not
  tell
- ``layout``: articles laid side by side: on which row each sentence stands
- ``over_time``: findings over time, for studies of many articles: how much is told in the
  outlet's own voice
- ``side_by_side``: the tellings side by side as a page: what both tell on one level, what one
  tells alone marked
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
