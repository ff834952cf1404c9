"""Backcasting: from what success looks like back to the cheapest plan that reaches it under most assumptions.

A *target* is a level of one variable by a month, and still there some months later. A *plan* gives each of
some levers one spell of full effort. Its *chance* is the share of worlds in which the target holds. The
search looks for plans of which no other is both cheaper and surer, and measures them on worlds that it has
not seen.
"""
