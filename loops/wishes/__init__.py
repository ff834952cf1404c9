"""From what a room says to a shopping list that runs: what is alike, what the model has, what is missing.

>>> from loops.wishes.alike import duplicates
>>> duplicates(["Bike racks", "Walking group", "racks for bikes", "Running group"])
((0, 2),)
"""
