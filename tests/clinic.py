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
CALM = """
[variable.calm]
label = "Calm"
start = 0.5
gain = 0.1
fade = 0.1

[context.noise]
label = "Noise"
level = 0.5

[[link]]
from = "known"
to = "calm"
polarity = "{sign}"
strength = 0.1
evidence = "stated"

[[link]]
from = "noise"
to = "known"
polarity = "-"
strength = 0.1
evidence = "stated"
"""
"""More of the model: noise takes from what is known, and what is known takes from calm, or adds to it."""
RIVALS_FILE = """\
format = 1
model = "clinic"

[[rival]]
id = "unheard"
title = "Nobody listens"
argument = "Telling changes nothing."
cut = [["tell", "known"]]

[[rival]]
id = "forgets"
title = "Telling <b>tires</b>"
opposite = [["tell", "known"]]

[[pattern]]
id = "rose"
sentence = "They <i>knew</i> more."
variable = "known"
until = 12
at_least = 0.6988
seen = "A survey"
run = { scenario = "tell_all" }

[[pattern]]
id = "stayed"
sentence = "Nothing moved before."
variable = "known"
until = 12
direction = "alike"
run = { scenario = "nothing_new" }
"""
