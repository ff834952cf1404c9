"""A model whose answers are known: only telling moves what is known, at .1 a month, and only up."""

from __future__ import annotations

MODEL_FILE = """\
format = 1
id = "clinic"
title = "A clinic"
horizon = 24

[variable.known]
label = "Known"
start = 0.0

[lever.tell]
label = "Tell them"

[[link]]
from = "tell"
to = "known"
polarity = "+"
strength = 0.1
evidence = "stated"
"""
SCENARIO_FILE = """\
format = 1
id = "tell_all"
model = "clinic"
title = "Tell all"

[lever]
tell = 1.0
"""
CLAIMS_FILE = """\
format = 1
model = "clinic"
"""
CLAIM = """
[claim.{name}]
sentence = "This is claimed."
for_whom = "Anybody."
context = "Always."
resource = "A word."
reasoning = "Now I know."
outcome = {{ variable = "known", month = 12, {outcome} }}
run = {{ scenario = "tell_all" }}
against = {{ scenario = "nothing_new" }}
"""
