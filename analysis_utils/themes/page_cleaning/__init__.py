"""What is article and what is page: what cleaning kept, what it removed, and how right it was.

- ``tables``: what cleaning did to the pages: where the article lies on each of them, every
  removed line with its reason, and the agreement with hand codes
- ``figures``: the figure of cleaning: where on each page the article is
- ``words``: what cleaning did to the pages, in sentences whose numbers are computed
- ``validation``: how far cleaning agrees with hand codes, line by line, and with hand-cleaned
  public pages
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
