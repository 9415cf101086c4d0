"""A line between two programs of this machine whose answers can be made late: not lost, not altered, each so much later."""

import asyncio
import threading
from contextlib import contextmanager


class SlowProxy:
    """Speaks to `target` for whoever connects; `delay` is by how many seconds what comes back is late."""

    def __init__(self, target: int):
        self.target, self.delay, self.port = target, 0.0, 0
        self.loop = asyncio.new_event_loop()
        self.late = 0

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_answer: bool) -> None:
        try:
            while data := await reader.read(1 << 16):
                if is_answer and self.delay:
                    self.late += 1
                    await asyncio.sleep(self.delay)
                writer.write(data)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass  # one side has hung up
        finally:
            writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        try:
            await asyncio.gather(self._carry(reader, far_writer, False), self._carry(far_reader, writer, True))
        except asyncio.CancelledError:
            pass  # the end of the proxy

    async def _open(self) -> asyncio.Server:
        return await asyncio.start_server(self._connect, "127.0.0.1", 0, backlog=256)

    def start(self) -> None:
        server = self.loop.run_until_complete(self._open())
        self.port = server.sockets[0].getsockname()[1]
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    async def _close(self) -> None:
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)


@contextmanager
def slow_proxy(target: int):
    proxy = SlowProxy(target)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.close()
