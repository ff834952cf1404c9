"""Small diagrams as files of every format that can be brought in, and ways to damage a file.

Each holds the same: trust + doing, doing + trust, doing + strain, strain - doing, and help + doing: two loops
(a snowball and a brake) and one box that nothing acts on.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from random import Random

import xlsxwriter

LINKS = [
    ("Trust", "Doing", "+"),
    ("Doing", "Trust", "+"),
    ("Doing", "Strain", "+"),
    ("Strain", "Doing", "-"),
    ("Help", "Doing", "+"),
]
NAMES = ["Trust", "Doing", "Strain", "Help"]
SPOTS = {"Trust": (100, 100), "Doing": (400, 100), "Strain": (700, 120), "Help": (400, 400)}


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """An Excel workbook with these sheets."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return held.getvalue()


def _table() -> bytes:
    return "\n".join(["from,to,sign", *(",".join(link) for link in LINKS)]).encode()


def _text() -> bytes:
    return "\n".join(f"{source} {sign} {target}" for source, target, sign in LINKS).encode()


def _graphml() -> bytes:
    nodes = "".join(
        f'<node id="n{at}"><data key="l">{name}</data><data key="x">{SPOTS[name][0]}</data>'
        f'<data key="y">{SPOTS[name][1]}</data></node>'
        for at, name in enumerate(NAMES)
    )
    edges = "".join(
        f'<edge source="n{NAMES.index(a)}" target="n{NAMES.index(b)}"><data key="p">{sign}</data></edge>'
        for a, b, sign in LINKS
    )
    keys = "".join(
        f'<key id="{key}" attr.name="{name}" attr.type="string" for="all"/>'
        for key, name in {"l": "label", "x": "x", "y": "y", "p": "polarity"}.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    return f'{head}{keys}<graph edgedefault="directed">{nodes}{edges}</graph></graphml>'.encode()


def _dot() -> bytes:
    nodes = "".join(f'{name} [pos="{SPOTS[name][0]},{-SPOTS[name][1]}!"];\n' for name in NAMES)
    edges = "".join(f'{a} -> {b} [label="{sign}"]\n' for a, b, sign in LINKS)
    return f"// ours\ndigraph {{ node [shape=box]\n{nodes}{edges}}}\n".encode()


def _kumu() -> bytes:
    elements = [{"_id": f"e{at}", "attributes": {"label": name}} for at, name in enumerate(NAMES)]
    connections = [
        {
            "_id": f"c{at}",
            "from": f"e{NAMES.index(a)}",
            "to": f"e{NAMES.index(b)}",
            "direction": "directed",
            "attributes": {"connection type": sign},
        }
        for at, (a, b, sign) in enumerate(LINKS)
    ]
    drawn = [
        {"element": f"e{at}", "position": dict(zip("xy", SPOTS[n], strict=True))}
        for at, n in enumerate(NAMES)
    ]
    loops = [{"_id": "l0", "attributes": {"label": "R1 Trust grows"}, "connections": ["c0", "c1"]}]
    maps = [{"name": "The map", "elements": drawn, "connections": []}]
    project = {"elements": elements, "connections": connections, "loops": loops, "maps": maps}
    return json.dumps(project).encode()


def _blueprint() -> bytes:
    elements = [{"label": name} for name in NAMES]
    connections = [{"from": a, "to": b, "type": sign, "direction": "directed"} for a, b, sign in LINKS]
    return json.dumps({"elements": elements, "connections": connections}, indent=1).encode()


def _kumu_workbook() -> bytes:
    return workbook(
        {
            "Elements": [["Label", "Type", "Tags", "Description"], *([name, "", "", ""] for name in NAMES)],
            "Connections": [
                ["From", "To", "Direction", "Label", "Type", "Tags", "Description"],
                *([a, b, "directed", "", sign, "", ""] for a, b, sign in LINKS),
            ],
        }
    )


def _loopy() -> bytes:
    nodes = [[at, *SPOTS[name], 0.5, name, 0] for at, name in enumerate(NAMES)]
    edges = [[NAMES.index(a), NAMES.index(b), 60, 1 if sign == "+" else -1, 0] for a, b, sign in LINKS]
    return json.dumps([nodes, edges, [[0, 0, "words"]], len(NAMES)], separators=(",", ":")).encode()


def _mental_modeler() -> dict[str, object]:
    return {
        "info": {"name": "Ours"},
        "groupNames": {"0": "people"},
        "concepts": [
            {
                "id": str(at),
                "name": name,
                "group": "0",
                "x": str(SPOTS[name][0]),
                "y": str(SPOTS[name][1]),
                "preferredState": "0",
                "relationships": [
                    {"id": str(NAMES.index(b)), "name": b, "influence": "0.5" if sign == "+" else "-0.5"}
                    for a, b, sign in LINKS
                    if a == name
                ],
            }
            for at, name in enumerate(NAMES)
        ],
        "scenarios": [],
    }


def _mental_modeler_xml() -> bytes:
    concepts = "".join(
        f"<concept><id>{at}</id><name><![CDATA[{name}]]></name><x>{SPOTS[name][0]}</x><y>{SPOTS[name][1]}</y>"
        "<relationships>"
        + "".join(
            f"<relationship><id>{NAMES.index(b)}</id><name>{b}</name><influence>M{sign}</influence></relationship>"
            for a, b, sign in LINKS
            if a == name
        )
        + "</relationships></concept>"
        for at, name in enumerate(NAMES)
    )
    return f'<?xml version="1.0"?><mentalmodeler><concepts>{concepts}</concepts></mentalmodeler>'.encode()


def _matrix() -> bytes:
    weights = {(a, b): "0.5" if sign == "+" else "-0.5" for a, b, sign in LINKS}
    rows = [[name, *(weights.get((name, other), "") for other in NAMES)] for name in NAMES]
    return "\n".join(",".join(row) for row in [["", *NAMES], *rows]).encode()


def _vensim(*, old: bool = False) -> bytes:
    causes = {name: [("-" if sign == "-" else "") + a for a, b, sign in LINKS if b == name] for name in NAMES}
    equations = "".join(
        f"{name}=\n\tA FUNCTION OF( {','.join(causes[name])})\n\t~\t\n\t~\t\t|\n\n" for name in NAMES
    )
    words = [f"{at},{name},{x},{y},40,20" for at, (name, (x, y)) in enumerate(SPOTS.items(), start=1)]
    ends = [(NAMES.index(a) + 1, NAMES.index(b) + 1, ord(sign)) for a, b, sign in LINKS]
    if old:
        drawn = [f"|{word},0,3,0,0" for word in words] + [
            f">{a},{b},1,0,{sign},0,0,0,0,0" for a, b, sign in ends
        ]
    else:
        drawn = [f"10,{word},8,3,0,0,0,0,0,0" for word in words] + [
            f"1,{at},{a},{b},1,0,{sign},0,0,64,0,-1--1--1,,1|({300 + at},{200})|"
            for at, (a, b, sign) in enumerate(ends, start=5)
        ]
    head = f"\\\\\\---///{'' if old else ' Sketch information - do not modify anything except names'}"
    version = "V160" if old else "V300  Do not put anything below this section - it will be ignored"
    font = "*View 1\n$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|72,72,100,0"
    lines = [head, version, font, *drawn, "///---\\\\\\"]
    return (f"{'' if old else '{UTF-8}'}\n{equations}" + "\n".join(lines)).encode()


def _xmile() -> bytes:
    variables = "".join(f'<aux name="{name}"><eqn/></aux>' for name in NAMES)
    views = "".join(f'<aux name="{name}" x="{x}" y="{y}"/>' for name, (x, y) in SPOTS.items())
    arrows = "".join(
        f'<connector uid="{at}" angle="30" polarity="{sign}"><from>{a}</from><to>{b}</to></connector>'
        for at, (a, b, sign) in enumerate(LINKS, start=1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><name>Ours</name></header>'
        f"<model><variables>{variables}</variables><views><view>{views}{arrows}</view></views></model></xmile>"
    ).encode()


def _relationships() -> bytes:
    model = {
        "variables": [{"name": name, "type": "variable"} for name in NAMES],
        "relationships": [{"from": a, "to": b, "polarity": sign} for a, b, sign in LINKS],
    }
    links = [{"from": a, "to": b, "polarity": sign} for a, b, sign in LINKS[:2]]
    told = {"feedbackLoops": [{"identifier": "R1", "name": "Growing", "links": links}]}
    return json.dumps({"model": model, "feedback": told}).encode()


FILES: dict[str, bytes] = {
    "table": _table(),
    "table workbook": workbook({"Links": [["From", "To", "Sign"], *map(list, LINKS)]}),
    "text": _text(),
    "graphml": _graphml(),
    "dot": _dot(),
    "kumu": _kumu(),
    "blueprint": _blueprint(),
    "kumu workbook": _kumu_workbook(),
    "loopy": _loopy(),
    "loopy link": b"https://example.org/?data=" + _loopy().replace(b'"', b"%22"),
    "mental modeler json": json.dumps(_mental_modeler()).encode(),
    "mental modeler xml": _mental_modeler_xml(),
    "matrix": _matrix(),
    "vensim": _vensim(),
    "old vensim": _vensim(old=True),
    "xmile": _xmile(),
    "relationships": _relationships(),
}
"""A file of every format by its name here."""

_TOKENS = [
    *rb"""0 1 -1 9 1e999 NaN null true + - ++ ? , ; : . " ' < > / { } [ ] ( ) | ~ = & % %25 A R1""".split(),
    *rb"""\u0000 \ud800 =1+1 &amp; &#x0; &b; <a> </a> ]]> <![CDATA[ <!-- {UTF-8} ../../x""".split(),
    *rb"""-> \\\---/// from,to,sign""".split(),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\t", b" ", b"\xe2\x88\x92"),
    *(b"9" * 400, b"(" * 60, b"a" * 3_000),
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
]  # fmt: skip
"""What readers trip over: numbers that are none, brackets, marks, entities, and far too much of something."""


_WORD = re.compile(rb"[\w.+-]+")


def damaged(data: bytes, random: Random) -> bytes:
    """A file with a few of its bytes cut, doubled, moved, or replaced by what programs trip over.

    Of a workbook, either the zip or one of the parts inside it.
    """
    if data.startswith(b"PK") and random.random() < 0.8:
        return _damaged_part(data, random)
    if random.random() < 0.5:
        return _other_words(data, random)
    content = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at, to = sorted(random.randrange(len(content) + 1) for _ in range(2))
        piece = bytes(content[at : min(to, at + random.choice([1, 4, 40, 400]))])
        match random.randrange(6):
            case 0:
                del content[at : at + len(piece)]
            case 1:
                content[at:at] = piece * random.randint(1, 40)
            case 2:
                spot = random.randrange(len(content) + 1)
                content[spot:spot] = piece
            case 3 if content:
                content[min(at, len(content) - 1)] = random.randrange(256)
            case _:
                content[at : at + random.choice([0, 0, len(piece)])] = random.choice(_TOKENS)
    return bytes(content)


def _other_words(data: bytes, random: Random) -> bytes:
    """A file whose layout stays, with some three of its words and numbers replaced."""
    words = _WORD.findall(data) or [data]
    share = 3 / len(words)
    other = [*_TOKENS, *words]
    return _WORD.sub(lambda one: random.choice(other) if random.random() < share else one[0], data)


def _damaged_part(data: bytes, random: Random) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        names = whole.namelist()
        chosen = random.choice([*names, *(name for name in names if "sheet" in name or "Strings" in name)])
        for name in names:
            content = whole.read(name)
            new.writestr(name, damaged(content, random) if name == chosen else content)
    return held.getvalue()
