/** A QR code as a picture: black on white whatever the theme, with its quiet margin. */
import { qrCode, qrPath } from '../pure/qr.js';

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 4;

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {string} text @param {string} label @returns {SVGElement|null} null when the text is too long */
export function qrPicture(text, label) {
  let code = null;
  try {
    code = qrCode(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null; // the secret beside it can be typed
  }
  const side = code.size + 2 * MARGIN;
  const svg = shape('svg', {
    class: 'qr', viewBox: `${-MARGIN} ${-MARGIN} ${side} ${side}`, role: 'img', 'aria-label': label,
    'shape-rendering': 'crispEdges',
  });
  svg.append(
    shape('rect', { x: -MARGIN, y: -MARGIN, width: side, height: side, fill: '#fff' }),
    shape('path', { d: qrPath(code), fill: '#000' }),
  );
  return svg;
}
