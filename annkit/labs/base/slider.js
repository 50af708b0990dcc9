// A slider that sends only what a hand has moved.

export default {
  render({ model, el }) {
    el.classList.add("annkit-slider");
    const label = document.createElement("span");
    // As wide for every number: a label, " = −" and as many digits as a step has. Most signs are narrower than a 0.
    const longest = model.get("label").length + 4 + String(model.get("step")).length;
    label.style.flexBasis = `max(min(112px, 43%), ${Math.ceil(0.85 * longest)}ch)`;
    const input = document.createElement("input");
    input.type = "range";
    input.step = model.get("step");
    input.setAttribute("aria-label", model.get("label"));
    el.append(label, input);

    const moves = () => model.get("moved").n ?? 0; // those of every view
    const show = () => {
      const { value, text, low, high, n } = model.get("shown");
      if (n < moves()) return;
      Object.assign(input, { min: low, max: high, value });
      input.setAttribute("aria-valuetext", text);
      label.textContent = `${model.get("label")} = ${text}`;
    };
    input.addEventListener("input", () => {
      model.set("moved", { value: input.valueAsNumber, n: moves() + 1 });
      model.save_changes();
    });
    model.on("change:shown", show);
    show();
    return () => model.off("change:shown", show);
  },
};
