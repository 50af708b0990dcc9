// Small pictures to choose from: one of them, or none, is chosen.

let made = 0; // galleries on this page, so that each has a name of its own

export default {
  render({ model, el }) {
    el.classList.add("annkit-gallery");
    el.setAttribute("role", "radiogroup");
    el.setAttribute("aria-label", model.get("label"));
    const name = `annkit-gallery-${made++}`;
    const buttons = model.get("names").map((text, n) => {
      const label = document.createElement("label");
      label.title = text;
      const button = document.createElement("input");
      Object.assign(button, { type: "radio", name, ariaLabel: text });
      button.dataset.lmSuppressShortcuts = true; // JupyterLab would take the arrow keys
      button.addEventListener("change", () => model.send({ event: "choose", n }));
      const picture = document.createElement("span");
      picture.setAttribute("aria-hidden", true);
      picture.innerHTML = model.get("pictures")[n];
      label.append(button, picture);
      el.append(label);
      return button;
    });
    const show = () => buttons.forEach((button, n) => { button.checked = n === model.get("chosen"); });
    model.on("change:chosen change:heard", show);
    show();
    return () => model.off("change:chosen change:heard", show);
  },
};
