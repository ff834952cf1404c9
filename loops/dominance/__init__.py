"""Which feedback loops drive a run, and when: how strong each is, and how much of the change it explains.

Each module is one question and most are named after the function that answers it, so names are imported from
the modules.
"""
