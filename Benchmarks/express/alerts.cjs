'use strict'
// What an alert looks like on the wire, and the small things around it.

const { randomFillSync } = require('node:crypto')

const PRIORITIES = [undefined, 'low', 'low', 'medium', 'high', 'critical']

// The standard ladder of each urgency, in seconds.
const ladder = (minutes, repeats) => ({
  step_seconds: minutes.map(minute => minute * 60), repeats, response_seconds: 2 * minutes[0] * 60,
})
const RANKS = [
  undefined, ladder([60], false), ladder([30, 60, 90], false), ladder([15, 30, 45], false), ladder([10, 20, 30], true),
  ladder([5, 10, 15], true),
]

// PostgreSQL's `2026-11-21 01:54:14.5+00` as RFC 3339.
const time = text => text === null || text.endsWith('Z') ? text : `${text.slice(0, 10)}T${text.slice(11, -3)}Z`

// From the columns of a row, in the order of `COLUMNS`.
const alertOf = row => ({
  id: row[0], hospitalId: row[1], departmentId: row[2], roomNumber: row[3], alertType: row[4], title: row[5],
  description: row[6], urgencyLevel: row[7], priority: PRIORITIES[row[7]], status: row[8], escalationTier: row[9],
  nextEscalationAt: time(row[10]), acknowledgedBy: row[11], acknowledgedByName: row[12], acknowledgedAt: time(row[13]),
  resolvedBy: row[14], resolvedAt: time(row[15]), resolution: row[16], createdBy: row[17], createdByName: row[18],
  createdAt: time(row[19]), updatedAt: time(row[20]), expiresAt: time(row[21]), version: row[22],
  responseAction: row[23], estimatedArrivalAt: time(row[24]), delegatedTo: row[25], delegatedToName: row[26],
  quorum: row[27], responders: row[28], repeatCount: row[29], lastRepeatAt: time(row[30]), repeatOf: row[31],
})

// A UUID of version 7; random bytes are drawn for many at once.
const pool = Buffer.alloc(10 * 256)
let used = pool.length
function newId() {
  if (used === pool.length) { randomFillSync(pool); used = 0 }
  const time = Date.now().toString(16).padStart(12, '0')
  const random = pool.toString('hex', used, used += 10)
  const variant = '89ab'[Number.parseInt(random[4], 16) & 3]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(1, 4)}-${variant}${random.slice(5, 8)}-${random.slice(8)}`
}

// The values of an audit row for a created alert.
function audit(request, alert, details) {
  const { caller, headers, socket } = request
  return [
    newId(), caller.hospitalId, caller.userId, caller.role, caller.sessionId, alert, socket.remoteAddress,
    headers['user-agent'] ?? '', headers['x-request-id'] ?? newId(), JSON.stringify(details),
  ]
}

module.exports = { PRIORITIES, RANKS, alertOf, audit, newId }
