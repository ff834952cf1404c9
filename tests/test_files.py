"""Reading and saving: nothing half-loaded, nothing lost, and only the lines that changed are different."""

from __future__ import annotations

import difflib
import json
import os
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import models
from test_bad_files import GOOD, SCENARIO, STORY

from loops import files, library, merge
from loops.blocks import cut
from loops.complaints import BadFile
from loops.criteria import Criterion, ReferenceMode, Run
from loops.model import Correction, Link, Loop, Model, Role, Step, Story, Variable
from loops.parts import replace
from loops.scenario import Change, LinkChange, Scenario, Schedule
from loops.shape import as_file, schema

COMMENTED = GOOD.replace(
    '[[link]]\nfrom = "value"',
    '# Doubts come from what is seen.\n[[link]] # a brake\nfrom = "value" # from here',
    1,
)
COMMENTED = COMMENTED.replace("\n[loop.doubt]", "\n# ---- Loops ----\n\n[loop.doubt]")


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def saved(tmp_path: Path, text: str, change) -> str:
    path = tmp_path / "model.toml"
    path.write_bytes(text.encode())
    opened = files.open_model(path)
    files.save(opened, change(opened.part))
    return path.read_bytes().decode()


def test_unchanged_gives_the_same_bytes(tmp_path):
    shipped = library.shipped_models()["common_purpose"].read_text()
    for text in (
        shipped,
        COMMENTED,
        COMMENTED.replace("\n", "\r\n"),
        "\ufeff" + COMMENTED,
        COMMENTED.rstrip(),
    ):
        assert saved(tmp_path, text, lambda model: model) == text


def test_one_edit_changes_only_its_own_line(tmp_path):
    def stronger(model):
        return replace(model, links=[replace(model.links[0], strength=0.25), *model.links[1:]])

    after = saved(tmp_path, COMMENTED, stronger)
    assert changed_lines(COMMENTED, after) == ["- strength = 0.1", "+ strength = 0.25"]


def test_an_edit_keeps_the_comment_behind_it(tmp_path):
    text = GOOD.replace("fade = 0.05", "fade = 0.05  # we asked three practices")
    after = saved(
        tmp_path, text, lambda m: replace(m, variables=[replace(m.variables[0], fade=0.06), m.variables[1]])
    )
    assert changed_lines(text, after) == [
        "- fade = 0.05  # we asked three practices",
        "+ fade = 0.06  # we asked three practices",
    ]


def test_a_removed_table_takes_its_own_comments_and_no_others(tmp_path):
    after = saved(tmp_path, COMMENTED, lambda m: replace(m, links=[m.links[0], m.links[2]], loops=()))
    assert "Doubts" not in after
    assert "# ---- Loops ----" in after
    assert 'from = "training"' in after


def test_a_removed_last_link_leaves_the_next_heading(tmp_path):
    after = saved(tmp_path, COMMENTED, lambda m: replace(m, links=m.links[:2]))
    assert "# ---- Loops ----\n\n[loop.doubt]" in after
    assert "training" not in after[after.index("[[link]]") :]


def test_what_is_added_stands_behind_the_last_of_its_kind(tmp_path):
    def more(model):
        return replace(
            model,
            variables=[*model.variables, Variable(id="trust", label="Trust", start=0.2)],
            links=[*model.links, Link(source="insight", target="trust", polarity="+", strength=0.3)],
            corrections=[Correction(date="March", who="the authors", says="reverse it")],
        )

    after = saved(tmp_path, COMMENTED, more)
    assert all(line.startswith("+") for line in changed_lines(COMMENTED, after))
    assert after.index("[variable.value]") < after.index("[variable.trust]") < after.index("[lever.training]")
    assert after.index('to = "trust"') < after.index("# ---- Loops ----")
    assert "default" not in after
    assert "steepness" not in after.split('to = "trust"')[1].split("[loop")[0]


def test_comments_stay_with_their_owners_in_another_order(tmp_path):
    def turned(model):
        new = Link(source="training", target="value", polarity="+", strength=0.05)
        return replace(
            model,
            links=[new, model.links[2], model.links[1], model.links[0]],
            variables=tuple(reversed(model.variables)),
        )

    text = COMMENTED.replace("[variable.value]", "# what they care about\n[variable.value]")
    after = saved(tmp_path, text, turned)
    assert '# Doubts come from what is seen.\n[[link]] # a brake\nfrom = "value" # from here' in after
    assert after.index('to = "value"') < after.index("# Doubts") < after.index('from = "insight"')
    assert "# ---- Loops ----\n\n[loop.doubt]" in after
    assert after.index("# what they care about\n[variable.value]") < after.index("[variable.insight]")


def test_comments_stay_with_the_months_of_a_schedule(tmp_path):
    model = files.parse_model(GOOD.encode(), "good")
    text = SCENARIO.replace(
        "training = [{ month = 0, level = 1 }, { month = 12, level = 0, ramp = 3 }]",
        "training = [\n  { month = 0, level = 1 }, # start\n  { month = 12, level = 0, ramp = 3 }, # stop\n]",
    )
    path = tmp_path / "train.toml"
    path.write_text(text)
    opened = files.open_scenario(path, model)
    plan = opened.part.levers[0]
    later = replace(plan, changes=[plan.changes[1], Change(month=24.0, level=0.5)])
    files.save(opened, replace(opened.part, levers=[later]))
    assert "# stop" in path.read_text()
    assert "{ month = 12, level = 0, ramp = 3 }" in path.read_text()
    assert "# start" not in path.read_text()
    assert files.read_scenario(path, model).levers == (later,)


def test_a_criterion_on_a_line_of_its_own_keeps_its_comment(tmp_path):
    line = '{ measure = "drift", run = { scenario = "nothing_new" }, month = 12, at_most = 0.5 }'
    text = GOOD.replace(f"  {line},\n", f"  {line}, # quiet\n  {line.replace('12', '24')} # last, no comma\n")

    def more(model):
        mode = model.reference_modes[0]
        third = replace(mode.criteria[0], month=36)
        return replace(model, reference_modes=[replace(mode, criteria=[*mode.criteria, third])])

    after = saved(tmp_path, text, more)
    assert [line for line in changed_lines(text, after) if line[0] == "-"] == [
        f"-   {line.replace('12', '24')} # last, no comma"
    ]
    assert "# last, no comma" in after
    assert "# quiet" in after


def test_links_are_found_by_their_ends(tmp_path):
    """Two arrows may join one pair; a change to the second leaves the first alone."""
    text = GOOD.replace(
        "[loop.doubt]",
        '[[link]]\nfrom = "insight"\nto = "value"\npolarity = "-"\nstrength = 0.02\n\n[loop.doubt]',
    )
    text = text.replace('label = "B1"\n', "")

    def second(model):
        return replace(model, links=[*model.links[:3], replace(model.links[3], strength=0.03)])

    assert changed_lines(text, saved(tmp_path, text, second)) == ["- strength = 0.02", "+ strength = 0.03"]


def test_a_scenario_keeps_its_layout(tmp_path):
    model = files.parse_model(GOOD.encode(), "good")
    path = tmp_path / "train.toml"
    path.write_text(SCENARIO)
    opened = files.open_scenario(path, model)
    plan = opened.part.levers[0]
    sooner = replace(plan, changes=[plan.changes[0], replace(plan.changes[1], month=6.0)])
    changed = replace(
        opened.part, levers=[sooner], links=[LinkChange(source="insight", target="value", cut=True)]
    )
    files.save(opened, changed)
    assert files.read_scenario(path, model) == changed
    lines = changed_lines(SCENARIO, path.read_text())
    assert lines == [
        "- training = [{ month = 0, level = 1 }, { month = 12, level = 0, ramp = 3 }]",
        "+ training = [{ month = 0, level = 1 }, { month = 6.0, level = 0, ramp = 3 }]",
        "- times = 0.5",
        "+ cut = true",
    ]


def test_saving_refuses_what_somebody_changed_meanwhile(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(GOOD)
    mine, theirs = files.open_model(path), files.open_model(path)
    files.save(theirs, replace(theirs.part, title="Theirs"))
    with pytest.raises(BadFile, match="somebody changed this file"):
        files.save(mine, replace(mine.part, title="Mine"))
    assert files.read_model(path).title == "Theirs"


def test_saving_refuses_a_file_that_is_gone(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(GOOD)
    opened = files.open_model(path)
    path.unlink()
    with pytest.raises(BadFile, match="somebody changed"):
        files.save(opened, replace(opened.part, title="Mine"))


SAVER = """
import sys
from pathlib import Path
from loops import files
from loops.complaints import BadFile
from loops.criteria import Criterion, ReferenceMode, Run
from loops.parts import replace
for number in range(10):
    opened = files.open_model(Path(sys.argv[1]))
    try:
        files.save(opened, replace(opened.part, title=f"{sys.argv[2]} {number}"))
        print(f"{sys.argv[2]} {number}")
    except BadFile:
        pass
"""


def test_of_two_who_save_at_once_nobody_overwrites_the_other(tmp_path):
    """Two programs save ten times each: the file holds the last title that somebody was told is saved."""
    path = tmp_path / "model.toml"
    path.write_text(GOOD)
    command = [sys.executable, "-c", SAVER, str(path)]
    savers = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True) for name in ("A", "B")]
    said = [saver.communicate(timeout=60)[0].split("\n") for saver in savers]
    assert files.read_model(path).title in {lines[-2] for lines in said if len(lines) > 1}
    assert [left.name for left in tmp_path.iterdir() if left != path] == [".model.toml.lock"]


def test_a_new_file_looks_as_the_readme_shows_it(common_purpose, scenarios):
    text = merge.fresh(scenarios["champions_leave"])
    assert "[lever]\ntailored_insight = [\n    {month = 0.0, level = 1.0},\n" in text
    whole = merge.fresh(common_purpose)
    assert "\n[variable.insight]\n" in whole
    assert "\n[[link]]\n" in whole
    assert "\n[reference_mode.quiet_start]\n" in whole


def test_a_first_lever_is_written_under_a_header(tmp_path):
    model = files.parse_model(GOOD.encode(), "good")
    path = tmp_path / "bare.toml"
    path.write_text('format = 1\nid = "bare"\nmodel = "surgery"\ntitle = "Bare"\n')
    opened = files.open_scenario(path, model)
    plan = Schedule(id="training", changes=[Change(month=3, level=0.5)])
    files.save(opened, replace(opened.part, levers=[plan]))
    assert path.read_text().endswith('title = "Bare"\n\n[lever]\ntraining = [{month = 3.0, level = 0.5}]\n')


def test_a_new_scenario_never_overwrites(tmp_path):
    scenario = Scenario(
        id="new",
        model="surgery",
        title="New",
        levers=[Schedule(id="training", changes=[Change(month=0, level=1)])],
    )
    opened = files.save_new(tmp_path, scenario)
    assert opened.path == tmp_path / "new.toml"
    model = files.parse_model(GOOD.encode(), "good")
    assert files.read_scenario(opened.path, model) == scenario
    with pytest.raises(BadFile, match="already"):
        files.save_new(tmp_path, scenario)


def test_a_new_model_stands_under_comments_and_overwrites_only_when_asked(tmp_path):
    model = files.parse_model(GOOD.encode(), "good")
    path = tmp_path / "ours.toml"
    files.create(path, model, head=["Brought in", "", "from a file"])
    assert path.read_text().startswith("# Brought in\n#\n# from a file\n\nformat = 1\n")
    assert files.read_model(path) == model
    with pytest.raises(BadFile, match="already"):
        files.create(path, replace(model, title="Other"))
    assert files.read_model(path) == model
    opened = files.create(path, replace(model, title="Other"), overwrite=True)
    assert files.read_model(path) == opened.part
    files.save(opened, replace(opened.part, title="Third"))
    assert files.read_model(path).title == "Third"


def test_a_line_of_a_comment_stays_a_comment(tmp_path):
    """A label may hold anything, such as the end of a line and what would be a table of the file."""
    model = files.parse_model(GOOD.encode(), "good")
    files.create(tmp_path / "ours.toml", model, head=['Target: "a\n[variable.b]\r\x00\u2028"'])
    assert (tmp_path / "ours.toml").read_text().startswith('# Target: "a [variable.b]   "\n\nformat = 1\n')
    assert files.read_model(tmp_path / "ours.toml") == model


def test_a_name_cannot_leave_its_folder():
    for name in ("../out", "a/b", "..", "C:\\x", ".hidden", "a\0b", ""):
        with pytest.raises(ValueError, match="id"):
            Scenario(id=name, model="m", title="t")


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadFile, match="nothing can be saved in this folder"):
        files.save_new(tmp_path / "file" / "folder", Scenario(id="a", model="m", title="t"))


def test_a_saved_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(GOOD)
    path.chmod(0o640)
    opened = files.open_model(path)
    files.save(opened, replace(opened.part, title="Other"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_can_be_read_by_colleagues(tmp_path):
    (tmp_path / "plain").write_text("")
    opened = files.save_new(tmp_path, Scenario(id="new", model="surgery", title="New"))
    assert opened.path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_saving_through_a_link_changes_the_file_behind_it(tmp_path):
    path, link = tmp_path / "model.toml", tmp_path / "link.toml"
    path.write_text(GOOD)
    link.symlink_to(path)
    opened = files.open_model(link)
    files.save(opened, replace(opened.part, title="Through the link"))
    assert link.is_symlink()
    assert files.read_model(path).title == "Through the link"


def test_a_lock_that_cannot_be_made_is_one_message(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(GOOD)
    (tmp_path / ".model.toml.lock").mkdir()
    opened = files.open_model(path)
    with pytest.raises(BadFile, match="nothing can be saved in this folder"):
        files.save(opened, replace(opened.part, title="Other"))


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=9
)
"""Anything a label may hold, quotes, brackets and # included."""


@st.composite
def told(draw) -> Model:
    """A random model with stories and roles, in any order and of any words."""
    model = draw(models(most_variables=3, most_links=5))
    when = st.sampled_from([{}, {}, {"scenario": "train", "month": 0}, {"scenario": "rest", "month": 36}])
    nodes = st.lists(st.sampled_from(list(model.nodes)), max_size=2)
    steps = st.builds(
        lambda title, sentence, nodes, when: Step(title=title, sentence=sentence, nodes=nodes, **when),
        *(WORDS, WORDS, nodes, when),
    )
    ids = st.lists(st.sampled_from(["grows", "stalls", "lasts", "ends"]), max_size=3, unique=True)
    stories = [
        Story(
            id=name,
            title=draw(WORDS),
            question=draw(WORDS),
            steps=draw(st.lists(steps, min_size=1, max_size=4)),
        )
        for name in draw(ids)
    ]
    return replace(model, stories=stories, roles=[Role(id=name, label=draw(WORDS)) for name in draw(ids)])


@given(told(), told())
def test_stories_and_roles_can_be_written_and_changed(before, after):
    text = merge.fresh(before)
    assert files.parse_model(text.encode(), "m.toml") == before
    assert files.parse_model(merge.merge(text, before, after).encode(), "m.toml") == after
    assert merge.merge(text, before, before) == text


def test_one_word_of_a_story_changes_only_its_own_line(tmp_path):
    text = GOOD + STORY.replace('"training"] },', '"training"] }, # begin with what they see')

    def change(model):
        (story,) = model.stories
        first, second = story.steps
        asked = replace(story, steps=[first, replace(second, sentence="Then comes doubt.", month=24)])
        return replace(model, stories=[asked], roles=[replace(model.roles[0], label="District nurse")])

    lines = changed_lines(text, saved(tmp_path, text, change))
    before = next(line for line in text.splitlines() if "Then it is doubted." in line)
    assert lines == [
        f"- {before}",
        f"+ {before.replace('Then it is doubted.', 'Then comes doubt.').replace('12', '24')}",
        '- label = "Nurse"',
        '+ label = "District nurse"',
    ]


def test_steps_and_stories_in_another_order_keep_their_comments(tmp_path):
    text = GOOD + "\n# ---- Stories ----\n" + STORY.replace('"training"] },', '"training"] }, # begin here')

    def change(model):
        (story,) = model.stories
        new = Step(title="Three", sentence="And now?", nodes=["value"])
        turned = replace(story, steps=[story.steps[1], new, story.steps[0]])
        return replace(model, stories=[replace(story, id="second", steps=[new]), turned])

    after = saved(tmp_path, text, change)
    assert '"training"] }, # begin here' in after
    assert after.index("# ---- Stories ----") < after.index('id = "second"') < after.index('id = "first"')
    assert after.index('title = "Two"') < after.index('title = "Three"', after.index('id = "first"'))


@given(models(), models())
def test_any_model_can_be_written_and_any_change_made(before, after):
    """The round trip: what was written reads back as the same model, whatever was changed."""
    text = merge.fresh(before)
    assert files.parse_model(text.encode(), "m.toml") == before
    changed = merge.merge(text, before, after)
    assert files.parse_model(changed.encode(), "m.toml") == after
    assert merge.merge(text, before, before) == text


@given(st.data())
def test_the_shipped_model_survives_any_single_edit(data):
    path = library.shipped_models()["common_purpose"]
    text = path.read_text()
    model = files.read_model(path)
    kind = data.draw(
        st.sampled_from(
            ["links", "variables", "levers", "loops", "contexts", "stories", "roles", "reference_modes"]
        )
    )
    items = list(getattr(model, kind))
    place = data.draw(st.integers(0, len(items) - 1))
    words = data.draw(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30).filter(
            str.strip  # a label is not blank
        )
    )
    fields = {"links": "reason", "loops": "story", "reference_modes": "statement"}
    field = (fields | {"stories": "question", "roles": "label"}).get(kind, "description")
    items[place] = replace(items[place], **{field: words})
    changed = replace(model, **{kind: items})
    after = merge.merge(text, model, changed)
    assert files.parse_model(after.encode(), "m.toml") == changed
    assert len(changed_lines(text, after)) <= 2


def test_blocks_are_cut_without_losing_a_byte():
    tricky = (
        "a = \"\"\"\n[not a header]\n\"\"\"\nb = [\n[1],\n]\nc = '''\n[nor this]'''\n"
        '# own\n[x.y]\n"[z" = 1\n[["q.r"]]\n'
    )
    blocks = cut(tricky)
    assert "".join(block.text for block in blocks) == tricky
    assert [block.path for block in blocks] == [(), ("x", "y"), ("q.r", 0)]
    assert blocks[1].text.startswith("# own")


def test_what_only_looks_like_a_comment_or_a_header_stays_in_its_value(tmp_path):
    text = GOOD.replace('title = "One surgery"', 'title = "One\u2028[x] surgery"')
    text = text.replace('core = ["value"]', 'core = ["value"]\ndescription = """\n# Heading"""')
    after = saved(tmp_path, text, lambda m: replace(m, vision="Ours"))
    assert changed_lines(text, after) == ['+ vision = "Ours"']


def test_a_layout_that_cannot_be_followed_is_refused_in_one_sentence(tmp_path, monkeypatch):
    """Whatever the merge trips over: nothing is saved, and the file is not blamed."""
    path = tmp_path / "model.toml"
    path.write_text(GOOD)
    opened = files.open_model(path)
    for wrong in (lambda *_: 1 / 0, lambda *_: "a = [", lambda text, *_: text):
        monkeypatch.setattr("loops.files.merge.merge", wrong)
        with pytest.raises(BadFile, match="cannot be written into the file as it is laid out"):
            files.save(opened, replace(opened.part, title="Other"))
    assert path.read_text() == GOOD


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(BadFile, match="not an ordinary file"):
        files.read_model(tmp_path / "pipe.toml")


def test_a_reference_mode_can_be_added(tmp_path):
    mode = ReferenceMode(
        id="more",
        statement="More.",
        criteria=[
            Criterion(measure="level", run=Run(scenario="nothing_new"), variables=["value"], at_least=0.1)
        ],
    )
    after = saved(tmp_path, GOOD, lambda m: replace(m, reference_modes=[*m.reference_modes, mode]))
    assert "[reference_mode.more]" in after


def test_a_file_may_be_laid_out_otherwise(tmp_path):
    """Dotted keys, inline tables and lists of tables are valid TOML too: they are edited in place."""
    text = (
        'format = 1\nid = "m"\ntitle = "M"\nvariable.a = { label = "A", start = 0.1 }\n'
        'variable.b.label = "B"\nvariable.b.start = 0.2\n'
        'link = [\n  { from = "a", to = "b", polarity = "+", strength = 0.1 }, # one\n]\n'
    )

    def change(model):
        return replace(
            model,
            variables=[replace(n, start=0.5) for n in model.variables],
            links=[replace(model.links[0], delay=2.0)],
        )

    after = saved(tmp_path, text, change)
    assert "# one" in after
    assert tomllib.loads(after)["variable"] == {
        "a": {"label": "A", "start": 0.5},
        "b": {"label": "B", "start": 0.5},
    }


def test_the_way_to_change_a_part_is_replace():
    link = Link(source="a", target="b", polarity="+", strength=0.1)
    with pytest.raises(TypeError, match="replace"):
        link.model_copy(update={"strength": 9.0})
    with pytest.raises(ValueError, match="less than or equal to 2"):
        replace(link, strength=9.0)
    with pytest.raises(ValueError, match="frozen"):
        link.strength = 0.2
    unchecked = Link.model_construct(source="a", target="zz", polarity="+", strength=99.0)
    with pytest.raises(ValueError, match="less than or equal to 2"):
        Model(id="m", title="M", variables=[Variable(id="a", label="A", start=0)], links=[unchecked])


def test_every_part_can_be_hashed_and_compared(common_purpose, scenarios):
    assert len({hash(part) for part in (common_purpose, *scenarios.values(), *common_purpose.links)}) > 80
    assert common_purpose == files.parse_model(merge.fresh(common_purpose).encode(), "again.toml")


def test_the_schema_describes_the_shipped_files(common_purpose, scenarios):
    jsonschema = pytest.importorskip("jsonschema", reason="comes with streamlit")
    described = schema()
    jsonschema.Draft202012Validator.check_schema(described)
    jsonschema.validate(json.loads(json.dumps(as_file(common_purpose, defaults=False))), described)
    text = tomllib.loads(library.shipped_models()["common_purpose"].read_text())
    jsonschema.validate(text, described)
    folder = library.scenario_folder(common_purpose)
    for path in files.scenario_files(folder):
        jsonschema.validate(tomllib.loads(path.read_text()), schema(Scenario))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(text | {"variable": {"a": {"label": 3}}}, described)


def test_a_loop_may_be_renamed_and_its_id_stays(tmp_path):
    after = saved(
        tmp_path,
        GOOD,
        lambda m: replace(m, loops=[Loop(id="doubt", name="Second thoughts", path=m.loops[0].path)]),
    )
    assert 'name = "Second thoughts"' in after
    assert 'label = "B1"' not in after
