// Picking with mouse, finger and keyboard; and what stands out, fades or is hidden because of it.

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const PATIENCE = 2000; // milliseconds in which an older answer from Python does not undo a newer pick

function picking(canvas, on) {
  on(canvas.stage, "click", (event) => {
    const found = partOf(canvas, event.target);
    if (found) pick(canvas, found);
    else if (canvas.chosen) choose(canvas, "");
  });
  on(canvas.stage, "focusin", (event) => {
    const found = partOf(canvas, event.target);
    if (found) settle(canvas, found);
  });
  on(canvas.stage, "keydown", (event) => {
    if (key(canvas, event)) event.preventDefault();
  });
}

const partOf = (canvas, place) => {
  const drawn = place.closest?.(".node, .link, .loop");
  return drawn && canvas.parts.find((one) => one.drawn === drawn);
};

const seen = (canvas) => canvas.parts.filter((one) => !one.drawn.classList.contains("hidden"));

function key(canvas, event) {
  const from = canvas.parts.find((one) => one.key === canvas.at);
  const reach = seen(canvas);
  if (event.key === "Escape") return escape(canvas);
  if (!from || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === "Enter" || event.key === " ") return pick(canvas, from) ?? true;
  const to = ARROWS[event.key]
    ? nearest(reach, from, ARROWS[event.key])
    : { Home: reach[0], End: reach.at(-1) }[event.key];
  to?.drawn.focus();
  return event.key in ARROWS || Boolean(to);
}

function escape(canvas) {
  if (canvas.chosen) choose(canvas, "");
  else if (canvas.step >= 0) reveal(canvas, -1);
  else return false;
  return true;
}

// The nearest part in a direction; what lies more to the side than ahead belongs to another key.
function nearest(parts, from, [dx, dy]) {
  let best;
  let least = Infinity;
  for (const one of parts) {
    const [x, y] = [one.x - from.x, one.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (one === from || ahead <= 0 || aside > 2 * ahead || ahead + 2 * aside >= least) continue;
    [best, least] = [one, ahead + 2 * aside];
  }
  return best;
}

// One part at a time can be reached with Tab; the arrow keys do the rest.
function settle(canvas, found) {
  canvas.at = found.key;
  for (const one of canvas.parts) one.drawn.setAttribute("tabindex", one === found ? "0" : "-1");
}

function pick(canvas, found) {
  settle(canvas, found);
  choose(canvas, canvas.chosen === found.key ? "" : found.key);
}

// The reader has picked: show it at once, and tell Python.
function choose(canvas, key) {
  canvas.chosen = key;
  canvas.asked = { part: key, until: performance.now() + PATIENCE };
  paint(canvas);
  canvas.tell({ part: key });
}

// Python has chosen; unless that only answers an earlier pick than the reader's last.
function adopt(canvas, key) {
  if (key !== canvas.asked.part && performance.now() < canvas.asked.until) return;
  canvas.asked = { part: null, until: 0 };
  canvas.chosen = key;
}

// ---- what stands out

function paint(canvas) {
  const { steps } = canvas.data;
  const shown = canvas.step < 0 ? null : new Set(steps.slice(0, canvas.step + 1).flatMap((one) => one.parts));
  const bright = canvas.chosen ? about(canvas, canvas.chosen) : new Set(steps[canvas.step]?.parts);
  const dims = [...bright].some((key) => canvas.parts.some((one) => one.key === key));
  for (const one of canvas.parts) {
    const looks = one.drawn.classList;
    looks.toggle("hidden", Boolean(shown) && !shown.has(one.key));
    looks.toggle("lit", dims && bright.has(one.key));
    looks.toggle("faded", dims && !bright.has(one.key));
    one.drawn.setAttribute("aria-pressed", String(one.key === canvas.chosen));
  }
  canvas.svg.classList.toggle("soft", canvas.step >= 0 && !canvas.chosen);
  const reach = seen(canvas);
  const here = reach.find((one) => one.key === canvas.at) ?? reach[0];
  if (here) settle(canvas, here);
  look(canvas);
  say(canvas);
  stepButtons(canvas);
  canvas.editor?.painted();
}

// The parts that belong with a picked one: a loop's path, an arrow's two ends, a box's arrows and what is beyond.
function about(canvas, key) {
  if (canvas.data.loops[key]) return new Set([key, ...canvas.data.loops[key].parts]);
  const ends = (one) => one.id.split("|").slice(0, 2).map((id) => `node:${id}`);
  const links = canvas.parts.filter((one) => one.kind === "link");
  const touching = links.filter((one) => one.key === key || ends(one).includes(key));
  return new Set([key, ...touching.flatMap((one) => [one.key, ...ends(one)])]);
}

function say(canvas) {
  const { data, chosen, step } = canvas;
  const picked = canvas.parts.find((one) => one.key === chosen);
  if (data.loops[chosen]) caption(canvas, data.loops[chosen].title, data.loops[chosen].story);
  else if (picked) caption(canvas, picked.drawn.getAttribute("aria-label"), "");
  else if (step >= 0) caption(canvas, data.steps[step].title, data.steps[step].sentence);
  else caption(canvas, "", data.hint + (canvas.wider ? " Move the drawing sideways to see all of it." : ""));
}

function stepButtons(canvas) {
  const { step, data } = canvas;
  canvas.find("previous").disabled = step < 0;
  canvas.find("next").disabled = step >= data.steps.length - 1;
  canvas.find("everything").hidden = step < 0;
  canvas.find("count").textContent = step < 0 ? "" : `${step + 1} of ${data.steps.length}`;
}
