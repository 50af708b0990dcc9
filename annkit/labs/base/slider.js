// A slider that sends only what a hand has moved, and beside it its number, which can be typed.

const SYMBOL = /^(\p{L})([₀-₉]*)$/u; // a letter, with digits below the line
const FAR = 1e9;

// A name as mathematics sets it: a letter in italics, its digits below the line.
function name(text, into) {
  const symbol = SYMBOL.exec(text);
  into.className = symbol ? "annkit-symbol" : "";
  into.textContent = symbol ? symbol[1] : text;
  if (!symbol?.[2]) return;
  const digits = document.createElement("sub");
  digits.textContent = symbol[2].replace(/./g, (digit) => "₀₁₂₃₄₅₆₇₈₉".indexOf(digit));
  into.append(digits);
}

// The number that somebody typed, with a comma or a minus sign of typesetters too; NaN where it is none.
const typed = (text) => (text.trim() ? Number(text.trim().replace("−", "-").replace(",", ".")) : NaN);

export default () => {
  let moves; // those of every view

  return {
    initialize({ model }) {
      moves = mover(model, () => model.get("shown").n);
      model.on("change:shown", moves.next);
    },

    render({ model, el }) {
      el.classList.add("annkit-slider");
      const label = document.createElement("span");
      const input = document.createElement("input");
      input.type = "range";
      input.step = model.get("step");
      const field = document.createElement("input");
      Object.assign(field, { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
      const asked = document.createElement("span"); // says what to type, where no number was typed
      asked.className = "annkit-asked";
      asked.setAttribute("role", "alert");
      el.append(label, input, field, asked);
      const marks = model.get("marks").map(([value, called]) => {
        const mark = document.createElement("button");
        Object.assign(mark, { type: "button", className: "annkit-mark-on", textContent: called });
        mark.addEventListener("click", () => moves.send({ event: "drop", value }));
        return [value, el.appendChild(mark)];
      });
      el.style.setProperty("--annkit-room", model.get("room"));

      const call = () => {
        name(model.get("label"), label);
        input.setAttribute("aria-label", model.get("label"));
        field.setAttribute("aria-label", model.get("field"));
      };
      model.on("change:label change:field", call);
      call();

      let moved = false; // and not yet let go
      let key = false; // one is held down: the browser calls each of its repetitions a change
      let before; // where it stood when a pointer took hold
      const message = (event) => ({ event, value: input.valueAsNumber });
      const drop = () => {
        if (!moved || key) return;
        moved = false;
        moves.send(message("drop"));
      };
      const up = () => { key = false; drop(); };
      input.addEventListener("pointerdown", () => { before = input.value; });
      input.addEventListener("pointercancel", () => { // the finger scrolls the page
        input.value = before;
        drop();
      });
      input.addEventListener("input", () => {
        if (!moved) moves.begin();
        moved = true;
        moves.move(() => message("move"));
      });
      input.addEventListener("keydown", () => { key = true; });
      input.addEventListener("keyup", up);
      input.addEventListener("blur", up);
      input.addEventListener("change", drop);

      const ask = (odd) => {
        field.classList.toggle("annkit-odd", odd);
        field.setAttribute("aria-invalid", odd);
        asked.textContent = odd ? model.get("asked") : "";
      };
      const write = () => {
        field.value = model.get("shown").text;
        ask(false);
      };
      field.addEventListener("focus", () => field.select());
      field.addEventListener("change", () => {
        const value = typed(field.value);
        const odd = !(Math.abs(value) <= FAR);
        ask(odd);
        if (!odd) moves.send({ event: "drop", value });
      });
      field.addEventListener("keydown", (e) => {
        if (e.key === "Enter") e.stopPropagation();
        if (e.key === "Escape") write();
      });
      field.addEventListener("blur", () => { if (field.classList.contains("annkit-odd")) write(); });

      const show = () => {
        const { value, text, low, high } = model.get("shown");
        const at = (number) => (100 * (Math.min(high, Math.max(low, number)) - low)) / (high - low || 1);
        const zero = low <= 0 && high >= 0;
        const [from, to] = [zero ? 0 : low, value].map(at).sort((a, b) => a - b);
        for (const [part, share] of Object.entries({ zero: at(0), from, to })) input.style.setProperty(`--${part}`, share);
        input.style.setProperty("--tick", zero && low < 0 ? "12px" : "0");
        el.classList.toggle("annkit-is-positive", model.get("signed") && value > 0);
        el.classList.toggle("annkit-is-negative", model.get("signed") && value < 0);
        input.setAttribute("aria-valuetext", text);
        for (const [place, mark] of marks) {
          mark.style.setProperty("--at", at(place));
          mark.classList.toggle("annkit-here", place === value);
        }
        write();
        if (!moves.ahead()) Object.assign(input, { min: low, max: high, value });
      };
      model.on("change:shown", show);
      show();
      return () => {
        model.off("change:shown", show);
        model.off("change:label change:field", call);
      };
    },
  };
};
