"""Programs that tests start beside themselves: they write, say what was acknowledged, and may be killed.

python writer.py notes URL TOKEN NAME     add and edit notes without end; a line for each one kept
python writer.py ratings URL TOKEN NAME   rate a partner without end, two boxes at once; a line for each
python writer.py open URL                 open the database, make a workspace, print its token
python writer.py die URL                  open an empty database and be killed half-way
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from itertools import count

from loops.partners import Mark
from loops.store import Store, upgrade


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def notes(url: str, token: str, name: str) -> None:
    with Store.open(url) as store:
        for number in count():
            note = store.add_note(token, model="m", element="node:a", text=f"{name} {number}")
            say(f"{note.id} {note.version} {note.text}")
            note = store.edit_note(token, note.id, version=1, text=f"{name} {number} again")
            say(f"{note.id} {note.version} {note.text}")


def ratings(url: str, token: str, name: str) -> None:
    with Store.open(url) as store:
        partner = store.partners(token)[0]
        for number in count():
            said = [
                Mark(box, "partly", date(2026, 5, 1), reason=f"{name} {number}") for box in ("trust", "value")
            ]
            for rating in store.rate(token, partner.id, said):
                say(f"{rating.id} {rating.mark.on} {rating.mark.reason}")


def open_(url: str) -> None:
    with Store.open(url) as store:
        say(store.create_workspace("Our team").token)


def die(url: str) -> None:
    run = upgrade.command.upgrade

    def killed(*args: object) -> None:
        run(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    upgrade.command.upgrade = killed
    Store.open(url)


if __name__ == "__main__":
    {"notes": notes, "ratings": ratings, "open": open_, "die": die}[sys.argv[1]](*sys.argv[2:])
