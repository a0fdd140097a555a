"""A study of one's own, made from pages without an editor: :func:`new_study`.

- :mod:`~analysis_utils.own_study.building`: all of it in one, into a folder
- :mod:`~analysis_utils.own_study.intake`: pages, folders of pages, and whose they are
- :mod:`~analysis_utils.own_study.exports`: files of archives and collections, many articles in one
- :mod:`~analysis_utils.own_study.folders`, :mod:`~analysis_utils.own_study.outlet_names`: the files
  in a folder, and which names of outlets are alike
- :mod:`~analysis_utils.own_study.page`: what an article and its page are here
- :mod:`~analysis_utils.own_study.told`, :mod:`~analysis_utils.own_study.kept`: what was taken, and
  how much of it is kept
- :mod:`~analysis_utils.own_study.rows`: articles in the rows of a table
- :mod:`~analysis_utils.own_study.proposals`: whom the study could follow
- :mod:`~analysis_utils.own_study.names`, :mod:`~analysis_utils.own_study.merging`,
  :mod:`~analysis_utils.own_study.kinds`: the names in the articles, their forms and kinds
- :mod:`~analysis_utils.own_study.event`: title and days of the event
- :mod:`~analysis_utils.own_study.writing`: the study's file, with comments
"""
