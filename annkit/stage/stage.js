// The stage in the browser: shows what Python draws, and reports what hands do. It knows no lab and no network.

const SVG = "http://www.w3.org/2000/svg";
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", " ", "Delete", "Backspace"];
const STILL = 4; // pixels that a pointer may tremble in a click
const INK = 1; // the number of the palette that is drawn in the colour of the text
const FEW = 12; // so many rows of pixels are shown as squares
const TICKS = 4; // on their way
const LARGEST = 1.5; // times the size that it was made for
const LEAST = 0.95; // and no smaller, only because the window is low
const HIGH = 60; // percent of the window's height

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

// A set whose ids are those of one view alone: what is hidden in one must not be missed in another.
const of_view = (svg, view) => svg.replace(/( id="|url\(#|href="#)([^")]+)/g, `$1$2-${view}`);

// While the lab plays, ticks go out as long as somebody can see one of its views.
function metronome(model, views) {
  const ticks = mover(model, () => model.get("answered"), TICKS);
  let timer = null;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const tick = () => {
    if (!document.hidden && views.size && ticks.free()) ticks.send({ event: "tick", still: calm.matches });
  };
  const turn = () => {
    clearInterval(timer);
    timer = model.get("playing") ? setInterval(tick, 1000 / model.get("pace")) : null;
  };
  model.on("change:playing", ticks.begin);
  model.on("change:playing change:pace", turn);
  turn();
  return () => clearInterval(timer);
}

// A canvas over a box in stage units, with the corners that heat maps have.
function place(canvas, [x, y, w, h], model) {
  const [width, height] = model.get("size");
  const corner = model.get("corner") ?? 0;
  const percent = (part, whole) => `${(100 * part) / whole}%`;
  Object.assign(canvas.style, {
    left: percent(x, width), top: percent(y, height), width: percent(w, width), height: percent(h, height),
    borderRadius: `${percent(corner, w)} / ${percent(corner, h)}`,
  });
}

// Heat maps: one canvas a box, coloured through the palette.
function paint(model, layer) {
  const boxes = model.get("boxes");
  while (layer.children.length > boxes.length) layer.lastChild.remove();
  while (layer.children.length < boxes.length) layer.append(document.createElement("canvas"));
  const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const palettes = new Uint32Array(bytes(model.get("palettes")).slice().buffer);
  const pixels = bytes(model.get("pixels"));
  let next = 0;
  boxes.forEach(([x, y, w, h, rows, columns, palette], i) => {
    const canvas = layer.children[i];
    canvas.classList.toggle("annkit-ink", palette === INK);
    canvas.style.imageRendering = rows > FEW ? "auto" : "pixelated";
    place(canvas, [x, y, w, h], model);
    if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    const out = new Uint32Array(image.data.buffer);
    for (let k = 0; k < out.length; k++) out[k] = palettes[256 * palette + pixels[next++]];
    context.putImageData(image, 0, 0);
  });
}

// The heat map under the pointer, seen large where the lens is; it follows what is painted.
function look(model, root, svg) {
  const glass = document.createElement("canvas");
  glass.className = "annkit-lens";
  glass.hidden = true;
  root.insertBefore(glass, svg);
  const inside = ([x, y, w, h], [a, b]) => a >= x && a <= x + w && b >= y && b <= y + h;
  let under = -1;
  const show = () => {
    const lens = model.get("lens") ?? [];
    const from = lens.length ? root.firstChild.children[under] : null;
    glass.hidden = !from;
    if (!from) return;
    place(glass, lens, model);
    Object.assign(glass, { width: from.width, height: from.height });
    glass.className = `annkit-lens ${from.className}`;
    glass.getContext("2d").drawImage(from, 0, 0);
  };
  const point = (spot) => {
    const lens = model.get("lens") ?? [];
    const boxes = spot && lens.length ? model.get("boxes") : [];
    const next = boxes.findIndex((box) => inside(box, spot) && !inside(lens, spot));
    if (next === under) return;
    under = next;
    show();
  };
  svg.addEventListener("pointermove", (e) => {
    if (e.pointerType !== "mouse" || e.buttons) return;
    const matrix = svg.getScreenCTM().inverse();
    point([matrix.a * e.clientX + matrix.e, matrix.d * e.clientY + matrix.f]);
  });
  svg.addEventListener("pointerleave", () => point(null));
  return show;
}

// Lines that stand for weights: placed once, then two small numbers each say how they look.
function stroke(model, layer) {
  const lines = model.get("lines");
  const bytes = model.get("strengths");
  const strengths = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (layer.children.length > lines.length) layer.lastChild.remove();
  while (layer.children.length < lines.length) element("path", { fill: "none" }, layer);
  const curved = model.get("curved");
  lines.forEach(([x1, y1, x2, y2], i) => {
    const [strength, emphasis] = [strengths[2 * i] ?? 0, strengths[2 * i + 1] ?? 1];
    const sign = strength > 0 ? "plus" : strength < 0 ? "minus" : "zero";
    const path = layer.children[i];
    const middle = (x1 + x2) / 2;
    path.setAttribute("d", `M${x1},${y1}${curved ? `C${middle},${y1} ${middle},${y2} ` : "L"}${x2},${y2}`);
    path.setAttribute("class", `annkit-${sign}`);
    path.setAttribute("stroke-width", 0.8 + Math.abs(strength) / 16 + (emphasis === 2 ? 1.2 : 0));
    path.setAttribute("stroke-opacity", [0.15, 0.75, 1][emphasis]);
  });
}

// A rectangle around (0, 0), half as wide and high as it reaches, and its corners; so much larger.
function frame(rect, reach, more) {
  const [width, height, corner] = reach.map((each) => each + more);
  const sides = { x: -width, y: -height, width: 2 * width, height: 2 * height, rx: corner };
  for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value);
}

// A handle's element: what takes hold of it, its mark and its ring of focus. It is only changed where it has to be.
function dress(g, { box, axes, mark, label, reach, x, y }) {
  if (!g.children.length) {
    for (const name of ["rect", "g", "rect"]) element(name, {}, g);
    g.children[0].setAttribute("fill", "transparent");
    g.children[1].setAttribute("aria-hidden", true);
    g.children[2].setAttribute("class", "annkit-focus");
  }
  const [hold, shape, ring] = g.children;
  frame(hold, reach, 0);
  frame(ring, reach, 2);
  if (g.annkitMark !== mark) shape.innerHTML = g.annkitMark = mark;
  g.setAttribute("aria-label", label);
  g.classList.toggle("annkit-movable", Boolean(box));
  Object.assign(g, { annkitBox: box, annkitAxes: axes, annkitPlace: [x, y] });
}

// A pad's element: all of its area, which is its ring of focus as well.
function spread(g, { pad: [x, y, width, height], label }) {
  const area = g.firstChild ?? element("rect", { class: "annkit-focus" }, g);
  for (const [name, value] of Object.entries({ x, y, width, height })) area.setAttribute(name, value);
  g.setAttribute("aria-label", label);
}

// Handles and pads: elements kept by id, so that a redraw takes away neither the focus nor what a hand is doing.
function hands(model, moves, svg, layer) {
  const kept = new Map();
  const settling = new Map(); // dropped, and which drop it was: Python has not yet said where they lie now
  let held = null; // what is under a pressed pointer
  let pressed = null; // what the last press hit
  let wanted = false; // a click asked for a new handle, which should get the focus

  const keep = (state) => {
    const { id, pad } = state;
    const known = kept.get(id);
    const g = known ?? element("g", { tabindex: 0, "data-id": id }, layer);
    if (!known) {
      g.setAttribute("class", pad ? "annkit-pad" : "annkit-handle");
      g.setAttribute("role", pad ? "application" : "button");
      kept.set(id, g);
    }
    (pad ? spread : dress)(g, state);
    return known ? null : g;
  };
  const show = () => {
    const states = [...model.get("pads"), ...model.get("handles")];
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
    const fresh = states.map(keep).filter((g) => g);
    let above = null; // what comes later lies above; only what is new is put in its place, as that takes the focus away
    for (const { id } of [...states].reverse()) {
      const g = kept.get(id);
      if (fresh.includes(g)) layer.insertBefore(g, above);
      above = g;
    }
    const made = fresh.at(-1);
    for (const [id, n] of settling) if (model.get("moved") >= n) settling.delete(id);
    for (const [id, g] of kept) if (g.annkitPlace && !settling.has(id)) put(g);
    if (lost) (made ?? layer.lastChild)?.focus({ preventScroll: true });
    else if (wanted && made) made.focus({ preventScroll: true });
    if (made) wanted = false;
  };

  // Where Python says; the pointer decides where it may drag.
  const put = (g) => {
    let [x, y] = g.annkitPlace;
    if (held?.id === g.dataset.id && held.moved) {
      if (g.annkitAxes.includes("x")) x = held.x;
      if (g.annkitAxes.includes("y")) y = held.y;
    }
    g.setAttribute("transform", `translate(${x},${y})`);
  };
  const places = (events) => {
    const matrix = svg.getScreenCTM().inverse();
    return events.map((e) => [matrix.a * e.clientX + matrix.e, matrix.d * e.clientY + matrix.f]);
  };
  const heldBy = (e) => e.target.closest?.(".annkit-handle, .annkit-pad");
  const handleOf = (e) => e.target.closest?.(".annkit-handle");

  // What hands do with a handle: it follows the pointer at once, within its box.
  const drag = {
    start(e, g) {
      const [[x, y]] = places([e]);
      const [atX, atY] = g.annkitPlace;
      settling.delete(held.id);
      Object.assign(held, { moved: false, dx: atX - x, dy: atY - y, startX: e.clientX, startY: e.clientY });
    },
    go(e, g) {
      if (!g.annkitBox) return;
      held.moved ||= Math.hypot(e.clientX - held.startX, e.clientY - held.startY) > STILL;
      if (!held.moved) return;
      const [[x, y]] = places([e]);
      const [left, top, right, bottom] = g.annkitBox;
      held.x = Math.min(right, Math.max(left, x + held.dx));
      held.y = Math.min(bottom, Math.max(top, y + held.dy));
      g.classList.add("annkit-held");
      put(g);
      const it = held;
      moves.move(() => ({ event: "drag", id: it.id, x: it.x, y: it.y }));
    },
    end(e, g) {
      const { id, x, y, moved, again } = held;
      g.classList.remove("annkit-held");
      if (moved) settling.set(id, moves.send({ event: "drop", id, x, y }));
      else if (e.type === "pointerup") model.send({ event: "click", id, again });
    },
  };
  // What hands do with a pad: they draw, and every point counts, also those between two frames.
  const draw = {
    start(e) {
      Object.assign(held, { points: places([e]), first: true });
      moves.move(draw.message(held, false));
    },
    go(e) {
      const all = e.getCoalescedEvents?.() ?? [];
      held.points.push(...places(all.length ? all : [e]));
      moves.move(draw.message(held, false));
    },
    end(e) {
      if (e.type === "pointerup") held.points.push(...places([e]));
      moves.send(draw.message(held, true)());
    },
    message: (it, last) => () => {
      const points = it.points.splice(0).map((place) => place.map((number) => Math.round(10 * number) / 10));
      const first = it.first;
      it.first = false;
      return { event: "stroke", id: it.id, points, first, last };
    },
  };

  svg.addEventListener("pointerdown", (e) => {
    if (held || e.button !== 0) return;
    const g = pressed = heldBy(e);
    if (!g) return;
    const again = g === document.activeElement;
    held = { id: g.dataset.id, pointer: e.pointerId, how: g.annkitPlace ? drag : draw, again };
    g.focus({ preventScroll: true });
    g.setPointerCapture(e.pointerId);
    moves.begin();
    held.how.start(e, g);
  });
  svg.addEventListener("pointermove", (e) => {
    if (e.pointerId === held?.pointer) held.how.go(e, kept.get(held.id));
  });
  const release = (e) => {
    if (e.pointerId !== held?.pointer) return;
    held.how.end(e, kept.get(held.id));
    held = null;
  };
  svg.addEventListener("pointerup", release);
  svg.addEventListener("pointercancel", release);

  // A finger that moves something should not scroll the page; Chromium ignores `touch-action` inside of an SVG.
  svg.addEventListener("touchstart", (e) => {
    if (e.target.closest(".annkit-movable, .annkit-pad")) e.preventDefault();
  }, { passive: false });

  svg.addEventListener("click", (e) => {
    const g = handleOf(e);
    if (g && e.detail === 0) model.send({ event: "click", id: g.dataset.id, again: false }); // a screen reader's click
    if (g || pressed) return;
    const [[x, y]] = places([e]);
    wanted = true;
    model.send({ event: "click", x, y });
  });

  // On the parent: with this listener of its own, Chromium would make the whole picture a stop for Tab.
  svg.parentNode.addEventListener("focusin", (e) => {
    const g = handleOf(e);
    if (g) model.send({ event: "focus", id: g.dataset.id });
  });

  svg.addEventListener("keydown", (e) => {
    const g = heldBy(e);
    if (!g || !KEYS.includes(e.key) || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    model.send({ event: "key", id: g.dataset.id, key: e.key });
  });
  return show;
}

export default () => {
  const views = new Set(); // those that can be seen now
  let moves; // those of every view
  let shown = 0; // so many views there have been

  return {
    initialize({ model }) {
      moves = mover(model, () => model.get("moved"));
      model.on("change:moved", moves.next);
      return metronome(model, views);
    },

    render({ model, el }) {
      const view = ++shown;
      const root = document.createElement("div");
      root.className = "annkit-stage";
      const canvases = document.createElement("div");
      root.append(canvases);
      const svg = element("svg", { role: "group" }, root);
      const still = element("g", { "aria-hidden": true }, svg);
      const lines = element("g", { "aria-hidden": true }, svg);
      const steady = element("g", { "aria-hidden": true, class: "annkit-steady" }, svg);
      const live = element("g", { "aria-hidden": true, class: "annkit-live" }, svg);
      const show = hands(model, moves, svg, element("g", {}, svg));
      el.append(root);

      const lens = look(model, root, svg);
      const size = () => {
        const [width, height] = model.get("size");
        svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
        const fitting = `max(${LEAST * width}px, ${(HIGH * width) / height}vh)`;
        const maxWidth = `min(${LARGEST * width}px, ${fitting})`;
        Object.assign(root.style, { maxWidth, aspectRatio: `${width} / ${height}` });
      };
      // What draws each part, and the traits it is drawn from.
      const parts = [
        [size, "size"],
        [() => { paint(model, canvases); lens(); }, "size", "boxes", "pixels", "corner", "lens"],
        [() => { still.innerHTML = of_view(model.get("still"), view); }, "still"],
        [() => stroke(model, lines), "lines", "strengths", "curved"],
        [() => { steady.innerHTML = model.get("steady") ?? ""; }, "steady"],
        [() => { live.innerHTML = model.get("live"); }, "live"],
        [() => svg.setAttribute("aria-label", model.get("label")), "label"],
        [show, "handles", "pads", "moved"],
      ];
      const drawn = {};
      const draw = () => {
        const changed = parts.filter(([, ...names]) => names.some((name) => drawn[name] !== model.get(name)));
        for (const [, ...names] of parts) for (const name of names) drawn[name] = model.get(name);
        for (const [part] of changed) part();
      };
      model.on("change", draw); // comes once for all that a message brings
      draw();

      const eye = new IntersectionObserver((entries) => {
        if (entries.at(-1).isIntersecting) views.add(root);
        else views.delete(root);
      });
      eye.observe(root);
      return () => {
        eye.disconnect();
        views.delete(root);
        model.off("change", draw);
      };
    },
  };
};
