/** For which hospital somebody works here, and at his next sign-ins. */
import { h } from './dom.js';
import { panel } from './account-page.js';
import { plainForm } from './plain-form.js';
import { radioGroup } from './forms.js';
import { t, word } from '../i18n.js';

/** @param {object} app */
export function hospitalPanel(app) {
  const { memberships, hospital } = app.session.current;
  const group = radioGroup({
    legend: t('profile.works'),
    name: 'hospitalId',
    value: hospital?.id,
    options: memberships.map((each) => ({
      value: each.hospitalId,
      content: [
        h('span', { class: 'choice-title' }, each.hospitalName),
        h('span', { class: 'choice-note' }, word('role', each.role)),
      ],
    })),
  });
  const form = plainForm({
    rows: [group],
    submitLabel: t('profile.workHere'),
    send: async () => {
      await app.api.selectHospital(group.read());
      app.changeHospital(null);
    },
  });
  const only = [
    h('p', { class: 'choice-title' }, hospital?.name ?? ''),
    h('p', {}, t('profile.worksOnly', { role: word('role', memberships[0]?.role) })),
  ];
  return panel(t('profile.hospitals'), ...memberships.length > 1 ? [form.element] : only).element;
}
