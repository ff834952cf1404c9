"""`loops list` and `loops schema`."""

from __future__ import annotations

import json

from command import MODEL, run


def test_list_names_nodes_links_and_loops():
    result = run("list", MODEL)
    assert result.exit_code == 0
    assert "insight -> value" in result.output
    assert "Seeing is believing" in result.output
    assert "competing_priorities" in result.output


def test_schema_is_json():
    assert json.loads(run("schema").output)["title"] == "Model"
    assert json.loads(run("schema", "--scenario").output)["title"] == "Scenario"
    assert json.loads(run("schema", "--claims").output)["title"] == "Claims"
    assert json.loads(run("schema", "--rivals").output)["title"] == "Rivals"
