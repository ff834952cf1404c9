// Curves over time as SVG. The same numbers are read out in words to mouse, touch, keyboard and screen reader.

const HEIGHT = 270;
const ROOM = { top: 10, right: 12, bottom: 40 };
const BAR = 8; // px for each row of bars that show when levers are on
const REPLAY = 1600; // ms from the lines before to the lines now
const kept = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".timechart");
  if (!kept.has(root)) kept.set(root, begin(root));
  const chart = kept.get(root);
  const form = JSON.stringify([data.lines, data.panels.map((panel) => [panel.title, panel.meaning])]);
  if (chart.form !== form) build(chart, data, form);
  chart.data = data;
  chart.months = 0;
  chart.panels.forEach((panel, place) => take(chart, panel, data.panels[place]));
  const before = data.panels.map((panel) => panel.before.join()).join();
  const news = before !== "" && before !== chart.before;
  chart.before = before;
  chart.again.hidden = before === "";
  if (news) play(chart);
  else draw(chart, 1);
}

function begin(root) {
  const chart = { root, panels: [], cursor: null, width: 0 };
  chart.sizes = new ResizeObserver(() => {
    const width = chart.panels[0]?.plot.clientWidth;
    if (width && width !== chart.width) draw(chart, 1);
  });
  chart.sizes.observe(root);
  return chart;
}

// ---- what stays while the numbers change

function build(chart, data, form) {
  chart.form = form;
  const key = element("div", { className: "key" });
  key.append(...data.lines.map((line) => {
    const item = element("span", { className: "item" });
    const sample = svg("svg", { width: 46, height: 8, "aria-hidden": "true" });
    sample.append(svg("path", { d: "M0,4H46", ...stroke(line) }));
    item.append(sample, element("span", { textContent: line.name }));
    return item;
  }));
  chart.again = element("button", { type: "button", className: "again", textContent: "Replay the change" });
  chart.again.onclick = () => play(chart);
  const panels = element("div", { className: "panels" });
  chart.panels = data.panels.map((panel, place) => buildPanel(chart, panel, place));
  panels.append(...chart.panels.map((panel) => panel.figure));
  chart.root.replaceChildren(key, chart.again, panels);
}

function buildPanel(chart, { title, meaning }, place) {
  const figure = element("figure", {});
  const head = element("figcaption", {});
  head.append(element("strong", { textContent: title }), ...about(title, meaning, place));
  const picture = svg("svg", { role: "img", height: HEIGHT });
  const cursor = svg("svg", { class: "cursor", height: HEIGHT, "aria-hidden": "true" });
  const reader = element("div", { className: "reader", tabIndex: 0 });
  const set = Object.entries({ role: "slider", "aria-label": `Read “${title}” month by month`, "aria-valuemin": 0 });
  set.forEach(([name, value]) => reader.setAttribute(name, value));
  const told = element("div", { className: "told", hidden: true });
  const plot = element("div", { className: "plot" });
  plot.append(picture, cursor, reader, told);
  const says = element("ul", { className: "says" });
  figure.append(head, plot, says);
  const panel = { figure, picture, cursor, reader, told, plot, says };
  listen(chart, panel);
  return panel;
}

function about(title, meaning, place) {
  if (!meaning) return [];
  const note = element("p", { id: `note-${place}`, textContent: meaning, hidden: true });
  const ask = element("button", { type: "button", className: "ask", textContent: "?" });
  ask.setAttribute("aria-label", `What “${title}” means here`);
  ask.setAttribute("aria-controls", note.id);
  ask.setAttribute("aria-expanded", "false");
  ask.onclick = () => {
    note.hidden = !note.hidden;
    ask.setAttribute("aria-expanded", String(!note.hidden));
  };
  return [ask, note];
}

// ---- the numbers

function take(chart, panel, sent) {
  const { steps, against } = chart.data;
  const read = (packed) => {
    const lines = packed.map((text) =>
      Float32Array.from(new Int16Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer), (n) => n / steps));
    const other = lines[against];
    return other ? lines.map((line) => line.map((level, month) => level - other[month])) : lines;
  };
  panel.sent = sent;
  panel.lines = read(sent.levels);
  panel.before = read(sent.before);
  chart.months = Math.max(chart.months, ...panel.lines.map((line) => line.length - 1));
  panel.picture.setAttribute("aria-label", sent.alt);
  const said = JSON.stringify(sent.says);
  if (panel.said === said) return;
  panel.said = said;
  panel.says.replaceChildren(...sent.says.map(([name, sentence]) => {
    const item = element("li", {});
    item.append(element("strong", { textContent: `${name}: ` }), sentence);
    return item;
  }));
}

function play(chart) {
  cancelAnimationFrame(chart.frame);
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return draw(chart, 1);
  let began;
  const step = (now) => {
    began ??= now;
    const share = Math.min((now - began) / REPLAY, 1);
    draw(chart, share * share * (3 - 2 * share));
    if (share < 1) chart.frame = requestAnimationFrame(step);
  };
  chart.frame = requestAnimationFrame(step);
}

// ---- the picture

// Draw all panels; a share below 1 is that far on the way from the lines before to the lines now.
function draw(chart, share) {
  if (share === 1) cancelAnimationFrame(chart.frame);
  chart.width = chart.panels[0]?.plot.clientWidth;
  if (!chart.width) return;
  for (const panel of chart.panels) {
    const lines = share < 1 && panel.before.length === panel.lines.length
      ? panel.lines.map((line, k) => line.map((level, m) => level * share + (panel.before[k][m] ?? level) * (1 - share)))
      : panel.lines;
    const frame = frameOf(chart, panel);
    const { picture } = panel;
    picture.setAttribute("width", chart.width);
    picture.replaceChildren(...axes(chart, frame), ...bars(chart, panel, frame));
    panel.before.forEach((line, k) => picture.append(curve(line, chart.data.lines[k], frame, "ghost")));
    lines.forEach((line, k) => picture.append(curve(line, chart.data.lines[k], frame, "line")));
    if (share === 1) picture.append(...names(chart, lines, frame));
    panel.frame = frame;
    point(chart, panel);
  }
}

// Where months and levels lie in the picture, in pixels.
function frameOf(chart, panel) {
  const { against, figures } = chart.data;
  const left = figures ? 92 : 58;
  const rows = panel.sent.spans.filter((spans) => spans.length).length;
  const low = HEIGHT - ROOM.bottom - rows * BAR - (rows ? 6 : 0);
  const apart = against !== null;
  const most = apart ? reach(panel) : 1;
  const least = apart ? -most : 0;
  return {
    left, low, most, apart, right: chart.width - ROOM.right,
    x: (month) => left + (month / chart.months) * (chart.width - ROOM.right - left),
    y: (level) => low - ((level - least) / (most - least)) * (low - ROOM.top),
  };
}

// How far the axis of differences goes: the next of a few round figures.
function reach(panel) {
  const widest = Math.max(...[...panel.lines, ...panel.before].flatMap((line) => [...line].map(Math.abs)));
  return [0.1, 0.2, 0.3, 0.5, 0.75, 1].find((round) => round >= widest) ?? 1;
}

function axes(chart, { left, right, low, most, apart, x, y }) {
  const { scale, figures } = chart.data;
  const ticks = apart
    ? [[-most, "lower"], [0, "same"], [most, "higher"]]
    : scale;
  const drawn = ticks.flatMap(([level, word]) => [
    svg("path", { class: "grid", d: `M${left},${y(level)}H${right}` }),
    text(left - 8, y(level) + 4, figures ? `${word} ${number(level, apart)}` : word, "end"),
  ]);
  const years = chart.months / 12;
  const step = [1, 2, 5, 10, 20, 50].find((each) => years / each <= (right - left) / 26) ?? 50;
  for (let year = 0; year <= years; year += step) {
    drawn.push(svg("path", { class: "grid", d: `M${x(year * 12)},${ROOM.top}V${low}` }));
    drawn.push(text(x(year * 12), HEIGHT - 22, year, "middle"));
  }
  drawn.push(text((left + right) / 2, HEIGHT - 5, "years from the start", "middle"));
  return drawn;
}

function bars(chart, panel, { low, x }) {
  const working = panel.sent.spans.map((spans, k) => [spans, chart.data.lines[k]]).filter(([spans]) => spans.length);
  return working.flatMap(([spans, line], row) => spans.map(([start, end]) => svg("rect", {
    x: x(start), width: Math.max(x(end) - x(start), 1), y: low + 6 + row * BAR, height: BAR - 2, fill: line.colour,
  })));
}

function curve(levels, line, { x, y }, kind) {
  let path = "";
  levels.forEach((level, month) => { path += `${month ? "L" : "M"}${x(month).toFixed(1)},${y(level).toFixed(1)}`; });
  return svg("path", { d: path, class: kind, ...stroke(line) });
}

// Names at the ends of the lines, where they run into nothing and two lines do not end in one place.
function names(chart, lines, { left, right, x, y }) {
  const taken = [];
  const ends = lines.map((line) => y(line[line.length - 1]));
  const free = (place, wide) => place > ROOM.top + 8
    && taken.every((other) => Math.abs(other - place) > 15)
    && lines.every((line) => line.every((level, month) => x(month) < right - wide - 4
      || y(level) < place - 14 || y(level) > place + 5));
  return lines.flatMap((line, k) => {
    const { name, colour } = chart.data.lines[k];
    const wide = name.length * 6.6;
    const end = ends[k];
    if (wide > (right - left) * 0.55 || ends.some((other, j) => j !== k && Math.abs(other - end) < 5)) return [];
    const place = [end - 8, end + 17].find((height) => free(height, wide));
    if (place === undefined) return [];
    taken.push(place);
    return [Object.assign(text(right - 2, place, name, "end"), { style: `fill:${colour};font-weight:600` })];
  });
}

// ---- reading it out

function listen(chart, panel) {
  const { reader } = panel;
  const go = (month) => {
    chart.cursor = month === null ? null : Math.min(Math.max(Math.round(month), 0), chart.months);
    chart.active = panel;
    chart.panels.forEach((each) => point(chart, each));
  };
  reader.onpointermove = reader.onpointerdown = (event) => {
    const { left, right } = panel.frame;
    const along = event.clientX - panel.plot.getBoundingClientRect().left - left;
    go((along / (right - left)) * chart.months);
  };
  reader.onpointerleave = () => { if (!reader.matches(":focus-visible")) go(null); };
  reader.onfocus = () => { if (reader.matches(":focus-visible")) go(chart.cursor ?? 0); };
  reader.onblur = () => go(null);
  reader.onkeydown = (event) => {
    const now = chart.cursor ?? 0;
    const to = {
      ArrowRight: now + 1, ArrowUp: now + 1, ArrowLeft: now - 1, ArrowDown: now - 1,
      PageUp: now + 12, PageDown: now - 12, Home: 0, End: chart.months, Escape: null,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
}

// The upright line at the cursor's month and a dot on each curve; the panel being read also says the words.
function point(chart, panel) {
  const { cursor, reader, told, frame, lines } = panel;
  const month = chart.cursor;
  const shown = month ?? 0;
  reader.setAttribute("aria-valuemax", chart.months);
  reader.setAttribute("aria-valuenow", shown);
  reader.setAttribute("aria-valuetext", `${when(shown)}: ${reading(chart, panel, shown).map(([name, word]) => `${name}, ${word}`).join("; ")}`);
  told.hidden = month === null || chart.active !== panel;
  if (month === null || !frame) return cursor.replaceChildren();
  const at = frame.x(month);
  cursor.setAttribute("width", chart.width);
  cursor.replaceChildren(
    svg("path", { d: `M${at},${ROOM.top}V${frame.low}` }),
    ...lines.map((line, k) => svg("circle", { cx: at, cy: frame.y(line[month]), r: 4, fill: chart.data.lines[k].colour })),
  );
  if (told.hidden) return;
  told.replaceChildren(element("strong", { textContent: when(month) }), ...reading(chart, panel, month).map(([name, word]) => {
    const row = element("div", {});
    row.append(element("span", { textContent: name }), element("b", { textContent: word }));
    return row;
  }));
  const wide = told.offsetWidth;
  told.style.left = `${Math.max(at < chart.width / 2 ? Math.min(at + 14, chart.width - wide) : at - 14 - wide, 0)}px`;
}

function reading(chart, panel, month) {
  const { lines, figures, against } = chart.data;
  const apart = against !== null;
  return panel.lines.map((line, k) => {
    const word = apart ? distance(chart, line[month]) : level(chart, line[month]);
    return [lines[k].name, figures ? `${word} (${number(line[month], apart)})` : word];
  });
}

function level(chart, value) {
  const { scale } = chart.data;
  return scale[Math.min(Math.max(Math.floor(value * (scale.length - 1) + 0.5), 0), scale.length - 1)][1];
}

function distance(chart, value) {
  const { same, amounts } = chart.data;
  if (Math.abs(value) < same) return "about the same";
  return `${amounts.find(([below]) => Math.abs(value) < below)[1]} ${value > 0 ? "higher" : "lower"}`;
}

function number(value, signed) {
  const rounded = (Math.round(value * 20) / 20).toFixed(2);
  return signed && value >= 0.025 ? `+${rounded}` : rounded.replace(/^-0\.00$/, "0.00").replace("-", "−");
}

function when(month) {
  const years = Math.floor(month / 12);
  const count = (much, what) => (much ? [`${much} ${what}${much > 1 ? "s" : ""}`] : []);
  return [...count(years, "year"), ...count(month % 12, "month")].join(" ") || "The start";
}

// ---- small tools

const stroke = ({ colour, dash, width }) => ({
  stroke: colour, "stroke-width": width, "stroke-dasharray": dash, fill: "none",
});

function text(x, y, said, anchor) {
  const made = svg("text", { x, y, "text-anchor": anchor });
  made.textContent = said;
  return made;
}

function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
