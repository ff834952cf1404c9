"""The reporting checklist for realist evaluations (RAMESES II), and where a stress test speaks to each item.

Wong et al. 2016, BMC Medicine 14:96, doi 10.1186/s12916-016-0643-1, table 1; the items are in our own short
words. A stress test tries a theory on a model and is no evaluation: most of the list is for those who do one.
"""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """One item of the checklist, and the heading of the section that speaks to it, if one does."""

    number: int
    words: str
    section: str = ""


TEAM = "For the evaluation team to add."
CHECKLIST = (
    Item(1, "Title: says that this is a realist evaluation"),
    Item(2, "Summary: programme, setting, purpose, questions, methods, findings", "In short"),
    Item(3, "Why it is evaluated, and what that means for the design"),
    Item(4, "Programme theory at the outset", "What we think happens"),
    Item(5, "Questions and aims, and how theory set the focus", "What we think happens"),
    Item(6, "Ethical approval, or why none was needed"),
    Item(7, "Why the realist approach, and how it was adapted"),
    Item(8, "The surroundings in which the evaluation took place"),
    Item(9, "The programme, policy or service that is evaluated"),
    Item(10, "The design, and reasons for it", "How it was tried"),
    Item(11, "How data were collected"),
    Item(12, "How people were found and chosen"),
    Item(13, "How data were analysed, and theory refined", "How it was tried"),
    Item(14, "Who took part"),
    Item(15, "Main findings: what works, for whom, in what circumstances, and why", "Why, one by one"),
    Item(16, "Findings against the questions that were asked", "In short"),
    Item(17, "Strengths, limits and what to do next", "What this cannot say"),
    Item(18, "Compared with what others have found"),
    Item(19, "Conclusions and recommendations"),
    Item(20, "Funding and interests"),
)
