"""Diagrams drawn elsewhere: a file per format reads one into a draft, and a draft becomes a model."""
