// The words under a picture: shown at once, read out when they have come to rest.

const REST = 600; // milliseconds without a change, then the words are read out

export default {
  async render({ model, el }) {
    const stage = await model.widget_manager.get_model(model.get("stage").replace("IPY_MODEL_", ""));
    el.classList.add("annkit-words");
    const part = (name, role) => {
      const made = document.createElement("div");
      made.className = name;
      if (role) made.setAttribute("role", role);
      el.append(made);
      return made;
    };
    const error = part("annkit-error", "alert");
    const text = part("annkit-text");
    const spoken = part("annkit-spoken", "status");

    let resting;
    const write = () => { text.textContent = stage.get("words"); };
    const speak = () => {
      clearTimeout(resting);
      resting = setTimeout(() => { spoken.textContent = stage.get("words"); }, REST);
    };
    const complain = () => { error.textContent = stage.get("error"); };
    stage.on("change:words", write);
    stage.on("change:words", speak);
    stage.on("change:error", complain);
    write();
    complain();

    const shortcuts = (e) => {
      // Plain keys in a lab belong to what has the focus; Ctrl and Command still reach JupyterLab. JupyterLab asks the
      // element itself first, so the mark has to be on it.
      const inside = el.closest(".annkit-lab")?.contains(e.target);
      if (inside) e.target.toggleAttribute("data-lm-suppress-shortcuts", !e.ctrlKey && !e.metaKey);
    };
    window.addEventListener("keydown", shortcuts, true);

    return () => {
      clearTimeout(resting);
      window.removeEventListener("keydown", shortcuts, true);
      stage.off("change:words", write);
      stage.off("change:words", speak);
      stage.off("change:error", complain);
    };
  },
};
