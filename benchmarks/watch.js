// Runs in the notebook's page: moves things, and notes when each new picture has been painted.

const watch = (window.watch = { pressed: 0, shown: [], behind: 0, tell: () => {} });
window.addEventListener("keydown", () => { watch.pressed = performance.now(); }, true);

// What tells one picture from the next: the image's data, the stage's live marks, or the bare answer.
function picture(root) {
  const image = root.querySelector(".jp-OutputArea-output img");
  return image ? image.src : root.querySelector(".annkit-stage .annkit-live, .bare-answer")?.innerHTML;
}

let waiting = false;
function note() {
  if (waiting) return; // two pictures in one frame are one to the eye
  waiting = true;
  requestAnimationFrame(() => {
    // A message sent from a frame's callback arrives when that frame has been painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      waiting = false;
      watch.shown.push(performance.now());
      watch.tell();
    };
    port2.postMessage(null);
  });
}

// Brings the element of this selector into sight, and from now on watches its picture.
watch.begin = (selector) => {
  watch.observer?.disconnect();
  const root = document.querySelector(selector);
  root.scrollIntoView({ block: "center" });
  let last = picture(root);
  watch.shown = [];
  watch.observer = new MutationObserver(() => {
    const next = picture(root);
    if (!next || next === last) return;
    last = next;
    const image = root.querySelector(".jp-OutputArea-output img");
    if (!image || image.complete) note();
    else image.addEventListener("load", note, { once: true });
  });
  watch.observer.observe(root, { childList: true, subtree: true });
};

// Milliseconds from the last key press to its picture.
watch.latency = async () => {
  const after = () => watch.shown.find((time) => time > watch.pressed);
  while (!after()) {
    if (performance.now() - watch.pressed > 10000) throw new Error("no new picture within 10 s of a key press");
    await new Promise((resolve) => { watch.tell = resolve; setTimeout(resolve, 1000); });
  }
  return after() - watch.pressed;
};

// Moves something `rate` times a second, without waiting for anything. Tells when it made the first and the last move.
watch.drag = (selector, kind, rate, seconds) => new Promise((resolve) => {
  const move = movers[kind](document.querySelector(selector));
  const start = performance.now();
  let k = 0;
  const next = () => {
    const now = performance.now();
    move(k);
    k += 1;
    if (k === rate * seconds) resolve({ start, end: now });
    else setTimeout(next, start + (1000 * k) / rate - performance.now());
  };
  next();
});

// Back and forth between 0 and 8, one on at each step.
const swing = (k) => 8 - Math.abs((k % 16) - 8);
const movers = {
  // A point that the mouse has taken hold of: 15 pixels to the next place, which is more than a quarter.
  point(root) {
    const handle = root.querySelector("[data-id=p3]");
    const { x, y, width, height } = handle.getBoundingClientRect();
    return (k) => handle.dispatchEvent(new PointerEvent("pointermove", {
      pointerId: 1, bubbles: true, buttons: 1, clientX: x + width / 2 - 15 * swing(k + 1), clientY: y + height / 2,
    }));
  },
  // A slider: one step of its own to the next place.
  slider(root) {
    const input = root.querySelector("input[type=range]");
    const middle = input.valueAsNumber;
    return (k) => {
      input.valueAsNumber = middle + 0.25 * swing(k + 1);
      input.dispatchEvent(new Event("input"));
    };
  },
};

// From now on keeps in `behind` the most moves that were sent and not yet answered: both carry a number.
watch.count = () => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const answered = {};
  kernel.anyMessage.connect((_, { msg, direction }) => {
    if (msg.header.msg_type !== "comm_msg") return;
    const { comm_id: id, data } = msg.content;
    const n = direction === "send" ? data.content?.n : data.state?.moved ?? data.state?.shown?.n;
    if (n === undefined) return;
    if (direction === "recv") answered[id] = n;
    else watch.behind = Math.max(watch.behind, n - (answered[id] ??= n - 1));
  });
};
