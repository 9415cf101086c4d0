'use strict'
// Ward's two measured operations in Express and node-pg, written to be fast: one process, no ETag, no ORM, no logging,
// sessions and permissions cached, statements prepared once per connection. It works on the very database that
// `ward serve --demo` made, as the same role, under the same row-level security, writes the same rows and answers with
// the same fields. Environment: PORT, and PGHOST, PGUSER, PGPASSWORD, PGDATABASE, PGPORT of the database.
//
// node-pg waits for the answer of one message before it sends the next. So each step goes out as ONE message of several
// EXECUTEs of prepared statements, which was 1.2 to 1.6 times as fast on the list as named statements queued one by one.

const { createHash } = require('node:crypto')
const express = require('express')
const { Client, Pool, types } = require('pg')
const { STATEMENTS } = require('./statements.cjs')
const { alertOf, audit, newId, PRIORITIES, RANKS } = require('./alerts.cjs')
const { bookingOf } = require('./booking.cjs')

// Times stay the text that PostgreSQL sent: parsing them only to print them again is the dearest part of a row.
types.setTypeParser(1184, text => text)

const pool = new Pool({
  host: process.env.PGHOST, user: process.env.PGUSER, password: process.env.PGPASSWORD,
  database: process.env.PGDATABASE, port: Number(process.env.PGPORT), max: 16,
  options: '-c search_path=ward -c timezone=UTC',
})
// Ward's two measured operations and a booking, whose statements the benchmark has written down.
const BOOKING = process.env.BOOKING ? JSON.parse(require('node:fs').readFileSync(process.env.BOOKING, 'utf8')) : undefined
const PREPARE = Object.entries({ ...STATEMENTS, ...BOOKING?.statements }).map(([name, text]) => `PREPARE ${name} AS ${text}`).join(';\n')
pool.on('connect', client => { client.query(PREPARE) })

const literal = value =>
  value === null || value === undefined ? 'NULL'
    : typeof value === 'number' || typeof value === 'boolean' ? String(value)
      : Client.prototype.escapeLiteral(Array.isArray(value) ? `{${value.map(i => JSON.stringify(i)).join(',')}}` : value)
const execute = (name, ...values) => `EXECUTE ${name}${values.length ? `(${values.map(literal).join(',')})` : ''}`
const tenant = caller =>
  `SELECT set_config('ward.hospital', ${literal(caller.hospitalId)}, true), ` +
  `set_config('ward.user', ${literal(caller.userId)}, true)`

// Sessions, as Ward keeps them: found by the token's SHA-256, believed for a minute.
const sessions = new Map()
const PERMISSIONS = {
  operator: new Set(['view_alerts', 'create_alerts']), nurse: new Set(['view_alerts', 'manage_appointments']),
}

async function authenticate(request, response, next) {
  try {
    const header = request.headers.authorization ?? ''
    const hash = createHash('sha256').update(header.slice('Bearer '.length)).digest('hex')
    let session = sessions.get(hash)
    if (!session || session.goodUntil < Date.now()) {
      const { rows } = await pool.query(execute('bearer', `\\x${hash}`))
      const row = rows.find(row => row.hospital_id === row.session_hospital_id)
      if (!row) return response.status(401).json({ error: 'Sign in first.', code: 'UNAUTHORIZED' })
      session = {
        goodUntil: Date.now() + 60_000, sessionId: row.id, userId: row.user_id, name: row.name, role: row.role,
        hospitalId: row.hospital_id, isActive: row.hospital_is_active, permissions: PERMISSIONS[row.role] ?? new Set(),
      }
      sessions.set(hash, session)
    }
    request.caller = session
    next()
  } catch (error) { next(error) }
}

const permit = permission => (request, response, next) =>
  request.caller.permissions.has(permission)
    ? next()
    : response.status(403).json({ error: 'You are not allowed to do this.', code: 'FORBIDDEN' })

async function list(request, response) {
  const { caller, query } = request
  const limit = Math.min(Math.max(Number.parseInt(query.limit ?? '20', 10) || 20, 1), 100)
  const offset = Math.max(Number.parseInt(query.offset ?? '0', 10) || 0, 0)
  const status = String(query.status ?? 'active')
  // Several statements in one message are one transaction.
  const message = `${tenant(caller)}; ${execute('list', caller.hospitalId, status, limit + 1, offset)}`
  const [, { rows }] = await pool.query({ text: message, rowMode: 'array' })
  let total = offset + rows.length
  if (rows.length > limit) {
    const [, counted] = await pool.query(`${tenant(caller)}; ${execute('count', caller.hospitalId, status)}`)
    total = Number(counted.rows[0].total)
    rows.pop()
  }
  const next = offset + limit < total ? Buffer.from(`o${offset + limit}`).toString('base64') : null
  response.json({ data: rows.map(alertOf), message: 'The alerts.', page: { total, limit, offset, next } })
}

async function create(request, response) {
  const { caller, body } = request
  const { roomNumber: room, alertType: type, urgencyLevel: urgency } = body
  const bad = (path, message) => response.status(400).json({ error: message, code: 'BAD_REQUEST', details: { path } })
  if (typeof room !== 'string' || !room || room.length > 50) return bad('roomNumber', 'must have 1 to 50 characters')
  if (typeof type !== 'string' || !/^[a-z][a-z0-9_]{0,49}$/.test(type)) return bad('alertType', 'must be a code')
  if (!Number.isInteger(urgency) || urgency < 1 || urgency > 5) return bad('urgencyLevel', 'must be 1 to 5')

  const client = await pool.connect()
  let broken
  try {
    const hospital = caller.hospitalId
    // A repeated call only counts, as in Ward: calls of one room and type pass one by one.
    const [, , kinds, ladders, staff, clock, , earlier] = await client.query([
      'BEGIN', tenant(caller), execute('type', hospital, type), execute('ladder', hospital, urgency, type),
      execute('reachable', hospital), execute('clock'), execute('queue', `repeat ${hospital} ${type} ${room}`),
      execute('earlier', hospital, room, type, urgency),
    ].join(';'))
    if (urgency <= 3 && earlier.rows.length > 0 && earlier.rows[0].urgency >= urgency) {
      throw new Error('the benchmark calls from a new room each time')
    }
    if (kinds.rows.length === 0) {
      await client.query('ROLLBACK')
      return bad('alertType', 'refers to nothing in this hospital')
    }
    const now = clock.rows[0].now
    const ladder = ladders.rows[0] ?? RANKS[urgency]
    const people = staff.rows.filter(person => person.role === 'nurse').map(person => person.user_id)
    if (people.length === 0) throw new Error('the benchmark expects a nurse on duty, as the demo has one')
    const id = newId()
    const due = new Date(Date.parse(now.replace(' ', 'T').replace('+00', 'Z')) + ladder.step_seconds[0] * 1000).toISOString()
    const title = kinds.rows[0].title
    const document = alertOf([
      id, hospital, null, room, type, title, null, urgency, 'active', 1, due, null, null, null, null, null, null,
      caller.userId, caller.name, now, now, null, 1, null, null, null, null, null, [], 0, null, null,
    ])
    const rooms = [`hospital:${hospital}:alerts`, `hospital:${hospital}:undirected:alerts`]
    const persons = people.map(person => `user:${person}`)
    const page = {
      kind: 'alert_created', alertId: id, tier: 1, urgencyLevel: urgency, priority: PRIORITIES[urgency],
      roomNumber: room, title, reason: null,
    }
    await client.query([
      execute('insert_alert', hospital, id, room, type, title, urgency, ladder.step_seconds, ladder.repeats,
        ladder.response_seconds, due, caller.userId, caller.name, now),
      execute('insert_timer', hospital, id, due),
      execute('insert_pages', hospital, id, people, now),
      execute('insert_audit', ...audit(request, id, { tier: 1, urgencyLevel: urgency })),
      execute('insert_events', hospital, [newId(), newId()], ['alert:new', 'notification:new'],
        [[...rooms, ...persons].join(' '), persons.join(' ')], [JSON.stringify(document), JSON.stringify(page)]),
      'COMMIT',
    ].join(';'))
    response.status(201).json({ data: document, message: 'Alert created.' })
  } catch (error) {
    broken = await client.query('ROLLBACK').then(() => undefined, failure => failure)
    throw error
  } finally {
    client.release(broken)
  }
}

const handled = handler => (request, response, next) => { handler(request, response).catch(next) }
const app = express()
app.disable('etag')
app.disable('x-powered-by')
app.get('/api/v1/alerts', authenticate, permit('view_alerts'), handled(list))
app.post('/api/v1/alerts', authenticate, permit('create_alerts'), express.json({ limit: '256kb' }), handled(create))
if (BOOKING) {
  for (const [path, isBatched] of [['/api/v1/appointments', false], ['/batched/appointments', true]]) {
    const book = bookingOf(BOOKING, pool, literal, newId, isBatched)
    app.post(path, authenticate, permit('manage_appointments'), express.json({ limit: '256kb' }), handled(book))
  }
}
app.use((error, request, response, next) => {
  console.error(error)
  response.status(500).json({ error: 'Something went wrong.', code: 'INTERNAL_SERVER_ERROR' })
})
app.listen(Number(process.env.PORT), '127.0.0.1', 1024)
