/** The queues of a day, in which somebody waits or is seen. Asked for again only where they have changed. */

/** @param {object} api */
export function createQueues(api) {
  let kept = new Map();
  const keyOf = ({ doctorId, date }) => `${doctorId} ${date}`;
  return {
    /** @param {{date?: string, doctorId?: string}} [which] today's and every doctor's where it is not said */
    async load({ date, doctorId } = {}) {
      const figures = await api.queueFigures(date);
      const busy = figures.filter((each) => each.waiting + each.inProgress > 0 && (!doctorId || each.doctorId === doctorId));
      const queues = await Promise.all(busy.map((each) => {
        const known = kept.get(keyOf(each));
        return known?.version === each.version ? known : api.doctorQueue(each.doctorId, each.date);
      }));
      kept = new Map(queues.map((queue) => [keyOf(queue), queue]));
      return queues;
    },
    /** Takes in a queue that an answer brought. */
    take: (queue) => kept.set(keyOf(queue), queue),
  };
}
