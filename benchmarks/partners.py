"""How long 500 partners with 5 years of monthly ratings take: python benchmarks/partners.py

First the fit of one partner, on two threads. Then it fills a file of SQLite, and an empty database of
PostgreSQL where LOOPS_TEST_POSTGRES names a server whose user may make one, with 540,000 ratings: every box
of the common purpose model, once a month. Then it prints, in seconds of wall time, the best and the middle of
several tries of each query and of opening each page (see opening.py, which needs PYTHONPATH=tests), where
before each opening something is said anew. `--quick` leaves out what takes minutes: all of it as files.
"""

from __future__ import annotations

import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from opening import openings
from sqlalchemy import create_engine, insert, make_url, text

from loops import library
from loops.files import read_model
from loops.journey.best import best_fit
from loops.journey.matching import match
from loops.journey.observed import Observed, observe
from loops.partners import SAID, Deed, History, Mark, Profile
from loops.partners.history import A_MONTH
from loops.partners.said import said_of
from loops.partners.table import write_table
from loops.scenario import Scenario, Schedule
from loops.simulate import simulate
from loops.store import Store, tables
from loops.store.database import now

PARTNERS, MONTHS, SEED = 500, 60, 1
LAST = date.today()
STREAMS = ("Health", "Schools", "Housing", "Parks", "Older people")
"""Workstreams."""


def fill(store: Store, token: str, model) -> list[int]:
    """Partners and their ratings, all at once; returns the ids of the partners.

    What is said follows a path that begins at "not yet" and goes up at a pace of its own, with slips.
    """
    random = np.random.default_rng(SEED)
    ids = []
    for number in range(PARTNERS):
        profile = Profile(f"Surgery {number}", workstream=STREAMS[number % len(STREAMS)], hours_us=8.0)
        ids.append(store.add_partner(token, model=model.id, profile=profile).id)
    days = [LAST - timedelta(days=30 * (MONTHS - 1 - month)) for month in range(MONTHS)]
    boxes = [variable.id for variable in model.variables]
    with store.writing(token) as space:
        common = {
            "workspace_id": space.id,
            "role": "",
            "reason": "",
            "who": "",
            "author": "",
            "made_at": now(),
        }
        for month, day in enumerate(days):  # as they come: month by month
            paths = random.normal(month / MONTHS * 4, 1.2, (PARTNERS, len(boxes)))
            words = np.clip(paths, 0, len(SAID) - 1).astype(int)
            rows = [
                common | {"partner_id": number, "on": box, "said": SAID[word], "day": day}
                for number, row in zip(ids, words, strict=True)
                for box, word in zip(boxes, row, strict=True)
            ]
            space.connection.execute(insert(tables.ratings), rows)
    store.add_action(token, ids[0], Deed("Rang them", LAST))
    return ids


def timed(what: str, work: Callable[[], object], *, tries: int = 5) -> None:
    """Print the best and the middle of several tries."""
    took = []
    for _ in range(tries):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    told(what, took)


def told(what: str, took: Sequence[float]) -> None:
    """Print the best and the middle of some times."""
    print(f"  {what}: {min(took):.3f} s at best, {statistics.median(took):.3f} s in the middle")


def measure(url: str) -> None:
    """Fill one database and print how long each query takes."""
    model = read_model(Path(library.shipped_models()["common_purpose"]))
    with Store.open(url) as store:
        token = store.create_workspace("Benchmark").token
        began = time.perf_counter()
        ids = fill(store, token, model)
        print(f"  filled in {time.perf_counter() - began:.0f} s")
        half = LAST - timedelta(days=30 * MONTHS // 2)
        timed("all partners", lambda: store.partners(token, model=model.id))
        timed("where all stand", lambda: store.standings(token, model=model.id))
        timed("and half-way too", lambda: store.standings(token, model=model.id, days=(None, half)))
        timed("one history", lambda: store.history(token, ids[7]))
        marks = [Mark(variable.id, "partly", LAST) for variable in model.variables]
        timed("one more sitting kept", lambda: store.rate(token, ids[7], marks))
        pages(url, store, token, ids[7])
        timed("one partner erased", lambda: store.erase_partner(token, ids.pop()), tries=3)
        if "--quick" in sys.argv:
            return
        timed("all ratings as a table", lambda: every_table(store, token, model.id), tries=1)
        timed("the whole space as a file", lambda: moved(store, token), tries=1)


def pages(url: str, store: Store, token: str, partner: int) -> None:
    """Print how long each page of partners takes to open."""
    asked = {"workspace": token}
    addresses = {
        "the list of partners opened": ("partners", asked),
        "one partner opened": ("partners", asked | {"partner": str(partner)}),
        "Progress opened": ("progress", asked),
    }
    anew = [Mark("trust", "partly", LAST)]
    took = openings(url, addresses, times=5, between=lambda: store.rate(token, partner, anew))
    for what, seconds in took.items():
        told(what, seconds)


def every_table(store: Store, token: str, model: str) -> None:
    """Print how large the table of all ratings is."""
    print(
        f"  a table of {len(write_table(store.histories(token, model=model), with_names=True)):,} characters"
    )


def moved(store: Store, token: str) -> None:
    """Take a space away and bring it back."""
    began = time.perf_counter()
    whole = store.export(token, with_words=True)
    print(f"  a file of {len(whole):,} characters, written in {time.perf_counter() - began:.1f} s")
    store.import_workspace(whole)


def followed(model) -> History:
    """A partner of the model's own numbers: every box rated every month while two things are done."""
    first = LAST - timedelta(days=round(MONTHS * A_MONTH))
    done = tuple(Deed(lever, first, lever=lever) for lever in ("training", "listen_first"))
    plan = Scenario(
        id="done", title="Done", model=model.id, levers=[Schedule(id=deed.lever, always=1.0) for deed in done]
    )
    (run,) = simulate(model, [plan], months=MONTHS)
    marks = tuple(
        Mark(variable.id, said_of(run.at(variable.id, month)), first + timedelta(days=round(month * A_MONTH)))
        for month in range(MONTHS + 1)
        for variable in model.variables
    )
    return History(Profile("Surgery"), model.id, marks, done)


def fits() -> None:
    """Print how long the fit of one partner takes, on two threads."""
    model = read_model(Path(library.shipped_models()["common_purpose"]))
    history = followed(model)
    timed("versions still in play", lambda: match(model, history, seed=SEED), tries=3)
    observed = observe(model, history)
    if isinstance(observed, Observed):
        timed("a best fit", lambda: best_fit(observed, seed=SEED), tries=3)


def main() -> None:
    """Print all of it."""
    print(f"One partner, {MONTHS} months of ratings")
    fits()
    with tempfile.TemporaryDirectory() as folder:
        print("SQLite")
        measure(f"sqlite:///{folder}/loops.db")
    if not (server := os.environ.get("LOOPS_TEST_POSTGRES")):
        print("PostgreSQL: not run, for LOOPS_TEST_POSTGRES names no server")
        return
    address = make_url(server).set(drivername="postgresql+psycopg")
    name = f"loops_{secrets.token_hex(8)}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            print("PostgreSQL")
            measure(address.set(database=name).render_as_string(hide_password=False))
        finally:
            connection.execute(text(f"DROP DATABASE {name}"))
    engine.dispose()


if __name__ == "__main__":
    main()
