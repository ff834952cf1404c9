// What is done to the drawing: by key, and by the buttons above it, which do the same.

const NUDGE = 10; // units that an arrow key moves a box or a new box
const BOW = 0.05; // of its length, that a key bends an arrow
const ONCE = /^(Delete|Backspace|[nas])$/i; // a key held down does this once: boxes do not go one after the other
const REST_KEYS = 300; // milliseconds without a key until what was moved or bent is sent

function keysOfEditing(canvas, on) {
  on(canvas.stage, "keydown", (event) => {
    if (!keyOfEditing(canvas, event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  on(canvas.root, "keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
    step(canvas, key === "y" || event.shiftKey ? "redo" : "undo");
    event.preventDefault();
  });
  on(canvas.stage, "focusout", () => rest(canvas));
}

function keyOfEditing(canvas, event) {
  const { editor } = canvas;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Escape") return cancel(canvas);
  if (event.repeat && ONCE.test(event.key)) return true;
  const at = partWith(canvas, canvas.at);
  const way = ARROWS[event.key];
  const enters = event.key === "Enter" || event.key === " ";
  if (editor.mode === "node" && (way || enters)) way ? moveGhost(canvas, way) : addNode(canvas, editor.ghost);
  else if (editor.mode === "link" && (way || enters)) way ? toNode(canvas, at, way) : chooseEnd(canvas, at);
  else if (way && event.shiftKey) nudge(canvas, at, "node", () => moveNode(canvas, at, along(at, way)));
  else return letter(canvas, event.key, at);
  return true;
}

function letter(canvas, key, at) {
  const bend = (by) => nudge(canvas, at, "link", () => bendLink(canvas, at, bounded(bendOf(at) + by, 2)));
  const does = {
    n: () => begin(canvas, "node", true),
    a: () => begin(canvas, "link", true),
    s: () => flip(canvas, at),
    "[": () => bend(-BOW),
    "]": () => bend(BOW),
    Delete: () => remove(canvas, at),
    Backspace: () => remove(canvas, at),
  }[key.length === 1 ? key.toLowerCase() : key];
  does?.();
  return Boolean(does);
}

// ---- moving and bending by keys: one gesture for many of them

function nudge(canvas, part, kind, does) {
  const { editor } = canvas;
  if (part?.kind !== kind || (kind === "link" && !bendable(part))) {
    tell(canvas, kind === "node" ? "Go to a box to move it." : "Go to an arrow between two boxes to bend it.");
    return;
  }
  if (editor.nudge && editor.nudge.part !== part) rest(canvas);
  clearTimeout(editor.nudge?.timer);
  does();
  editor.nudge = { part, timer: setTimeout(() => rest(canvas), REST_KEYS) };
}

const along = (node, [dx, dy]) => [boxOf(node).x + NUDGE * dx, boxOf(node).y + NUDGE * dy];

function rest(canvas) {
  const { nudge: moved } = canvas.editor;
  if (!moved) return;
  clearTimeout(moved.timer);
  canvas.editor.nudge = null;
  sendPlace(canvas, moved.part);
}

function sendPlace(canvas, part) {
  if (part.kind === "node") {
    const { x, y } = boxOf(part);
    gesture(canvas, { do: "move", part: part.key, x, y }, `Moved: ${nameOf(part)}.`);
  } else gesture(canvas, { do: "bend", part: part.key, bend: bendOf(part) }, `Bent: ${nameOf(part)}.`);
}

// Everything that is done goes through here: what the keys have moved goes first.
function gesture(canvas, does, words) {
  rest(canvas);
  canvas.editor.expects = does;
  tell(canvas, words);
  send(canvas, does);
  painted(canvas);
}

// ---- adding

// `keys`: it was begun by the keyboard, which from now on has to be in the drawing.
function begin(canvas, mode, keys) {
  const { editor } = canvas;
  const again = editor.mode === mode;
  cancel(canvas);
  if (again) return;
  rest(canvas);
  const at = partWith(canvas, canvas.at);
  editor.mode = mode;
  if (mode === "node") editor.ghost = keys && at ? [Math.round(at.x), Math.round(at.y) + 110] : null;
  else if (keys && at?.kind === "node" && canvas.stage.contains(canvas.root.getRootNode().activeElement)) {
    editor.source = at.key;
  }
  if (keys) at?.drawn.focus();
  ask(canvas);
}

function ask(canvas) {
  const { mode, source } = canvas.editor;
  const from = partWith(canvas, source);
  if (!from) tell(canvas, mode === "node" ? ASKS.node : ASKS.from);
  else tell(canvas, `From “${nameOf(from)}”: pick the box where the arrow ends, or the same box again. Escape ends.`);
  painted(canvas);
}

// End whatever is half done. True when something was.
function cancel(canvas) {
  const { editor } = canvas;
  const begun = letGo(canvas) || Boolean(editor.mode);
  if (!begun) return false;
  [editor.mode, editor.ghost, editor.source, editor.aim] = ["", null, "", null];
  tell(canvas, "Ended: nothing was changed.");
  painted(canvas);
  return true;
}

function moveGhost(canvas, [dx, dy]) {
  const [x, y] = canvas.editor.ghost ?? middleOf(canvas.whole);
  canvas.editor.ghost = inRoom(canvas, [x + 2 * NUDGE * dx, y + 2 * NUDGE * dy]);
  painted(canvas);
}

const middleOf = ({ x, y, width, height }) => [Math.round(x + width / 2), Math.round(y + height / 2)];

function addNode(canvas, place) {
  const [x, y] = inRoom(canvas, place ?? middleOf(canvas.whole));
  [canvas.editor.mode, canvas.editor.ghost] = ["", [x, y]];
  gesture(canvas, { do: "node", x, y }, "A new box.");
}

function toNode(canvas, from, way) {
  nearest(canvas.parts.filter((one) => one.kind === "node"), from, way)?.drawn.focus();
}

function chooseEnd(canvas, node) {
  const { editor } = canvas;
  if (node?.kind !== "node") ask(canvas);
  else if (editor.source) addLink(canvas, partWith(canvas, editor.source), node);
  else {
    editor.source = node.key;
    ask(canvas);
  }
}

function addLink(canvas, source, target) {
  const { editor } = canvas;
  const { x, y } = boxOf(target);
  [editor.mode, editor.source, editor.aim] = ["", source.key, [x, y]];
  gesture(canvas, { do: "link", source: source.id, target: target.id }, "A new arrow.");
}

// ---- the rest

function flip(canvas, link) {
  if (link?.kind !== "link") tell(canvas, "Pick an arrow to flip its sign.");
  else gesture(canvas, { do: "sign", part: link.key }, `The other sign: ${nameOf(link)}`);
}

function remove(canvas, part) {
  if (!part) {
    tell(canvas, "Pick a box, an arrow or a loop to remove it.");
    return;
  }
  const left = canvas.parts.filter((one) => one !== part && !(one.kind === "link" && endsOf(canvas, one).includes(part)));
  for (const one of canvas.parts) one.drawn.classList.toggle("gone", !left.includes(one));
  const near = left.filter((one) => one.kind === "node").sort((one, other) => apart(one, part) - apart(other, part));
  if (canvas.chosen === part.key) choose(canvas, "");
  gesture(canvas, { do: "remove", part: part.key }, `Removed: ${nameOf(part)}. Undo brings it back.`);
  near[0]?.drawn.focus({ preventScroll: true });
}

const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

function step(canvas, does) {
  const words = { undo: "Taken back.", redo: "Done again." }[does];
  gesture(canvas, { do: does }, words);
}
