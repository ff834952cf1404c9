"""A story as slides to edit: every box, arrow, ring and chart is a native shape of the file.

From the top down: `story` makes the deck, of the slides in `key`, `comparison` and `heard`; `stage` puts a
diagram on a slide; `blank`, `slides`, `freeform` and `linechart` know the file format.
"""

from loops.draw.deck.story import deck

__all__ = ["deck"]
