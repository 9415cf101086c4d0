/** A query string of what is given; what is empty is left out. @param {Record<string, string|number|null|undefined>} values */
export const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
