// Boxes fill as time goes by: the colour and the small bar of each box say how far it has come.

const WHOLE = 20_000; // milliseconds from the first moment to the last
const YEAR = 12;

function playing(canvas, on) {
  on(canvas.find("play"), "click", () => (canvas.playing ? pause(canvas) : play(canvas)));
  on(canvas.find("time"), "input", (event) => {
    canvas.time = Number(event.target.value);
    pause(canvas);
  });
}

function refreshFrames(canvas, before) {
  const { frames } = canvas.data;
  const last = frames ? frames.times.length - 1 : 0;
  if (frames && frames.levels !== before?.levels) {
    canvas.levels = Uint8Array.from(atob(frames.levels), (letter) => letter.charCodeAt(0));
  }
  canvas.find("timing").hidden = last < 1;
  canvas.find("time").max = last;
  if (frames) canvas.time = Math.min(canvas.time ?? frames.begin, last);
  if (!frames) pause(canvas);
  else fill(canvas);
}

// Remember how each box was drawn, so that its filling can be taken off again.
function indexFills(canvas) {
  canvas.boxes = new Map();
  for (const { kind, id, drawn } of canvas.parts) {
    if (kind !== "node") continue;
    const box = drawn.querySelector(".box");
    const label = drawn.getAttribute("aria-label");
    canvas.boxes.set(id, { drawn, box, label, usual: box.getAttribute("fill"), gauge: null, now: null });
  }
}

function play(canvas) {
  const last = canvas.data.frames.times.length - 1;
  const pace = last / WHOLE;
  if (canvas.time >= last) canvas.time = 0;
  let then = performance.now();
  const tick = (now) => {
    canvas.time = Math.min(last, canvas.time + Math.max(0, now - then) * pace);
    then = now;
    fill(canvas);
    if (canvas.time >= last) pause(canvas);
    else canvas.playing = requestAnimationFrame(tick);
  };
  canvas.playing = requestAnimationFrame(tick);
  canvas.find("play").textContent = "Pause";
}

function pause(canvas) {
  cancelAnimationFrame(canvas.playing);
  canvas.playing = 0;
  canvas.find("play").textContent = "Play";
  if (canvas.svg) fill(canvas);
}

// The level of one box now, between two saved moments, as a place on the scale from 0 to 1.
function levelAt(canvas, column) {
  const { times, nodes } = canvas.data.frames;
  const calm = canvas.playing && matchMedia("(prefers-reduced-motion: reduce)").matches;
  const time = calm ? canvas.time - (canvas.time % YEAR) : canvas.time;
  const first = Math.floor(time);
  const next = Math.min(first + 1, times.length - 1);
  const at = (row) => canvas.levels[row * nodes.length + column] / 254;
  return at(first) + (at(next) - at(first)) * (time - first);
}

function fill(canvas) {
  const { frames } = canvas.data;
  if (!frames) {
    for (const box of canvas.boxes.values()) empty(box);
    return;
  }
  frames.nodes.forEach((id, column) => {
    const box = canvas.boxes.get(id);
    if (box) fillBox(canvas.data, box, levelAt(canvas, column));
  });
  const slider = canvas.find("time");
  const words = frames.times[Math.round(canvas.time)];
  slider.value = canvas.time;
  slider.setAttribute("aria-valuetext", words);
  canvas.find("when").textContent = words;
  if (!canvas.playing) tellLevels(canvas);
}

function fillBox({ frames: { scale, change }, ink, paper }, box, level) {
  if (box.now === level && box.gauge?.change === change) return;
  if (box.gauge?.change !== change) {
    empty(box);
    box.gauge = change ? changeGauge(box.box, ink, paper) : levelGauge(box.box, ink);
  }
  box.now = level;
  box.box.setAttribute("fill", scale[Math.round(level * (scale.length - 1))].fill);
  box.gauge.set(level);
}

function empty(box) {
  if (!box.gauge) return;
  box.gauge.drawn.remove();
  box.gauge = null;
  box.box.setAttribute("fill", box.usual);
  box.drawn.setAttribute("aria-label", box.label);
}

// What the fill says, for those who see no colour, as draw() would draw it: a bar as long as the level ...
function levelGauge(box, ink) {
  const { x, y, width, height } = box.getBBox();
  const full = width - 24;
  const place = { x: x + 12, y: y + height - 9, height: 5, fill: ink };
  const drawn = shape("g", { class: "gauge" });
  const bar = shape("rect", place);
  drawn.append(shape("rect", { ...place, width: full, "fill-opacity": 0.14 }), bar);
  box.after(drawn);
  return { drawn, change: false, set: (level) => bar.setAttribute("width", full * level) };
}

// ... or an arrow up or down where there is a change; the middle of the scale is none.
const LEAST_CHANGE = 0.0125;

function changeGauge(box, ink, paper) {
  const { x, y, width } = box.getBBox();
  const drawn = shape("polygon", { class: "gauge", fill: ink, stroke: paper, "stroke-width": 2 });
  box.parentNode.append(drawn);
  const set = (level) => {
    const up = level > 0.5 ? -10 : 10;
    const [right, away] = [x + width - 14, Math.abs(level - 0.5) < LEAST_CHANGE];
    drawn.setAttribute("points", `${right},${y + up} ${right - 11},${y - up} ${right + 11},${y - up}`);
    drawn.setAttribute("visibility", away ? "hidden" : "visible");
  };
  return { drawn, change: true, set };
}

function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Words for those who hear the diagram; while it plays they would change too fast to be read.
function tellLevels(canvas) {
  const { nodes, scale } = canvas.data.frames;
  nodes.forEach((id, column) => {
    const box = canvas.boxes.get(id);
    const { word } = scale[Math.round(levelAt(canvas, column) * (scale.length - 1))];
    box?.drawn.setAttribute("aria-label", `${box.label}: ${word}`);
  });
}
