// What a lab says: set beside its picture at once, and read out when it has come to rest.

const REST = 600; // milliseconds without a change, then the words are read out
const TYPED = "input:not([type=range]), textarea, [contenteditable=true]"; // these have an undo of their own

// What a key press means for the lab's history: "undo", "redo" or nothing.
function travel(e) {
  if (!(e.ctrlKey || e.metaKey) || e.altKey || e.target.closest(TYPED)) return null;
  const key = e.key.toLowerCase();
  if (key === "z") return e.shiftKey ? "redo" : "undo";
  return key === "y" && !e.shiftKey ? "redo" : null;
}

function make(name, className, text, parent) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

// A text in which the numbers of a sum are told by colour, as they are on edges and sliders.
function coloured(text, into) {
  const shown = make("p", "", "", into);
  for (const part of text.split(/((?:[−+] ?)?\d[\d.,]*(?= ×|\)))/)) {
    const colour = !/^[−+]? ?\d/.test(part) ? "" : part.startsWith("−") ? "annkit-negative" : /[1-9]/.test(part) ? "annkit-positive" : "";
    if (colour) make("b", colour, part, shown);
    else shown.append(part);
  }
}

const sign = (text) => (text.startsWith("−") ? "annkit-negative" : /[1-9]/.test(text) ? "annkit-positive" : "");

const NUMBER = /^[(−+]*(≈ )?\d/; // a cell that is one
const SIGNS = /^[^\p{L}\d]+$/u; // or only what stands between two

// How each kind of piece is set. `lines` are the lines of the words that belong to it.
const SETTERS = {
  lead: (piece, lines, into) => make("p", "annkit-lead", lines[0], into),
  big: (piece, lines, into) => make("p", "annkit-big", lines[0], into),
  text: (piece, lines, into) => make("p", "", lines[0], into),
  terms: (piece, lines, into) => coloured(lines[0], into),
  help: (piece, lines, into) => make("p", "annkit-help", lines[0], into),
  badge: (piece, lines, into) => make("p", `annkit-badge ${piece.done ? "annkit-done" : ""}`, lines[0], into),
  score(piece, lines, into) {
    const row = make("div", "annkit-score", "", into);
    for (const right of piece.dots ?? []) make("i", right ? "" : "annkit-wrong", "", row);
    if (!piece.dots) make("b", "", "", make("span", "annkit-share", "", row)).style.width = `${100 * piece.share}%`;
    make("span", "", lines[0], row);
  },
  sum(piece, lines, into) {
    if (piece.caption) make("div", "annkit-caption", piece.caption, into);
    const table = make("div", "annkit-sum", "", into);
    piece.products.forEach(([x, weight, product], i) => {
      make("span", "annkit-from", piece.names[i] ?? "", table);
      make("span", "annkit-number", x, table);
      make("span", "annkit-operator", "×", table);
      make("span", `annkit-number ${sign(weight)}`, weight, table);
      make("span", "annkit-operator", "=", table);
      make("span", "annkit-number annkit-product", product, table);
    });
    if (piece.bias !== null) {
      make("span", "annkit-bias", piece.symbol, table);
      make("span", "annkit-operator", "=", table);
      make("span", `annkit-number annkit-product ${sign(piece.bias)}`, piece.bias, table);
    }
    make("span", "annkit-total", `${piece.total} ${piece.end}`.trim(), table);
    if (piece.verdict) SETTERS.verdict(piece.verdict, lines, into);
  },
  verdict(piece, lines, into) {
    make("span", "", piece.text, make("div", `annkit-verdict annkit-class-${piece.label}`, "", into));
  },
  formula(piece, lines, into) {
    const table = make("div", "annkit-formula", "", into);
    table.style.gridTemplateColumns = `repeat(${2 * piece.terms.length - 1}, auto)`;
    ["annkit-letters", "", "annkit-value"].forEach((look, row) => {
      if (!piece.terms.at(-1)[row]) return;
      piece.terms.forEach((term, k) => {
        if (k) make("span", "annkit-operator", row === 1 || term[row] ? piece.signs[k - 1] : "", table);
        const shown = make("span", look, "", table);
        if (row === 0 && term[3]) make("i", "annkit-disc", term[3], shown);
        make("span", row === 2 ? sign(term[row].replace("(", "")) : "", term[row], shown);
      });
    });
  },
  rows(piece, lines, into) {
    if (piece.caption) make("div", "annkit-caption", piece.caption, into);
    const table = make("div", "annkit-rows", "", into);
    const width = Math.max(...piece.cells.map((row) => row.length));
    // Columns of numbers share the room; in arithmetic, which has signs between them, the last one takes it.
    const spread = piece.heads.length && !piece.cells.flat().some((cell) => SIGNS.test(cell));
    const columns = spread ? `max-content repeat(${width - 1}, auto)` : `repeat(${width - 1}, auto) 1fr`;
    table.style.gridTemplateColumns = columns;
    piece.heads.forEach((head, k) => make("span", k ? "annkit-head annkit-number" : "annkit-head", head, table));
    piece.cells.forEach((row, i) => {
      const sum = piece.total && i === piece.cells.length - 1;
      row.forEach((cell, k) => {
        const shown = make("span", NUMBER.test(cell) ? "annkit-number" : "", cell, table);
        shown.classList.toggle("annkit-operator", SIGNS.test(cell));
        shown.classList.toggle("annkit-lit", i === piece.lit);
        shown.classList.toggle("annkit-result", sum);
        const colour = piece.signed.includes(k) && sign(cell.replace("(", ""));
        if (colour) shown.classList.add(colour);
        if (k === row.length - 1) shown.style.gridColumn = `${k + 1} / -1`;
        // The name of a sum makes no column wide.
        if (sum && row.length === 2) shown.style.gridColumn = k ? `${width} / -1` : `1 / ${width}`;
      });
    });
  },
};

function set(said, words, into) {
  const lines = words.split("\n");
  into.replaceChildren();
  said.forEach((piece, i) => {
    SETTERS[piece.kind](piece, lines.slice(piece.line, said[i + 1]?.line), into);
  });
}

export default {
  async render({ model, el }) {
    const stage = await model.widget_manager.get_model(model.get("stage").replace("IPY_MODEL_", ""));
    el.classList.add("annkit-words");
    el.dataset.again = model.get("again");
    const error = make("div", "annkit-error", "", el);
    error.setAttribute("role", "alert");
    const text = make("div", "annkit-text", "", el);
    text.setAttribute("role", "img"); // set for the eye; for the ear it is the lines of text
    const spoken = make("div", "annkit-spoken", "", el);
    spoken.setAttribute("role", "status");

    let resting;
    const write = () => {
      set(stage.get("said"), stage.get("words"), text);
      text.setAttribute("aria-label", stage.get("words"));
      el.classList.toggle("annkit-is-done", stage.get("said").some((piece) => piece.done));
    };
    const speak = () => {
      clearTimeout(resting);
      resting = setTimeout(() => { spoken.textContent = stage.get("words"); }, REST);
    };
    const complain = () => { error.textContent = stage.get("error"); };
    stage.on("change:said change:words", write);
    stage.on("change:words", speak);
    stage.on("change:error", complain);
    write();
    complain();

    const shortcuts = (e) => {
      const inside = el.closest(".annkit-lab")?.contains(e.target);
      if (!inside) return;
      if (onward(e)) {
        e.stopImmediatePropagation();
        return;
      }
      const event = travel(e);
      if (event) {
        e.preventDefault();
        e.stopImmediatePropagation();
        model.send({ event });
        return;
      }
      // Plain keys in a lab belong to what has the focus; Ctrl and Command still reach JupyterLab. JupyterLab asks the
      // element itself first, so the mark has to be on it.
      e.target.toggleAttribute("data-lm-suppress-shortcuts", !e.ctrlKey && !e.metaKey);
    };
    // A button that can do no more loses the focus to the page: Undo hands it to Redo, and Redo to Undo.
    const hand = (e) => {
      const lab = el.closest(".annkit-lab");
      if (!e.target.disabled || !lab?.contains(e.target)) return;
      lab.querySelector(".annkit-history:enabled")?.focus({ preventScroll: true });
    };
    window.addEventListener("keydown", shortcuts, true);
    window.addEventListener("focusout", hand, true);

    return () => {
      clearTimeout(resting);
      window.removeEventListener("keydown", shortcuts, true);
      window.removeEventListener("focusout", hand, true);
      stage.off("change:said change:words", write);
      stage.off("change:words", speak);
      stage.off("change:error", complain);
    };
  },
};
