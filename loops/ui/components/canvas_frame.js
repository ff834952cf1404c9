// The frame of the drawing: how large it is, what of it is seen, and full screen.

// Labels never become smaller than this, in pixels: seen whole the drawing can be enlarged. Where the whole would
// need smaller ones, a narrow screen shows larger letters and the drawing is moved inside its frame.
const LEAST_LETTERS = 9;
const LETTERS_MOVED = 11;
const NARROW = 640;
const LARGEST_SCALE = { page: 1, full: 2.2 };
const GLIDE = 500; // milliseconds in which the frame moves on to what is revealed next

function framing(canvas, on) {
  on(canvas.find("larger"), "click", () => enlarge(canvas, canvas.zoom * 1.25));
  on(canvas.find("smaller"), "click", () => enlarge(canvas, canvas.zoom / 1.25));
  on(canvas.find("full"), "click", () => fullScreen(canvas));
  on(document, "fullscreenchange", () => afterFullScreen(canvas));
  pinching(canvas, on);
  const sized = new ResizeObserver(() => size(canvas));
  sized.observe(canvas.root);
  canvas.gone.signal.addEventListener("abort", () => sized.disconnect());
}

function size(canvas) {
  if (!canvas.svg) return;
  const { width, height } = canvas.whole;
  const letters = parseFloat(canvas.svg.querySelector(".node text")?.getAttribute("font-size") ?? "20");
  const full = isFull(canvas);
  const most = full ? canvas.stage.clientHeight : parseFloat(getComputedStyle(canvas.stage).maxHeight);
  const fits = Math.min(canvas.stage.clientWidth, (most || Infinity) * (width / height));
  const largest = LARGEST_SCALE[full ? "full" : "page"] * width;
  const whole = (letters * fits) / width >= LEAST_LETTERS;
  const least = canvas.stage.clientWidth < NARROW && !whole ? LETTERS_MOVED : LEAST_LETTERS;
  const wide = Math.max(Math.min(fits, largest), (least / letters) * width) * canvas.zoom;
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

// ---- what of the drawing is seen

const rectangle = ({ x, y, width, height }) => ({ x, y, width, height });

// While the diagram builds up the frame holds what is there so far, so that a room can read it.
function look(canvas) {
  const building = canvas.step >= 0;
  canvas.svg.classList.toggle("building", building);
  glide(canvas, building ? around(canvas.whole, seen(canvas)) : canvas.whole);
}

// The part of the whole frame, in its proportions, that holds these parts; never less than a third of it.
function around(whole, parts) {
  const boxes = parts.map((one) => one.drawn.getBBox());
  const [left, top] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const share = Math.max(1 / 3, (right - left + 40) / whole.width, (bottom - top + 40) / whole.height);
  if (!(share < 1)) return whole;
  const [width, height] = [share * whole.width, share * whole.height];
  const within = (middle, length, start, all) => Math.max(start, Math.min(start + all - length, middle - length / 2));
  const x = within((left + right) / 2, width, whole.x, whole.width);
  return { x, y: within((top + bottom) / 2, height, whole.y, whole.height), width, height };
}

function glide(canvas, goal) {
  cancelAnimationFrame(canvas.gliding);
  const start = canvas.seen;
  const began = performance.now();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (share) => {
    const between = (name) => start[name] + (goal[name] - start[name]) * share;
    canvas.seen = { x: between("x"), y: between("y"), width: between("width"), height: between("height") };
    canvas.svg.setAttribute("viewBox", Object.values(canvas.seen).join(" "));
  };
  const tick = (now) => {
    const share = calm ? 1 : Math.min(1, Math.max(0, now - began) / GLIDE);
    show(share * share * (3 - 2 * share));
    if (share < 1) canvas.gliding = requestAnimationFrame(tick);
  };
  if (["x", "y", "width", "height"].some((name) => start[name] !== goal[name])) tick(began);
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
