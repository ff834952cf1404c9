"""Tests generated from the diagram: extreme conditions, directions told by the signs, reference modes.

Forrester & Senge (1980), Tests for building confidence in system dynamics models, TIMS Studies in the
Management Sciences 14:209-228; Barlas (1996), Formal aspects of model validity and validation in system
dynamics, System Dynamics Review 12(3):183-210.
"""
