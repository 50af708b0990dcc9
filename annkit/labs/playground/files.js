// A button that opens a file, the lab around it as a place to drop one, and files that the kernel sends to be kept.

const LARGEST = 20e6; // bytes

async function open(model, file) {
  if (!file) return;
  const { name } = file;
  if (file.size > LARGEST) model.send({ event: "large", name });
  else model.send({ event: "file", name, text: await file.text() });
}

function keep({ name, text }) {
  const address = URL.createObjectURL(new Blob([text]));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

export default {
  initialize({ model }) {
    model.on("msg:custom", keep);
  },

  render({ model, el }) {
    el.classList.add("annkit-files");
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "file", accept: model.get("accept"), hidden: true });
    chosen.addEventListener("change", () => {
      open(model, chosen.files[0]);
      chosen.value = ""; // so that the same file can be opened again
    });
    const button = document.createElement("button");
    Object.assign(button, { className: "jupyter-button", textContent: model.get("label"), title: model.get("hint") });
    button.addEventListener("click", () => chosen.click());
    el.append(button, chosen);

    const lab = (e) => [el.closest(".annkit-lab")].find((each) => each?.contains(e.target));
    const over = (e) => {
      const under = e.dataTransfer?.types.includes("Files") && lab(e);
      el.closest(".annkit-lab")?.classList.toggle("annkit-dropping", Boolean(under));
      if (under) e.preventDefault();
    };
    const leave = (e) => {
      if (!e.relatedTarget) el.closest(".annkit-lab")?.classList.remove("annkit-dropping");
    };
    const drop = (e) => {
      const under = lab(e);
      if (!under || !e.dataTransfer.files.length) return;
      under.classList.remove("annkit-dropping");
      e.preventDefault();
      e.stopPropagation();
      open(model, e.dataTransfer.files[0]);
    };
    const listeners = { dragover: over, dragleave: leave, drop };
    for (const [event, listener] of Object.entries(listeners)) window.addEventListener(event, listener, true);
    return () => {
      for (const [event, listener] of Object.entries(listeners)) window.removeEventListener(event, listener, true);
    };
  },
};
