"""The document of a stress test, opened again: what was found, what was not looked for, the checklist."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace

import pytest
from clinic import CLAIM, CLAIMS_FILE, MODEL_FILE, SCENARIO_FILE
from docx import Document

from loops.draw.document import stress
from loops.draw.document.findings import Findings
from loops.draw.document.rameses import CHECKLIST, TEAM
from loops.ensemble.comparison import Question
from loops.files import parse_model, parse_scenario
from loops.scenario import Scenario
from loops.theory.claims import parse_claims
from loops.theory.stress import ask, bands, digest, jobs, run, verdicts
from loops.theory.why import why

HOSTILE = "<script>alert(1)</script> | *bold* [x](http://example.org) # &"
MODEL = parse_model(MODEL_FILE.replace('label = "Known"', f'label = "{HOSTILE}"').encode(), "clinic.toml")
PLANS = {
    "nothing_new": Scenario(id="nothing_new", model="clinic", title="If nothing new is done"),
    "tell_all": parse_scenario(SCENARIO_FILE.encode(), "tell_all.toml", MODEL),
}
ASKED = {
    "up": 'direction = "more", at_least = 0.2',  # in every world
    "half": 'direction = "more", at_least = 0.7',  # 1 - exp(-12 w) at w's median, .1
    "down": 'direction = "less"',  # in none
}
CLAIMS = parse_claims(
    (CLAIMS_FILE + "".join(CLAIM.format(name=n, outcome=o) for n, o in ASKED.items())).encode(),
    "claims.toml",
    MODEL,
    PLANS,
)


@pytest.fixture(scope="module")
def plain() -> Findings:
    """The first step alone, in 256 worlds."""
    found = run(jobs(ask(MODEL, PLANS, CLAIMS), bands(MODEL, [*PLANS.values()], 12), 256), seed=7)
    return Findings(MODEL, PLANS, CLAIMS, verdicts(CLAIMS, found), found)


@pytest.fixture(scope="module")
def findings(plain: Findings) -> Findings:
    plan = PLANS["tell_all"]
    found = why(CLAIMS, plain.ensembles[0], plan=Question(plan, None, "known", 12))
    return replace(plain, why=found, plan=plan)


def text_of(data: bytes) -> str:
    opened = Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in opened.paragraphs), *cells])


def both(findings: Findings) -> list[str]:
    return [text_of(stress.word(findings)), stress.markdown(findings).replace("\\", "")]


def part(findings: Findings, name: str) -> str:
    """One section of the Markdown."""
    sections = re.split(r"^## \d+\\\. ", stress.markdown(findings), flags=re.MULTILINE)
    return next(each for each in sections if each.startswith(name)).replace("\\", "")


@pytest.mark.parametrize("space", [True, False])
def test_every_section_is_there_in_both(findings, space):
    """Where there is no shared space nothing is said of what was seen, and the numbers close up."""
    names = [name for name in stress.SECTIONS if space or name != stress.OBSERVED]
    for said in both(replace(findings, observed=() if space else None)):
        for number, name in enumerate(names, start=1):
            assert f"{number}. {name}" in said
        assert f"See section {names.index('Why, one by one') + 1}, as far as the model goes." in said
        assert ("What was seen" in said) == space


def test_what_must_agree_to_repeat_it_is_told(plain):
    said = part(plain, "How it was tried")
    assert "| Seed | 7 |" in said
    assert "256 (middle), 256 (narrow), 256 (wide)" in said
    assert digest(plain.ensembles) in said
    assert hashlib.sha256(MODEL.model_dump_json().encode()).hexdigest() in said
    assert re.search(r"Version of the product \| \d+\.\d+", said)


def test_the_weakest_comes_first_and_shares_stand_at_every_width(findings):
    rows = [line for line in part(findings, "What we think").splitlines() if line.startswith("| ")][2:]
    assert rows[0] == "| 1 | This is claimed. | 0.0% | 0.0% | 0.0% | not supported |"
    assert rows[-1] == "| 3 | This is claimed. | 100.0% | 100.0% | 100.0% | supported |"
    short = part(findings, "In short")
    assert "Of 3 things we think happen, 1 is supported" in short
    assert "Least supported: “This is claimed.” (not supported)." in short
    assert "No single arrow" in short


def test_the_reasons_are_those_that_were_planted(findings):
    """All depends on how strong the one arrow is; it is stated, so no evidence is missing."""
    why_ = part(findings, "Why, one by one")
    # half hold and half fail: it is told of the rarer, and which that is, is luck
    assert re.search("It tends to (hold|fail) when the arrow from “Tell them”", why_)
    assert "It holds in every one of the 256 versions tried." in why_
    assert "It fails in every one of the 256 versions tried." in why_
    assert "| For whom | Anybody. |" in why_
    gaps = part(findings, "Where evidence is missing")
    assert "| stated |" in gaps
    assert "No single arrow" in gaps
    assert "| Tell them | +0.70" in part(findings, "What each part of the plan does")


def test_what_was_not_looked_for_says_so(plain):
    for name in ("Where evidence is missing", "What each part of the plan does"):
        assert "This was not looked for." in part(plain, name)
    assert "not looked for" in part(plain, "Why, one by one")
    assert "Friedman" not in part(plain, "How it was tried")


def test_sampling_error_stands_in_the_appendix(findings):
    """Closed form: none of 256 may be up to z^2 / (n + z^2) = 1.5% (Wilson)."""
    assert "| 1 | 0 of 256: 0.0% to 1.5% | 0 of 256: 0.0% to 1.5% | 0 of 256" in part(
        findings, "Sampling error"
    )


def test_one_that_was_cut_short_says_so(plain):
    short = replace(plain, ensembles=[replace(plain.ensembles[0], stopped="stopped after 1 of 2 worlds")])
    assert "Cut short: stopped after 1 of 2 worlds.\n" in part(short, "In short")
    short = replace(plain, ensembles=[replace(short.ensembles[0], interrupted=True)])
    assert "worlds; what would have come after it was not tried." in part(short, "In short")


def test_without_claims_there_is_a_document_too(plain):
    only = [plain.ensembles[-1]]
    bare = Findings(MODEL, PLANS, (), (), only, why((), only[0]))
    for said in both(bare):
        assert "Nobody has written down yet" in said


def test_the_checklist_has_its_twenty_items(findings):
    """Table 1 of Wong et al. 2016 has 20; what a model cannot answer is left to the team."""
    assert [item.number for item in CHECKLIST] == list(range(1, 21))
    assert all(item.section in stress.SECTIONS for item in CHECKLIST if item.section)
    said = part(findings, "Checklist")
    assert said.count("See section") + said.count(TEAM) == 20
    assert "| 6 | Ethical approval, or why none was needed | For the evaluation team to add. |" in said


def test_no_text_of_a_model_becomes_a_mark(findings):
    written = stress.markdown(findings)
    assert "<script>" not in written.replace("\\<script\\>", "")
    assert HOSTILE in text_of(stress.word(findings))


def test_the_same_test_is_the_same_file(findings):
    assert stress.word(findings) == stress.word(findings)
