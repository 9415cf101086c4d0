/** What a refused booking is told: everything that stands in the way, what is free instead, and how to stand above it. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { t, word } from '../i18n.js';

const KINDS = ['time_overlap', 'doctor_unavailable', 'resource_conflict', 'capacity_exceeded', 'business_rule'];

/** Whether a refusal says what stands in the way. */
export const isConflict = (error) => error.status === 409 && Array.isArray(error.details?.conflicts);

/**
 * @param {object} app
 * @param {{doctorName: (id: string) => string, take: (alternative: object) => void, override: (reason: string) => void}}
 *   options without `override` nobody is offered to stand above what is taken
 */
export function conflictAnswer(app, { doctorName, take, override }) {
  const element = h('section', { class: 'conflicts', 'aria-label': t('conflict.title'), tabindex: '-1', hidden: true });
  const ofDoctor = (kind) => kind === 'time_overlap' || kind === 'doctor_unavailable';

  function lineOf({ kind, startsAt, endsAt, severity }) {
    const who = t(ofDoctor(kind) ? 'conflict.theDoctor' : 'conflict.theResource');
    const what = KINDS.includes(kind) ? t(`conflict.kind.${kind}`, { who }) : word('conflict.kind', kind);
    const text = t('conflict.span', { what, from: app.time.minute(startsAt), to: app.time.minute(endsAt) });
    return h(
      'li',
      { dataset: { severity, kind } },
      text,
      ' ',
      h('span', { class: 'tag' }, word('conflict.severity', severity)),
    );
  }

  function alternativeOf(alternative) {
    const name = doctorName(alternative.doctorId);
    const time = app.time.moment(alternative.startsAt);
    return h('li', {}, button({
      label: name ? t('conflict.takeWith', { time, name }) : t('conflict.take', { time }),
      on: { click: () => take(alternative) },
    }));
  }

  function overridePart() {
    const reason = h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
    const row = field({
      label: t('conflict.overrideReason'), name: 'overrideReason', hint: t('conflict.overrideHint'), control: reason,
    });
    const go = () => {
      const text = reason.value.trim();
      row.setError(text ? null : t('visit.ask.reasonMissing'));
      if (text) override(text);
      else row.focusControl();
    };
    return h(
      'details',
      { class: 'fold' },
      h('summary', {}, t('conflict.override')),
      h('div', { class: 'stack' }, row, button({ label: t('conflict.override'), kind: 'danger', on: { click: go } })),
    );
  }

  return {
    element,
    hide() {
      element.hidden = true;
      element.replaceChildren();
    },
    /** @param {object} error for which `isConflict` is true */
    show(error) {
      const { conflicts, alternatives = [], strategies = [] } = error.details;
      const mayOverride = override && strategies.includes('override') && app.session.can('override_bookings');
      element.replaceChildren(
        h('h3', {}, t('conflict.title')),
        h('ul', { class: 'conflict-list' }, conflicts.map(lineOf)),
        ...(alternatives.length > 0
          ? [h('h4', {}, t('conflict.alternatives')), h('ul', { class: 'alternatives' }, alternatives.map(alternativeOf))]
          : [h('p', {}, t('conflict.none'))]),
        ...(mayOverride ? [overridePart()] : []),
      );
      element.hidden = false;
      element.focus();
      element.scrollIntoView({ block: 'nearest' });
    },
  };
}
