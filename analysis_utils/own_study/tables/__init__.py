"""Articles in the rows of tables, whichever program wrote them.

- ``reading``: the rows of a file, by what is in it
- ``json_objects``: the same for JSON
- ``columns``: which column is what
- ``cells``: a cell as text
- ``days``: the dates of a column
"""
