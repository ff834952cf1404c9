"""What damaged and enormous files do to the importer: PYTHONPATH=tests python benchmarks/importing.py

Twenty thousand seeded mutations of small valid files, as many of every format; each must end in a model or in
one message. Then files made to be slow or large, and diagrams of more loops than can be listed. Times are of
this machine at this moment. It ends with an error when anything is a traceback, takes two seconds or more,
or brings the process to 500 MB.
"""

from __future__ import annotations

import io
import resource
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Mapping
from random import Random

from diagrams import FILES, damaged, workbook

from loops import feedback
from loops.complaints import BadFile
from loops.interchange.detect import import_file
from loops.model import Model

CASES, SEED = 20_000, 1
SLOWEST, MOST = 2.0, 500
"""Seconds for one file, and MB for the process."""
MB = 1_000_000


class Tally:
    """What came of the files that were tried: how many of each end, and the slowest."""

    def __init__(self) -> None:
        self.ends: Counter[str] = Counter()
        self.slowest = (0.0, "")
        self.wrong: list[str] = []

    def trial(self, name: str, data: bytes) -> Model | None:
        """The model that a file makes, none if it ends in a message."""
        begin = time.perf_counter()
        model = None
        try:
            model = import_file(data, name).model
            end = "model"
        except BadFile:
            end = "message"
        except Exception:
            end = "traceback"
            self.wrong.append(f"{name}: {traceback.format_exc(limit=-2)}")
        seconds = time.perf_counter() - begin
        self.ends[end] += 1
        self.slowest = max(self.slowest, (seconds, name))
        if seconds >= SLOWEST:
            self.wrong.append(f"{name}: {seconds:.1f} s")
        return model

    def say(self, what: str) -> None:
        """Print the tally."""
        ends = ", ".join(f"{count:,} {end}s" for end, count in sorted(self.ends.items()))
        print(f"  {what:24} {ends}; slowest {self.slowest[0]:.2f} s ({self.slowest[1]}); {peak():.0f} MB")


def peak() -> float:
    """The most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def of_mutations() -> list[str]:
    """Damaged files of every format; returns what went wrong."""
    print(f"{CASES:,} damaged files, seed {SEED}")
    random = Random(SEED)  # noqa: S311  not for secrets
    wrong = []
    for name, data in FILES.items():
        tally = Tally()
        for number in range(CASES // len(FILES) + 1):
            tally.trial(f"{name} {number}", damaged(data, random))
        tally.say(name)
        wrong += tally.wrong
    return wrong


def bombs() -> Mapping[str, bytes]:
    """Files that are made to take long or much."""
    lines = b"A + B\n"
    return {
        "brackets": b"[" * (5 * MB),
        "nested objects": b'{"elements":' * 400_000,
        "nested tags": b"<graphml>" + b"<a>" * 190_000,
        "many tags": b"<graphml>" + b"<node/>" * 190_000 + b"</graphml>",
        "unclosed comments": b"<!--" * (MB + 1),
        "one long line": b"a" * (5 * MB),
        "dashes": b"-" * (5 * MB),
        "commas": b"," * (5 * MB),
        "quotes": b'"\n' * (2 * MB),
        "many lines": lines * 800_000,
        "half the lines": lines * 15_000,
        "percents": b"x?data=" + b"%25" * 1_600_000,
        "percent brackets": b"x?data=%5B" + b"%255B" * 900_000,
        "digits": b'{"nodes":' + b"9" * (4 * MB) + b"}",
        "equations": b"{UTF-8}\n" + b"a=b+c\n\t~\t\n\t~\t\t|\n" * 250_000,
        "one equation": b"{UTF-8}\na=" + b"(" * (4 * MB) + b"\n\t~\t\n\t~\t\t|\n",
        "sketch": b"{UTF-8}\n\\\\\\---/// Sketch\nV300\n*View\n" + b"10,1,a,1,1,1,1,8,3,0,0\n" * 200_000,
        "one level": b"{UTF-8}\na = INTEG((1 - a)*(0"
        + b" + 0.1*SMOOTH3I(b, 2, 0)" * 150_000
        + b"\n\t~\t\n\t~\t\t|\n",
        "words of a graph": b"digraph {" + b"a " * (2 * MB),
        "subgraphs": b"digraph {" + b"{" * MB,
        "one label": b"digraph { a [label=" + b"<" * (4 * MB),
        "comments": b"/**/" * MB,
        "entities": b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'>"
        + b"<!ENTITY c '&b;&b;'>" * 9
        + b"]><xmile>&c;</xmile>",
        "zip bomb": zipped({"xl/workbook.xml": bytes(400 * MB)}),
        "wide zip": zipped({f"xl/{number}.xml": b"" for number in range(30_000)}),
        "large sheet": workbook(
            {"Links": [["from", "to", "sign"], *([f"a{at}", "b", "+"] for at in range(60_000))]}
        ),
        "wide sheet": workbook({"Links": [["from", "to", *range(16_000)] for _ in range(40)]}),
    }


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip with these files in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return held.getvalue()


def of_bombs() -> list[str]:
    """Files that are made to take long or much; returns what went wrong."""
    tally = Tally()
    for name, data in bombs().items():
        tally.trial(name, data)
    print("Files made to be slow or large")
    tally.say(f"{len(bombs())} files")
    return tally.wrong


def of_loops() -> list[str]:
    """Diagrams with very many loops and the largest that is allowed; returns what went wrong."""
    print("Large diagrams")
    random = Random(SEED)  # noqa: S311  not for secrets
    names = [f"Box {number}" for number in range(500)]
    pairs = random.sample([(a, b) for a in names for b in names if a != b], 5_000)
    tally = Tally()
    wrong = []
    for what, links in {
        "12 boxes, every arrow": [(a, b) for a in names[:12] for b in names[:12] if a != b],
        "500 boxes, 5,000 arrows": pairs,
    }.items():
        table = "from,to,sign,delay\n" + "".join(f"{a},{b},{random.choice('+-')},3\n" for a, b in links)
        begin = time.perf_counter()
        model = tally.trial(what, table.encode())
        found = feedback.find(model) if model else None
        seconds = time.perf_counter() - begin
        cut = "" if found is None or found.complete else ", the search was cut there"
        print(
            f"  {what:24} {len(found.loops) if found else 0:,} loops{cut}; {seconds:.2f} s with finding them"
        )
        if found is None or found.complete or seconds >= SLOWEST:
            wrong.append(what)
    return [*wrong, *tally.wrong]


def main() -> None:
    """Print the figures; ends with an error if anything is not as it must be."""
    wrong = [*of_mutations(), *of_bombs(), *of_loops()]
    if peak() >= MOST:
        wrong.append(f"{peak():.0f} MB")
    for each in {each.partition(": ")[2]: each for each in wrong}.values():
        print(f"WRONG {each}")
    if wrong:
        raise SystemExit(f"{len(wrong)} things are not as they must be")
    print("Each ended in a model or one message, in time and in memory.")


if __name__ == "__main__":
    main()
