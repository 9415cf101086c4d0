'use strict'
// The plain broadcast server of node's `ws`: what one socket says, all hear, as it stands. No protocol above WebSocket,
// no accounts, no database. Environment: PORT.

const { WebSocket, WebSocketServer } = require('ws')

const server = new WebSocketServer({
  host: '127.0.0.1', port: Number(process.env.PORT), path: '/', perMessageDeflate: false, backlog: 4096,
})
server.on('connection', socket => {
  socket.on('message', data => {
    for (const client of server.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(data, { binary: false })
    }
  })
  socket.on('error', () => {})
})
