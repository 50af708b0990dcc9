// Shift+Enter where no code has the focus: on to the next cell, as everywhere in a notebook, but without running this one
// again, which would lose what was turned.

function onward(e) {
  if (e.key !== "Enter" || !e.shiftKey) return false;
  const next = e.target.closest(".jp-Cell")?.nextElementSibling;
  next?.focus();
  if (next) e.preventDefault();
  return Boolean(next);
}

