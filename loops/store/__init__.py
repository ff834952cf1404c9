"""Saved work in a database: shared spaces with meetings, decisions, notes, votes, utopias, partners and more.

>>> import tempfile
>>> folder = tempfile.TemporaryDirectory()
>>> with Store.open(f"sqlite:///{folder.name}/loops.db") as store:
...     space = store.create_workspace("Our team")
...     note = store.add_note(space.token, model="tiny", element="node:trust", text="Slow here")
...     [kept.text for kept in store.notes(space.token, model="tiny")]
['Slow here']
>>> folder.cleanup()
"""

from loops.store import records
from loops.store.problems import StoreProblem
from loops.store.store import Store

__all__ = ["Store", "StoreProblem", "records"]
