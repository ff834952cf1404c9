// The picture of a panel: axes in words, bars for the time levers are on, curves, and names at their ends.

const HEIGHT = 270;
const ROOM = { top: 10, right: 12, bottom: 40 };
const BAR = 8; // px for each row of bars that show when levers are on

// Draw all panels; a share below 1 is that far on the way from the lines before to the lines now.
function draw(chart, share) {
  if (share === 1) cancelAnimationFrame(chart.frame);
  chart.width = chart.panels[0]?.plot.clientWidth;
  if (!chart.width) return;
  for (const panel of chart.panels) {
    const lines = between(panel, share);
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

function between({ before, lines }, share) {
  if (share === 1 || before.length !== lines.length) return lines;
  return lines.map((line, k) =>
    line.map((level, month) => level * share + (before[k][month] ?? level) * (1 - share)));
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
