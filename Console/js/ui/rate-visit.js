/** Saying how good a visit was, once it is over; said again it takes the place of the first. */
import { button } from './buttons.js';
import { formDialog } from './dialog.js';
import { radioGroup } from './forms.js';
import { h } from './dom.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const SCORES = ['5', '4', '3', '2', '1'];

function ask(app, visit) {
  const key = newKey();
  const score = radioGroup({
    legend: t('rate.legend', { name: visit.doctorName ?? t('doctor.title') }),
    name: 'score',
    value: null,
    options: SCORES.map((value) => ({ value, content: [h('span', { class: 'choice-title' }, t(`rate.${value}`))] })),
  });
  return formDialog({
    title: t('rate.title'),
    intro: t('rate.intro'),
    rows: [score],
    submitLabel: t('rate.submit'),
    submit: async () => {
      score.setError(score.read() ? null : t('rate.missing'));
      if (!score.read()) return false;
      await app.api.rateVisit(visit.id, Number(score.read()), key);
      return true;
    },
    onError: sentenceFor,
    fallbackFocus: () => app.focusMain(),
  });
}

/** @param {object} app @param {object} visit @returns {HTMLElement|null} a button where there is something to rate */
export function rateButton(app, visit) {
  if (visit.status !== 'completed') return null;
  return button({
    label: t('rate.do'),
    'aria-label': t('rate.spoken', { time: app.time.moment(visit.startsAt) }),
    'aria-haspopup': 'dialog',
    dataset: { key: `rate ${visit.id}` },
    on: {
      click: async () => {
        if (await ask(app, visit)) app.toasts.good(t('rate.done'));
      },
    },
  });
}
