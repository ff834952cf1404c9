"""Where a system comes to rest, how firmly, and what it gives back of what is put in.

Each module is one question and most are named after the function that answers it, so names are imported from
the modules.
"""
