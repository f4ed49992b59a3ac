// Measures every tap, from the event's own time: to the end of its task, to the next paint, and to
// the paint that shows the words of the chosen level.
globalThis.taps = [];
{
  let start = null;
  let level = null;
  let times = [];
  const channel = (onMessage) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = onMessage;
    return () => port2.postMessage(null);
  };
  const afterTask = channel(() => (times[0] = performance.now() - start));
  const afterPaint = channel(() => {
    const now = performance.now() - start;
    times[1] ??= now;
    const words = level.closest("fieldset").querySelector(".scale-word").textContent;
    if (words !== level.getAttribute("aria-label")) return requestAnimationFrame(afterPaint);
    times[2] = now;
    taps.push(times);
    start = null;
  });
  const onClick = (event) => {
    // A tap on a label is two clicks: the person's, and the browser's own on the input.
    if (start !== null || !event.isTrusted) return;
    start = event.timeStamp;
    level = event.target.closest("label").querySelector("input");
    times = [];
    afterTask();
    requestAnimationFrame(afterPaint);
  };
  addEventListener("click", onClick, true);
}
