"""python-socketio's broadcast server, set up to be fast: uvloop, no compression, no logging, no accounts, no database.

    socketio_server.py aiohttp|uvicorn PORT

What one socket publishes, all in the room hear as `alert:new`.
"""

import sys

import socketio
import uvloop

server = socketio.AsyncServer(
    async_mode="aiohttp" if sys.argv[1] == "aiohttp" else "asgi", cors_allowed_origins="*", http_compression=False,
    transports=["websocket"], logger=False, engineio_logger=False)


@server.event
async def connect(sid, environment, authentication):
    await server.enter_room(sid, "alerts")


@server.event
async def publish(sid, alert):
    await server.emit("alert:new", alert, room="alerts")


if sys.argv[1] == "aiohttp":
    from aiohttp import web

    application = web.Application()
    server.attach(application)
    web.run_app(
        application, host="127.0.0.1", port=int(sys.argv[2]), access_log=None, backlog=4096, loop=uvloop.new_event_loop(),
        print=None)
else:
    import uvicorn

    uvicorn.run(
        socketio.ASGIApp(server), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False,
        loop="uvloop", ws="websockets-sansio", ws_per_message_deflate=False, backlog=4096, lifespan="off")
