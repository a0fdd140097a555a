"""Which frames organise each telling, and in whose words do their terms stand?

- ``tables``: which frames organise each telling
- ``figures``: the figure of frames: the share of sentences with each frame by outlet
- ``words``: what the tables of frames say, as prose whose numbers are computed
- ``validation``: how far the terms of frames, and the cues of functions, agree with codes
- ``article_frames``: which generic frames an article has, by a model learnt from labelled
  articles
- ``article_words``: what the model says of the frames of whole articles, as prose whose numbers
  are computed
- ``codebook``: which frames are looked for, read from its files, with their terms
  checked
- ``coded``: codes of frames, and whose word counts for each frame: the coders', or that of its
  terms
- ``entman``: Entman's four functions of a frame, as a table that a researcher fills in
- ``evidence``: the sentences behind frames, with the words that were found marked in them
- ``hits``: where the terms of frames stand in sentences
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
