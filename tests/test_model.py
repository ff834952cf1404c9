"""The shipped model holds what the design says, and says how it knows."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from loops import validity
from loops.model import Link
from loops.parts import nearest, replace


def test_the_model_has_the_designs_nodes_and_links(common_purpose):
    assert len(common_purpose.variables) == 18
    assert len(common_purpose.levers) == 10
    assert len(common_purpose.contexts) == 3
    assert len(common_purpose.links) == 73
    assert len(common_purpose.loops) == 13
    assert common_purpose.core == ("insight", "value", "buy_in", "embedded", "impact")


def test_a_model_is_judged_by_what_it_names_or_by_its_first_two_variables(common_purpose):
    assert common_purpose.headlines == ("buy_in", "embedded")
    assert replace(common_purpose, outcomes=()).headlines == ("insight", "understanding")
    with pytest.raises(ValueError, match="outcomes: there is no variable 'training'"):
        replace(common_purpose, outcomes=("training",))
    with pytest.raises(ValueError, match="outcomes: 'value' stands twice"):
        replace(common_purpose, outcomes=("value", "value"))


def test_every_node_has_the_words_to_talk_about_it(common_purpose):
    for node in common_purpose.nodes.values():
        assert node.description, node.id
        assert node.not_yet, node.id
        assert node.fully, node.id
        assert len(node.prompts) >= 2, node.id
        assert all("?" in prompt for prompt in node.prompts), node.id
        assert node.position is not None, node.id


def test_every_link_says_why_and_how_we_know(common_purpose):
    assert validity.evidence_gaps(common_purpose) == []
    for link in common_purpose.links:
        assert link.reason, link.name
        assert link.cited or link.evidence == "assumed", link.name


def test_thresholds_and_delays_are_assumed_throughout(common_purpose):
    assert {link.threshold_evidence for link in common_purpose.links} == {"assumed"}
    assert {link.delay_evidence for link in common_purpose.links} == {"assumed"}


def test_what_the_source_says_both_ways_is_contested(common_purpose):
    assert common_purpose.link("embedded", "strain").grade == "contested"
    assert Counter(link.grade for link in common_purpose.links)["contested"] == 1


def test_a_stated_link_without_its_passage_is_a_gap(common_purpose):
    links = [
        replace(link, passage=None, locator=None) if link.name == "insight -> value" else link
        for link in common_purpose.links
    ]
    gaps = validity.evidence_gaps(replace(common_purpose, links=links))
    assert gaps == [
        "link insight -> value: evidence is 'stated', so it needs a passage and a locator. "
        "Add it, or say 'inferred' or 'assumed'."
    ]


def test_no_words_that_mislead_these_readers(common_purpose):
    """'CMO' is the Chief Medical Officer to them, and a passage is the only place for jargon."""
    for node in common_purpose.nodes.values():
        said = " ".join((node.label, node.description, node.not_yet, node.fully, *node.prompts))
        assert not re.search(r"CMO|reinforcing|balancing|ensemble|\bstock\b|Sobol", said), node.id


def test_a_flipped_sign_makes_the_label_wrong(common_purpose):
    links = [
        replace(link, polarity="-") if link.name == "insight -> value" else link
        for link in common_purpose.links
    ]
    with pytest.raises(ValueError, match=r"loop right_information: label: 'R1' .*balancing \(B\)"):
        replace(common_purpose, links=links)


def test_two_arrows_between_one_pair_need_different_delays_to_differ_in_sign(common_purpose):
    other = Link(source="insight", target="value", polarity="-", strength=0.01)
    with pytest.raises(ValueError, match="one arrow says \\+"):
        replace(common_purpose, links=[*common_purpose.links, other])
    links = [*common_purpose.links, replace(other, delay=6.0)]
    later = replace(common_purpose, links=links, loops=(), stories=(), reference_modes=())
    assert len(later.links) == 74
    again = replace(common_purpose, links=[*common_purpose.links, replace(other, polarity="+")])
    assert len(again.links) == 74


def test_a_link_that_is_not_there_names_the_nearest(common_purpose):
    with pytest.raises(KeyError, match="Did you mean"):
        common_purpose.link("insight", "valeu")
    assert nearest("zzz", []) == "There are none in this model."
    assert "and 10 more" in nearest("zzz", [node.id for node in common_purpose.variables])
