// Runs in the notebook's page: notes when a key goes down and when each new picture has been painted.

const watch = (window.watch = { pressed: 0, shown: [], tell: () => {} });
window.addEventListener("keydown", () => { watch.pressed = performance.now(); }, true);

// What tells one picture from the next: the stage's live marks, or the image's data.
function picture(root) {
  const image = root.querySelector(".jp-OutputArea-output img");
  return image ? image.src : root.querySelector(".annkit-stage .annkit-live")?.innerHTML;
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
  root.scrollIntoView();
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
