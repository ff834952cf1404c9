"""How long a page takes to open, without a browser: a new reader asks a real server for it over a websocket.

From the sent message to the end of the run that answers it, as in :mod:`sessions`: what a browser adds (it
loads the app, decodes and paints) is not in it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from serving import served
from sessions import LARGEST, Reader
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect

Page = tuple[str, Mapping[str, str]]
"""Its path, and what is asked for in its address."""


def openings(
    store: str, pages: Mapping[str, Page], *, times: int, between: Callable[[], object]
) -> dict[str, list[float]]:
    """Seconds of each opening of some pages, with the database at the address `store`.

    `between` is called before each opening: what it changes no page can remember. Each page is opened once
    before, since then what it needs is imported.
    """
    os.environ["LOOPS_STORE"] = store
    with served() as address:
        took = {}
        for name, (path, asked) in pages.items():
            asyncio.run(_opened(address, path, asked))
            took[name] = []
            for _ in range(times):
                between()
                took[name].append(asyncio.run(_opened(address, path, asked)))
    return took


async def _opened(address: str, path: str, asked: Mapping[str, str]) -> float:
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(stream, origin=address, subprotocols=["streamlit"], max_size=LARGEST) as line:
        request = BackMsg()
        request.rerun_script.page_name = path
        request.rerun_script.query_string = urlencode(asked)
        return await Reader(line).run(request)
