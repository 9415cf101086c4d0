/** Ward's own icons: strokes on a 24 × 24 grid, drawn in the colour of the text, hidden from screen readers. */
const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  board: ['M3 5h18v14H3z', 'M3 10h18', 'M9 10v9'],
  raise: ['M12 5v14', 'M5 12h14'],
  staff: [
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
    'M3 20c0-3.5 2.6-6 6-6s6 2.5 6 6',
    'M16 5a3 3 0 0 1 0 6',
    'M18 14.5c2 .8 3 2.800 3 5.500',
  ],
  patients: ['M3 5v14', 'M3 15h18v4', 'M21 15v-2a3 3 0 0 0-3-3h-7v5', 'M7 12.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4z'],
  myRecord: ['M6 3h9l4 4v14H6z', 'M9.500 12h6', 'M9.500 16h6', 'M14.500 3v4.500H19'],
  appointments: ['M4 5h16v16H4z', 'M4 10h16', 'M8 3v4', 'M16 3v4', 'M8 14h3', 'M13 17.500h3'],
  screens: ['M3 4h18v12H3z', 'M12 16v4', 'M8 20h8'],
  figures: ['M4 20V10', 'M10 20V4', 'M16 20v-7', 'M22 20H2'],
  setup: ['M4 7h9', 'M17 7h3', 'M4 17h3', 'M11 17h9', 'M15 4.500v5', 'M9 14.500v5'],
  print: ['M7 9V3h10v6', 'M5 18H3V9h18v9h-2', 'M7 14h10v7H7z'],
  sound: ['M4 9v6h4l5 4V5L8 9z', 'M16.500 9a4.500 4.500 0 0 1 0 6', 'M19 6.500a8 8 0 0 1 0 11'],
  paused: ['M4 9v6h4l5 4V5L8 9z', 'M17 9.500l4 5', 'M21 9.500l-4 5'],
  light: [
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
    'M12 2v2.500',
    'M12 19.500V22',
    'M2 12h2.500',
    'M19.500 12H22',
    'M5 5l1.800 1.800',
    'M17.200 17.200L19 19',
    'M19 5l-1.800 1.800',
    'M6.800 17.200L5 19',
  ],
  wall: ['M4 9V4h5', 'M20 9V4h-5', 'M4 15v5h5', 'M20 15v5h-5'],
  help: [
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
    'M9.500 9.500a2.500 2.500 0 1 1 3.700 2.200c-.8.4-1.200 1-1.200 1.900',
    'M12 16.800v.2',
  ],
  person: ['M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M4.500 21c0-4 3.200-7 7.500-7s7.500 3 7.500 7'],
  check: ['M4.500 12.500l5 5L19.500 7'],
  up: ['M12 20V5', 'M6 11l6-6 6 6'],
  cross: ['M6 6l12 12', 'M18 6L6 18'],
  decline: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M6 6l12 12'],
  done: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M8 12.500l3 3 5.500-6'],
  clock: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M12 7v5l3.500 2'],
  broken: [
    'M3 8.500a14 14 0 0 1 5-2.900',
    'M21 8.500a14 14 0 0 0-8.500-3.400',
    'M6.500 12.500a9 9 0 0 1 2.500-1.700',
    'M17.500 12.500a9 9 0 0 0-2.500-1.700',
    'M12 18v.2',
    'M3 3l18 18',
  ],
  copy: ['M8 8h12v12H8z', 'M4 16V4h12'],
  // One's own account.
  key: ['M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M11 12l8-8', 'M15 8l3 3', 'M18 5l2.500 2.500'],
  down: ['M12 4v12', 'M6.500 11l5.500 5.500 5.500-5.500', 'M4 20h16'],
  back: ['M19 12H5', 'M11 6l-6 6 6 6'],
  leave: ['M10 4H4v16h6', 'M9 12h11', 'M16 8l4 4-4 4'],
  bell: ['M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15z', 'M10 21.500h4'],
};

/** @param {keyof typeof PATHS} name @param {string} [extraClass] */
export function icon(name, extraClass = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon ${extraClass}`.trim());
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** The mark: the corridor light over a door. */
export function brandMark() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('class', 'brand-mark');
  svg.setAttribute('aria-hidden', 'true');
  const shapes = [
    ['M10 8a6 6 0 0 1 12 0z', 'brand-light'],
    ['M5 11h22v18h-4V15H9v14H5z', 'brand-door'],
    ['M12.500 18h7v11h-7z', 'brand-leaf'],
  ];
  for (const [d, name] of shapes) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('class', name);
    svg.append(path);
  }
  return svg;
}
