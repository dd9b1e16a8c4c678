"""A way to the database that can be made slow, or closed for a while: what a bad network does to its users."""

import asyncio
import threading
from contextlib import suppress

_CHUNK = 65536
_HOST = "127.0.0.1"


class Proxy:
    """Listens on a port of its own and passes everything on, from a thread of its own, so that nothing else of the
    drill is slowed down with it."""

    def __init__(self, port: int) -> None:
        """`port`: where what is passed on goes to, on the loopback."""
        self._to = port
        self._delay = 0.0
        self._open = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self.port = 0
        listening = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(listening,), name="proxy", daemon=True)
        self._thread.start()
        listening.wait()

    def slow(self, seconds: float) -> None:
        """From now on every packet takes so much longer, each way."""
        self._delay = seconds

    def still(self) -> None:
        """Nothing passes any more; connections stay open, as behind a cable that was pulled."""
        self._loop.call_soon_threadsafe(self._open.clear)

    def flow(self) -> None:
        """As if nothing had been."""
        self._delay = 0.0
        self._loop.call_soon_threadsafe(self._open.set)

    def close(self) -> None:
        """Nobody listens any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self, listening: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._open.set()
        server = self._loop.run_until_complete(asyncio.start_server(self._pass_on, _HOST, 0))
        self.port = server.sockets[0].getsockname()[1]
        listening.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(_HOST, self._to)
        except OSError:
            writer.close()  # what a server that is down looks like to whoever has just connected
            return
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(_CHUNK):
                await self._open.wait()
                if self._delay:
                    await asyncio.sleep(self._delay)
                writer.write(chunk)
                await writer.drain()
        writer.close()
