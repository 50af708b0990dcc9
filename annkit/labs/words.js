// The words under a picture, and what ipywidgets leaves out for the keyboard and for screen readers.

const REST = 600; // milliseconds without a change, then the words are read out

// ipywidgets' slider handles have no accessible name: give each the name in its label, and the number as what is read.
function nameSliders(lab) {
  const set = (element, name, text) => {
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  };
  for (const slider of lab.querySelectorAll(".widget-slider")) {
    const [name, number] = (slider.querySelector(".widget-label")?.textContent ?? "").split(" = ");
    const handle = slider.querySelector(".noUi-handle");
    if (!handle || !number) continue;
    set(handle, "aria-label", name);
    set(handle, "aria-valuetext", number);
  }
}

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

    // The lab's element is there only once this view has been put into it.
    let sliders;
    let lab;
    const shortcuts = (e) => {
      // Plain keys in a lab belong to the lab; Ctrl and Command still reach JupyterLab.
      if (lab?.contains(e.target)) lab.toggleAttribute("data-lm-suppress-shortcuts", !e.ctrlKey && !e.metaKey);
    };
    window.addEventListener("keydown", shortcuts, true);
    const entered = setInterval(() => {
      lab = el.closest(".annkit-lab");
      if (!lab) return;
      clearInterval(entered);
      nameSliders(lab);
      sliders = new MutationObserver(() => nameSliders(lab));
      sliders.observe(lab, { childList: true, subtree: true });
    }, 50);

    return () => {
      clearInterval(entered);
      clearTimeout(resting);
      sliders?.disconnect();
      window.removeEventListener("keydown", shortcuts, true);
      model.off("change:text", write);
      model.off("change:text", speak);
      model.off("change:error", complain);
    };
  },
};
