"""From the page of an article to its labelled lines: what is article and what is page.

Nothing is deleted.  Every raw line of the page keeps its number and text and
gets a kind, a reason in plain words, whether it is kept, and its clean text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis_utils.page_article import Label, Labels, find_body, label_body
from analysis_utils.page_head import find_headline, label_head
from analysis_utils.page_lines import PageLine, read_lines
from analysis_utils.page_metadata import cut_dateline, cut_tag, find_date, is_age, read_metadata
from analysis_utils.tables import KEPT_KINDS, Lines


def label_lines(page: str, article_id: str, patterns: Sequence = ()) -> pd.DataFrame:
    lines = read_lines(page)
    start, stop = find_body(lines)
    labels = label_body(lines, start, stop)
    headline = find_headline(lines, start)
    labels |= label_head(lines, headline, start)
    years=[d.day[:4] for l in lines if not l.blank and (d:=find_date(l.clean)) and d.has_year]
    rows=[]
    first_body=True
    for i,line in enumerate(lines):
        lab=labels.get(i)
        if line.blank: lab=Label('blank','')
        elif lab is None:
            lab=Label(line.cue.kind,line.cue.reason) if line.cue else Label('navigation' if i<start else 'related','outside')
        kept=lab.kind in KEPT_KINDS
        clean=line.clean if kept else ''
        if lab.kind=='body' and first_body:
            clean=cut_dateline(clean)[1]; first_body=False
        if lab.kind=='headline': clean=cut_tag(clean)[1]
        if lab.kind=='date':
            d=find_date(line.clean,int(years[0]) if years else None); clean=d.iso if d else ''
        rows.append(dict(article_id=article_id,line_no=i+1,text=line.text,ending=line.ending,kind=lab.kind,reason=lab.reason,kept=kept,clean=clean))
    return Lines.checked(rows)
