"""How well a maker and a guest fit, with reasons in both languages. Pure: no Django, no database, no clock.

``score(maker, guest)`` adds up documented points (see ``scoring``); the same facts give the same answer in
any order, and one more matching fact never lowers it. Nothing is learned: every point can be explained.
"""

from ekspora.engines.matching.model import Fair, Goods, Guest, Maker, Quantity, Reason, Score, Want
from ekspora.engines.matching.scoring import score
from ekspora.engines.matching.search import finds
from ekspora.engines.matching.words import called

__all__ = [
    "Fair",
    "Goods",
    "Guest",
    "Maker",
    "Quantity",
    "Reason",
    "Score",
    "Want",
    "called",
    "finds",
    "score",
]
