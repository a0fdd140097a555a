"""How actors are portrayed: what they are called, and who does what to whom.

- ``tables``: how actors are portrayed: what they are called, what they are charged with, who does
  what
- ``figures``: the figure of portrayal: what each actor is called, by outlet
- ``words``: what the tables of portrayal say, as prose whose numbers are computed
- ``validation``: how far triples and labels agree with the hand codes
- ``schemas``: what every column of the theme's tables is, and what the kinds in them mean
- ``acts``: whom a noun phrase stands for: the actor itself, a body of it, or an act of it
- ``agency``: who does what to whom: triples of agent, verb and patient from the dependency parse
- ``blame``: who is made responsible for what: accused, blamed, charged, and by whom
- ``called``: what each actor is called: the names, titles and descriptions that tell something of
  it
- ``clauses``: clauses of a parsed sentence: who is the subject of a verb, written or understood
- ``coded``: triples and labels beside hand codes: what was found, missed and wrongly found
- ``naming``: what actors and their acts are called: names, titles, descriptions, predicates,
  charges
"""

from analysis_utils.themes.contract import opened

__getattr__, __dir__ = opened(__name__)
