/** All people of the hospital who work in it, for lists to choose from. */

const PAGE = 100;
const MOST_PAGES = 20;

/** @param {object} app @returns {Promise<object[]>} active people by name; patients are none */
export async function everyone(app) {
  const people = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await app.api.people({ page, limit: PAGE });
    people.push(...answer.users);
    if (page >= answer.totalPages) break;
  }
  return people.filter((person) => person.isActive && person.role !== 'patient');
}
