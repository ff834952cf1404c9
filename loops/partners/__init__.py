"""What we know of a partner: its setting and roles, what people said of it and when, and what was done."""

from loops.partners.history import KINDS, Deed, History, Mark, Profile
from loops.partners.said import RANGES, SAID, UNKNOWN, Said

__all__ = ["KINDS", "RANGES", "SAID", "UNKNOWN", "Deed", "History", "Mark", "Profile", "Said"]
