"""pgqueuer as it is, batch 100: enqueues no-op jobs in the database that the environment names and does them all."""

import asyncio
import sys
import time
from datetime import timedelta

import asyncpg
from pgqueuer import AsyncpgDriver, PgQueuer
from pgqueuer.queries import Queries
from pgqueuer.types import QueueExecutionMode


async def main(count: int) -> None:
    connection = await asyncpg.connect()
    driver = AsyncpgDriver(connection)
    queries = Queries(driver)
    if not await queries.schema_is_installed():
        await queries.install()
    for start in range(0, count, 1000):
        size = min(1000, count - start)
        await queries.enqueue(["nothing"] * size, [None] * size, [0] * size)
    manager = PgQueuer(driver)

    @manager.entrypoint("nothing")
    async def nothing(job) -> None:
        pass

    began = time.monotonic()
    await manager.run(batch_size=100, mode=QueueExecutionMode.drain, dequeue_timeout=timedelta(seconds=1))
    print(count / (time.monotonic() - began))


asyncio.run(main(int(sys.argv[1])))
