/**
 * The health pages of a process. Each answers at once, from what the process knows about itself, and requests nothing
 * from another service.
 */
export const createHealth = () => {
  let started = false;
  let stopping = false;
  return {
    /** Call it when the work of the start is done. */
    started: () => {
      started = true;
    },
    /** Call it on SIGTERM, before the server closes. */
    stopping: () => {
      stopping = true;
    },
    /** Whether each page answers 200; otherwise 503. */
    pages: {
      // Whether the process works: if not, the kubelet restarts it.
      '/health/live': () => true,
      // Whether the start is complete: until then, the kubelet does not request the other pages.
      '/health/startup': () => started,
      // Whether this pod can serve now: if not, its Service sends no requests to it.
      '/health/ready': () => started && !stopping,
    },
  };
};
