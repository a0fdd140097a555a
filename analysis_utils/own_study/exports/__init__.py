"""Files of archives and collections, with one article or hundreds in each.

- :mod:`~analysis_utils.own_study.exports.documents`: the lines of a file, by its content
- :mod:`~analysis_utils.own_study.exports.reading`: which kind of export a file is
- ``nexis``, ``factiva``, ``proquest``: a reader an archive
- ``collections``: articles under one another, with fields or lines of signs between them
- ``web``: articles in one HTML page; ``live``: the entries of a live blog
- ``parts``: what the readers share
"""
