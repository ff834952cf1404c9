"""Readers without a browser: each speaks the page's own protocol over a websocket and drags a lever.

Fifty browsers do not fit two cores, so this measures what the server does for so many: from the sent message
to the end of the run that answers it. What a browser adds, decoding and painting, is not in it.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

DIALS = "living_loops_dials"
LARGEST = 64 * 2**20


@dataclass
class Reader:
    """One open page: its connection, and the dials as they last came."""

    line: ClientConnection
    dials: str = ""
    fragment: str = ""
    values: dict[str, int] | None = None
    heard: int = 0
    received: int = 0

    async def run(self, request: BackMsg) -> float:
        """Send a request and take in messages until its run ends; the seconds that took."""
        began = time.perf_counter()
        await self.line.send(request.SerializeToString())
        while True:
            data = await self.line.recv()
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            self._take(message)
            if message.WhichOneof("type") == "script_finished":
                return time.perf_counter() - began

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") != "bidi_component" or element.bidi_component.component_name != DIALS:
            return
        data = json.loads(element.bidi_component.json)
        self.dials, self.fragment = element.bidi_component.id, message.delta.fragment_id
        self.values = {dial["id"]: dial["value"] for dial in data["dials"]}
        self.heard = data["heard"]

    async def open(self) -> float:
        """Open the page."""
        request = BackMsg()
        request.rerun_script.query_string = ""
        return await self.run(request)

    async def drag(self) -> float:
        """One step of a lever, as the browser sends it while it is dragged."""
        assert self.values, "the page has no levers"
        number, lever = self.heard + 1, next(iter(self.values))
        self.values[lever] = 5 * (number % 20)
        request = BackMsg()
        request.rerun_script.fragment_id = self.fragment
        state = request.rerun_script.widget_states.widgets.add()
        state.id = self.dials
        state.json_value = json.dumps({"moved": {"number": number, "values": self.values, "rest": False}})
        took = await self.run(request)
        assert self.heard == number, "the levers were not answered"
        return took


async def crowd(address: str, readers: int, seconds: float, every: float) -> tuple[list[float], float]:
    """Seconds from each message to the end of its run, and bytes per answer, with so many dragging at once.

    Each reader sends a message every so many seconds, or as soon as the last is answered if that is later.
    """
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    took: list[float] = []
    opened = []
    for _ in range(readers):
        line = await connect(stream, origin=address, subprotocols=["streamlit"], max_size=LARGEST)
        reader = Reader(line)
        await reader.open()
        opened.append(reader)
    before = sum(reader.received for reader in opened)
    ends = time.perf_counter() + seconds

    async def drags(reader: Reader, place: int) -> None:
        await asyncio.sleep(every * place / readers)
        while (now := time.perf_counter()) < ends:
            took.append(await reader.drag())
            await asyncio.sleep(max(now + every - time.perf_counter(), 0))

    await asyncio.gather(*(drags(reader, place) for place, reader in enumerate(opened)))
    received = sum(reader.received for reader in opened) - before
    for reader in opened:
        await reader.line.close()
    return took, received / max(len(took), 1)
