// The diagram in the reader's browser: pick, play, reveal, full screen and save, none of which waits for Python.
// canvas_pick.js, canvas_play.js and canvas_save.js are put behind this file and share its names.

const canvases = new WeakMap();

// Streamlit calls this again whenever its data change. What the reader has done so far is kept in `canvas`.
export default function (component) {
  const root = component.parentElement.querySelector(".canvas");
  if (!canvases.has(root)) canvases.set(root, make(root));
  const canvas = canvases.get(root);
  canvas.tell = (picked) => component.setTriggerValue("picked", picked);
  refresh(canvas, component.data);
  return () => {
    pause(canvas);
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
    asked: { part: null, until: 0 }, // a pick that Python has not answered yet
    step: -1, // how many steps are revealed, less one; -1 shows everything
    time: null, // the place on the time slider, in saved moments; none before anything fills the boxes
    playing: 0, // the animation frame that was asked for
    zoom: 1,
    wider: false, // than its frame
    gone: new AbortController(),
  };
  const on = (place, event, does, more) =>
    place.addEventListener(event, does, { signal: canvas.gone.signal, ...more });
  picking(canvas, on);
  playing(canvas, on);
  on(canvas.find("previous"), "click", () => reveal(canvas, canvas.step - 1));
  on(canvas.find("next"), "click", () => reveal(canvas, canvas.step + 1));
  on(canvas.find("everything"), "click", () => reveal(canvas, -1));
  on(canvas.find("larger"), "click", () => enlarge(canvas, canvas.zoom * 1.25));
  on(canvas.find("smaller"), "click", () => enlarge(canvas, canvas.zoom / 1.25));
  on(canvas.find("full"), "click", () => fullScreen(canvas));
  on(canvas.find("png"), "click", () => savePicture(canvas));
  on(canvas.find("svg"), "click", () => saveDrawing(canvas));
  on(document, "fullscreenchange", () => afterFullScreen(canvas));
  on(root, "keydown", (event) => keysOfTheRoom(canvas, event));
  pinching(canvas, on);
  const sized = new ResizeObserver(() => size(canvas));
  sized.observe(root);
  canvas.gone.signal.addEventListener("abort", () => sized.disconnect());
  return canvas;
}

function refresh(canvas, data) {
  const before = canvas.data;
  canvas.data = data;
  canvas.stage.style.setProperty("--most", data.height);
  canvas.step = Math.min(canvas.step, data.steps.length - 1);
  if (data.svg !== before.svg) draw(canvas);
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

// ---- size

// Labels never become smaller than this; the drawing is moved inside its frame instead. Where there is room for
// the whole of a large diagram at a glance, they may be a little smaller: it can be enlarged.
const LEAST_LETTERS = { narrow: 11.5, wide: 9 };
const NARROW = 640;

function size(canvas) {
  if (!canvas.svg) return;
  const { width, height } = canvas.svg.viewBox.baseVal;
  const letters = parseFloat(canvas.svg.querySelector(".node text")?.getAttribute("font-size") ?? "20");
  const most = isFull(canvas) ? canvas.stage.clientHeight : parseFloat(getComputedStyle(canvas.stage).maxHeight);
  const fits = Math.min(canvas.stage.clientWidth, (most || Infinity) * (width / height));
  const least = LEAST_LETTERS[canvas.stage.clientWidth < NARROW ? "narrow" : "wide"];
  const wide = Math.max(fits, (least / letters) * width) * canvas.zoom;
  canvas.svg.style.width = `${wide}px`;
  canvas.svg.style.height = `${(wide * height) / width}px`;
  canvas.wider = wide > canvas.stage.clientWidth + 1;
  say(canvas);
}

function enlarge(canvas, zoom) {
  const { stage } = canvas;
  const [x, y] = [stage.scrollLeft + stage.clientWidth / 2, stage.scrollTop + stage.clientHeight / 2];
  const grown = Math.max(0.5, Math.min(6, zoom)) / canvas.zoom;
  canvas.zoom *= grown;
  size(canvas);
  stage.scrollTo(x * grown - stage.clientWidth / 2, y * grown - stage.clientHeight / 2);
}

function pinching(canvas, on) {
  let start = null;
  const apart = ({ touches: [one, other] }) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  on(canvas.stage, "touchstart", (event) => {
    start = event.touches.length === 2 ? { apart: apart(event), zoom: canvas.zoom } : null;
  });
  const move = (event) => {
    if (!start || event.touches.length !== 2) return;
    event.preventDefault(); // the drawing grows, not the page
    enlarge(canvas, (start.zoom * apart(event)) / start.apart);
  };
  on(canvas.stage, "touchmove", move, { passive: false });
}

// ---- full screen

const isFull = (canvas) =>
  canvas.root.classList.contains("whole") || canvas.root.getRootNode().fullscreenElement === canvas.root;

function fullScreen(canvas) {
  if (!document.fullscreenEnabled) canvas.root.classList.toggle("whole"); // a phone that cannot: fill the window
  else if (isFull(canvas)) document.exitFullscreen();
  else canvas.root.requestFullscreen();
  afterFullScreen(canvas);
}

function afterFullScreen(canvas) {
  canvas.find("full").textContent = isFull(canvas) ? "Leave full screen" : "Full screen";
  canvas.zoom = 1;
  size(canvas);
}
