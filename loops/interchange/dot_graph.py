"""What Graphviz DOT says: nodes and edges of all subgraphs with their attributes, defaults included.

Source: The DOT Language, graphviz.org: ``graph : [strict] (graph | digraph) [ID] '{' stmt_list '}'``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from loops.complaints import BadFile
from loops.model import MAX_LINKS
from loops.validity import MAX_NODES

MOST, _DEEPEST, _MOST_DEFAULTS = 300_000, 50, 200
"""Words and marks of a file, subgraphs inside each other, and attributes that every node is given."""
_TOKEN = re.compile(
    r'(?P<text>"(?:\\.|[^"\\])*")|(?P<mark>->|--|[{}\[\];,=:+])'
    r"|(?P<word>-?(?:\.\d+|\d+(?:\.\d*)?)|[^\W\d]\w*)",
    re.DOTALL,
)
_BLANK = re.compile(r"(?:\s|//[^\n]*|(?<![^\n])#[^\n]*)+")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MEANT = {"n": "\n", "l": "\n", "r": "\n", "\n": "", "N": "\\N"}
"""What a letter after a backslash stands for: a new line, one that goes on, or the name of the node."""
Said = dict[str, str]


class Edge(NamedTuple):
    """An edge from one node to another, and where it stands."""

    source: str
    target: str
    said: Said
    place: str


@dataclass
class Graph:
    """A graph with subgraphs flattened; names of attributes are in small letters."""

    directed: bool
    said: Said = field(default_factory=dict)
    nodes: dict[str, Said] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)


class _Token(NamedTuple):
    kind: str
    value: str
    line: int


def is_dot(text: str) -> bool:
    """Whether a text begins as a graph does.

    >>> is_dot("// ours\\nstrict digraph { a -> b }"), is_dot("graph theory + understanding")
    (True, False)
    """
    try:
        return _head(list(islice(tokens_of(text), 4))) is not None
    except BadFile:
        return False


def _head(tokens: Sequence[_Token]) -> tuple[bool, int] | None:
    """Whether the graph that tokens begin is directed, and how many come before what is in it."""
    words = [token.value.casefold() for token in tokens[:4]]
    at = int(words[:1] == ["strict"])
    kind = words[at] if len(words) > at else ""
    begin = next((at + skip for skip in (2, 3) if words[at + skip - 1 : at + skip] == ["{"]), None)
    return (kind == "digraph", begin) if begin is not None and kind in ("graph", "digraph") else None


def graph_of(text: str, file: str) -> Graph:
    """The graph that a text describes; raises :class:`BadFile`."""
    tokens = list(tokens_of(text, file))
    head = _head(tokens)
    if head is None:
        raise BadFile(file, "", "this is no graph of Graphviz: it does not begin with digraph {.")
    reading = _Reading(tokens, file, Graph(head[0]), head[1])
    reading.block({}, {}, 0)
    return reading.graph


def tokens_of(text: str, file: str = "") -> Iterator[_Token]:
    """The words and marks of a text; raises :class:`BadFile` for what is neither, and for too many."""
    at, line = 0, 1
    for _ in range(MOST):
        start = at
        while (blank := _BLANK.match(text, at)) or text.startswith("/*", at):
            at = blank.end() if blank else text.find("*/", at + 2) + 2
            if at < start + 2 and not blank:
                raise BadFile(file, f"line {line}", "a comment does not end: write */ after it.")
        if at == len(text):
            return
        line += text.count("\n", start, at)
        if text[at] == "<":
            kind, end = "html", _end_of_html(text, at)
        else:
            found = _TOKEN.match(text, at)
            kind, end = (found.lastgroup or "", found.end()) if found else ("", -1)
        if end < 0:
            raise BadFile(file, f"line {line}", f"“{text[at : at + 20]}” cannot be read as part of a graph.")
        yield _Token(kind, text[at:end], line)
        line += text.count("\n", at, end)
        at = end
    raise BadFile(file, f"line {line}", f"more than {MOST:,} words and marks: too much for one diagram.")


def _end_of_html(text: str, at: int) -> int:
    """Where a text in angle brackets ends; -1 where it does not."""
    depth = 0
    for found in re.compile("[<>]").finditer(text, at):
        depth += 1 if found.group() == "<" else -1
        if depth == 0:
            return found.end()
    return -1


@dataclass
class _Reading:
    """A place among the tokens of a file, and the graph so far."""

    tokens: Sequence[_Token]
    file: str
    graph: Graph
    at: int

    def block(self, boxes: Said, arrows: Said, depth: int) -> dict[str, Said]:
        """Read up to the bracket that closes; the nodes named in it. `boxes` and `arrows` are defaults."""
        boxes, arrows = dict(boxes), dict(arrows)
        inside: dict[str, Said] = {}
        graph = self.graph.said if depth == 0 else {}
        if depth > _DEEPEST:
            raise self.wrong(self.tokens[self.at - 1], "subgraphs are nested too deeply")
        while (token := self.next()).value != "}":
            defaults = {"node": boxes, "edge": arrows, "graph": graph}.get(token.value.casefold())
            if token.value in (";", ","):
                continue
            if self.passed("="):
                graph[_value(token).casefold()] = self.text()
            elif token.kind == "word" and defaults is not None:
                defaults |= self.attributes()
                if len(defaults) > _MOST_DEFAULTS:
                    raise self.wrong(token, f"more than {_MOST_DEFAULTS} attributes are set at once")
            else:
                inside |= self.chain(token, boxes, arrows, depth)
        return inside

    def chain(self, token: _Token, boxes: Said, arrows: Said, depth: int) -> dict[str, Said]:
        """A node, or nodes and subgraphs with edges between each and the next."""
        ends = [self.end(token, boxes, arrows, depth)]
        while self.passed("->") or self.passed("--"):
            ends.append(self.end(self.next(), boxes, arrows, depth))
        said = self.attributes()
        if len(ends) == 1 and token.value not in ("{", "subgraph"):
            ends[0][_value(token)].update(said)
        for sources, targets in pairwise(ends):
            if len(self.graph.edges) + len(sources) * len(targets) > MAX_LINKS:
                raise self.wrong(token, f"more than {MAX_LINKS:,} edges: split the diagram")
            self.graph.edges += [
                Edge(source, target, arrows | said, f"line {token.line}")
                for source in sources
                for target in targets
            ]
        return {name: node for end in ends for name, node in end.items()}

    def end(self, token: _Token, boxes: Said, arrows: Said, depth: int) -> dict[str, Said]:
        """What an edge may begin or end with: a node, or a subgraph, which stands for all nodes in it."""
        if token.kind == "word" and token.value.casefold() == "subgraph":
            token = self.next()
            token = token if token.value == "{" else self.next()
        if token.kind == "mark":
            if token.value != "{":
                raise self.wrong(token, f"“{token.value}” is not expected here")
            return self.block(boxes, arrows, depth + 1)
        name = _value(token)
        if name not in self.graph.nodes and len(self.graph.nodes) == MAX_NODES:
            raise self.wrong(token, f"more than {MAX_NODES} nodes: split the diagram")
        while self.passed(":"):
            self.next()
        return {name: self.graph.nodes.setdefault(name, dict(boxes))}

    def attributes(self) -> Said:
        """What stands in square brackets, none or more of them."""
        said: Said = {}
        while self.passed("["):
            while (token := self.next()).value != "]":
                if token.value not in (",", ";"):
                    said[_value(token).casefold()] = self.text() if self.passed("=") else "true"
        return said

    def text(self) -> str:
        """A value: one text, or several with a + between them."""
        text = _value(self.next())
        while self.passed("+"):
            text += _value(self.next())
        return text

    def passed(self, mark: str) -> bool:
        """Whether a mark comes next: then it is passed."""
        found = self.at < len(self.tokens) and self.tokens[self.at][:2] == ("mark", mark)
        self.at += found
        return found

    def next(self) -> _Token:
        """The next token; raises :class:`BadFile` at the end."""
        if self.at == len(self.tokens):
            raise self.wrong(self.tokens[-1], "a bracket is not closed")
        self.at += 1
        return self.tokens[self.at - 1]

    def wrong(self, token: _Token, says: str) -> BadFile:
        """What is wrong with a token."""
        return BadFile(self.file, f"line {token.line}", f"{says}.")


def _value(token: _Token) -> str:
    """The text of a token: escapes and entities as the characters they stand for, no tags."""
    if token.kind == "text":
        raw = _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), token.value[1:-1])
        return html.unescape(raw)
    return html.unescape(_TAG.sub(" ", token.value[1:-1])) if token.kind == "html" else token.value
