// The words under a picture: shown at once, read out when they have come to rest.

const REST = 600; // milliseconds without a change, then the words are read out

export default {
  render({ model, el }) {
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
    const write = () => { text.textContent = model.get("text"); };
    const speak = () => {
      clearTimeout(resting);
      resting = setTimeout(() => { spoken.textContent = model.get("text"); }, REST);
    };
    const complain = () => { error.textContent = model.get("error"); };
    model.on("change:text", write);
    model.on("change:text", speak);
    model.on("change:error", complain);
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
      model.off("change:text", write);
      model.off("change:text", speak);
      model.off("change:error", complain);
    };
  },
};
