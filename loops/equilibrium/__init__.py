"""Where a system comes to rest, how firmly, and what it gives back of what is put in."""

from loops.equilibrium.afterwards import afterwards

__all__ = ["afterwards"]
