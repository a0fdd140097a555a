"""The kit for a write-up, made with every report: what can go into a paper as it is.

``findings.docx`` and ``.md`` tell the findings with their sentences and the figures with their
captions; ``methods.md`` and ``references.bib`` tell how it was measured; ``table_*.tex`` and
``tables.docx`` are short tables; ``replication.zip`` is what somebody else needs to run it again.
"""

from analysis_utils.report.write_up.kept import write_kit

__all__ = ["write_kit"]
