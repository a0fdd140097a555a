"""How each outlet speaks of each actor, and in whose voice.

- ``tables``: how each outlet speaks of each actor, and in whose voice
- ``figures``: the figures of actor sentiment: in which light each actor stands, and how methods
  differ
- ``words``: what the tables of actor sentiment say, as prose whose numbers are computed
- ``validation``: actor sentiment beside hand codes and people's labels on public news, and so its
  mentions
- ``answers``: what a method answers when it is asked how a text puts an actor
- ``article_tone``: how kindly an article as a whole treats an actor, and which of two outlets is
  harsher
- ``coded``: the scores beside hand codes: how far each method agrees with a reader, and who
  judges
- ``evidence``: what stands behind the scores: the words that made them
- ``judges``: whose judgement it is: the outlet's own, or that of somebody whom the sentence lets
  judge
- ``lexicons``: two lexicons: they add up the words of a text, whomever these are said of
- ``mentioned``: who is mentioned: how often, by what kind of words, and how that agrees with hand
  codes
- ``methods``: the methods side by side, behind one small interface
- ``scoring``: scores of every sentence: for each actor that it mentions, and as a whole, whoever
  it speaks of
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
