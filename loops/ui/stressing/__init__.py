"""The parts of the page "Stress test": what we think happens, how sure it is, and where to look next."""
