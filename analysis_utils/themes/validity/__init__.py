"""How far to trust each measure: its score beside the trivial method's, and coders' agreement.

- ``tables``: how far to trust each measure: every score beside the trivial method's, in one table
- ``figures``: the figure of validity: every score beside the trivial method's
- ``words``: how far methods and codes can be trusted, in sentences
- ``validation``: nothing to validate: this theme gathers the scores of the others, and has none
  of its own
- ``codebook``: what coders are asked about sentences, mentions and quotes, and the allowed
  answers
- ``coders``: whose codes these are: the names that tables use themselves, and how a coder may be
  called
- ``coding_sheets``: sheets for hand coding: what coders are asked, the files to fill in, and
  reading them back
- ``comparison``: coders beside each other and beside the methods: how often they agree, and where
  they do not
- ``hand_coding``: everybody's codes of the same units: people's and the methods'
- ``units``: the units that there are to code: sentences, mentions and quotes, each in its context
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
