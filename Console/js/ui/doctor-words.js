/** How a doctor is told to patients: the rating, the fee, the years. */
import { h } from './dom.js';
import { money } from './money-words.js';
import { plural, t } from '../i18n.js';
import { LOCALE } from '../strings.js';

const rating = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const STARS = 5;

export const ratingText = (doctor) => (doctor.ratings > 0 && doctor.rating !== null
  ? plural('doctor.rated', doctor.ratings, { rating: rating.format(doctor.rating) })
  : t('doctor.unrated'));

/** Stars for the eye; the words beside them say the same to everybody. */
export function ratingMark(doctor) {
  // Half a star is none.
  const full = Math.floor((doctor.rating ?? 0) + 0.49);
  return h(
    'span',
    { class: 'rating' },
    doctor.ratings > 0 && h(
      'span',
      { class: 'rating-stars', 'aria-hidden': 'true' },
      '★'.repeat(full),
      h('span', { class: 'rating-empty' }, '★'.repeat(STARS - full)),
    ),
    h('span', {}, ratingText(doctor)),
  );
}

/** A fee counts where the hospital has a currency. @param {string|null} currency */
export function feeText({ feeMinor }, currency) {
  if (feeMinor === null || !currency) return t('doctor.noFee');
  return feeMinor === 0 ? t('doctor.free') : money(feeMinor, currency);
}

export const hasFee = ({ feeMinor }, currency) => feeMinor > 0 && Boolean(currency);

export const yearsText = ({ experienceYears }) =>
  (experienceYears === null ? '' : plural('doctor.yearsOf', experienceYears));

/** What somebody does, in one line. */
export const callingText = ({ specialization, qualification }) => [specialization, qualification].filter(Boolean).join(' · ');
