"""A partner's journey: where it is, what is missing, what follows from here, and what its ratings tell us.

What people say of a box on a day is a rating: a word that covers a range of levels. The latest ratings make
a *standing*. From a standing the diagram tells the first gap upstream of an outcome, and the model runs on
from there: its versions start where the partner is. What was expected is kept, to be held against what is
said later. And ratings are observations: some versions of our assumptions can have led to them, others not.
Counted over all partners, they are how far a programme has come, also in a form that tells of no one of them.
"""
