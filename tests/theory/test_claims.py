"""Claims: what a file of them may hold, what is run for each, and one message for any file that is wrong."""

from __future__ import annotations

import json
import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_bad_files import GOOD, SCENARIO

from loops import files, library
from loops.complaints import BadFile
from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.shape import schema
from loops.theory.claims import Case, Claims, Outcome, claims_of, parse_claims, read_claims

MODEL = parse_model(GOOD.encode(), "good.toml")
SCENARIOS = {
    "train": parse_scenario(SCENARIO.encode(), "train.toml", MODEL),
    "nothing_new": Scenario(id="nothing_new", model="surgery", title="If nothing new is done"),
}
CLAIMS = """\
format = 1
model = "surgery"

[claim.training_informs]
sentence = "Training informs."
for_whom = "Nurses."
context = "A full week."
resource = "A session."
reasoning = "Now I know."
outcome = { variable = "insight", month = 12, direction = "more", at_least = 0.05 }
run = { scenario = "train", context = { pressure = 0.9 } }
against = { scenario = "train", without = ["training"], cut = [["training", "*"]] }
path = ["training", "insight"]
passage = "so it says"
locator = "page 1"
cited = "paper"
version = 2
changed = "Month 12 instead of 6, because training ends then."

[claim.doubt]
sentence = "It helps a little."
for_whom = "Anybody."
context = "Always."
resource = "Nothing."
reasoning = "It does."
outcome = { variable = "value", month = 24, direction = "more" }
run = { scenario = "nothing_new", lever = { training = [{ month = 0, level = 0.5 }] } }
loop = "doubt"
"""

# what is wrong, what stands in the good file, what stands there instead, and what the message must say
BAD = [
    ("another model", 'model = "surgery"', 'model = "hospital"', ["model: ", "'hospital'", "'surgery'"]),
    ("another format", "format = 1", "format = 3", ["format"]),
    ("no claim", CLAIMS[CLAIMS.index("[claim.t") :], "", ["claim", "missing"]),
    (
        "claims as a list",
        "[claim.training_informs]",
        "[[claim]]",
        ["claim: give each one a table of its own"],
    ),
    ("an unknown key", "changed =", "chnaged =", ["[claim.training_informs] chnaged", "'changed'"]),
    ("no sentence", 'sentence = "Training informs."\n', "", ["[claim.training_informs] sentence", "missing"]),
    ("a blank sentence", '"Training informs."', '" "', ["[claim.training_informs] sentence", "is blank"]),
    ("too long a sentence", "Training informs.", "x" * 201, ["sentence", "200"]),
    ("too long a reasoning", "Now I know.", "x" * 601, ["[claim.training_informs] reasoning", "600"]),
    ("a bad id", "[claim.doubt]", "[claim.Doubt]", ["Doubt", "small letters"]),
    ("an id inside", 'sentence = "It helps', 'id = "a"\nsentence = "It helps', ["'doubt' has a key 'id'"]),
    ("no such variable", '"insight", month', '"insigt", month', ["informs] outcome, variable", "'insight'"]),
    ("a lever as outcome", '"insight", month', '"training", month', ["informs] outcome, variable"]),
    ("half a month", "month = 12", "month = 1.5", ["outcome, month", "whole number"]),
    ("month 0", "month = 12", "month = 0", ["outcome, month", "at least 1"]),
    ("a month beyond all", "month = 12", "month = 1201", ["outcome, month", "at most 1200"]),
    ("another direction", '"more", at', '"up", at', ["outcome, direction", "'more' or 'less'"]),
    ("no margin", "at_least = 0.05", "at_least = 0", ["outcome, at_least", "more than 0"]),
    ("too large a margin", "at_least = 0.05", "at_least = 1.5", ["outcome, at_least", "at most 1"]),
    ("two bounds", "at_least = 0.05", "at_least = 0.05, at_most = 0.1", ["at_least or at_most, not both"]),
    ("less than nothing", 'direction = "more" }', 'direction = "less" }', ["[claim.doubt]", "'against'"]),
    ("no such scenario", '"train", context', '"trian", context', ["informs] run", "'train'"]),
    ("no such lever", '["training"]', '["trainin"]', ["informs] against: without", "'training'"]),
    ("no such cut", '["training", "*"]', '["value", "value"]', ["against: its cut: no link value -> value"]),
    ("no such context", "pressure = 0.9", "presure = 0.9", ["informs] run: context.presure", "'pressure'"]),
    (
        "too high a context",
        "pressure = 0.9",
        "pressure = 9",
        ["informs] run, context, pressure", "at most 1"],
    ),
    ("a level for text", "level = 0.5", 'level = "half"', ["[claim.doubt] run, lever, training", "a number"]),
    ("an unknown key in a run", "without =", "witout =", ["informs] against, witout", "'without'"]),
    (
        "the same run twice",
        'against = { scenario = "train", without = ["training"], cut = [["training", "*"]] }',
        'against = { scenario = "train", context = { pressure = 0.9 } }',
        ["[claim.training_informs] against: this is the run itself"],
    ),
    ("no such loop", 'loop = "doubt"', 'loop = "douby"', ["[claim.doubt] loop", "'doubt'"]),
    ("a path of one box", 'loop = "doubt"', 'path = ["insight"]', ["[claim.", "at least two boxes"]),
    ("a loop and a path", 'loop = "doubt"', 'loop = "doubt"\npath = ["insight", "value"]', ["not both"]),
    ("a path off the links", '["training", "insight"]', '["training", "value"]', ["path: no link training"]),
    ("text for a path", '["training", "insight"]', '"training"', ["informs] path", "list"]),
    ("no such source", 'cited = "paper"', 'cited = "papre"', ["informs] cited", "'paper'"]),
    ("a passage from nowhere", 'locator = "page 1"\n', "", ["[claim.training_informs]", "locator"]),
    (
        "changed for no reason",
        'changed = "Month 12 instead of 6, because training ends then."',
        "",
        ["'changed'"],
    ),
    ("version 0", "version = 2", "version = 0", ["version", "at least 1"]),
    ("true for a version", "version = 2", "version = true", ["version", "whole number"]),
    ("a model for claims", CLAIMS, GOOD, ["this is a model, not a file of claims"]),
]


def read(text: str):
    return parse_claims(text.encode(), "bad.toml", MODEL, SCENARIOS)


def test_the_good_one_is_good():
    informs, doubt = read(CLAIMS)
    assert (informs.id, informs.version, doubt.version) == ("training_informs", 2, 1)
    assert informs.links(MODEL) == (("training", "insight"),)
    assert doubt.links(MODEL) == (("insight", "value"), ("value", "insight"))
    assert doubt.outcome.at_least == 0.005
    assert doubt.against is None


@pytest.mark.parametrize(("before", "after", "says"), [case[1:] for case in BAD], ids=[c[0] for c in BAD])
def test_a_bad_file_gives_one_message(before, after, says):
    assert before in CLAIMS
    with pytest.raises(BadFile) as caught:
        read(CLAIMS.replace(before, after, 1))
    message = str(caught.value)
    assert message.startswith("bad.toml: ")
    assert "\n" not in message
    assert "pydantic" not in message
    for part in says:
        assert part in message, message


def test_too_many_claims():
    one = CLAIMS[CLAIMS.index("[claim.doubt]") :]
    many = "".join(one.replace("doubt]", f"c{number}]", 1) for number in range(101))
    with pytest.raises(BadFile, match="claim: is too long: at most 100"):
        read(CLAIMS.split("[claim", maxsplit=1)[0] + many)


def complaint(text: str) -> str:
    """What is said about a file, empty when it is read as claims; any other error goes on up."""
    try:
        read(text)
    except BadFile as error:
        return str(error)
    return ""


@given(st.integers(0, len(CLAIMS)), st.integers(0, 40), st.text(max_size=12))
def test_any_damage_gives_claims_or_one_message(place, length, instead):
    says = complaint(CLAIMS[:place] + instead + CLAIMS[place + length :])
    assert not says or says.startswith("bad.toml: ")
    assert "\n" not in says


def test_a_case_is_a_scenario_with_some_of_it_changed():
    run = read(CLAIMS)[0].run.of(MODEL, SCENARIOS)
    assert run.levers == SCENARIOS["train"].levers
    assert run.schedule("pressure").always == 0.9
    without = read(CLAIMS)[0].against.of(MODEL, SCENARIOS)
    assert without.levers == ()
    assert [(change.source, change.target, change.cut) for change in without.links] == [
        ("insight", "value", None),
        ("training", "insight", True),
    ]


def test_a_case_that_changes_nothing_is_the_scenario_itself():
    """So that claims about one scenario share its runs."""
    assert Case(scenario="train").of(MODEL, SCENARIOS) == SCENARIOS["train"]


def test_a_case_in_words():
    informs, doubt = read(CLAIMS)
    assert informs.against.words() == "train without training with training -> anything cut"
    assert doubt.run.words() == "nothing_new with training set"
    many = Case.model_validate({"scenario": "s", "lever": dict.fromkeys("abcde", 0.5)})
    assert many.words() == "s with a, b, c and 2 more set"


DIFFERENCES = np.array([-0.06, -0.05, -0.01, 0.0, 0.01, 0.05, 0.06, np.nan])


@pytest.mark.parametrize(
    ("direction", "bound", "holds"),
    [
        ("more", {"at_least": 0.05}, [0, 0, 0, 0, 0, 1, 1, 0]),
        ("less", {"at_least": 0.05}, [1, 1, 0, 0, 0, 0, 0, 0]),
        ("more", {"at_most": 0.05}, [1, 1, 1, 1, 1, 1, 0, 0]),
        ("less", {"at_most": 0.05}, [0, 1, 1, 1, 1, 1, 1, 0]),
        ("more", {}, [0, 0, 0, 0, 1, 1, 1, 0]),
    ],
)
def test_where_an_outcome_holds(direction, bound, holds):
    outcome = Outcome(variable="value", month=12, direction=direction, **bound)
    assert outcome.holds(DIFFERENCES).tolist() == [bool(each) for each in holds]
    assert outcome.holds(DIFFERENCES.astype(np.float32)[None]).shape == (1, DIFFERENCES.size)


def test_the_bound_in_words():
    assert Outcome(variable="v", month=1, direction="more").bound() == "more by at least 0.005"
    assert Outcome(variable="v", month=1, direction="less", at_most=0.1).bound() == "less by at most 0.1"


def test_the_claims_beside_the_shipped_scenarios_are_no_scenario(common_purpose, scenarios):
    folder = library.scenario_folder(common_purpose)
    assert (folder / files.CLAIMS).is_file()
    assert "claims" not in {path.stem for path in files.scenario_files(folder)}
    assert set(scenarios) == {path.stem for path in files.scenario_files(folder)}


def test_claims_are_taken_for_claims_wherever_they_are_opened(tmp_path):
    with pytest.raises(BadFile, match="this is a file of claims, not a scenario"):
        parse_scenario(CLAIMS.encode(), "claims.toml", MODEL)
    with pytest.raises(BadFile, match="this is a file of claims, not a model"):
        parse_model(CLAIMS.encode(), "claims.toml")
    with pytest.raises(BadFile, match="kept for claims"):
        files.save_new(tmp_path, Scenario(id="claims", model="surgery", title="Claims"))
    assert not list(tmp_path.iterdir())


def test_the_shipped_claims_are_complete_and_say_where_they_come_from(common_purpose, scenarios):
    shipped = claims_of(common_purpose, scenarios)
    sourced = [claim for claim in shipped if claim.passage]
    assert len(sourced) >= 15
    assert all(claim.cited == "seed" and claim.locator for claim in sourced)
    assert max(claim.outcome.month for claim in shipped) <= 120


def test_a_model_without_a_folder_or_without_the_file_has_no_claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert claims_of(MODEL, SCENARIOS) == ()
    folder = tmp_path / "scenarios" / "surgery"
    folder.mkdir(parents=True)
    assert claims_of(MODEL, SCENARIOS) == ()
    (folder / "claims.toml").write_text(CLAIMS)
    assert [claim.id for claim in claims_of(MODEL, SCENARIOS)] == ["training_informs", "doubt"]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadFile, match="there is no such file"):
        read_claims(tmp_path / "none.toml", MODEL, SCENARIOS)


def test_the_schema_describes_the_shipped_claims(common_purpose):
    jsonschema = pytest.importorskip("jsonschema", reason="comes with streamlit")
    described = json.loads(json.dumps(schema(Claims)))
    jsonschema.Draft202012Validator.check_schema(described)
    path = library.scenario_folder(common_purpose) / files.CLAIMS
    for text in (path.read_text(), CLAIMS):
        jsonschema.validate(tomllib.loads(text), described)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(CLAIMS.replace("pressure = 0.9", 'pressure = "high"')), described)
