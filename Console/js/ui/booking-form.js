/** Booking a visit: what for, with whom, when. At the desk for a patient who is found first, or for oneself. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { selectOf } from './choices.js';
import { conflictAnswer, isConflict } from './conflict-answer.js';
import { patientFinder } from './patient-finder.js';
import { serviceFields, unprefixed } from './service-fields.js';
import { smallForm } from './small-form.js';
import { timeField } from './time-field.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

/**
 * @param {object} app
 * @param {object} options
 * @param {object[]} options.services @param {{id: string, name: string}[]} options.doctors
 * @param {object[]} [options.resources] rooms and devices, at the desk
 * @param {number} options.start what is proposed @param {string} [options.doctorId] likewise
 * @param {boolean} options.isOwn for oneself: no patient is asked
 * @param {{rows: HTMLElement[], read: () => object}} [options.more] what else is asked
 * @param {(appointment: object, patient: object|null) => void} options.done @param {() => void} options.close
 */
export function bookingForm(app, { services, doctors, resources = [], start, doctorId, isOwn, more, done, close }) {
  const finder = isOwn ? null : patientFinder(app);
  const service = selectOf(services.map(({ name, title, minutes }) => ({
    value: name, text: `${title} (${t('visit.minutes', { count: minutes })})`,
  })), services.find(({ name }) => name === 'general-consultation')?.name ?? services[0]?.name, { change: changed });
  const first = { value: '', text: t('booking.choose') };
  const doctor = selectOf(
    [first, ...doctors.map(({ id, name }) => ({ value: id, text: name }))],
    doctorId ?? (doctors.length === 1 ? doctors[0].id : ''),
    { change: () => time.refresh() },
  );
  const medium = h('select', {});
  const mediumRow = field({ label: t('booking.medium'), name: 'medium', control: medium });
  const chosen = () => services.find(({ name }) => name === service.value);
  const time = timeField(app, { start, doctor: () => doctor.value, minutes: () => chosen()?.minutes ?? null });
  const asked = h('div', { class: 'stack' });
  const things = h('div', { class: 'field-pair' });
  let questions = serviceFields([]);
  let taken = [];
  let overrideReason = null;
  const conflict = conflictAnswer(app, {
    doctorName: (id) => doctors.find((each) => each.id === id)?.name ?? '',
    take,
    override: isOwn ? null : override,
  });
  const always = [
    ...(finder ? [finder] : []),
    field({ label: t('booking.service'), name: 'service', control: service }),
    mediumRow,
    field({ label: t('reception.doctor'), name: 'doctorId', control: doctor }),
    time,
    ...(more?.rows ?? []),
  ];
  const rows = [...always];
  let sent = { text: '', key: newKey() };

  /** Each kind of thing that the service needs, or might take. */
  function thingFields(needs) {
    taken = ['room', 'equipment'].map((kind) => {
      const known = resources.filter((each) => each.kind === kind && each.isActive !== false);
      const none = { value: '', text: t(needs.includes(kind) ? 'booking.choose' : 'booking.noResource') };
      return { kind, known, control: selectOf([none, ...known.map(({ id, name }) => ({ value: id, text: name }))], '') };
    }).filter(({ known }) => known.length > 0);
    return taken.map(({ kind, control }) => field({
      label: t(`booking.${kind}`), name: kind, optional: !needs.includes(kind), control,
    }));
  }

  function showService() {
    const { media = [], fields = [], needs = [] } = chosen() ?? {};
    medium.replaceChildren(...media.map((each) => h('option', { value: each }, t(`visit.medium.${each}`))));
    mediumRow.hidden = media.length < 2;
    questions = serviceFields(fields);
    asked.replaceChildren(...questions.rows);
    const further = thingFields(needs);
    things.replaceChildren(...further);
    rows.splice(0, rows.length, ...always, ...questions.rows, ...further);
  }

  function changed() {
    showService();
    time.refresh();
  }

  function problems() {
    const errors = [];
    if (finder && !finder.read()) errors.push({ path: 'patientId', message: t('booking.patientMissing') });
    if (!chosen()) errors.push({ path: 'service', message: t('booking.chooseService') });
    if (!doctor.value) errors.push({ path: 'doctorId', message: t('booking.doctorMissing') });
    if (!time.read()) errors.push({ path: 'startsAt', message: t('booking.timeMissing') });
    return [...errors, ...questions.problems()];
  }

  function body() {
    const details = questions.read();
    const things = taken.map(({ control }) => control.value).filter(Boolean);
    return {
      doctorId: doctor.value,
      service: service.value,
      startsAt: time.read(),
      medium: medium.value,
      ...(finder ? { patientId: finder.read().id } : {}),
      ...(things.length > 0 ? { resources: things } : {}),
      ...(Object.keys(details).length > 0 ? { details } : {}),
      ...(overrideReason ? { overrideReason } : {}),
      ...more?.read(),
    };
  }

  /** What is sent unchanged once more happens once, whatever was lost; what was changed is another booking. */
  function keyFor(wanted) {
    const text = JSON.stringify(wanted);
    if (text !== sent.text) sent = { text, key: newKey() };
    return sent.key;
  }

  async function submit() {
    conflict.hide();
    const wanted = body();
    overrideReason = null;
    try {
      const appointment = await (isOwn ? app.api.bookOwnAppointment : app.api.bookAppointment)(wanted, keyFor(wanted));
      done(appointment, finder?.read() ?? null);
    } catch (error) {
      throw 'status' in error ? unprefixed(error) : error;
    }
  }

  function onError(error) {
    if (!isConflict(error)) return false;
    conflict.show(error);
    return true;
  }

  function take(alternative) {
    if (doctors.some(({ id }) => id === alternative.doctorId)) doctor.value = alternative.doctorId;
    conflict.hide();
    time.write(Date.parse(alternative.startsAt));
    form.requestSubmit();
  }

  function override(reason) {
    overrideReason = reason;
    form.requestSubmit();
  }

  const form = smallForm({
    rows,
    layout: [always, asked, things, conflict.element],
    submitLabel: t('booking.submit'),
    icon: 'check',
    problems,
    submit,
    onError,
    more: [button({ label: t('booking.cancel'), kind: 'quiet', on: { click: close } })],
  });
  showService();
  time.refresh();
  const heading = h('h2', { tabindex: '-1' }, t('booking.title'));
  return { element: h('section', { class: 'panel record-form booking-form' }, heading, form), heading };
}
