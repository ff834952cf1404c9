// Changing the drawing on the drawing itself. What is done shows at once and goes to Python as a gesture; a new
// drawing is put in when Python has answered all of them and no hand is on anything, so that nothing jumps back.
// canvas_keys.js, canvas_drag.js, canvas_live.js and canvas_send.js are put behind this file and share its names.

const ROOM = 40; // units around the drawing for what is moved or added
const NEW_BOX = { halfWidth: 60, halfHeight: 26 };
const ASKS = {
  node: "Click or tap where the new box goes; or move it with the arrow keys and press Enter. Escape ends.",
  from: "Pick the box where the arrow begins, or drag from it to another box. Escape ends.",
};

function editing(canvas, on) {
  const click = (name, does) => on(canvas.find(name), "click", does);
  click("add-node", (event) => begin(canvas, "node", !event.detail));
  click("add-link", (event) => begin(canvas, "link", !event.detail));
  click("flip", () => flip(canvas, partWith(canvas, canvas.chosen)));
  click("remove", () => remove(canvas, partWith(canvas, canvas.chosen)));
  click("undo", () => step(canvas, "undo"));
  click("redo", () => step(canvas, "redo"));
  keysOfEditing(canvas, on);
  dragging(canvas, on);
  canvas.gone.signal.addEventListener("abort", () => clearTimeout(canvas.editor.post.timer));
  return {
    mode: "", // "node" while a new box is placed, "link" while a new arrow is drawn
    source: "", // the box where the new arrow begins
    ghost: null, // the place of the new box
    aim: null, // the place where the new arrow ends
    press: null, // the finger or button that is down, and what it does to the drawing
    nudge: null, // what the keys have moved or bent and not sent yet
    swallow: false, // the click that ends a drag picks nothing
    stale: false, // the drawing on the screen is not the one that Python sent last
    expects: null, // the last gesture, whose answer is yet to be told
    shown: "", // the drawing on the screen as Python sent it
    about: null,
    known: new Set(),
    focus: "", // what gets the keyboard next
    post: emptyPost({ visit: "", number: 0 }),
    due: (before) => due(canvas, before),
    drawn: (frame) => drawn(canvas, frame),
    painted: () => painted(canvas),
  };
}

// ---- when a new drawing is put in

const idle = ({ editor }) => !editor.post.queue.length && !editor.press?.hand && !editor.nudge;

function due(canvas, before) {
  const answered = hear(canvas);
  canvas.editor.stale ||= answered || canvas.data.svg !== before.svg;
  return canvas.editor.stale && idle(canvas);
}

// Nothing came of what a hand has begun: show what Python has sent in the meantime.
function catchUp(canvas) {
  if (!canvas.editor.stale || !idle(canvas)) return;
  draw(canvas);
  paint(canvas);
}

function drawn(canvas, frame) {
  const { editor, data, svg } = canvas;
  const whole = roomFor(canvas, frame);
  svg.setAttribute("viewBox", Object.values(whole).join(" "));
  for (const [name, value] of Object.entries(whole)) svg.querySelector(".paper").setAttribute(name, value);
  if (!editor.mode) [editor.ghost, editor.source, editor.aim] = [null, "", null];
  if (!partWith(canvas, editor.source)) editor.source = "";
  editor.aids = Object.fromEntries(["rect ghost", "rect source", "path aim", "circle handle", "circle grip"].map((one) => {
    const [element, name] = one.split(" ");
    return [name, shape(element, { class: name })];
  }));
  const aids = shape("g", { class: "aids", "aria-hidden": "true" });
  aids.append(...Object.values(editor.aids));
  svg.append(aids);
  answer(canvas);
  editor.known = new Set(canvas.parts.map((one) => one.key));
  [editor.stale, editor.shown, editor.about] = [false, data.svg, data.about];
  return whole;
}

// The frame stays while it holds the drawing, or else grows; only another model is fitted anew.
function roomFor(canvas, { x, y, width, height }) {
  const padded = { x: x - ROOM, y: y - ROOM, width: width + 2 * ROOM, height: height + 2 * ROOM };
  const old = canvas.whole;
  if (canvas.editor.about !== canvas.data.about || !old) return padded;
  const holds = x >= old.x && y >= old.y && x + width <= old.x + old.width && y + height <= old.y + old.height;
  if (holds) return old;
  const [left, top] = [Math.min(old.x, padded.x), Math.min(old.y, padded.y)];
  const right = Math.max(old.x + old.width, padded.x + padded.width);
  const bottom = Math.max(old.y + old.height, padded.y + padded.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

// Say what came of the last gesture, and go to what is new.
function answer(canvas) {
  const { editor, data } = canvas;
  const { do: does, part } = editor.expects ?? {};
  editor.expects = null;
  if (!does) return;
  const fresh = canvas.parts.findLast((one) => one.kind === does && !editor.known.has(one.key));
  if (data.svg === editor.shown) tell(canvas, "Nothing has changed.");
  else if (fresh) tell(canvas, `New ${does === "node" ? "box" : "arrow"}: ${nameOf(fresh)}.`);
  else if (does === "sign" && partWith(canvas, part)) tell(canvas, `${nameOf(partWith(canvas, part))}.`);
  if (!fresh) return;
  canvas.at = fresh.key;
  if (!document.activeElement?.matches("input, textarea, select")) editor.focus = fresh.key; // nobody types elsewhere
}

// ---- what is said and shown around the drawing

const nameOf = (part) => part.drawn.getAttribute("aria-label");

function tell(canvas, words) {
  canvas.find("telling").textContent = words;
}

function painted(canvas) {
  const { editor, data } = canvas;
  const picked = partWith(canvas, canvas.chosen);
  const open = Boolean(editor.post.queue.length);
  canvas.root.classList.toggle("adding", Boolean(editor.mode));
  canvas.find("add-node").setAttribute("aria-pressed", String(editor.mode === "node"));
  canvas.find("add-link").setAttribute("aria-pressed", String(editor.mode === "link"));
  const can = { flip: picked?.kind === "link", remove: picked, undo: open || data.can[0], redo: open || data.can[1] };
  for (const [name, may] of Object.entries(can)) canvas.find(name).setAttribute("aria-disabled", String(!may));
  paintAids(canvas);
  partWith(canvas, editor.focus)?.drawn.focus({ preventScroll: true });
  editor.focus = "";
}

// The new box, the new arrow, and the handle of the picked one, as large as a finger whatever the scale.
function paintAids(canvas) {
  const { ghost, aim, source: from, mode, aids } = canvas.editor;
  const [picked, source] = [partWith(canvas, canvas.chosen), partWith(canvas, from)];
  put(aids.ghost, ghost && outline({ x: ghost[0], y: ghost[1], ...NEW_BOX }, 0));
  put(aids.source, source && outline(boxOf(source), 5));
  const end = aim && { x: aim[0], y: aim[1], halfWidth: 0, halfHeight: 0 };
  put(aids.aim, source && aim && { d: drawnPath(curve(boxOf(source), end, 0)) });
  const [cx, cy] = !mode && bendable(picked) ? handleOf(canvas, picked) : [];
  const pixel = 1 / canvas.svg.getScreenCTM().a;
  put(aids.handle, cx !== undefined && { cx, cy, r: 8 * pixel });
  put(aids.grip, cx !== undefined && { cx, cy, r: 20 * pixel });
}

const outline = (box, gap) => ({
  x: box.x - box.halfWidth - gap, y: box.y - box.halfHeight - gap, rx: 14,
  width: 2 * (box.halfWidth + gap), height: 2 * (box.halfHeight + gap),
});

function put(aid, attributes) {
  aid.setAttribute("visibility", attributes ? "visible" : "hidden");
  for (const [name, value] of Object.entries(attributes || {})) aid.setAttribute(name, value);
}

const bendable = (part) => part?.kind === "link" && new Set(part.id.split("|").slice(0, 2)).size === 2;
