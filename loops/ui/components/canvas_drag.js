// Dragging with mouse, finger or pen: a box to move it, the handle of a picked arrow to bend it, and from box to box
// while an arrow is added. Each has a hand: where it goes with the pointer, what it drops, and the way back.

const FIRM = { mouse: 4, pen: 6, touch: 8 }; // pixels that a pointer may tremble before it drags
const EDGE = 28; // pixels from the edge of the frame where the drawing moves on inside it

function dragging(canvas, on) {
  on(canvas.stage, "pointerdown", (event) => press(canvas, event));
  on(canvas.stage, "pointermove", (event) => follow(canvas, event));
  on(canvas.stage, "pointerup", (event) => release(canvas, event));
  // What can be dragged holds the page still; touch-action would do for the whole drawing only.
  const hold = (event) => handFor(canvas, canvas.editor.press?.found) && event.preventDefault();
  on(canvas.stage, "touchmove", hold, { passive: false });
  on(canvas.stage, "pointercancel", () => letGo(canvas));
  on(canvas.stage, "click", (event) => {
    if (clicked(canvas, event)) event.stopImmediatePropagation();
  });
}

function placeOf(canvas, { clientX, clientY }) {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(canvas.svg.getScreenCTM().inverse());
  return [x, y];
}

// Whole units, inside what can be seen.
function inRoom({ whole }, [x, y]) {
  const held = (value, start, length) => Math.round(Math.max(start + 30, Math.min(start + length - 30, value)));
  return [held(x, whole.x, whole.width), held(y, whole.y, whole.height)];
}

function moveNode(canvas, node, place) {
  const { x, y } = boxOf(node);
  const [dx, dy] = node.shift ?? [0, 0];
  const [goalX, goalY] = inRoom(canvas, place);
  shiftNode(canvas, node, [goalX - x + dx, goalY - y + dy]);
}

// ---- the pointer

function press(canvas, event) {
  const { editor } = canvas;
  editor.swallow = false;
  if (!event.isPrimary) cancel(canvas); // a second finger: the drawing is being enlarged
  if (!event.isPrimary || event.button) return;
  const found = event.target.closest(".grip") ? "handle" : partOf(canvas, event.target);
  editor.press = { id: event.pointerId, type: event.pointerType, from: event, last: event, found, hand: null };
}

function follow(canvas, event) {
  const { press: pressed, mode } = canvas.editor;
  if (pressed?.id === event.pointerId) {
    pressed.last = event;
    if (!pressed.hand) grasp(canvas);
  } else if (mode && event.isPrimary) hover(canvas, placeOf(canvas, event));
}

// The pointer has gone far enough to mean a drag.
function grasp(canvas) {
  const { press: pressed } = canvas.editor;
  const { from, last, found, type } = pressed;
  const gone = Math.hypot(last.clientX - from.clientX, last.clientY - from.clientY);
  if (gone < (FIRM[type] ?? FIRM.touch)) return;
  const hand = handFor(canvas, found);
  if (!hand) return;
  pressed.hand = hand(canvas, found === "handle" ? partWith(canvas, canvas.chosen) : found, placeOf(canvas, from));
  rest(canvas);
  canvas.stage.setPointerCapture(pressed.id);
  canvas.root.classList.add("dragging");
  tick(canvas, pressed);
}

function tick(canvas, pressed) {
  if (canvas.editor.press !== pressed) {
    canvas.root.classList.remove("dragging");
    return;
  }
  moveOn(canvas, pressed.last);
  pressed.hand.to(placeOf(canvas, pressed.last));
  requestAnimationFrame(() => tick(canvas, pressed));
}

// A drawing larger than its frame moves on below a pointer at the edge.
function moveOn({ stage }, { clientX, clientY }) {
  const { left, right, top, bottom } = stage.getBoundingClientRect();
  const pull = (at, start, end) => (at < start + EDGE ? -6 : at > end - EDGE ? 6 : 0);
  stage.scrollBy(pull(clientX, left, right), pull(clientY, top, bottom));
}

function release(canvas, event) {
  const { editor } = canvas;
  const { press: pressed } = editor;
  if (pressed?.id !== event.pointerId) return;
  editor.press = null;
  if (!pressed.hand) return;
  editor.swallow = true;
  pressed.hand.to(placeOf(canvas, event));
  pressed.hand.drop();
  catchUp(canvas);
}

// The browser has taken the pointer, to scroll say, or Escape was pressed: everything goes back.
function letGo(canvas) {
  const { editor } = canvas;
  const { hand } = editor.press ?? {};
  editor.press = null;
  if (!hand) return false;
  hand.back();
  [editor.swallow, editor.stale] = [true, true];
  catchUp(canvas);
  return true;
}

// True when the click was meant for a mode, or only ended a drag.
function clicked(canvas, event) {
  const { editor } = canvas;
  if (editor.swallow || event.target.closest(".grip")) editor.swallow = false;
  else if (editor.mode === "node") addNode(canvas, placeOf(canvas, event));
  else if (editor.mode === "link") chooseEnd(canvas, nodeAt(canvas, placeOf(canvas, event)));
  else return false;
  return true;
}

function hover(canvas, place) {
  const { editor } = canvas;
  if (editor.mode === "node") editor.ghost = inRoom(canvas, place);
  else editor.aim = place;
  paintAids(canvas);
}

// ---- the hands

function handFor(canvas, found) {
  const { mode } = canvas.editor;
  if (found === "handle") return bendHand;
  if (found?.kind !== "node") return null;
  return { "": moveHand, link: linkHand, node: null }[mode];
}

function moveHand(canvas, node, [fromX, fromY]) {
  const { x, y } = boxOf(node);
  const before = node.shift ?? [0, 0];
  const moved = () => String(node.shift ?? [0, 0]) !== String(before);
  node.drawn.focus({ preventScroll: true });
  return {
    to: ([toX, toY]) => moveNode(canvas, node, [x + toX - fromX, y + toY - fromY]),
    back: () => shiftNode(canvas, node, before),
    drop: () => {
      if (canvas.chosen !== node.key) choose(canvas, node.key);
      if (moved()) sendPlace(canvas, node);
    },
  };
}

function bendHand(canvas, link) {
  const before = bendOf(link);
  return {
    to: (place) => bendLink(canvas, link, bendTo(canvas, link, place)),
    back: () => bendLink(canvas, link, before),
    drop: () => {
      if (bendOf(link) !== before) sendPlace(canvas, link);
    },
  };
}

function linkHand(canvas, source) {
  const { editor } = canvas;
  editor.source = source.key;
  const aimed = (target) => {
    for (const one of canvas.parts) one.drawn.classList.toggle("aimed", one === target);
  };
  return {
    to: (place) => {
      editor.aim = place;
      aimed(nodeAt(canvas, place));
      paintAids(canvas);
    },
    back: () => aimed(null),
    drop: () => {
      const target = nodeAt(canvas, editor.aim);
      aimed(null);
      if (target) addLink(canvas, source, target);
      else ask(canvas);
    },
  };
}
