// Boxes and arrows under the hand, as they will be once Python has drawn them anew. The geometry of an arrow is that
// of loops/draw/arcs.py: the part outside both boxes of the circular arc that joins their centres.

const START_GAP = 3; // space between a box and the arrow that leaves it
const TIP_GAP = 5; // and the tip of the arrow that reaches it
const SAMPLES = 64;
const STRAIGHT = 0.001;
const TIP = { length: 14.6, half: 6.06 }; // of an arrowhead

const tidy = (value) => Math.round(value * 10) / 10;
const partWith = (canvas, key) => canvas.parts.find((one) => one.key === key);
const endsOf = (canvas, link) =>
  (link.ends ??= link.id.split("|").slice(0, 2).map((id) => partWith(canvas, `node:${id}`)));
const bendOf = (link) => link.bend ?? Number(link.drawn.dataset.bend);

function boxOf(node) {
  const { x, y, width, height } = (node.rect ??= node.drawn.querySelector(".box").getBBox());
  const [dx, dy] = node.shift ?? [0, 0];
  return { x: x + width / 2 + dx, y: y + height / 2 + dy, halfWidth: width / 2, halfHeight: height / 2 };
}

const within = (box, [x, y], gap = 0) =>
  Math.abs(x - box.x) < box.halfWidth + gap && Math.abs(y - box.y) < box.halfHeight + gap;

const nodeAt = (canvas, place) => canvas.parts.find((one) => one.kind === "node" && within(boxOf(one), place));

// A point of the arc from one centre to another, at a share of its way.
function arc(start, end, bend, share) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy);
  if (Math.abs(bend) < STRAIGHT || !length) return [start.x + share * dx, start.y + share * dy];
  const off = bend * length;
  const radius = (length ** 2 / 4 + off ** 2) / (2 * off);
  const x = (start.x + end.x) / 2 + (dy / length) * (off - radius);
  const y = (start.y + end.y) / 2 - (dx / length) * (off - radius);
  const angle = Math.atan2(start.y - y, start.x - x) + 4 * Math.atan(2 * bend) * share;
  return [x + Math.abs(radius) * Math.cos(angle), y + Math.abs(radius) * Math.sin(angle)];
}

function curve(start, end, bend) {
  const point = (step) => arc(start, end, bend, step / SAMPLES);
  const outside = (step) => !within(start, point(step), START_GAP) && !within(end, point(step), TIP_GAP);
  const steps = Array.from({ length: SAMPLES + 1 }, (_, step) => step).filter(outside);
  if (steps.length < 3) return [0.3, 0.4, 0.5, 0.6, 0.7].map((share) => point(share * SAMPLES));
  const [first, last] = [edge(outside, steps[0], -1), edge(outside, steps.at(-1), 1)];
  return Array.from({ length: SAMPLES + 1 }, (_, step) => point(first + ((last - first) * step) / SAMPLES));
}

// Where a line enters a box, less than one step away from where it is still outside.
function edge(outside, step, way) {
  for (let half = 0.5; half > 0.01; half /= 2) if (outside(step + way * half)) step += way * half;
  return step;
}

const drawnPath = (points) => `M${points.map((point) => point.map(tidy).join(",")).join(" L")}`;

// ---- a box is somewhere else

function shiftNode(canvas, node, [dx, dy]) {
  node.shift = [dx, dy];
  [node.x, node.y] = [boxOf(node).x, boxOf(node).y];
  node.drawn.setAttribute("transform", `translate(${dx} ${dy})`);
  canvas.svg.classList.toggle("moved", Boolean(dx || dy)); // the rings of its loops are where they no longer belong
  for (const link of canvas.parts) {
    if (link.kind !== "link") continue;
    const [source, target] = endsOf(canvas, link);
    if (source === node && target === node) link.drawn.setAttribute("transform", `translate(${dx} ${dy})`);
    else if (source === node || target === node) drawLink(canvas, link);
  }
  paintAids(canvas);
}

// ---- an arrow has other ends or another bow

function bendLink(canvas, link, bend) {
  link.bend = bend;
  drawLink(canvas, link);
  paintAids(canvas);
}

// The line, its head, and what is written at it moved along with the head or the middle.
function drawLink(canvas, link) {
  const { drawn } = link;
  const hit = drawn.querySelector(".hit");
  const at = (share) => hit.getPointAtLength(share * hit.getTotalLength());
  link.was ??= { tip: at(1), middle: at(0.5) };
  const points = curve(...endsOf(canvas, link).map(boxOf), bendOf(link));
  const tip = points.at(-1);
  const apart = ([x, y]) => Math.hypot(x - tip[0], y - tip[1]);
  const neck = points.findLast((point) => apart(point) >= TIP.length) ?? points[0];
  const [x, y] = [(tip[0] - neck[0]) / (apart(neck) || 1), (tip[1] - neck[1]) / (apart(neck) || 1)];
  const corner = (side) => [tip[0] - TIP.length * x + side * TIP.half * y, tip[1] - TIP.length * y - side * TIP.half * x];
  hit.setAttribute("d", drawnPath(points));
  const body = points.filter((point) => apart(point) >= 0.7 * TIP.length);
  drawn.querySelector(".wire").setAttribute("d", drawnPath(body.length > 1 ? body : points));
  drawn.querySelector(".tip").setAttribute("points", [tip, corner(1), corner(-1)].map((one) => one.map(tidy)).join(" "));
  const middle = points[Math.floor(points.length / 2)];
  for (const mark of drawn.querySelectorAll(":scope > :not(title, .hit, .wire, .tip)")) {
    const [to, from] = mark.tagName === "text" ? [tip, link.was.tip] : [middle, link.was.middle];
    mark.setAttribute("transform", `translate(${tidy(to[0] - from.x)} ${tidy(to[1] - from.y)})`);
  }
}

// Where the handle lies by which an arrow is bent, and the bow that brings it to a place.
function handleOf(canvas, link) {
  const [start, end] = endsOf(canvas, link).map(boxOf);
  return arc(start, end, bendOf(link), 0.5);
}

function bendTo(canvas, link, [x, y]) {
  const [start, end] = endsOf(canvas, link).map(boxOf);
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const off = (x - (start.x + end.x) / 2) * dy - (y - (start.y + end.y) / 2) * dx;
  const bend = off / (dx ** 2 + dy ** 2 || 1);
  return Math.abs(bend) < 0.03 ? 0 : bounded(Math.round(bend * 100) / 100, 2);
}

const bounded = (value, most) => Math.max(-most, Math.min(most, value));
