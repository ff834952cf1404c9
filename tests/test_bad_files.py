"""Whatever a file holds, it gives a result or one message: which file, which place, and how to mend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.files import MAX_BYTES, parse_model, parse_scenario, read_model, read_scenarios

GOOD = """\
format = 1
id = "surgery"
title = "One surgery"
core = ["value"]

[source.paper]
title = "A paper"

[variable.insight]
label = "Information"
start = 0.1
fade = 0.05

[variable.value]
label = "It helps"
start = 0.1
gain = 0.01

[lever.training]
label = "Train"
hours_us = 8

[context.pressure]
label = "Pressure"
level = 0.5

[[link]]
from = "insight"
to = "value"
polarity = "+"
strength = 0.1
delay = 3
threshold = 0.4
evidence = "stated"
passage = "so it says"
locator = "page 1"
cited = "paper"

[[link]]
from = "value"
to = "insight"
polarity = "-"
strength = 0.1

[[link]]
from = "training"
to = "insight"
polarity = "+"
strength = 0.1

[loop.doubt]
label = "B1"
name = "Doubt"
path = ["insight", "value"]

[reference_mode.quiet]
statement = "Nothing moves."
criterion = [
  { measure = "drift", run = { scenario = "nothing_new" }, month = 12, at_most = 0.5 },
]
"""

STORY = """
[[story]]
id = "first"
title = "How it begins"
question = "What would you try?"
step = [
  { title = "One", sentence = "It helps.", nodes = ["insight", "training"] },
  { title = "Two", sentence = "Then it is doubted.", loops = ["doubt"], scenario = "train", month = 12 },
]

[role.nurse]
label = "Nurse"
"""

SCENARIO = """\
format = 1
id = "train"
model = "surgery"
title = "Train"

[lever]
training = [{ month = 0, level = 1 }, { month = 12, level = 0, ramp = 3 }]

[context]
pressure = 0.9

[[link]]
from = "insight"
to = "value"
times = 0.5
"""


# what is wrong, what stands in the good file, what stands there instead, and what the message must say
BAD_MODELS = [
    (
        "no such node in a link",
        'from = "insight"\nto',
        'from = "insigt"\nto',
        ["insigt -> value", "from", "'insight'"],
    ),
    ("no such target", 'to = "value"', 'to = "valu"', ["insight -> valu", "Did you mean 'value'?"]),
    ("a lever as target", 'to = "value"', 'to = "training"', ["insight -> training", "not a variable"]),
    ("unknown key in a variable", "fade = 0.05", "fades = 0.05", ["[variable.insight] fades", "'fade'"]),
    ("unknown key in a link", "delay = 3", "dealy = 3", ["[[link]] insight -> value, dealy", "'delay'"]),
    ("unknown table", "[context.pressure]", "[contexts.pressure]", ["contexts", "'context'"]),
    ("unknown key at the top", "core =", "cores =", ["cores", "'core'"]),
    ("no start", "start = 0.1\nfade", "fade", ["[variable.insight] start", "missing"]),
    ("no label", 'label = "Train"\n', "", ["[lever.training] label", "missing"]),
    ("no strength", "strength = 0.1\ndelay", "delay", ["insight -> value, strength", "missing"]),
    ("no title", 'title = "One surgery"\n', "", ["title", "missing"]),
    (
        "no variable at all",
        GOOD[GOOD.index("[variable.insight]") : GOOD.index("[lever")],
        "",
        ["variable", "missing"],
    ),
    (
        "text for a number",
        "start = 0.1\nfade",
        'start = "low"\nfade',
        ["[variable.insight] start", "a number", "'low'"],
    ),
    ("true for a number", "fade = 0.05", "fade = true", ["[variable.insight] fade", "a number", "true"]),
    ("a number for text", 'label = "Train"', "label = 3", ["[lever.training] label", "text in quotes"]),
    (
        "a number for a table",
        "[context.pressure]\n",
        "[context]\npressure = 3\n[context.other]\n",
        ["[context.pressure]"],
    ),
    ("above one", "start = 0.1\nfade", "start = 1.5\nfade", ["[variable.insight] start", "1.5", "1"]),
    ("below nothing", "gain = 0.01", "gain = -0.01", ["[variable.value] gain", "-0.01", "0"]),
    ("too strong", "strength = 0.1\ndelay", "strength = 2.5\ndelay", ["insight -> value, strength", "2"]),
    ("not finite", "fade = 0.05", "fade = inf", ["[variable.insight] fade", "ordinary number"]),
    ("not a number", "fade = 0.05", "fade = nan", ["[variable.insight] fade"]),
    ("a tiny delay", "delay = 3", "delay = 0.1", ["insight -> value", "between 0.5 and 240"]),
    ("a huge delay", "delay = 3", "delay = 1e9", ["insight -> value", "between 0.5 and 240"]),
    (
        "a threshold of one",
        "threshold = 0.4",
        "threshold = 1.0",
        ["insight -> value, threshold", "at most 0.99"],
    ),
    ("a steepness of nine", "threshold = 0.4", "threshold = 0.4\nsteepness = 9", ["steepness", "8"]),
    (
        "half a steepness",
        "threshold = 0.4",
        "threshold = 0.4\nsteepness = 2.5",
        ["steepness", "whole number"],
    ),
    (
        "another sign",
        'polarity = "+"\nstrength = 0.1\ndelay',
        'polarity = "++"\nstrength = 0.1\ndelay',
        ["polarity", "'+'"],
    ),
    ("another grade", 'evidence = "stated"', 'evidence = "certain"', ["evidence", "'stated'"]),
    ("an unknown source", 'cited = "paper"', 'cited = "papers"', ["insight -> value", "cited", "'paper'"]),
    (
        "two signs for one arrow",
        '[[link]]\nfrom = "training"',
        '[[link]]\nfrom = "value"\nto = "insight"\npolarity = "+"\nstrength = 0.1\n\n'
        '[[link]]\nfrom = "training"',
        ["value -> insight", "one arrow says +"],
    ),
    ("a bad id", "[variable.insight]", "[variable.Insight-1]", ["Insight-1", "small letters"]),
    (
        "an id inside a keyed table",
        "start = 0.1\nfade",
        'id = "x"\nstart = 0.1\nfade',
        ["'insight' has a key 'id'", "take the key out"],
    ),
    ("one id for two nodes", "[lever.training]", "[lever.value]", ["two nodes are called 'value'"]),
    (
        "nodes as [[variable]]",
        "[variable.insight]\n",
        '[[variable]]\nid = "insight"\n',
        ["variable", "a table of its own"],
    ),
    (
        "every node as [[context]]",
        "[context.pressure]",
        '[[context]]\nid = "pressure"',
        ["context", "a table of its own"],
    ),
    ("a core node that is not there", 'core = ["value"]', 'core = ["values"]', ["core", "'value'"]),
    ("a loop with the wrong letter", 'label = "B1"', 'label = "R1"', ["loop doubt", "label", "'R1'", "B1"]),
    ("a label that is no label", 'label = "B1"', 'label = "Q1"', ["[loop.doubt] label", "R or B"]),
    ("a loop that does not close", '["insight", "value"]', '["insight"]', ["loop doubt", "does not close"]),
    (
        "a loop through a lever",
        '["insight", "value"]',
        '["training", "insight"]',
        ["loop doubt", "no variable 'training'"],
    ),
    (
        "a loop that passes twice",
        '["insight", "value"]',
        '["insight", "value", "insight", "value"]',
        ["passed twice"],
    ),
    ("an empty loop", '["insight", "value"]', "[]", ["[loop.doubt] path", "at least one"]),
    ("a criterion without a bound", ", at_most = 0.5", "", ["quiet", "exactly one of at_least and at_most"]),
    ("an unknown measure", '"drift"', '"wobble"', ["measure", "'drift'"]),
    ("a criterion on no variable", "month = 12", 'variables = ["valeu"], month = 12', ["quiet", "'value'"]),
    ("another format", "format = 1", "format = 2", ["format", "1"]),
    ("endless hours", "hours_us = 8", "hours_us = 1e308", ["[lever.training] hours_us", "at most 10000"]),
    (
        "a box beyond the page",
        "fade = 0.05",
        "fade = 0.05\nposition = [1e308, 0]",
        ["position", "at most 100000"],
    ),
    ("a blank label", 'label = "Train"', 'label = "   "', ["[lever.training] label", "is blank"]),
    ("a key of many parts", "format = 1", "a" + ".a" * 200 + " = 1", ["too many dots"]),
    ("a line break in a name", 'from = "training"', 'from = "train\\ning"', ["names here are small letters"]),
    ("true for a format", "format = 1", "format = true", ["format", "whole number"]),
    ("a scenario for a model", GOOD, SCENARIO, ["this is a scenario, not a model"]),
    ("a key twice", "start = 0.1\nfade", "start = 0.1\nstart = 0.2\nfade", ["line", "only once"]),
    ("a table twice", "[lever.training]", "[variable.insight]\nlabel = 'again'\n[lever.training]", ["line"]),
    ("an open quote", 'title = "One surgery"', 'title = "One surgery', ["line 3"]),
    ("an open bracket", 'core = ["value"]', 'core = ["value"', ["line"]),
    ("no value", "fade = 0.05", "fade =", ["line 12"]),
    ("a date for a number", "fade = 0.05", "fade = 2026-01-01", ["fade", "a number"]),
    ("a list for text", 'title = "One surgery"', 'title = ["a"]', ["title", "text in quotes", "a list"]),
    (
        "half a position",
        "start = 0.1\nfade",
        "position = [1]\nstart = 0.1\nfade",
        ["[variable.insight] position"],
    ),
    ("too long a label", 'label = "Train"', f'label = "{"x" * 201}"', ["[lever.training] label", "200"]),
    ("an empty label", 'label = "Train"', 'label = ""', ["[lever.training] label", "empty"]),
    ("too many digits", "fade = 0.05", "fade = " + "9" * 5_000, []),
    ("a number too large to hold", "fade = 0.05", "fade = " + "9" * 400, ["fade"]),
]

# the same for the story and the role that follow the good file
BAD_STORIES = [
    ("no such node", '["insight",', '["insigt",', ["story first: step 1: nodes", "'insight'"]),
    ("no such loop", '["doubt"]', '["doubts"]', ["story first: step 2: loops", "named loop", "'doubt'"]),
    (
        "a scenario without a month",
        ", month = 12",
        "",
        ["[[story]] first, step, number 2", "a month together"],
    ),
    (
        "a month without a scenario",
        'scenario = "train", ',
        "",
        ["first, step, number 2", "a scenario and a month"],
    ),
    (
        "half a month",
        "month = 12 }",
        "month = 1.5 }",
        ["first, step, number 2, month", "whole number", "1.5"],
    ),
    (
        "a month before nothing",
        "month = 12 }",
        "month = -1 }",
        ["first, step, number 2, month", "at least 0"],
    ),
    ("a month beyond all", "month = 12 }", "month = 1201 }", ["step, number 2, month", "at most 1200"]),
    ("no sentence", 'sentence = "It helps.", ', "", ["first, step, number 1, sentence", "missing"]),
    ("too long a sentence", "It helps.", "x" * 201, ["first, step, number 1, sentence", "200"]),
    ("a blank title", 'title = "How it begins"', 'title = " "', ["[[story]] first, title", "is blank"]),
    ("no question", 'question = "What would you try?"\n', "", ["[[story]] first, question", "missing"]),
    ("an unknown key in a step", "loops = [", "loop = [", ["first, step, number 2, loop", "'loops'"]),
    (
        "an unknown key in a story",
        "question =",
        "questions = []\nquestion =",
        ["first, questions", "'question'"],
    ),
    ("no step", STORY[STORY.index("step") : STORY.index("[role")], "", ["[[story]] first, step", "missing"]),
    ("text for steps", STORY[STORY.index("[\n") : STORY.index("[role")], '"One"\n', ["first, step", "list"]),
    (
        "a keyed story",
        '[[story]]\nid = "first"',
        "[story.first]",
        ["bad.toml: story: give each one", "[[story]]"],
    ),
    (
        "one id for two stories",
        "[role.nurse]",
        STORY[: STORY.index("[role")] + "[role.nurse]",
        ["two stories have the id 'first'"],
    ),
    ("a role without a label", 'label = "Nurse"', "", ["[role.nurse] label", "missing"]),
    ("a role as [[role]]", "[role.nurse]", '[[role]]\nid = "nurse"', ["role", "a table of its own"]),
    ("a bad id of a role", "[role.nurse]", "[role.Nurse]", ["Nurse", "small letters"]),
]

BAD_SCENARIOS = [
    ("for another model", 'model = "surgery"', 'model = "hospital"', ["'hospital'", "'surgery'"]),
    ("no such lever", "training =", "trainin =", ["lever.trainin", "'training'"]),
    ("no such context", "pressure =", "presure =", ["context.presure", "'pressure'"]),
    ("a context under levers", "[context]\npressure", "pressure", ["lever.pressure"]),
    ("no such link", 'to = "value"', 'to = "insight"', ["insight -> insight", "Did you mean"]),
    ("months out of order", "month = 12", "month = 0", ["month 0 comes after month 0", "in order"]),
    (
        "a ramp that overlaps",
        "level = 1 }",
        "level = 1, ramp = 20 }",
        ["ramp from month 0", "12 months or less"],
    ),
    ("a level above one", "level = 1 }", "level = 1.2 }", ["[lever.training]", "level", "1.2"]),
    ("a month before nothing", "month = 0", "month = -1", ["month", "-1"]),
    ("an unknown key in a change", "ramp = 3", "rmap = 3", ["rmap", "'ramp'"]),
    (
        "an empty schedule",
        "training = [{ month = 0, level = 1 }, { month = 12, level = 0, ramp = 3 }]",
        "training = []",
        ["training", "list of changes"],
    ),
    ("text for a schedule", "pressure = 0.9", 'pressure = "high"', ["pressure", "'high'"]),
    ("true for a schedule", "pressure = 0.9", "pressure = true", ["pressure", "true"]),
    (
        "a table for a schedule",
        "pressure = 0.9",
        "pressure = { month = 0, level = 1 }",
        ["pressure", "a table"],
    ),
    (
        "two changes to a link at once",
        "times = 0.5",
        "times = 0.5\ncut = true",
        ["insight -> value", "exactly one"],
    ),
    ("no change to a link", "times = 0.5", "", ["insight -> value", "exactly one"]),
    ("a link made too strong", "times = 0.5", "times = 50", ["insight -> value", "2 per month"]),
    ("an uncut link", "times = 0.5", "cut = false", ["insight -> value", "leave the whole change out"]),
    ("a number for cut", "times = 0.5", "cut = 1", ["insight -> value", "true or false"]),
    ("a tiny ramp", "ramp = 3", "ramp = 0.001", ["ramp is 0.001", "at least 0.01"]),
    (
        "one link changed twice",
        "times = 0.5",
        'times = 0.5\n[[link]]\nfrom = "insight"\nto = "value"\ncut = true',
        ["insight -> value", "changed twice"],
    ),
    ("no title", 'title = "Train"\n', "", ["title", "missing"]),
    ("an unknown table", "[context]", "[circumstance]", ["circumstance", "no such key", "context"]),
]


def test_the_good_ones_are_good():
    model = parse_model((GOOD + STORY).encode(), "good.toml")
    assert parse_scenario(SCENARIO.encode(), "train.toml", model).id == "train"
    assert [story.id for story in model.stories] == ["first"]
    assert [role.label for role in model.roles] == ["Nurse"]


@pytest.mark.parametrize(
    ("before", "after", "says"), [case[1:] for case in BAD_MODELS], ids=[c[0] for c in BAD_MODELS]
)
def test_a_bad_model_gives_one_message(before, after, says):
    assert GOOD.count(before) >= 1
    with pytest.raises(BadFile) as caught:
        parse_model(GOOD.replace(before, after, 1).encode(), "bad.toml")
    check(str(caught.value), says)


@pytest.mark.parametrize(
    ("before", "after", "says"), [case[1:] for case in BAD_STORIES], ids=[c[0] for c in BAD_STORIES]
)
def test_a_bad_story_or_role_gives_one_message(before, after, says):
    assert before in STORY
    with pytest.raises(BadFile) as caught:
        parse_model((GOOD + STORY.replace(before, after, 1)).encode(), "bad.toml")
    check(str(caught.value), says)


@pytest.mark.parametrize(
    ("before", "after", "says"), [case[1:] for case in BAD_SCENARIOS], ids=[c[0] for c in BAD_SCENARIOS]
)
def test_a_bad_scenario_gives_one_message(before, after, says):
    model = parse_model(GOOD.encode(), "good.toml")
    assert SCENARIO.count(before) >= 1
    with pytest.raises(BadFile) as caught:
        parse_scenario(SCENARIO.replace(before, after, 1).encode(), "bad.toml", model)
    check(str(caught.value), says)


def check(message: str, says: list[str]) -> None:
    assert message.startswith("bad.toml: ")
    assert "\n" not in message
    assert "pydantic" not in message
    for part in says:
        assert part in message, message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a = 1\n" + b"\x80", "line 2"),
        (b"\x00" * 10, "not valid TOML"),
        (b"[" * 100_000, "bad.toml"),
        (b"a = " + b"[" * 20_000, "bad.toml"),
        (b"a = " + b"{a=" * 20_000, "bad.toml"),
        (b"PK\x03\x04 a zip", "bad.toml"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"x" * MAX_BYTES, "not valid TOML"),  # hours, if every letter were the beginning of a key
        (b"a." * 99 + b"a\n" * 24_000, "not valid TOML"),
        (b"a = 1\n" + b"a . " * 100 + b"a = 1", "too many dots"),
        (b'{"variables": []}', "not valid TOML"),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else "",
)
def test_what_is_no_model_at_all(data, says):
    with pytest.raises(BadFile, match=r"^bad\.toml: ") as caught:
        parse_model(data, "bad.toml")
    assert says in str(caught.value)


def test_more_than_one_problem_says_how_many():
    with pytest.raises(BadFile, match="and 1 more in this file"):
        parse_model(GOOD.replace("fade", "fades").replace("gain", "gains").encode(), "bad.toml")


def test_too_many_nodes_and_links():
    head, tail = GOOD.split("[[link]]", 1)
    many = "".join(f'[variable.v{i}]\nlabel = "v"\nstart = 0.1\n' for i in range(500))
    with pytest.raises(BadFile, match="at most 500"):
        parse_model((head + many + "[[link]]" + tail).encode(), "big.toml")
    links = '[[link]]\nfrom = "value"\nto = "value"\npolarity = "+"\nstrength = 0.1\n' * 5_001
    with pytest.raises(BadFile, match=r"5,?000"):
        parse_model((head + links + "[[link]]" + tail).encode(), "big.toml")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(BadFile, match="there is no such file"):
        read_model(tmp_path / "none.toml")
    with pytest.raises(BadFile, match="folder"):
        read_model(tmp_path)


def test_two_scenarios_of_one_name(tmp_path):
    model = parse_model(GOOD.encode(), "good.toml")
    (tmp_path / "a.toml").write_text(SCENARIO)
    (tmp_path / "b.toml").write_text(SCENARIO)
    with pytest.raises(BadFile, match=r"b\.toml: id: .*already called 'train'"):
        read_scenarios(tmp_path, model)


def complaint(data: bytes) -> BadFile | None:
    """What is said about a file, None when it is read as a model; any other error goes on up."""
    try:
        parse_model(data, "bad.toml")
    except BadFile as error:
        return error
    return None


@given(st.integers(0, len(GOOD + STORY)), st.integers(0, 40), st.text(max_size=12))
def test_any_damage_gives_a_model_or_one_message(place, length, instead):
    whole = GOOD + STORY
    damaged = whole[:place] + instead + whole[place + length :]
    error = complaint(damaged.encode())
    if error is not None:
        assert str(error).startswith("bad.toml: ")
        assert "\n" not in str(error)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_message(data):
    with pytest.raises(BadFile, match=r"^bad\.toml: "):
        parse_model(data, "bad.toml")


def test_of_the_only_variable_what_is_wrong_is_said_and_not_that_there_is_none():
    with pytest.raises(BadFile) as found:
        parse_model(b'id = "a"\ntitle = "A"\n[variable.x]\nlabel = "X"\nstart = 2.0\n', "a.toml")
    assert "start" in str(found.value)
    assert "more in this file" not in str(found.value)
    with pytest.raises(BadFile, match="variable"):
        parse_model(b'id = "a"\ntitle = "A"\n[variable]\n', "a.toml")
