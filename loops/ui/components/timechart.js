// Curves over time as SVG. The same numbers are read out in words to mouse, touch, keyboard and screen reader.

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
  if (chart.cursor > chart.months) chart.cursor = null;
  const change = data.panels.some((panel) => panel.before.length);
  const shown = data.panels.flatMap((panel) => [...panel.before, ...panel.levels]).join();
  const news = shown !== chart.shown;
  chart.shown = shown;
  chart.again.hidden = !change;
  if (change && news) play(chart);
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

// What stays while the numbers change.
function build(chart, data, form) {
  chart.form = form;
  const key = element("div", { className: "key" }, ...data.lines.map((line) => {
    const sample = svg("svg", { width: 46, height: 8, "aria-hidden": "true" });
    sample.append(svg("path", { d: "M0,4H46", ...stroke(line) }));
    return element("span", { className: "item" }, sample, element("span", { textContent: line.name }));
  }));
  chart.again = element("button", { type: "button", className: "again", textContent: "Replay the change" });
  chart.again.onclick = () => play(chart);
  chart.panels = data.panels.map((panel, place) => buildPanel(chart, panel, place));
  const panels = element("div", { className: "panels" }, ...chart.panels.map((panel) => panel.figure));
  chart.root.replaceChildren(key, chart.again, panels);
}

function buildPanel(chart, { title, meaning }, place) {
  const ask = question(`What “${title}” means here`, meaning, `note-${place}`);
  const head = element("figcaption", {}, element("strong", { textContent: title }), ...ask);
  const picture = svg("svg", { role: "img", height: HEIGHT });
  const cursor = svg("svg", { class: "cursor", height: HEIGHT, "aria-hidden": "true" });
  const reader = element("div", { className: "reader", tabIndex: 0 });
  reader.setAttribute("role", "slider");
  reader.setAttribute("aria-label", `Read “${title}” month by month`);
  reader.setAttribute("aria-valuemin", 0);
  const told = element("div", { className: "told", hidden: true });
  const plot = element("div", { className: "plot" }, picture, cursor, reader, told);
  const says = element("ul", { className: "says" });
  const figure = element("figure", {}, head, plot, says);
  const panel = { figure, picture, cursor, reader, told, plot, says };
  listen(chart, panel);
  return panel;
}

function take(chart, panel, sent) {
  panel.sent = sent;
  panel.lines = levels(sent.levels, chart.data);
  panel.before = levels(sent.before, chart.data);
  chart.months = Math.max(chart.months, ...panel.lines.map((line) => line.length - 1));
  panel.picture.setAttribute("aria-label", sent.alt);
  const said = JSON.stringify(sent.says);
  if (panel.said === said) return;
  panel.said = said;
  panel.says.replaceChildren(...sent.says.map(([name, sentence]) =>
    element("li", {}, element("strong", { textContent: `${name}: ` }), sentence)));
}

// Lines as they were packed in Python, or how far each is above or below one of them.
function levels(packed, { steps, against }) {
  const lines = packed.map((text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return Float32Array.from(new Int16Array(bytes.buffer), (whole) => whole / steps);
  });
  const other = lines[against];
  return other ? lines.map((line) => line.map((level, month) => level - other[month])) : lines;
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
