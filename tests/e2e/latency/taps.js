// Measures every tap, from the event's own time: to the end of its task, and to the next paint.
globalThis.taps = [];
{
  let start = null;
  let times = [];
  const channel = (onMessage) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = onMessage;
    return () => port2.postMessage(null);
  };
  const afterTask = channel(() => (times[0] = performance.now() - start));
  const afterPaint = channel(() => {
    times[1] = performance.now() - start;
    taps.push(times);
    start = null;
  });
  const onClick = (event) => {
    // A tap on a label is two clicks: the person's, and the browser's own on the input.
    if (start !== null || !event.isTrusted) return;
    start = event.timeStamp;
    times = [];
    afterTask();
    requestAnimationFrame(afterPaint);
  };
  addEventListener("click", onClick, true);
}
