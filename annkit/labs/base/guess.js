// A question with answers to click; and, for a model that knows what is right, the answer beside what was guessed.

let made = 0; // groups of answers on this page, so that each has a name of its own

function ask(model, el) {
  const group = document.createElement("fieldset");
  const question = document.createElement("legend");
  question.textContent = model.get("question");
  group.append(question);
  const name = `annkit-guess-${made++}`;
  const buttons = model.get("answers").map((text, number) => {
    const label = document.createElement("label");
    const button = document.createElement("input");
    Object.assign(button, { type: "radio", name });
    button.addEventListener("change", () => {
      model.set("picked", number);
      model.save_changes();
    });
    // JupyterLab would take the arrow keys, and asks the element itself whether it may.
    button.dataset.lmSuppressShortcuts = true;
    button.addEventListener("keydown", onward);
    label.append(button, text);
    group.append(label);
    return button;
  });
  el.append(group);
  const show = () => buttons.forEach((button, number) => { button.checked = number === model.get("picked"); });
  model.on("change:picked", show);
  show();
  return () => model.off("change:picked", show);
}

async function tell(model, el) {
  const guess = await model.widget_manager.get_model(model.get("guess").replace("IPY_MODEL_", ""));
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  el.append(text);
  const show = () => {
    const picked = guess.get("picked");
    text.textContent = model.get("said").at(picked ?? -1);
    text.className = picked === model.get("right") ? "annkit-right" : "";
  };
  guess.on("change:picked", show);
  show();
  return () => guess.off("change:picked", show);
}

export default {
  render({ model, el }) {
    el.classList.add("annkit-guess");
    return model.get("guess") ? tell(model, el) : ask(model, el);
  },
};
