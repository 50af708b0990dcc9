// The stage in the browser: shows what Python draws, and reports what hands do. It knows no lab and no network.

const SVG = "http://www.w3.org/2000/svg";
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", " ", "Delete", "Backspace"];
const STILL = 4; // pixels that a pointer may tremble in a click
const RATE = 30; // ticks a second
const FEW = 16; // so many rows of pixels are shown as squares
const UNANSWERED = 4; // ticks on their way

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

// While the lab plays, ticks go out as long as somebody can see one of its views.
function metronome(model, views) {
  let sent = model.get("answered");
  let timer = null;
  const tick = () => {
    if (document.hidden || !views.size || sent - model.get("answered") >= UNANSWERED) return;
    sent += 1;
    model.send({ event: "tick", n: sent });
  };
  const turn = () => {
    clearInterval(timer);
    timer = model.get("playing") ? setInterval(tick, 1000 / RATE) : null;
  };
  model.on("change:playing", turn);
  turn();
  return () => clearInterval(timer);
}

// Heat maps: one canvas a box, coloured through the palette.
function paint(model, layer) {
  const [width, height] = model.get("size");
  const boxes = model.get("boxes");
  while (layer.children.length > boxes.length) layer.lastChild.remove();
  while (layer.children.length < boxes.length) layer.append(document.createElement("canvas"));
  const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const palette = new Uint32Array(bytes(model.get("palette")).slice().buffer);
  const pixels = bytes(model.get("pixels"));
  let next = 0;
  boxes.forEach(([x, y, w, h, rows, columns], i) => {
    const canvas = layer.children[i];
    canvas.style.imageRendering = rows > FEW ? "auto" : "pixelated";
    const percent = (part, whole) => `${(100 * part) / whole}%`;
    Object.assign(canvas.style, {
      left: percent(x, width), top: percent(y, height), width: percent(w, width), height: percent(h, height),
    });
    if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    const out = new Uint32Array(image.data.buffer);
    for (let k = 0; k < out.length; k++) out[k] = palette[pixels[next++]];
    context.putImageData(image, 0, 0);
  });
}

// Lines that stand for weights: placed once, then two small numbers each say how they look.
function stroke(model, layer) {
  const lines = model.get("lines");
  const bytes = model.get("strengths");
  const strengths = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (layer.children.length > lines.length) layer.lastChild.remove();
  while (layer.children.length < lines.length) element("path", {}, layer);
  lines.forEach(([x1, y1, x2, y2], i) => {
    const [strength, emphasis] = [strengths[2 * i] ?? 0, strengths[2 * i + 1] ?? 1];
    const sign = strength > 0 ? "plus" : strength < 0 ? "minus" : "zero";
    const path = layer.children[i];
    path.setAttribute("d", `M${x1},${y1}L${x2},${y2}`);
    path.setAttribute("class", `annkit-${sign}`);
    path.setAttribute("stroke-width", 0.8 + Math.abs(strength) / 16 + (emphasis === 2 ? 1.2 : 0));
    path.setAttribute("stroke-opacity", [0.15, 0.75, 1][emphasis]);
  });
}

// Handles: elements kept by id, so that a redraw takes away neither the focus nor a drag.
function handles(model, svg, layer) {
  const kept = new Map();
  const settling = new Set(); // dropped, and Python has not yet said where they lie now
  let held = null; // the handle under a pressed pointer
  let pressed = null; // what the last press hit
  let wanted = false; // a click asked for a new handle, which should get the focus

  const show = () => {
    const states = model.get("handles");
    const ids = new Set(states.map((state) => state.id));
    let lost = false;
    for (const [id, g] of kept) {
      if (ids.has(id)) continue;
      lost ||= g === document.activeElement;
      if (held?.id === id) held = null;
      settling.delete(id);
      kept.delete(id);
      g.remove();
    }
    let made = null;
    for (const { id, x, y, box, axes, mark, label, reach } of states) {
      let g = kept.get(id);
      if (!g) {
        g = made = element("g", { class: "annkit-handle", tabindex: 0, role: "button", "data-id": id }, layer);
        element("circle", { r: reach, fill: "transparent" }, g);
        element("g", { "aria-hidden": true }, g);
        element("circle", { r: reach + 2, class: "annkit-focus" }, g);
        kept.set(id, g);
      }
      if (g.annkitMark !== mark) g.children[1].innerHTML = g.annkitMark = mark;
      g.setAttribute("aria-label", label);
      g.classList.toggle("annkit-movable", Boolean(box));
      g.annkitBox = box;
      g.annkitAxes = axes;
      g.annkitPlace = [x, y];
      if (!settling.has(id)) put(g);
    }
    if (lost) (made ?? layer.lastChild)?.focus({ preventScroll: true });
    else if (wanted && made) made.focus({ preventScroll: true });
    if (made) wanted = false;
  };

  const moves = () => model.get("drag").n ?? 0; // those of every view
  // Where Python says; the pointer decides where it may drag.
  const put = (g) => {
    let [x, y] = g.annkitPlace;
    if (held?.id === g.dataset.id && held.moved) {
      if (g.annkitAxes.includes("x")) x = held.x;
      if (g.annkitAxes.includes("y")) y = held.y;
    }
    g.setAttribute("transform", `translate(${x},${y})`);
  };
  const place = (e) => {
    const matrix = svg.getScreenCTM().inverse();
    return [matrix.a * e.clientX + matrix.e, matrix.d * e.clientY + matrix.f];
  };
  const handleOf = (e) => e.target.closest?.(".annkit-handle");

  svg.addEventListener("pointerdown", (e) => {
    if (held || e.button !== 0) return;
    const g = pressed = handleOf(e);
    if (!g) return;
    const [x, y] = place(e);
    const [atX, atY] = g.annkitPlace;
    held = {
      id: g.dataset.id, pointer: e.pointerId, again: g === document.activeElement, moved: false,
      dx: atX - x, dy: atY - y, startX: e.clientX, startY: e.clientY,
    };
    settling.delete(held.id);
    g.focus({ preventScroll: true });
    g.setPointerCapture(e.pointerId);
  });

  svg.addEventListener("pointermove", (e) => {
    if (e.pointerId !== held?.pointer) return;
    const g = kept.get(held.id);
    if (!g.annkitBox) return;
    held.moved ||= Math.hypot(e.clientX - held.startX, e.clientY - held.startY) > STILL;
    if (!held.moved) return;
    const [x, y] = place(e);
    const [left, top, right, bottom] = g.annkitBox;
    held.x = Math.min(right, Math.max(left, x + held.dx));
    held.y = Math.min(bottom, Math.max(top, y + held.dy));
    g.classList.add("annkit-held");
    put(g);
    model.set("drag", { id: held.id, x: held.x, y: held.y, n: moves() + 1 });
    model.save_changes();
  });

  const release = (e) => {
    if (e.pointerId !== held?.pointer) return;
    const { id, x, y, moved, again } = held;
    kept.get(id).classList.remove("annkit-held");
    held = null;
    if (moved) {
      settling.add(id);
      model.send({ event: "drop", id, x, y, n: moves() });
    } else if (e.type === "pointerup") {
      model.send({ event: "click", id, again });
    }
  };
  svg.addEventListener("pointerup", release);
  svg.addEventListener("pointercancel", release);

  svg.addEventListener("click", (e) => {
    const g = handleOf(e);
    if (g && e.detail === 0) model.send({ event: "click", id: g.dataset.id, again: false }); // a screen reader's click
    if (g || pressed) return;
    const [x, y] = place(e);
    wanted = true;
    model.send({ event: "click", x, y });
  });

  // On the parent: with this listener of its own, Chromium would make the whole picture a stop for Tab.
  svg.parentNode.addEventListener("focusin", (e) => {
    const g = handleOf(e);
    if (g) model.send({ event: "focus", id: g.dataset.id });
  });

  svg.addEventListener("keydown", (e) => {
    const g = handleOf(e);
    if (!g || !KEYS.includes(e.key) || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    model.send({ event: "key", id: g.dataset.id, key: e.key });
  });

  const settle = (message) => {
    settling.delete(message.settle);
    show();
  };
  model.on("msg:custom", settle);
  return { show, stop: () => model.off("msg:custom", settle) };
}

export default () => {
  const views = new Set(); // those that can be seen now
  return {
    initialize: ({ model }) => metronome(model, views),

    render({ model, el }) {
      const root = document.createElement("div");
      root.className = "annkit-stage";
      const canvases = document.createElement("div");
      root.append(canvases);
      const svg = element("svg", { role: "group" }, root);
      const still = element("g", { "aria-hidden": true }, svg);
      const lines = element("g", { "aria-hidden": true }, svg);
      const live = element("g", { "aria-hidden": true, class: "annkit-live" }, svg);
      const hands = handles(model, svg, element("g", {}, svg));
      el.append(root);

      const draw = {
        size: () => {
          const [width, height] = model.get("size");
          svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
          Object.assign(root.style, { maxWidth: `${width}px`, aspectRatio: `${width} / ${height}` });
          paint(model, canvases);
        },
        still: () => { still.innerHTML = model.get("still"); },
        live: () => { live.innerHTML = model.get("live"); },
        label: () => svg.setAttribute("aria-label", model.get("label")),
        handles: hands.show,
        lines: () => stroke(model, lines),
        strengths: () => stroke(model, lines),
        pixels: () => paint(model, canvases),
        boxes: () => paint(model, canvases),
      };
      for (const [name, one] of Object.entries(draw)) {
        model.on(`change:${name}`, one);
        one();
      }

      const eye = new IntersectionObserver((entries) => {
        if (entries.at(-1).isIntersecting) views.add(root);
        else views.delete(root);
      });
      eye.observe(root);
      return () => {
        eye.disconnect();
        views.delete(root);
        hands.stop();
        for (const [name, one] of Object.entries(draw)) model.off(`change:${name}`, one);
      };
    },
  };
};
