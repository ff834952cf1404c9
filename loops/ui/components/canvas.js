// The diagram in the reader's browser: pick, play, reveal, full screen and save, none of which waits for Python.
// canvas_pick.js, canvas_frame.js, canvas_play.js and canvas_save.js are put behind this file and share its names.

const canvases = new WeakMap();

// Streamlit calls this again whenever its data change. What the reader has done so far is kept in `canvas`.
export default function (component) {
  const root = component.parentElement.querySelector(".canvas");
  if (!canvases.has(root)) canvases.set(root, make(root));
  const canvas = canvases.get(root);
  canvas.tell = (picked) => component.setTriggerValue("picked", picked);
  canvas.send = (gestures) => component.setStateValue("gestures", gestures);
  refresh(canvas, component.data);
  return () => {
    pause(canvas);
    cancelAnimationFrame(canvas.gliding);
    canvas.gone.abort();
  };
}

function make(root) {
  const canvas = {
    root,
    stage: root.querySelector(".stage"),
    find: (name) => root.querySelector(`.${name}`),
    data: {},
    parts: [], // everything that can be picked, in the order of Home and End
    at: "", // the part that Tab comes back to
    chosen: "",
    editor: null,
    asked: { part: null, until: 0 }, // a pick that Python has not answered yet
    step: -1, // how many steps are revealed, less one; -1 shows everything
    time: null, // the place on the time slider, in saved moments; none before anything fills the boxes
    playing: 0, // the animation frame that was asked for
    gliding: 0, // and the one in which the frame moves on
    zoom: 1,
    wider: false, // than its frame
    gone: new AbortController(),
  };
  const on = (place, event, does, more) =>
    place.addEventListener(event, does, { signal: canvas.gone.signal, ...more });
  // What changes the drawing is here only where editor.py put it in; its keys and clicks come before picking.
  if (root.querySelector(".changing")) canvas.editor = editing(canvas, on);
  picking(canvas, on);
  playing(canvas, on);
  on(canvas.find("previous"), "click", () => reveal(canvas, canvas.step - 1));
  on(canvas.find("next"), "click", () => reveal(canvas, canvas.step + 1));
  on(canvas.find("everything"), "click", () => reveal(canvas, -1));
  on(canvas.find("png"), "click", () => savePicture(canvas));
  on(canvas.find("svg"), "click", () => saveDrawing(canvas));
  on(root, "keydown", (event) => keysOfTheRoom(canvas, event));
  framing(canvas, on);
  return canvas;
}

function refresh(canvas, data) {
  const before = canvas.data;
  canvas.data = data;
  canvas.stage.style.setProperty("--most", data.height);
  canvas.step = Math.min(canvas.step, data.steps.length - 1);
  if (canvas.editor ? canvas.editor.due(before) : data.svg !== before.svg) draw(canvas);
  if (data.chosen !== (before.chosen ?? "")) adopt(canvas, data.chosen);
  canvas.find("stepping").hidden = data.steps.length < 2;
  refreshFrames(canvas, before.frames);
  paint(canvas);
}

// Put a new drawing in, and everything the reader had done back on it.
function draw(canvas) {
  const held = canvas.stage.contains(canvas.root.getRootNode().activeElement);
  canvas.stage.innerHTML = canvas.data.svg; // made by our own draw(), which escapes every label
  canvas.svg = canvas.stage.querySelector("svg");
  canvas.svg.setAttribute("role", "group"); // an image would hide its parts from those who hear it
  canvas.svg.setAttribute("aria-label", `${canvas.svg.getAttribute("aria-label")}. ${canvas.data.help}`);
  canvas.parts = ["node", "loop", "link"].flatMap((kind) =>
    [...canvas.svg.querySelectorAll(`.${kind}`)].map((drawn) => part(kind, drawn)),
  );
  indexFills(canvas);
  const frame = rectangle(canvas.svg.viewBox.baseVal);
  canvas.whole = canvas.seen = canvas.editor ? canvas.editor.drawn(frame) : frame;
  size(canvas);
  const again = canvas.parts.find((one) => one.key === canvas.at) ?? canvas.parts[0];
  canvas.at = again?.key ?? "";
  if (held) again?.drawn.focus();
}

function part(kind, drawn) {
  const id = drawn.dataset[kind];
  drawn.setAttribute("role", "button");
  drawn.setAttribute("tabindex", "-1");
  return { kind, id, key: `${kind}:${id}`, drawn, ...middle(kind, drawn) };
}

function middle(kind, drawn) {
  if (kind === "link") {
    const wire = drawn.querySelector(".wire");
    const { x, y } = wire.getPointAtLength(wire.getTotalLength() / 2);
    return { x, y };
  }
  const { x, y, width, height } = drawn.querySelector("rect, circle, path").getBBox();
  return { x: x + width / 2, y: y + height / 2 };
}

function caption(canvas, title, sentence) {
  const [strong, span] = canvas.find("caption").children;
  if (strong.textContent !== title) strong.textContent = title;
  if (span.textContent !== sentence) span.textContent = sentence;
}

// ---- steps: the diagram builds up, loop by loop

function reveal(canvas, step) {
  canvas.step = Math.max(-1, Math.min(canvas.data.steps.length - 1, step));
  if (canvas.chosen) choose(canvas, "");
  paint(canvas);
}

// Left and right, and the keys of a presenter's remote, step from anywhere but the drawing and the slider.
function keysOfTheRoom(canvas, event) {
  const turn = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const typing = event.target.closest(".stage, input") && event.key.startsWith("Arrow");
  if (!turn || typing || event.defaultPrevented || canvas.data.steps.length < 2) return;
  reveal(canvas, canvas.step + turn);
  event.preventDefault();
}
