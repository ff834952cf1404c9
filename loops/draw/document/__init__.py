"""What a room said, voted and decided, to read and to keep: a `record`, and its `report` as Word or Markdown.

People's names, and what they wrote, stay out of every document unless they are ticked.
"""

from loops.draw.document.record import Decided, Record, Said, Topic, Tried, Votes, ticked
from loops.draw.document.report import markdown, word

__all__ = ["Decided", "Record", "Said", "Topic", "Tried", "Votes", "markdown", "ticked", "word"]
