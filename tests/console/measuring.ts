/* Scripts that run in the page: what they measure is what its visitor sees. Times are milliseconds. */

/** When something was painted first, and when the first box of the picture was there. */
export const FIRST_DATA = `
  let dataMs;
  const watch = new MutationObserver(() => {
    if (document.querySelector(".picture .box") === null) return;
    dataMs = performance.now();
    watch.disconnect();
  });
  watch.observe(document, { subtree: true, childList: true });
  globalThis.firstView_ = () => [
    Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0),
    Math.round(dataMs ?? 0),
  ];
`;

/** Counts frames and how long each took, and the tasks of the page itself that were long, until asked. */
export const FRAMES = `
  const frames = [], tasks = [], began = performance.now();
  let last = began;
  const step = (now) => { frames.push(now - last); last = now; requestAnimationFrame(step); };
  requestAnimationFrame(step);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
  globalThis.frames_ = () => {
    const sorted = [...frames].sort((a, b) => a - b);
    const over = (limit) => frames.filter((ms) => ms > limit).length;
    return {
      lasted: Math.round(performance.now() - began),
      frames: frames.length,
      median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
      p99: Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0),
      longest: Math.round(sorted.at(-1) ?? 0),
      over50: over(50),
      over200: over(200),
      longTasks: tasks.length,
      longestTask: Math.round(Math.max(0, ...tasks)),
    };
  };
  undefined;
`;
