"""Stories as they are told: `walk` finds the pictures, `scenes` adds the words; played, or taken away.

The `player` is what the browser gets, `offline` the same as one file, `stills` are the steps as PNG.
"""
