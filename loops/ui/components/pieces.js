// Small pieces that components share; each is put in front of a component's own script.

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// A question mark that opens a note below it. The note can describe something else too: it is there while hidden.
function question(label, words, id) {
  if (!words) return [];
  const note = element("p", { id, textContent: words, hidden: true });
  const ask = element("button", { type: "button", className: "ask", textContent: "?" });
  ask.setAttribute("aria-label", label);
  ask.setAttribute("aria-controls", id);
  ask.setAttribute("aria-expanded", "false");
  ask.onclick = () => {
    note.hidden = !note.hidden;
    ask.setAttribute("aria-expanded", String(!note.hidden));
  };
  return [ask, note];
}
