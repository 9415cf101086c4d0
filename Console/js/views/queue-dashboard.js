/** The queues of Ward: how much waits, who works, what gave up. Live over a socket; for those who look after Ward. */
import { h, setText } from '../ui/dom.js';
import { createSocket } from '../net/socket.js';
import { queueJobs } from '../ui/queue-jobs.js';
import { queueNodes } from '../ui/queue-nodes.js';
import { queueTable } from '../ui/queue-table.js';
import { queueTiles } from '../ui/queue-tiles.js';
import { sentenceFor } from '../ui/errors.js';
import { setupPage } from '../ui/setup-page.js';
import { t } from '../i18n.js';
import { firstWorry, renewed } from '../pure/queues.js';

/** Rates and latencies, which the socket does not tell, are asked for this often at most. */
const ASK_MILLISECONDS = 4_000;

/** @param {object} app */
export function queueDashboardView(app) {
  let queues = [];
  let perSecond = NaN;
  let chosen = null;
  let gone = false;
  let timer = 0;
  let asking = false;
  const state = h('p', { class: 'queue-live', role: 'status' });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const tiles = queueTiles();
  const list = queueTable({ choose });
  const nodes = queueNodes(app);
  const jobs = queueJobs(app, { changed: load });
  const page = setupPage(
    app,
    'queues',
    state,
    problem,
    h('section', { class: 'panel', 'aria-label': t('queues.sum') }, tiles.element),
    h('section', { class: 'panel', 'aria-label': t('queues.list') }, list.element),
    jobs.element,
    nodes.element,
  );
  const socket = createSocket({ subscription: ['subscribe:queues'], onEvent, onState });

  function onState(now) {
    state.dataset.state = now;
    setText(state, t(`queues.live.${now}`));
    if (now === 'live') load(); // what changed before the room was joined
  }

  function onEvent({ name, data }) {
    if (name !== 'queue:updated') return;
    show(renewed(queues, data?.queues ?? []));
    jobs.stir();
    if (timer === 0) timer = setTimeout(load, ASK_MILLISECONDS);
  }

  function choose(name, { focus = true } = {}) {
    chosen = name;
    list.mark(name);
    jobs.show(queues.find((each) => each.queue === name), { focus });
  }

  function show(rows) {
    queues = rows;
    tiles.show(queues, perSecond);
    list.show(queues, chosen);
    if (chosen !== null) return;
    const worry = firstWorry(queues);
    if (worry) choose(worry, { focus: false });
  }

  async function load() {
    clearTimeout(timer);
    timer = 0;
    if (asking) {
      timer = setTimeout(load, ASK_MILLISECONDS);
      return;
    }
    asking = true;
    try {
      const answer = await app.api.queues.metrics();
      if (gone) return;
      problem.hidden = true;
      perSecond = answer.donePerSecond;
      show(answer.queues);
      nodes.show(answer.nodes);
    } catch (error) {
      if (gone) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    } finally {
      asking = false;
    }
  }

  socket.start();
  load();
  return {
    ...page,
    keys: {},
    destroy() {
      gone = true;
      clearTimeout(timer);
      socket.stop();
      jobs.destroy();
    },
  };
}
