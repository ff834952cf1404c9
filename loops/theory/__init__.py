"""Programme theory: what is claimed about a model, how far its assumptions bear it out, and where it breaks.

A claim is one sentence in realist form: for whom, in what circumstances, which resource changes whose
reasoning, and what comes of it.
"""
