"""The Socket.IO client of the tests: python-socketio's own, which hands over what comes in the order in which it came.

python-engineio handles each message in a thread of its own, so that a busy machine swaps neighbours: of 3,000 messages
beside six busy threads some 350 came before their predecessor. What the tests say about order has to be Ward's.
"""

import engineio
import socketio


class OrderedTransport(engineio.Client):
    """Handles each message in the thread that reads the socket, before it reads the next."""

    def _trigger_event(self, event, *arguments, run_async=False, **more):
        return super()._trigger_event(event, *arguments, run_async=False, **more)


class OrderedClient(socketio.Client):
    """Handlers must not wait for an answer on the same socket: they stand in the way of it."""

    def _engineio_client_class(self):
        return OrderedTransport
